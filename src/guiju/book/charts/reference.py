"""What a chart's page shows: its plain data form, its drawing, its timelines as walked, and what it hangs together
with."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from guiju.book.page import CHINESE
from guiju.cli.chart.upkeep import tried
from guiju.cli.voice import Voice
from guiju.language.policy import Clause
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.compile.document import folder_document
from guiju.lifecycle.library import Charts
from guiju.lifecycle.show.describe import described
from guiju.lifecycle.show.svg.picture import picture
from guiju.lifecycle.show.view import Guard, View
from guiju.lifecycle.timeline import Timeline, timelines
from guiju.source.diagnostics import Diagnostic, Text
from guiju.source.fields import text_of


@dataclass(frozen=True, slots=True)
class Rule:
    """Something that stands on clauses: where it is on the page, and what it says in a line."""

    id: str
    kind: Text
    label: Text
    said: Text
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause with the rules that cite it and the timelines that cover these."""

    clause: Clause
    rules: tuple[Rule, ...]
    walks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything about one chart. `wrong`: where a timeline goes another way, by its name, None where none was walked;
    `amends` and `variants`, `users`: other charts of the library."""

    chart: Chart
    view: View
    drawing: str
    walks: tuple[Timeline, ...]
    wrong: dict[str, tuple[Diagnostic, ...]] | None
    amends: str
    variants: tuple[str, ...] = ()
    users: tuple[str, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """The clauses that the chart cites, in the order of the index."""
        rules = list(rules_of(self.view))
        cited = {clause for rule in rules for clause in rule.clauses} | set(self.view.basis)
        for clause in self.chart.clauses.values():
            if clause.key in cited:
                mine = tuple(rule for rule in rules if clause.key in rule.clauses)
                ids = {rule.id for rule in mine}
                yield Passage(clause, mine, tuple(w.name for w in self.walks if ids & set(w.covers)))


def drawn(chart: Chart, say: Voice) -> str:
    """The drawing of a chart, as an element of a page."""
    svg = picture(described(chart), say.language, lambda clauses: say.clauses(clauses, len(clauses))).svg
    return svg[svg.index("<svg"):]


def reference_of(library: Charts, id_: str, family: Family, *, run: bool = True, say: Voice = CHINESE) -> Reference:
    """Everything about a chart; its timelines are walked, if `run`. Raises GuijuError where it does not compile."""
    chart = library.chart(id_)
    wrong = dict(tried(library, id_).wrong) if run else None
    return Reference(chart, described(chart), drawn(chart, say), tuple(timelines(library.folder / id_)), wrong,
                     family.bases[id_], tuple(i for i, base in family.bases.items() if base == id_),
                     tuple(i for i, others in family.used.items() if id_ in others))


@dataclass(frozen=True, slots=True)
class Family:
    """How the charts of a library hang together: what each amends, or "", and the charts that each uses."""

    bases: dict[str, str]
    used: dict[str, set[str]]


def family_of(library: Charts, ids: Collection[str]) -> Family:
    """Of these charts. Raises GuijuError where one does not compile."""
    return Family({id_: text_of(folder_document(library.folder / id_), "amends") for id_ in ids},
                  {id_: {p.chart.id for p in library.chart(id_).procedures.values()} for id_ in ids})


def rules_of(view: View) -> Iterator[Rule]:
    """Everything that cites clauses, section by section."""
    yield from (Rule(p.id, Text("参数", "parameter"), p.name, _readings(p.default, p.alternatives), p.clauses)
                for p in view.parameters)
    yield from (Rule(r.id, Text("角色", "role"), r.label, Text("", ""), r.clauses) for r in view.roles)
    yield from (Rule(s.id, Text("环节", "stage"), s.label, Text("", ""), s.clauses) for s in view.stages)
    for move in view.moves:
        who = Text("、".join(a.label.zh for a in move.by), ", ".join(a.label.en for a in move.by))
        clauses = [*move.clauses, *(c for g in move.guards for c in _clauses(g)), *(c for g in move.goals
                                                                                    for c in g.clauses)]
        yield Rule(move.id, Text("步骤", "move"), move.label, who, tuple(dict.fromkeys(clauses)))
    yield from (Rule(t.id, Text("期限", "term"), t.label, t.span, t.clauses) for t in view.terms)
    yield from (Rule(n.id, Text("公示", "notice"), n.label, n.span, n.clauses) for n in view.notices)
    yield from (Rule(d.id, Text("义务", "duty"), d.label, d.span, d.clauses) for d in view.duties)
    yield from (Rule(c.id, Text("次数", "count"), c.label, c.most, c.clauses) for c in view.loops)
    yield from (Rule(b.id, Text("禁限", "ban"), b.label, b.span, b.clauses) for b in view.bans)
    yield from (Rule(p.id, Text("子程序", "sub-procedure"), p.label, p.chart.title, p.clauses) for p in view.procedures)
    yield from (Rule(r.id, Text("批次", "round"), r.title, Text("", ""), r.clauses) for r in view.rounds)


def _clauses(guard: Guard) -> Iterator[str]:
    yield from guard.clauses
    for member in guard.members:
        yield from _clauses(member)


def _readings(default: Text, alternatives: Sequence[Text]) -> Text:
    if not default.zh:
        return Text("未定", "open")
    zh, en = "、".join(a.zh for a in alternatives), ", ".join(a.en or a.zh for a in alternatives)
    return Text(f"缺省 {default.zh}" + (f"；另读 {zh}" if zh else ""),
                f"default {default.en or default.zh}" + (f"; or {en}" if en else ""))
