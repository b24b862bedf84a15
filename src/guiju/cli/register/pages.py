"""A register as lines for a reader."""

from __future__ import annotations

from collections.abc import Iterator

import click

from guiju.cli.layout import Column, indented, sides, table, terminal_width
from guiju.cli.voice import Voice
from guiju.registers.choosing import place_name
from guiju.registers.model import KINDS, Register, Target, Task
from guiju.registers.wording import bodies_of, by_of, end_of, issued_of, kind_of, value_of
from guiju.source.diagnostics import Text

_CLAUSE, _INDICATOR, _VALUE = 12, 34, 22


def page(register: Register, say: Voice) -> Iterator[str]:
    """Identity, clause index, tasks, targets."""
    yield from _head(register, say)
    yield from _titled(say(f"条款目录（{len(register.clauses)}）", f"Clause index ({len(register.clauses)})"))
    rows = [[c.id, say.text(c.name), "、".join(map(str, c.lines))] for c in register.clauses.values()]
    yield from table(rows, [Column(), Column(most=60), Column()], terminal_width())
    yield from _titled(say(f"任务（{len(register.tasks)}）", f"Tasks ({len(register.tasks)})"))
    for task in register.tasks:
        yield from _task(task, say)
    yield from _titled(say(f"目标（{len(register.targets)}）", f"Targets ({len(register.targets)})"))
    yield from table([_target(t, say) for t in register.targets],
                     [Column(), Column(most=_CLAUSE), Column(most=_INDICATOR), Column(most=_VALUE), Column()],
                     terminal_width())
    yield from _doubts(register, say)


def _head(register: Register, say: Voice) -> Iterator[str]:
    width = terminal_width()
    yield from sides(click.style(say.text(register.title), bold=True), say.text(issued_of(register)), width)
    facts = [say(place_name(register), register.place), say.text(KINDS[register.kind]), say.text(register.issuer),
             register.number, register.id]
    yield from indented(" · ".join(f for f in facts if f), width)
    yield from indented(say.text(register.summary), width)
    yield from indented(say(f"原文：{register.source}", f"text: {register.source}"), width)
    if register.note.zh:
        yield from indented(say("说明：", "note: ") + say.text(register.note), width)


def _titled(text: str) -> Iterator[str]:
    yield ""
    yield click.style(text, bold=True)


def _task(task: Task, say: Voice) -> Iterator[str]:
    width = terminal_width()
    yield from sides(f"  {task.id}  {task.clause}", "", width)
    head = say(f"〔{task.verb}〕", "") + say.text(task.task)
    yield from indented(head, width, "       ")
    facts = [say.text(bodies_of(task)), say.text(end_of(task))]
    if task.start is not None:
        facts.insert(1, say(f"自 {task.start}", f"from {task.start}"))
    facts += [say("数字 ", "figure ") + f for f in task.figures]
    yield from indented(" · ".join(facts), width, "       ")


def _target(target: Target, say: Voice) -> list[str]:
    kind = "" if target.kind == "target" and not target.strength else say.in_brackets(say.text(kind_of(target)))
    return [target.id, target.clause, say.text(target.indicator) + kind, say.text(value_of(target)),
            say.text(by_of(target))]


def _doubts(register: Register, say: Voice) -> Iterator[str]:
    doubts: list[tuple[str, Text]] = [(m.id, m.unverified) for m in register.matters if m.unverified.zh]
    doubts += [(t.id, Text(f"年份是推定的：{t.assumed.zh}", f"the year is assumed: {t.assumed.en or t.assumed.zh}"))
               for t in register.targets if t.assumed.zh]
    if doubts:
        yield from _titled(say("存疑", "Doubts"))
        yield from table([[id_, say.text(text)] for id_, text in doubts], [Column(), Column()], terminal_width())
