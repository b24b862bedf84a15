"""The budget stage of a policy, over a whole population: who gets what of it, who waits, and for what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from guiju.population.budget import BEYOND, Fen, Line, Shares, allocate, by_quota, by_rank, places_of
from guiju.population.payable import sum_of
from guiju.population.questions.claimants import UNBOUNDED, Claimants
from guiju.source.diagnostics import Span, fail

By = Literal["rank", "quota", "equal", "pro-rata"]
WAITS = 4  # beside the states of a share: not decided, listed apart
MOST = 2 ** 63 - 1  # fen: what the sums of the stage hold
STATES = ("full", "part", "open", "beyond", "undecided")


@dataclass(frozen=True, slots=True)
class Rule:
    """What the officer chose. `budget`: fen, None for a quota alone; `line`: what becomes of the place that the rest
    does not pay in full; `reserve`: the undecided have their most kept back first."""

    by: By
    budget: int | None
    quota: int | None = None
    line: Line = "hold"
    reserve: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of each claimant, in their order: fen granted, state (an index of STATES), place (0 where there is none). In all:
    fen `granted`, `held` for the line with its open `places`, `reserved` for the undecided, and `left`. `claimed`: what
    the decided claim; `waiting`: what the undecided may come to, (least, most), most None where nothing bounds it.
    `ceilings`: of how many of the decided the claim is a ceiling, and fen of these; `kept`: to how many of them
    something is granted, and fen: so much is set aside, and the review decides what of it is paid."""

    granted: Fen
    state: NDArray[np.uint8]
    place: NDArray[np.int64]
    total: int
    held: int
    places: int
    reserved: int
    left: int | None
    claimed: int
    waiting: tuple[int, int | None]
    ceilings: tuple[int, int]
    kept: tuple[int, int]

    @property
    def ranked(self) -> bool:
        """Whether anybody has a place."""
        return bool(np.any(self.place))

    def counts(self) -> dict[str, int]:
        return {name: int(np.count_nonzero(self.state == code)) for code, name in enumerate(STATES)}


def run_stage(found: Claimants, rule: Rule) -> Outcome:
    """One step over everybody. Raises GuijuError E977 where what is undecided can't be kept back, E970 where the claims
    come to more than can be shared to the fen."""
    ranked = rule.by in ("rank", "quota")
    decided = found.decided & (~np.isnan(found.points) if ranked else True)
    waiting = _waiting(found, ~decided)
    reserved = _reserved(rule, waiting)
    inside = np.flatnonzero(decided)
    amounts = found.high[inside]
    places = places_of(found.points[inside]) if ranked else np.zeros(len(inside), np.int64)
    claimed = _checked(sum_of(amounts))
    room = None if rule.budget is None else rule.budget - reserved
    shares = _shares(rule, amounts, room, inside, places)
    granted, state = np.zeros_like(found.high), np.full(len(found.high), WAITS, np.uint8)
    place = np.zeros(len(found.high), np.int64)
    granted[inside], state[inside], place[inside] = shares.granted, shares.state, places
    total = sum_of(granted)
    left = None if room is None else room - total - shares.held
    ceilings = found.ceiling & decided
    kept = ceilings & (granted > 0)
    return Outcome(granted, state, place, total, shares.held, shares.places, reserved, left, claimed, waiting,
                   (int(ceilings.sum()), sum_of(found.high[ceilings])), (int(kept.sum()), sum_of(granted[kept])))


def _checked(claimed: int) -> int:
    if claimed > MOST:
        raise fail("E970", Span("organisations"),
                   "申领的合计太大，数不到分：多半是数据里金额的单位写错了；先用 guiju population check 看",
                   "the claims come to more than can be shared to the fen: most likely the unit of an amount is wrong "
                   "in the data; look with guiju population check")
    return claimed


def _shares(rule: Rule, amounts: Fen, room: int | None, order: NDArray[np.int64],
            places: NDArray[np.int64]) -> Shares:
    if rule.by == "quota":
        assert rule.quota is not None
        return by_quota(amounts, rule.quota, order, places, room, rule.line)
    assert room is not None
    return by_rank(amounts, room, order, places, rule.line) if rule.by == "rank" else \
        allocate(amounts, room, order, rule.by)


def _waiting(found: Claimants, undecided: NDArray[np.bool_]) -> tuple[int, int | None]:
    most = found.high[undecided]
    bounded = not np.any(most == UNBOUNDED)
    return sum_of(found.low[undecided]), sum_of(most) if bounded else None


def _reserved(rule: Rule, waiting: tuple[int, int | None]) -> int:
    if not rule.reserve or rule.budget is None:
        return 0
    if waiting[1] is None:
        raise fail("E977", Span("--reserve"),
                   "有单位的金额尚无上界，留不出数；先补事实，或不用 --reserve（另列待定单位）",
                   "nothing bounds some of the undecided amounts: supply facts, or list the undecided apart")
    return min(rule.budget, waiting[1])


def around_line(outcome: Outcome, around: int) -> Iterator[int]:
    """The claimants next to the last place paid, by place then by key: some before it, and some behind. Where nobody
    has a place, the first by key."""
    decided = np.flatnonzero(outcome.state != WAITS)
    if not outcome.ranked:
        yield from (int(n) for n in decided[:around])
        return
    turn = decided[np.argsort(outcome.place[decided], kind="stable")]
    behind = np.flatnonzero(outcome.state[turn] == BEYOND)
    line = int(behind[0]) if len(behind) else len(turn)
    yield from (int(n) for n in turn[max(line - around, 0):line + around])
