"""What ends by when, as lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import click

from guiju.cli.layout import Column, indented, table, terminal_width
from guiju.cli.voice import Voice
from guiju.registers.due import Due, Item
from guiju.registers.model import Task
from guiju.registers.wording import value_of


def lines_of(due: Due, whole: bool, say: Voice) -> Iterator[str]:
    """Three groups; what has no end by the document, or with `whole` item by item."""
    yield from _group(say(f"{due.on} 起将到期", f"Ends on {due.on} or later"), due.ahead, say)
    yield from _group(say("期限已过（是否完成，文件没有说）", "Past its end (whether done, no document says)"),
                      due.passed, say)
    yield ""
    yield click.style(say(f"没有期限：{len(due.endless)} 项", f"Without an end: {len(due.endless)}"), bold=True)
    if whole:
        yield from table([_endless(item, say) for item in due.endless], [Column(most=34), Column(), Column()],
                         terminal_width())
    else:
        yield from _counted(due, say)
    if due.later:
        listed = say.listed([r.id for r in due.later], 4)
        yield ""
        yield from indented(say(f"这天以后才发布，没有计入：{listed}", f"issued after that day and left out: {listed}"),
                            terminal_width())


def _group(title: str, items: list[Item], say: Voice) -> Iterator[str]:
    yield from ("",) if items and title else ()
    yield click.style(title + say("：", ": ") + str(len(items)) + say(" 项", ""), bold=True)
    rows = [[item.ends.isoformat() if item.ends else "", f"{item.register.id} {item.matter.id}", words(item, say)]
            for item in items]
    yield from table(rows, [Column(), Column(most=42), Column()], terminal_width())


def words(item: Item, say: Voice) -> str:
    """The task with its lead, or the target with its value."""
    matter = item.matter
    if isinstance(matter, Task):
        return say.text(matter.task) + say.in_brackets("、".join(matter.lead))
    remarks = [say("力争", "to strive for")] if matter.strength == "strive" else []
    remarks += [say("年份是推定的", "the year is assumed")] if matter.assumed.zh else []
    return f"{say.text(matter.indicator)} {say.text(value_of(matter))}" + say.in_brackets(say("；", "; ").join(remarks))


def _endless(item: Item, say: Voice) -> list[str]:
    return [f"{item.register.id} {item.matter.id}", _horizon(item, say), words(item, say)]


def _horizon(item: Item, say: Voice) -> str:
    year = item.matter.horizon if isinstance(item.matter, Task) else 0
    return say(f"规划至 {year}", f"planned to {year}") if year else ""


def _counted(due: Due, say: Voice) -> Iterator[str]:
    counts = Counter((item.register.id, _horizon(item, say)) for item in due.endless)
    rows = [[id_, horizon, say(f"{n} 项", str(n))] for (id_, horizon), n in counts.items()]
    yield from table(rows, [Column(), Column(), Column()], terminal_width())
    if counts:
        yield from indented(say("规划年份不是期限；逐项列出用 --all",
                                "the year of a plan is no end; --all lists each item"), terminal_width(), "  ")
