"""What a step's column means: what a kernel holds of a node."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from guiju.population.columns import EXACT
from guiju.population.kernels.given import Span
from guiju.population.kernels.sketch import Slot
from guiju.values import NOT_APPLICABLE, UNDECIDED

DOUBTS, NOWHERE = UNDECIDED, NOT_APPLICABLE


class Beyond(Exception):
    """What a kernel does not hold: doubt, numbers that may not be exact, operations that are not its own."""


@dataclass(frozen=True, slots=True)
class Fails:
    """PASS or FAIL: where it fails; True or False for all."""

    at: Slot | bool


@dataclass(frozen=True, slots=True)
class Codes:
    """Statuses as they are; one for all. `bits`: which may be set in some row. `loose`: beside a failure there may be
    doubts, which it makes void."""

    at: Slot | int
    bits: int
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """Whole numbers between two bounds; without a column, `low` for all."""

    low: float
    high: float
    at: Slot | None = None

    @property
    def alike(self) -> bool:
        return self.at is None

    @property
    def size(self) -> float:
        return max(abs(self.low), abs(self.high))

    @property
    def part(self) -> Slot | float:
        return self.low if self.at is None else self.at


@dataclass(frozen=True, slots=True)
class Multiple:
    """`by` times `of`, which nobody has multiplied yet: for many questions nobody need."""

    of: Whole
    by: int


@dataclass(frozen=True, slots=True, eq=False)
class Between:
    """Whole numbers or infinities, the least and the most that each row may have; where they are apart, why. `bits`:
    which causes there may be. `span`: to be asked, for it takes a look at all rows."""

    low: Slot | float
    high: Slot | float
    cause: Slot | int
    bits: int
    span: Callable[[], Span]


@dataclass(frozen=True, slots=True)
class Table:
    """One of some fixed numbers: at which place it stands among them. `step`: each entry is so many times its place."""

    entries: tuple[float, ...]
    place: Slot
    step: float = 0.0

    def mapped(self, function: Callable[[float], float]) -> Table:
        entries = tuple(map(function, self.entries))
        return self if entries == self.entries else Table(entries, self.place)


@dataclass(slots=True, eq=False)
class Share:
    """`over` / `under`, which is above zero. `quotient`: its column, once somebody has asked; `lines`: how many
    comparisons there are of it, if known."""

    over: Whole | Between
    under: Whole
    quotient: Slot | None = None
    lines: int = 0

    @property
    def alike(self) -> bool:
        return isinstance(self.over, Whole) and self.over.alike and self.under.alike


@dataclass(slots=True, eq=False)
class Ratio:
    """`over` / `under`, where either may be in doubt and the latter may be nothing: anything then. `ends`: the doubles
    nearest to the least and the most, once somebody has asked."""

    over: Between
    under: Between
    ends: Between | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """Codes of texts, -1 where it is not known; of one text for all the name of its code. `cause`: why it is not."""

    at: Slot | str
    cause: Slot | int = 0
    bits: int = 0


Truth = Fails | Codes
Number = Whole | Multiple | Table | Share | Between | Ratio
NOTHING = Whole(0.0, 0.0)
ONE = Whole(1.0, 1.0)


def constant(value: float) -> Whole:
    if abs(value) > EXACT:
        raise Beyond
    return Whole(value, value)
