"""A register against its text: every figure is in a target, in a task, or named with a reason; every line has a clause;
and no target has a figure that its clause does not have."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from guiju.documents.coverage.compare import Coverage, Found, Mismatch, figures_in
from guiju.documents.coverage.reasons import Place, Reason
from guiju.documents.figures import Value, figures_of
from guiju.documents.store import Stored, documents
from guiju.registers.model import Elsewhere, Register, Target, Task, When
from guiju.registers.wording import number_text
from guiju.source.diagnostics import Span, fail

WHOLE = "*"
_HEADS = ("heading", "part")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a register says with a figure: every value that this can mean. `must`: where the text has to have
    it: in the `clause`; in the `text` (a task's days, whose year often stands in the title alone); or `nowhere` (an
    assumed year)."""

    id: str
    clause: str
    status: str
    values: frozenset[Value]
    must: str = "clause"


def cover_register(register: Register, store: Path) -> Coverage:
    """Hold a register to its text. Raises E870 without a store, E874 where the store lacks the text."""
    document = _document(register, store)
    lines = register.source.lines
    index = {c.id: tuple(Place(document.source, p.first, p.last) for p in c.lines) for c in register.clauses.values()}
    figures = [f for f in figures_in(document, index) if lines.holds(f.line)]
    said = [*_of_targets(register), *_of_tasks(register)]
    used: set[int] = set()
    for found in figures:
        _judge(found, register, said, used)
    idle: list[Reason | Elsewhere] = [e for position, e in enumerate(register.elsewhere) if position not in used]
    mismatches = list(_mismatches(said, figures, _texts(register, document)))
    return Coverage(register.id, [(document.source, document.title, lines.first, lines.last)], figures, mismatches,
                    idle, "register", _unindexed(register, document))


def _document(register: Register, store: Path) -> Stored:
    source = register.source
    for stored in documents(store):
        first, last = stored.lines
        if (stored.source == source.key and int(stored.folder.name.split("-")[0]) == source.position
                and first <= source.lines.first and source.lines.last <= last):
            return stored
    raise fail("E874", Span(str(store)),
               f"文本库里没有 {register.id} 的原文（{source.document}，{source}）；请先导入这份文字",
               f"the store has no text of {register.id} ({source.document}, {source}): import that text first")


def _of_targets(register: Register) -> Iterator[Said]:
    for target in register.targets:
        for number in target.amount.numbers if target.amount is not None else ():
            yield _said(target, "target", _number(number, target.unit))
        for text in (target.indicator.zh, target.words.zh):
            yield from _written(target, "target", text, "nowhere")
        if target.by is not None:
            yield _said(target, "target", _day(target.by), "nowhere" if target.assumed.zh else "clause")


def _of_tasks(register: Register) -> Iterator[Said]:
    for task in register.tasks:
        for text in task.figures:
            yield from _written(task, "task", text)
        if task.start is not None:
            yield _said(task, "task", _day(task.start), "text")
        yield from _written(task, "task", task.due_text, "text")
        if task.due is not None:
            due = When(task.due.year, task.due.month, task.due.day)
            yield _said(task, "task", _day(due), "text")


def _said(matter: Target | Task, status: str, values: frozenset[Value], must: str = "clause") -> Said:
    return Said(matter.id, matter.clause, status, values, must)


def _written(matter: Target | Task, status: str, text: str,
             must: str = "clause") -> Iterator[Said]:
    return (_said(matter, status, figure.values, must) for figure in figures_of(text))


def _number(number: Fraction, unit: str) -> frozenset[Value]:
    with_unit = figures_of(f"{number_text(abs(number))}{unit}")
    return frozenset({("count", abs(number)), *(v for figure in with_unit for v in figure.values)})


def _day(when: When) -> frozenset[Value]:
    """A year, a month of it or a day, in all the parts in which a text may write them."""
    texts = [f"{when.year}年"]
    if when.month:
        texts += [f"{when.month}月", f"{when.month}月底", f"{when.month}月{when.day or when.last.day}日"]
    values = {v for text in texts for figure in figures_of(text) for v in figure.values}
    days: list[dt.date] = [when.first, when.last]
    return frozenset(values | {("date", Fraction(day.toordinal())) for day in days})


def _judge(found: Found, register: Register, said: list[Said], used: set[int]) -> None:
    """The first that holds: a target, a task, the head, what a person has said. What is said of the very figure counts
    before what is said of all of a clause."""
    for status in ("target", "task"):
        carrying = [s for s in said if s.status == status and s.clause in found.clauses
                    and s.values & found.figure.values]
        if carrying:
            found.status, found.rules = status, tuple(dict.fromkeys(s.id for s in carrying))
            return
    if not found.clauses and _in_head(found, register):
        found.status = "head"
        return
    for whole in (False, True):
        for position, entry in enumerate(register.elsewhere):
            same = entry.figure == WHOLE if whole else _plain(entry.figure) == _plain(found.figure.text)
            if same and entry.clause in found.clauses:
                used.add(position)
                found.status, found.reason = "elsewhere", entry.why.zh
                return


def _in_head(found: Found, register: Register) -> bool:
    issued = register.issued
    values = {v for figure in figures_of(f"{register.title.zh} {register.number}") for v in figure.values}
    if issued is not None:
        values |= _day(When(issued.year, issued.month, issued.day))
    return bool(values & found.figure.values)


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def _texts(register: Register, document: Stored) -> dict[str, str]:
    """The text of each clause of the index."""
    made: dict[str, list[str]] = {id_: [] for id_ in register.clauses}
    for clause in document.clauses():
        ends = [start for start, _ in clause.breaks[1:]] + [len(clause.text)]
        for (start, line), end in zip(clause.breaks, ends, strict=True):
            for held in register.clauses.values():
                if held.holds(line):
                    made[held.id].append(clause.text[start:end])
    return {id_: "\n".join(parts) for id_, parts in made.items()}


def _mismatches(said: list[Said], figures: list[Found], texts: dict[str, str]) -> Iterator[Mismatch]:
    """What the clause of a target or a task does not have: neither as a figure, nor as a number that counts as none
    (第11届)."""
    there: dict[str, set[Value]] = {}
    for found in figures:
        for key in (*found.clauses, ""):
            there.setdefault(key, set()).update(found.figure.values)
    for one in said:
        if one.must == "nowhere" or one.values & there.get(one.clause if one.must == "clause" else "", set()):
            continue
        if not _digits(one) & _written_in(texts[one.clause]):
            yield Mismatch(one.id, (one.clause,), min(one.values, key=str))


def _digits(said: Said) -> set[str]:
    return {number_text(number) for dimension, number in said.values if dimension == "count"}


def _written_in(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def _unindexed(register: Register, document: Stored) -> list[int]:
    """The lines with text that no clause of the index has. Titles need none, nor what stands before the first clause
    and says only what the head of the register says."""
    first = min((p.first for c in register.clauses.values() for p in c.lines), default=0)
    lines = sorted({line for clause in document.clauses() if clause.kind not in _HEADS for _, line in clause.breaks})
    return [n for n in lines if register.source.lines.holds(n) and n >= first
            and not any(c.holds(n) for c in register.clauses.values())]
