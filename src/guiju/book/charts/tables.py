"""A chart as tables: stages with their moves, what runs in time, readings, rounds, roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guiju.book.charts.lines import Lines, limits, only
from guiju.lifecycle.show.view import Move, View
from guiju.source.diagnostics import Text

Cell = list[Text]
_FINAL, _PUBLIC, _AUTOMATIC = Text("终结", "final"), Text("公开", "public"), Text("自动", "automatic")


@dataclass(frozen=True, slots=True)
class Row:
    """`id`: the part that stands here, "" where it stood before. A row of one cell stands over those that follow."""

    id: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Section:
    title: Text
    header: tuple[Text, ...]
    rows: list[Row]


def sections(view: View) -> Iterator[Section]:
    """The tables of a chart that say something, in reading order."""
    lines = Lines(view)
    for zh, en, header, rows in _TABLES:
        made = list(rows(view, lines))
        if made:
            yield Section(Text(zh, en), tuple(Text(*pair.split("|")) for pair in header.split("; ")), made)


def _moves(view: View, lines: Lines) -> Iterator[Row]:
    """Stage by stage; a move of several stages is told once."""
    yield Row("", [[Text("**开启**", "**opening**")]])
    told: set[str] = set()
    for move in view.opening():
        yield _move(move, lines, told)
    for stage in view.stages:
        tags = (*([_FINAL] if stage.final else []), *([_PUBLIC] if stage.public else []))
        runs = [*lines.named(stage.notices, Text("公示 ", "notice ")),
                *lines.named(stage.terms, Text("期限 ", "term ")),
                *lines.named(stage.duties, Text("义务 ", "duty ")),
                *lines.named(stage.opens, Text("可提 ", "may be raised: "))]
        yield Row(stage.id, [[*lines.head(stage.id, stage.label, *tags), *([stage.note] if stage.note.zh else []),
                              *runs]])
        for move in view.made_at(stage):
            yield _move(move, lines, told)


def _move(move: Move, lines: Lines, told: set[str]) -> Row:
    """A move in full; one that was told before is only pointed to."""
    if move.id in told:
        return Row("", [list(lines.named((move.id,))), [], [], [Text("见前", "see above")], []])
    told.add(move.id)
    by = [Text(a.label.zh + only(a.when).zh, (a.label.en or a.label.zh) + only(a.when).en) for a in move.by]
    marks = (lines.basis(move.basis), *([_AUTOMATIC] if move.auto else []))
    return Row(move.id, [lines.head(move.id, move.label, *marks), by,
                         list(lines.stages((move.target,))) if move.target else [Text("原处", "stays")],
                         list(lines.move(move)), lines.cited(move.clauses)])


def _roles(view: View, lines: Lines) -> Iterator[Row]:
    for r in view.roles:
        if r.held_by != "system":
            yield Row(r.id, [lines.head(r.id, r.label), lines.held_by(r.held_by), list(lines.named(r.bars)),
                             lines.cited(r.clauses)])


def _terms(view: View, lines: Lines) -> Iterator[Row]:
    for t in view.terms:
        kind = Text("最短", "at least") if t.kind == "minimum" else Text("", "")
        yield Row(t.id, [lines.head(t.id, t.label, kind, lines.basis(t.basis)),
                         [t.span, *limits(t.when, t.strength, t.strength_when, t.note, t.rolls)],
                         list(lines.stages(t.stages)), list(lines.then(t.then)), lines.cited(t.clauses)])


def _notices(view: View, lines: Lines) -> Iterator[Row]:
    for n in view.notices:
        yield Row(n.id, [lines.head(n.id, n.label, lines.basis(n.basis)),
                         [*([n.subject] if n.subject.zh else []), n.span, n.counting,
                          *limits(n.when, n.strength, note=n.note)],
                         list(lines.stages(n.stages)), list(lines.named((n.objections,) if n.objections else ())),
                         [*lines.named(n.blocks, Text("期满方可 ", "only after it: ")),
                          *lines.named(n.despite, Text("期内可办 ", "also during it: "))],
                         lines.cited(n.clauses)])


def _duties(view: View, lines: Lines) -> Iterator[Row]:
    for d in view.duties:
        after = list(lines.named((d.overdue,))) if d.overdue else [Text("登记在案", "registered")]
        yield Row(d.id, [lines.head(d.id, d.label),
                         [d.span, *limits(d.when, note=d.note, rolls=d.rolls)], list(lines.named((d.move,))),
                         list(lines.stages(d.stages)), after, lines.cited(d.clauses)])


def _loops(view: View, lines: Lines) -> Iterator[Row]:
    for c in view.loops:
        most = Text(f"至多 {c.most.zh}", f"{c.most.en} at the most") if c.most.zh else Text("只计数", "only counted")
        yield Row(c.id, [lines.head(c.id, c.label, lines.basis(c.basis)), list(lines.named(c.moves)),
                         [most, *([c.note] if c.note.zh else [])], lines.cited(c.clauses)])


def _bans(view: View, lines: Lines) -> Iterator[Row]:
    for b in view.bans:
        yield Row(b.id, [lines.head(b.id, b.label),
                         [b.span, *([b.note] if b.note.zh else [])], [b.who] if b.who.zh else [],
                         [*lines.named(b.begins, Text("起于 ", "begins with ")),
                          *lines.named(b.ends, Text("解于 ", "lifted by ")),
                          *lines.named(view.banned_from, Text("不得 ", "bars "))], lines.cited(b.clauses)])


def _procedures(view: View, lines: Lines) -> Iterator[Row]:
    for p in view.procedures:
        told = [Text(f"{c.fact.zh} = {c.value.zh}", f"{c.fact.en} = {c.value.en}") for c in (*p.sets, *p.passes)]
        yield Row(p.id, [lines.head(p.id, p.label), [p.chart.title],
                         [*lines.stages(p.stages), *lines.named(p.notices, Text("公示期内 ", "during the notice "))],
                         list(lines.named(p.blocks)), [*told, *([p.note] if p.note.zh else [])],
                         lines.cited(p.clauses)])


def _parameters(view: View, lines: Lines) -> Iterator[Row]:
    for p in view.parameters:
        default = [Text("未定：由批次设定", "open: a round sets it")] if p.open else [p.default] if p.default.zh else []
        default += [Text(f"自 {d.start} 起 {d.value.zh}", f"from {d.start}: {d.value.en}") for d in p.dated]
        yield Row(p.id, [lines.head(p.id, p.name), default, list(p.alternatives),
                         [p.note] if p.note.zh else [], lines.cited(p.clauses)])


def _rounds(view: View, lines: Lines) -> Iterator[Row]:
    for r in view.rounds:
        sets = [Text(f"{c.fact.zh} = {c.value.zh}", f"{c.fact.en} = {c.value.en}") for c in r.sets]
        left = [Text(f"有意不定：{t.zh}", f"left open: {t.en}") for t in r.open]
        held = [Text(f"{h.role.zh}：{h.holder.zh}", f"{h.role.en}: {h.holder.en}") for h in r.roles]
        yield Row(r.id, [lines.head(r.id, r.title), [*sets, *left], held, [r.note] if r.note.zh else [],
                         lines.cited(r.clauses)])


_TABLES: tuple[tuple[str, str, str, Callable[[View, Lines], Iterator[Row]]], ...] = (
    ("环节与步骤", "Stages and moves",
     "步骤|move; 由谁|by; 到|to; 条件、所需、所产|conditions, papers, results; 依据|clause", _moves),
    ("期限", "Terms", "期限|term; 多长|length; 环节|stages; 届满|when it ends; 依据|clause", _terms),
    ("公示", "Notices",
     "公示|notice; 多长、怎样数|length and count; 环节|stages; 异议|objections; 等与不等|waits; 依据|clause", _notices),
    ("周期义务", "Duties", "义务|duty; 多久|how often; 步骤|move; 环节|stages; 逾期|when late; 依据|clause", _duties),
    ("次数", "Loops", "次数|count; 步骤|moves; 至多|at most; 依据|clause", _loops),
    ("禁限", "Bans", "禁限|ban; 多长|length; 对谁|of whom; 起止与所禁|begins, ends, bars; 依据|clause", _bans),
    ("子程序", "Sub-procedures",
     "子程序|sub-procedure; 小图|chart; 何时可提|when; 未决不得|blocks; 设定|settings; 依据|clause", _procedures),
    ("参数与读法", "Parameters and readings",
     "参数|parameter; 缺省读法|default; 另一种读法|or; 说明|note; 依据|clause", _parameters),
    ("批次", "Rounds", "批次|round; 所定|settings; 由谁担任|held by; 说明|note; 依据|clause", _rounds),
    ("角色", "Roles", "角色|role; 由谁担任|held by; 回避|barred; 依据|clause", _roles),
)
