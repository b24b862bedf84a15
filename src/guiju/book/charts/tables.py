"""A chart as tables: stages with their moves, what runs in time, readings, rounds, roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guiju.book.charts.lines import Lines, limits
from guiju.lifecycle.show.view import Move, View
from guiju.source.diagnostics import Text

Cell = list[Text]


@dataclass(frozen=True, slots=True)
class Row:
    """`id`: the part that stands here, "" where it stood before. A row of one cell stands over those that follow."""

    id: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Section:
    title: Text
    header: tuple[str, ...]
    rows: list[Row]


def sections(view: View) -> Iterator[Section]:
    """The tables of a chart that say something, in reading order."""
    lines = Lines(view)
    for zh, en, header, rows in _TABLES:
        made = list(rows(view, lines))
        if made:
            yield Section(Text(zh, en), tuple(header.split(" ")), made)


def _moves(view: View, lines: Lines) -> Iterator[Row]:
    """Stage by stage; a move of several stages is told once."""
    yield Row("", [[Text("**开启**", "opening")]])
    told: set[str] = set()
    for move in view.opening():
        yield _move(move, lines, told)
    for stage in view.stages:
        tags = ("终结" if stage.final else "", "公开" if stage.public else "")
        runs = [*lines.named(stage.notices, "公示 "), *lines.named(stage.terms, "期限 "),
                *lines.named(stage.duties, "义务 "), *lines.named(stage.opens, "可提 ")]
        yield Row(stage.id, [[*lines.head(stage.id, stage.label, *tags), *([stage.note] if stage.note.zh else []),
                              *runs]])
        for move in view.made_at(stage):
            yield _move(move, lines, told)


def _move(move: Move, lines: Lines, told: set[str]) -> Row:
    """A move in full; one that was told before is only pointed to."""
    if move.id in told:
        return Row("", [list(lines.named((move.id,))), [], [], [Text("见前", "see above")], []])
    told.add(move.id)
    by = [Text(a.label.zh + (f"（限于：{a.when.zh}）" if a.when.zh else ""), a.label.en) for a in move.by]
    marks = (lines.basis(move.basis, move.ref), "自动" if move.auto else "")
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
        kind = "最短" if t.kind == "minimum" else ""
        yield Row(t.id, [lines.head(t.id, t.label, kind, lines.basis(t.basis, t.ref)),
                         [t.span, *limits(t.when, t.strength, t.strength_when, t.note, t.rolls)],
                         list(lines.stages(t.stages)), list(lines.then(t.then)), lines.cited(t.clauses)])


def _notices(view: View, lines: Lines) -> Iterator[Row]:
    for n in view.notices:
        yield Row(n.id, [lines.head(n.id, n.label, lines.basis(n.basis, n.ref)),
                         [*([n.subject] if n.subject.zh else []), n.span, n.counting,
                          *limits(n.when, n.strength, note=n.note)],
                         list(lines.stages(n.stages)), list(lines.named((n.objections,) if n.objections else ())),
                         [*lines.named(n.blocks, "期满方可 "), *lines.named(n.despite, "期内可办 ")],
                         lines.cited(n.clauses)])


def _duties(view: View, lines: Lines) -> Iterator[Row]:
    for d in view.duties:
        after = list(lines.named((d.overdue,))) if d.overdue else [Text("登记在案", "registered")]
        yield Row(d.id, [lines.head(d.id, d.label, lines.basis("text", d.ref)),
                         [d.span, *limits(d.when, note=d.note, rolls=d.rolls)], list(lines.named((d.move,))),
                         list(lines.stages(d.stages)), after, lines.cited(d.clauses)])


def _loops(view: View, lines: Lines) -> Iterator[Row]:
    for c in view.loops:
        most = Text(f"至多 {c.most.zh}", f"{c.most.en} at the most") if c.most.zh else Text("只计数", "only counted")
        yield Row(c.id, [lines.head(c.id, c.label, lines.basis(c.basis, c.ref)), list(lines.named(c.moves)),
                         [most, *([c.note] if c.note.zh else [])], lines.cited(c.clauses)])


def _bans(view: View, lines: Lines) -> Iterator[Row]:
    for b in view.bans:
        yield Row(b.id, [lines.head(b.id, b.label, lines.basis("text", b.ref)),
                         [b.span, *([b.note] if b.note.zh else [])], [b.who] if b.who.zh else [],
                         [*lines.named(b.begins, "起于 "), *lines.named(b.ends, "解于 "),
                          *lines.named(view.banned_from, "不得 ")], lines.cited(b.clauses)])


def _procedures(view: View, lines: Lines) -> Iterator[Row]:
    for p in view.procedures:
        told = [Text(f"{c.fact.zh} = {c.value.zh}", f"{c.fact.en} = {c.value.en}") for c in (*p.sets, *p.passes)]
        yield Row(p.id, [lines.head(p.id, p.label, lines.basis("text", p.ref)), [Text(f"`{p.chart.id}`", "")],
                         [*lines.stages(p.stages), *lines.named(p.notices, "公示期内 ")],
                         list(lines.named(p.blocks)), [*told, *([p.note] if p.note.zh else [])],
                         lines.cited(p.clauses)])


def _parameters(view: View, lines: Lines) -> Iterator[Row]:
    for p in view.parameters:
        default = [Text("未定：由批次设定", "open: a round sets it")] if p.open else [p.default] if p.default.zh else []
        default += [Text(f"自 {d.start} 起 {d.value.zh}", f"from {d.start}: {d.value.en}") for d in p.dated]
        yield Row(p.id, [lines.head(p.id, p.name, lines.basis("text", p.ref)), default, list(p.alternatives),
                         [p.note] if p.note.zh else [], lines.cited(p.clauses)])


def _rounds(view: View, lines: Lines) -> Iterator[Row]:
    for r in view.rounds:
        sets = [Text(f"{c.fact.zh} = {c.value.zh}", f"{c.fact.en} = {c.value.en}") for c in r.sets]
        left = [Text(f"有意不定：{t.zh}", f"left open: {t.en}") for t in r.open]
        held = [Text(f"{h.role.zh}：{h.holder.zh}", f"{h.role.en}: {h.holder.en}") for h in r.roles]
        yield Row(r.id, [lines.head(r.id, r.title), [*sets, *left], held, [r.note] if r.note.zh else [],
                         lines.cited(r.clauses)])


_TABLES: tuple[tuple[str, str, str, Callable[[View, Lines], Iterator[Row]]], ...] = (
    ("环节与步骤", "Stages and moves", "步骤 由谁 到 条件、所需、所产 依据", _moves),
    ("期限", "Terms", "期限 多长 环节 届满 依据", _terms),
    ("公示", "Notices", "公示 多长、怎样数 环节 异议 等与不等 依据", _notices),
    ("周期义务", "Duties", "义务 多久 步骤 环节 逾期 依据", _duties),
    ("次数", "Loops", "次数 步骤 至多 依据", _loops),
    ("禁限", "Bans", "禁限 多长 对谁 起止与所禁 依据", _bans),
    ("子程序", "Sub-procedures", "子程序 小图 何时可提 未决不得 设定 依据", _procedures),
    ("参数与读法", "Parameters and readings", "参数 缺省读法 另一种读法 说明 依据", _parameters),
    ("批次", "Rounds", "批次 所定 由谁担任 说明 依据", _rounds),
    ("角色", "Roles", "角色 由谁担任 回避 依据", _roles),
)
