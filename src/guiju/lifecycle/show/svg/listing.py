"""The tables beside the flow, filled from a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from guiju.lifecycle.show.labels import AFTER, BASES
from guiju.lifecycle.show.svg import labels
from guiju.lifecycle.show.svg.contents import SMALL
from guiju.lifecycle.show.svg.measure import width
from guiju.lifecycle.show.svg.tables import TABLE_WIDTH, Panel, table
from guiju.lifecycle.show.timed import Term
from guiju.lifecycle.show.view import Move, Procedure, View
from guiju.source.diagnostics import Language, Text

Cite = Callable[[Sequence[str]], str]
_ID_ROOM, _LEAST_ID_ROOM = 136.0, 48.0
_MOST_NAMED = 5


class Listing:
    """All tables of one chart in one language. `order`: the stages as they stand in the flow; `cite` spells clauses."""

    def __init__(self, view: View, order: Sequence[str], language: Language, cite: Cite) -> None:
        self.view = view
        self.position = {id_: i for i, id_ in enumerate(order)}
        self.language = language
        self.cite = cite

    def panels(self) -> Iterator[Panel]:
        """Every table that is not empty."""
        for panel in (self._moves, self._terms, self._notices, self._duties, self._counts, self._bans,
                      self._procedures):
            made = panel()
            if made is not None:
                yield made

    def _moves(self) -> Panel | None:
        moves = sorted(self.view.moves, key=lambda m: min((self.position[s] for s in m.sources), default=-1))
        rows = [(m.id, m.label.in_language(self.language) + labels.marks(m, self.language), self._way(m),
                 self._many([a.label for a in m.by]), self._cited(m.clauses)) for m in moves]
        return self._table(Text("步骤", "Moves"), [
            (Text("步骤", "move"), 0.31), (Text("自 → 至", "from → to"), 0.27), (Text("由谁", "by"), 0.24),
            (Text("依据", "clause"), 0.18)], rows)

    def _way(self, move: Move) -> str:
        sources = self._stages(move.sources) or self._say(labels.START)
        return f"{sources} → {move.target}" if move.target else sources

    def _terms(self) -> Panel | None:
        rows = [(t.id, self._with_basis(t.label, t.basis), self._span(t.span, t.when, t.strength),
                 self._then(t), self._cited(t.clauses)) for t in self.view.terms]
        return self._table(Text("期限", "Terms"), [
            (Text("期限", "term"), 0.24), (Text("多长", "how long"), 0.4), (Text("届满", "when over"), 0.18),
            (Text("依据", "clause"), 0.18)], rows)

    def _then(self, term: Term) -> str:
        if term.kind == "minimum" and not term.then:
            return self._say(Text("最短期限", "a minimum"))
        return labels.listed([self._say(AFTER[t]) if t in AFTER else t for t in term.then], self.language)

    def _notices(self) -> Panel | None:
        rows = [(n.id, self._with_basis(n.label, n.basis), self._span(n.span, n.when, n.strength),
                 labels.listed(n.blocks, self.language), self._cited(n.clauses)) for n in self.view.notices]
        return self._table(Text("公示和公开征求意见", "Public notices"), [
            (Text("公示", "notice"), 0.24), (Text("多长", "how long"), 0.4), (Text("须等期满的步骤", "holds up"), 0.18),
            (Text("依据", "clause"), 0.18)], rows)

    def _duties(self) -> Panel | None:
        rows = [(d.id, self._say(d.label), self._span(d.span, d.when, ""), d.move + self._overdue(d.overdue),
                 self._cited(d.clauses)) for d in self.view.duties]
        return self._table(Text("周期义务", "Recurring duties"), [
            (Text("义务", "duty"), 0.24), (Text("多久一次", "how often"), 0.4), (Text("步骤", "move"), 0.18),
            (Text("依据", "clause"), 0.18)], rows)

    def _overdue(self, move: str) -> str:
        return labels.bracketed(self._say(Text("逾期：", "overdue: ")) + move, self.language) if move else ""

    def _counts(self) -> Panel | None:
        rows = [(loop.id, self._with_basis(loop.label, loop.basis), labels.listed(loop.moves, self.language),
                 self._say(loop.most) or "—", self._cited(loop.clauses)) for loop in self.view.loops]
        return self._table(Text("次数", "Counts"), [
            (Text("计什么", "what is counted"), 0.3), (Text("步骤", "moves"), 0.34), (Text("至多", "at most"), 0.18),
            (Text("依据", "clause"), 0.18)], rows)

    def _bans(self) -> Panel | None:
        rows = [(b.id, self._say(b.label), self._say(b.span), labels.listed(b.begins, self.language),
                 self._cited(b.clauses)) for b in self.view.bans]
        return self._table(Text("禁限", "Bans"), [
            (Text("禁限", "ban"), 0.24), (Text("多长", "how long"), 0.4), (Text("起于", "begun by"), 0.18),
            (Text("依据", "clause"), 0.18)], rows)

    def _procedures(self) -> Panel | None:
        rows = [(p.id, self._say(p.label), self._inside(p), self._where(p), self._cited(p.clauses))
                for p in self.view.procedures]
        return self._table(Text("子程序（与主线并行）", "Sub-procedures beside the main line"), [
            (Text("子程序", "procedure"), 0.2), (Text("怎样进行", "how it runs"), 0.4),
            (Text("何时可提", "opened at"), 0.22), (Text("依据", "clause"), 0.18)], rows)

    def _inside(self, procedure: Procedure) -> str:
        """A small chart in a line: each stage with the stages that follow."""
        small = procedure.chart
        names = {s.id: self._say(s.label) for s in small.stages}
        steps = []
        for stage in small.stages:
            after = list(dict.fromkeys(m.target for m in small.made_at(stage) if m.target not in ("", stage.id)))
            if after:
                steps.append(f"{names[stage.id]} → {' / '.join(names[t] for t in after)}")
        return ("；" if self.language == "zh" else "; ").join(steps)

    def _where(self, procedure: Procedure) -> str:
        stages = [self._stages(procedure.stages)] if procedure.stages else []
        return labels.listed([*stages, *procedure.notices], self.language)

    def _stages(self, stages: Sequence[str]) -> str:
        """Stages by id; how many where they are too many to name: the flow shows each."""
        if len(stages) > _MOST_NAMED:
            return self._say(Text(f"{len(stages)} 个环节（见图）", f"{len(stages)} stages (see the flow)"))
        return labels.listed(tuple(stages), self.language)

    def _table(self, heading: Text, columns: list[tuple[Text, float]],
               rows: Sequence[Sequence[str]]) -> Panel | None:
        if not rows:
            return None
        ids = max(_LEAST_ID_ROOM, min(_ID_ROOM, max(width(row[0], SMALL, True) for row in rows) + 14))
        room = TABLE_WIDTH - ids
        made = [(self._say(name), share * room) for name, share in columns]
        return table(self._say(heading), [(self._say(Text("编号", "id")), ids), *made], rows)

    def _with_basis(self, label: Text, basis: str) -> str:
        mark = self._say(BASES[basis]) if basis in BASES else ""
        return self._say(label) + labels.bracketed(mark, self.language)

    def _span(self, span: Text, when: Text, strength: str) -> str:
        more = [Text("原则上", "in principle").in_language(self.language)] if strength == "principle" else []
        more += [self._say(Text("限于：", "only if ")) + self._say(when)] if when.zh else []
        return self._say(span) + labels.bracketed(("；" if self.language == "zh" else "; ").join(more), self.language)

    def _cited(self, clauses: Sequence[str]) -> str:
        """A rule's clauses, or those of the whole chart where it has none."""
        return self.cite(clauses or self.view.basis)

    def _many(self, texts: Sequence[Text]) -> str:
        return labels.listed([self._say(t) for t in texts], self.language)

    def _say(self, text: Text) -> str:
        return text.in_language(self.language)
