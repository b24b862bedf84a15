"""A move on the page: who, under which conditions, with what, by when, and what it brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiju.cli.chart.shown.phrases import PRINCIPLE, Phrases, rows_of
from guiju.cli.layout import sides
from guiju.cli.show import STRENGTHS
from guiju.lifecycle.show.view import Guard, Move
from guiju.source.diagnostics import Text

_ADVICE = Text("仅供参考", "advice only")
_FORMS = {"all_of": Text("须全部满足", "all of"), "any_of": Text("满足其一", "any of"),
          "none_of": Text("一项也没有", "none of")}


class Moves:
    """Writes moves; one that was written before is only pointed to."""

    def __init__(self, phrases: Phrases, page: int) -> None:
        self.phrases = phrases
        self.say = phrases.say
        self.page = page
        self.written: set[str] = set()

    def lines(self, move: Move) -> list[str]:
        """A move with everything that it asks and brings."""
        if move.id in self.written:
            again = self.say.in_brackets(self.say("见前", "see above"))
            return sides(f"  {self._head(move)}{again}", "", self.page)
        self.written.add(move.id)
        return [*self._titled(move, "  "), *rows_of(self._rows(move), self.page, "      ")]

    def inner(self, move: Move) -> list[str]:
        """The same for a move of a sub-procedure."""
        return [*self._titled(move, "    "), *rows_of(self._rows(move), self.page, "        ")]

    def _titled(self, move: Move, indent: str) -> list[str]:
        return sides(f"{indent}{self._head(move)}", self.phrases.cited(move.clauses), self.page)

    def _head(self, move: Move) -> str:
        marks = [self.phrases.basis(move.basis, move.ref), self.say("自动", "automatic") if move.auto else ""]
        target = f" → {move.target}" if move.target else ""
        label = self.phrases.named(move.id)
        return label + target + self.say.in_brackets(self.say("；", "; ").join(m for m in marks if m))

    def _rows(self, move: Move) -> Iterator[tuple[str, str]]:
        say, phrases = self.say, self.phrases
        yield say("自", "from"), phrases.stages(move.sources) if len(move.sources) > 1 else ""
        yield say("由谁", "by"), say.listed([say.text(a.label) + self._when(a.when) for a in move.by])
        for guard in move.guards:
            yield say("条件", "if"), self._guard(guard)
        for goal in move.goals:
            strength = say.in_brackets(self._strength(goal.strength))
            yield say("条件", "if"), say(f"《{goal.title.zh}》", f"{goal.title.en}: ") + say.text(goal.name) + strength
        yield say("不迟于", "not after"), say.listed([phrases.term(t) for t in move.within])
        yield say("不早于", "not before"), say.listed([phrases.time(t) for t in move.after])
        yield say("须等", "waits for"), phrases.all_named(move.waits)
        yield say("给出", "gives"), self._texts(move.gives)
        yield say("可给", "may give"), self._texts(move.may_give)
        yield say("材料", "papers"), say.listed([say.text(p.name) + self._when(p.when) for p in move.needs])
        yield say("产出", "makes"), self._texts(move.makes)
        yield say("写入", "sets"), say.listed([f"{say.text(s.fact)} = {say.text(s.value)}" for s in move.sets])
        yield say("清除", "forgets"), self._texts(move.clears)
        yield say("起禁限", "bans"), phrases.all_named(move.bans)
        yield say("解禁限", "lifts"), phrases.all_named(move.lifts)
        yield say("计次", "counted as"), phrases.all_named(move.counted)
        yield say("说明", "note"), say.text(move.note)

    def _guard(self, guard: Guard) -> str:
        """Name, strength, what is asked, and the members."""
        say = self.say
        asks = say.text(guard.asks)
        text = say.text(guard.name) + say.in_brackets(self._strength(guard.strength))
        text += say("：", ": ") + asks if asks else ""
        if guard.members:
            form = say(f"至少 {guard.least} 项", f"{guard.least} of") if guard.form == "at_least" else \
                say.text(_FORMS[guard.form]) if guard.form in _FORMS else ""
            text += say("：", ": ") + form + say("：", ": ") + \
                say("；", "; ").join(self._guard(m) for m in guard.members)
        note = say.text(guard.note)
        return text + self._when(guard.when) + (say("。", ". ") + note if note else "")

    def _strength(self, strength: str) -> str:
        known = {**STRENGTHS, "principle": PRINCIPLE, "advice": _ADVICE}
        return self.say.text(known[strength]) if strength in known else ""

    def _when(self, when: Text) -> str:
        said = self.say.text(when)
        return self.say.in_brackets(self.say("限于：", "only if ") + said) if said else ""

    def _texts(self, texts: Sequence[Text]) -> str:
        return self.say.listed([self.say.text(t) for t in texts])
