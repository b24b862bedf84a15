"""A list by score: places with ties, the cut line, and what stands near it.

A score that is known in bounds gives a place in bounds. Nobody is put above or below a line for what is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from guiju.evaluate.evaluation import Setting
from guiju.language.policy import Condition, Goal, Policy
from guiju.population.match import Matcher
from guiju.population.questions.asking import Chunk, one_goal_each, ordered
from guiju.source.diagnostics import Span, fail
from guiju.values import FAIL

Points = NDArray[np.float64]
Places = NDArray[np.int64]
ONE_POINT = 1.0
Side = Literal["above", "possibly", "below"]
SIDES: tuple[Side, ...] = ("above", "possibly", "below")


@dataclass(frozen=True, slots=True)
class PassLine:
    """`points`: from how many on; `reached`: whether these are enough. `condition`: whose line it is in the policy,
    None where it was given."""

    points: float
    reached: bool = True
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class Contest:
    """Who is ranked, ascending: key, score in bounds. `refused`: how many surely fail another condition than the
    line."""

    names: pa.ChunkedArray
    low: Points
    high: Points
    refused: int
    everybody: int


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation of the list. `first`, `last`: its best and its worst place; `tied`: how many have just its
    points, itself among them, 0 where these are not settled. `gain`: its place with one point more, at best;
    `reaches`: whether that point brings it over the line surely."""

    name: str
    low: float
    high: float
    first: int
    last: int
    side: Side
    tied: int = 0
    gain: int = 0
    reaches: bool = False


@dataclass(frozen=True, slots=True)
class Ranking:
    """The list around its line. `above`, `possibly`, `below`: how many; `one_more`: how many below or possibly above
    one point more would surely bring over the line. `line`: points; None where only a list was asked for. `cut`: the
    points of the last place in, in bounds, where places were given."""

    ranked: int
    refused: int
    everybody: int
    above: int
    possibly: int
    below: int
    one_more: int
    line: PassLine | None
    places: int | None
    cut: tuple[float, float] | None
    tied_at_cut: int
    top: tuple[Row, ...]
    near: tuple[Row, ...]
    first: Places = field(repr=False)
    last: Places = field(repr=False)
    sides: NDArray[np.uint8] = field(repr=False)  # of each who is ranked, an index of SIDES
    contest: Contest = field(repr=False)


def scored_goal(policy: Policy, word: str = "") -> Goal:
    """The goal that is decided by a score; where several are, the one that is named (by its or its score's id)."""
    goals = [g for g in policy.goals if g.score and word in ("", g.id, g.score)]
    if len(goals) == 1:
        return goals[0]
    known = [g.id for g in policy.goals if g.score]
    if not known:
        raise fail("E972", Span(policy.id), "这个政策没有评分，不能按分排名", "this policy has no score to rank by")
    raise fail("E972", Span(policy.id), f"用 --goal 说明按哪一问的得分排名：{'、'.join(known)}",
               f"say with --goal by whose score: {', '.join(known)}")


def pass_line(policy: Policy, goal: Goal) -> PassLine | None:
    """The line that the policy itself draws on the goal's score, None where it draws none."""
    node = policy.scores[goal.score].node
    for condition in goal.conditions:
        for part in condition.descendants():
            bare = part.bare
            if bare.op in ("ge", "gt") and bare.args[0] is node and bare.args[1].op == "const":
                return PassLine(float(bare.args[1].args[0]), bare.op == "ge", part)
    return None


def contest(chunks: Iterable[Chunk], policy: Policy, goal: Goal, setting: Setting) -> Contest:
    """Everybody's score; without those who surely fail a condition that does not rest on the score."""
    line = pass_line(policy, goal)
    others = [c for c in goal.conditions if c.counts and (line is None or all(x is not line.condition
                                                                              for x in c.descendants()))]
    asked = one_goal_each(policy, goal, others)
    matcher = Matcher([(asked, setting)])
    names, lows, highs = [], [], []
    everybody = 0
    for _, keys, people in ordered(chunks):
        answers = matcher(people)[0]
        kept = np.ones(len(keys), np.bool_)
        for codes in answers.goals:
            kept &= codes != FAIL
        low, high, _ = answers.scores[0]
        names.append(keys.filter(pa.array(kept)))
        lows.append(low[kept])
        highs.append(high[kept])
        everybody += len(keys)
    low, high = (np.concatenate(ends) if ends else np.zeros(0) for ends in (lows, highs))
    return Contest(pa.chunked_array(names, pa.string()), low, high, everybody - len(low), everybody)


