"""What ends by when: tasks with an end, targets with a year, and apart from them what has no end.

A horizon (the year in a plan's title) is never an end. Whether something has been done, no document of this kind says.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from guiju.registers.model import Matter, Register


@dataclass(frozen=True, slots=True)
class Item:
    """A task or a target of a register; `ends` is the last day that its end still means, None without an end."""

    register: Register
    matter: Matter
    ends: dt.date | None

    @property
    def days(self) -> int:
        """Days of the end since the first: what the order of items with an end is."""
        return self.ends.toordinal() if self.ends is not None else 0


@dataclass(slots=True)
class Due:
    """What still runs on a day (the next end first), what has passed (the last first), and what has no end.

    `later`: registers that were issued after that day and so count for nothing."""

    on: dt.date
    ahead: list[Item] = field(default_factory=list)
    passed: list[Item] = field(default_factory=list)
    endless: list[Item] = field(default_factory=list)
    later: list[Register] = field(default_factory=list)


def due_on(registers: Iterable[Register], on: dt.date, lead: str = "") -> Due:
    """Everything sorted by its end as seen on a day. With `lead`, only tasks that this body leads: targets are nobody's
    in particular."""
    made = Due(on)
    for register in registers:
        if register.issued is not None and register.issued > on:
            made.later.append(register)
            continue
        for item in _items(register, lead):
            group = made.endless if item.ends is None else made.ahead if item.ends >= on else made.passed
            group.append(item)
    made.ahead.sort(key=lambda i: i.days)
    made.passed.sort(key=lambda i: -i.days)
    return made


def _items(register: Register, lead: str) -> Iterable[Item]:
    for task in register.tasks:
        if not lead or lead in task.lead:
            yield Item(register, task, task.due)
    for target in register.targets if not lead else ():
        if target.kind == "target":
            yield Item(register, target, target.by.last if target.by is not None else None)
