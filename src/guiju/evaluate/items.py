"""What the money stages work on: one item for each thing that is paid for, with its history."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from math import inf
from typing import Any

from guiju.facts.model import Row
from guiju.language.policy import Benefit, Condition, PriceRow
from guiju.values import FAIL, PASS, UNDECIDED, Status

UNKNOWN_KEY = "?"  # a key of which the value is not known
ALONE = "·"  # a key that is known to be none: the row belongs to no family


@dataclass(frozen=True, slots=True)
class Cut:
    """What a limit took from an item, in fen, in the highest case."""

    limit: str
    taken: Any


@dataclass(slots=True)
class Item:
    """One thing that is paid for, in two cases: `low` the least that it surely is, `high` the most that it may be
    beside what else is known to be there.

    `rows` are the record rows that it stands for (several after a merge); `status` says how surely it qualifies;
    `cause` why low and high differ, apart from a ceiling; `price` the line of the price table that gives `high`;
    `unit` the worth of one row where rows are not known. `claims` says how surely it is worth anything, here or
    elsewhere, and `holds` how surely here, both before ceilings and limits. `kind` is the benefit's, or that of what
    remains after something came off. `company` are the rows that may turn out
    to be of the same series, `sure_rows` those of several that surely are; `settled`: the rows are known.
    """

    benefit: Benefit
    rows: list[Row]
    positions: list[int]
    status: Status
    low: Any
    high: Any
    cause: int
    price: PriceRow | None
    external: bool = False
    ceiling: tuple[Any, Any] = (inf, inf)
    failed: list[Condition] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)
    claimed: Any = 0
    unit: Any = 0
    kind: str = ""
    claims: Status = FAIL
    holds: Status = FAIL
    company: list[Row] = field(default_factory=list)
    settled: bool = True
    sure_rows: list[Row] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Whether nothing about the item is in doubt."""
        return self.status == PASS and bool(self.rows) and not self.cause & UNDECIDED

    def cut(self, limit: str, remaining: Any) -> None:
        """Lower the highest case to what remains, and remember who took the rest."""
        if remaining < self.high:
            self.cuts.append(Cut(limit, self.high - remaining))
            self.high = remaining


@dataclass(frozen=True, slots=True)
class Payment:
    """What a policy's benefits come to. Amounts in fen; `high` is infinite where nothing bounds it.

    `status`: whether anything is paid for at all. `kind`: exact, up_to, discretionary, external or none.
    """

    low: Any
    high: Any
    cause: int
    kind: str
    status: Status
    items: tuple[Item, ...]
    merged: tuple[str, ...]


def kind_of(items: list[Item], high: Any) -> str:
    """A sum with one ceiling in it is a ceiling; with one discretion in it, a discretion. `high`: the most that it may
    be; where limits that cross leave nothing, no item alone need be 0."""
    kinds = {i.kind for i in items if i.high > 0}
    if kinds and high > 0:
        return most_cautious(kinds)
    return "external" if any(i.external for i in items) else "none"


def most_cautious(kinds: Collection[str]) -> str:
    """The kind of amount that promises least."""
    return next(kind for kind in ("discretionary", "up_to", "exact") if kind in kinds)