def places_within(low: Points, high: Points) -> tuple[Places, Places]:
    """The best and the worst place of each: equal points are one place, and the next are skipped."""
    lows, highs = np.sort(low), np.sort(high)
    first = 1 + len(low) - np.searchsorted(lows, high, side="right")
    last = 1 + len(low) - np.searchsorted(highs, low, side="right") - (high > low)
    return first, last


def ranking(found: Contest, line: PassLine | None, places: int | None, around: int = 5, top: int = 20) -> Ranking:
    """The list with its line: of points, or of a number of places."""
    first, last = places_within(found.low, found.high)
    sure, maybe = _over(found, first, line, places)
    after_sure = _after_one_point(found, line, places)
    turn = np.lexsort((-found.low, -found.high))  # equals stay in the order of their keys
    near = _around(turn, sure, maybe, around) if line or places else []
    rows = {n: _row(found, int(turn[n]), first, last, sure, maybe, after_sure)
            for n in {*range(min(top, len(turn))), *near}}
    cut = _cut(found, places)
    return Ranking(
        len(turn), found.refused, found.everybody, int(sure.sum()), int((maybe & ~sure).sum()), int((~maybe).sum()),
        int((after_sure & ~sure).sum()), line, places, cut,
        int(np.count_nonzero((found.low == cut[0]) & (found.high == cut[0]))) if cut else 0,
        tuple(rows[n] for n in range(min(top, len(turn)))), tuple(rows[n] for n in near), first, last,
        np.where(sure, 0, np.where(maybe, 1, 2)).astype(np.uint8), found)


def _around(turn: Places, sure: Any, maybe: Any, around: int) -> list[int]:
    """The seats next to the line: the last who are surely over it, the first who possibly are, the first who are
    not."""
    over, open_, under = (np.flatnonzero(side[turn]) for side in (sure, maybe & ~sure, ~maybe))
    return [*over[max(len(over) - around, 0):].tolist(), *open_[:around].tolist(), *under[:around].tolist()]


def _over(found: Contest, first: Places, line: PassLine | None, places: int | None) -> tuple[Any, Any]:
    """Who surely, and who possibly, is over the line."""
    if line is not None:
        return _reached(found.low, line), _reached(found.high, line)
    if places is not None:
        # Equals count as standing before: whoever ties across the last place is only possibly in.
        return 1 + _others_at(found.low, found) <= places, first <= places
    return np.ones(len(first), np.bool_), np.ones(len(first), np.bool_)


def _reached(points: Points, line: PassLine) -> Any:
    return points >= line.points if line.reached else points > line.points


def _after_one_point(found: Contest, line: PassLine | None, places: int | None) -> Any:
    """Who is surely over the line with one point more, if all others stay as they are."""
    if line is not None:
        return _reached(found.low + ONE_POINT, line)
    if places is None:
        return np.ones(len(found.low), np.bool_)
    return 1 + _others_at(found.low + ONE_POINT, found) <= places


def _others_at(points: Points, found: Contest) -> Any:
    """How many others may have these points or more."""
    return len(points) - np.searchsorted(np.sort(found.high), points, side="left") - (found.high >= points)


def _cut(found: Contest, places: int | None) -> tuple[float, float] | None:
    """The points of the last place in: at least, and at most."""
    if places is None or not 0 < places <= len(found.low):
        return None
    least, most = (float(np.sort(ends)[-places]) for ends in (found.low, found.high))
    return least, most


def _row(found: Contest, at: int, first: Places, last: Places, sure: Any, maybe: Any, after: Any) -> Row:
    low, high = float(found.low[at]), float(found.high[at])
    side: Side = "above" if sure[at] else "possibly" if maybe[at] else "below"
    gain = 1 + int(np.count_nonzero(found.low > high + ONE_POINT))
    tied = int(np.count_nonzero((found.low == low) & (found.high == low))) if low == high else 0
    return Row(found.names[at].as_py(), low, high, int(first[at]), int(last[at]), side, tied, gain,
               bool(after[at] and not sure[at]))
