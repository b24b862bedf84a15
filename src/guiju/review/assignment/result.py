"""What an assignment comes to: the pairs with their record, or why there are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiju.review.assignment.problem import Pair
from guiju.source.diagnostics import Text

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Record:
    """What has to be kept to replay a result. `input`, `result`: SHA-256 digests. `solver`: its name and version.
    `floor`, `total`: points, so that another version of the solver can be held to the same quality."""

    input: str
    seed: str
    solver: str
    result: str
    floor: int
    total: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who reviews what. Points are sums of fits.

    `pairs`: (expert, application), by application, then expert. `floor`: the fit of the worst-served application, the
    highest that can be; `total`: of all pairs, the greatest under that floor. `free_total`, `free_floor`: what they
    were without fairness; `free_fits`: the fit of each application's panel then.
    """

    pairs: tuple[Pair, ...]
    floor: int
    total: int
    free_floor: int
    free_total: int
    free_fits: Mapping[str, int] = field(repr=False)
    record: Record

    @property
    def price(self) -> int:
        """What fairness costs: points of the total that the floor gives up."""
        return self.free_total - self.total

    def panel(self, application: str) -> tuple[str, ...]:
        """The experts of an application."""
        return tuple(e for e, a in self.pairs if a == application)

    def duties(self, expert: str) -> tuple[str, ...]:
        """The applications of an expert."""
        return tuple(a for e, a in self.pairs if e == expert)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A proof by counting that there is no assignment.

    `family`: the demand that can't be met: `panel`, `in_field`, `kind:…`, `load`, `fixed`; with `+institution` where it
    could be met but for the rule of one expert an institution. These `applications` need `need` reviews of that sort,
    and these `experts` can give at most `have`.
    """

    family: str
    applications: tuple[str, ...]
    experts: tuple[str, ...]
    need: int
    have: int
    text: Text


@dataclass(frozen=True, slots=True)
class Concession:
    """One thing that would have to give, by how much. All concessions of a result together make an assignment
    possible, and no smaller sum of them does."""

    family: str
    about: str
    amount: int
    text: Text


@dataclass(frozen=True, slots=True)
class Infeasible:
    """There is no assignment. Either `shortages`, each a proof by itself; or, where every demand could be met alone but
    not all together, the least `concessions`."""

    shortages: tuple[Shortage, ...]
    concessions: tuple[Concession, ...] = ()

    @property
    def text(self) -> Text:
        """The findings in one sentence; beyond the first ones only their number."""
        if self.shortages:
            return _joined([s.text for s in self.shortages])
        least = _joined([c.text for c in self.concessions])
        return Text(f"各项要求单独都能满足，合起来不能；最少要让步：{least.zh}",
                    f"each demand can be met alone, but not all together; the least that must give: {least.en}")


def _joined(texts: list[Text]) -> Text:
    more = len(texts) - SHOWN
    return Text("；".join(t.zh for t in texts[:SHOWN]) + (f"；另有 {more} 项" if more > 0 else ""),
                "; ".join(t.en for t in texts[:SHOWN]) + (f"; and {more} more" if more > 0 else ""))
