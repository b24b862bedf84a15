"""The page: head, roles, stages phase by phase, times, sub-procedures, readings, rounds."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.cli.chart.shown.moves import Moves
from guiju.cli.chart.shown.phrases import HELD_BY, RULED, Phrases, rows_of, titled
from guiju.cli.chart.shown.times import Times
from guiju.cli.layout import sides
from guiju.cli.voice import Voice
from guiju.lifecycle.show.view import Procedure, Round, Stage, View


def page_of(view: View, say: Voice, columns: int) -> str:
    """Everything that a chart says, on a page of so many columns."""
    return "\n".join(_Page(view, say, columns).lines())


class _Page:
    def __init__(self, view: View, say: Voice, page: int) -> None:
        self.view = view
        self.say = say
        self.page = page
        self.phrases = Phrases(view, say)
        self.moves = Moves(self.phrases, page)
        self.times = Times(self.phrases, page)

    def lines(self) -> list[str]:
        parts = [self._head(), self._roles(), *self._stages(), *self.times.sections(), self._procedures(),
                 self._parameters(), self._rounds()]
        return [line for i, part in enumerate(p for p in parts if p) for line in ([""] if i else []) + part]

    def _head(self) -> list[str]:
        view, say = self.view, self.say
        rows = [(say("编号", "id"), view.id), (say("版本", "revision"), view.revision),
                (say("依据", "basis"), say.clauses(view.basis, 99)),
                (say("政策", "policies"), say.listed(view.policies)),
                (say("遵守禁限", "respects"), say.listed(view.respects)),
                (say("规模", "size"), say(f"{len(view.stages)} 个环节，{len(view.moves)} 个步骤",
                                        f"{len(view.stages)} stages, {len(view.moves)} moves"))]
        rows += [(say("待核", "to check"), doubt) for doubt in view.unverified]
        return [*titled(say.text(view.title), self.page), *rows_of(rows, self.page, "  ")]

    def _roles(self) -> list[str]:
        say = self.say
        named = {r.id: say.text(r.label) for r in self.view.roles}
        rows = [(r.id, say.text(r.label), (say.text(HELD_BY[r.held_by]) if r.held_by else "") +
                 (say("；不得由办理过下列事项的人担任：", "; not whoever acted as ") +
                  say.listed([named[b] for b in r.bars]) if r.bars else "") + say.in_brackets(say.clauses(r.clauses)))
                for r in self.view.roles if r.held_by != "system"]
        return self._section(say("角色", "Roles"), rows)

    def _stages(self) -> Iterator[list[str]]:
        say = self.say
        opening = [line for m in self.view.opening() for line in self.moves.lines(m)]
        if opening:
            yield [*titled(say("开启", "Opening"), self.page), *opening]
        labels = {p.id: say.text(p.label) for p in self.view.phases}
        for phase in dict.fromkeys(s.phase for s in self.view.stages):
            stages = [s for s in self.view.stages if s.phase == phase]
            for i, stage in enumerate(stages):
                head = titled(say("阶段：", "Phase: ") + labels[phase], self.page) if i == 0 and phase in labels else []
                yield [*head, *([""] if head else []), *self._stage(stage)]

    def _stage(self, stage: Stage) -> list[str]:
        say = self.say
        tags = [t for t, there in ((say("终结", "end"), stage.final), (say("公开", "public"), stage.public)) if there]
        head = f"[{stage.id}] {say.text(stage.label)}{say.in_brackets(say.listed(tags))}"
        lines = sides(head, say.clauses(stage.clauses), self.page)
        rows = [(say("公示", "notice"), self.phrases.notice(i)) for i in stage.notices]
        rows += [(say("期限", "term"), self.phrases.term(i)) for i in stage.terms]
        rows += [(say("义务", "duty"), self.phrases.duty(i)) for i in stage.duties]
        rows += [(say("可提", "opens"), self.phrases.procedure(i)) for i in stage.opens]
        rows += [(say("说明", "note"), say.text(stage.note))]
        lines += rows_of(rows, self.page, "  ")
        return lines + [line for m in self.view.made_at(stage) for line in self.moves.lines(m)]

    def _procedures(self) -> list[str]:
        lines: list[str] = []
        shown: dict[str, str] = {}
        for procedure in self.view.procedures:
            lines += [*([""] if lines else []), *self._procedure(procedure, shown.get(procedure.chart.id, ""))]
            shown.setdefault(procedure.chart.id, procedure.id)
        return [*titled(self.say("子程序（与主线并行）", "Sub-procedures"), self.page), *lines] if lines else []

    def _procedure(self, procedure: Procedure, same: str) -> list[str]:
        """A sub-procedure; `same` is one that runs alike and was shown."""
        say, small = self.say, procedure.chart
        head = f"  [{procedure.id}] {say.text(procedure.label)}{say.in_brackets(small.id)}"
        equals = [f"{say.text(c.fact)} = {say.text(c.value)}" for c in (*procedure.sets, *procedure.passes)]
        rows = [(say("何时可提", "opened at"), self.phrases.stages(procedure.stages)),
                (say("随公示", "during"), say.listed(procedure.notices)),
                (say("暂停", "holds up"), say.listed(procedure.blocks)),
                (say("角色", "roles"), say.listed(self._held(procedure))),
                (say("设定", "sets"), say.listed(equals)), (say("说明", "note"), say.text(procedure.note)),
                (say("见", "see"), procedure.ref), (say("进行", "runs"), same and say(f"同 {same}", f"like {same}"))]
        lines = [*sides(head, say.clauses(procedure.clauses), self.page), *rows_of(rows, self.page, "      ")]
        if same:
            return lines
        inner = Moves(Phrases(small, say), self.page)
        return lines + [line for m in small.moves for line in inner.inner(m)]

    def _held(self, procedure: Procedure) -> list[str]:
        """Who of this chart has each role of the small one."""
        say = self.say
        here = {r.id: say.text(r.label) for r in self.view.roles}
        return [f"{say.text(r.label)} = {here[r.id]}" for r in procedure.chart.roles
                if r.held_by != "system" and r.id in here]

    def _parameters(self) -> list[str]:
        say = self.say
        rows = []
        for p in self.view.parameters:
            words = say("未定，由批次设定", "open: a round sets it") if p.open else \
                say("默认", "default ") + say.quoted(say.text(p.default)) if say.text(p.default) else ""
            others = say.listed([say.quoted(say.text(a)) for a in p.alternatives])
            words += say("；另读", "; otherwise ") + others if others else ""
            words += "".join(f"; {d.start}: {say.text(d.value)}" for d in p.dated)
            note = say.text(p.note)
            cited = say.listed([x for x in (say.clauses(p.clauses), p.ref) if x])
            rows.append((say(p.name.zh, p.id), say(p.id, ""),
                         words + (say("。", ". ") + note if note else "") + say.in_brackets(cited)))
        return self._section(say("读法和待定", "Readings and open values"), rows)

    def _rounds(self) -> list[str]:
        return self._section(self.say("批次", "Rounds"), [(r.id, self.say.text(r.title), self._round(r))
                                                        for r in self.view.rounds])

    def _round(self, found: Round) -> str:
        say = self.say
        parts = [f"{say.text(c.fact)} = {say.text(c.value)}" for c in found.sets]
        parts += [f"{say.text(h.role)}{say('：', ': ')}{say.text(h.holder)}" for h in found.roles]
        if found.open:
            parts.append(say("仍未定：", "still open: ") + say.listed([say.text(t) for t in found.open]))
        parts += [say.text(found.note)] if say.text(found.note) else []
        return say("；", "; ").join(parts) + say.in_brackets(say.clauses(found.clauses))

    def _section(self, title: str, rows: list[tuple[str, str, str]]) -> list[str]:
        if not rows:
            return []
        return [*titled(title, self.page), *rows_of(rows, self.page, "  ", RULED)]
