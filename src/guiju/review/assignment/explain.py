"""Why this expert for this application, and what fairness costs: read off the result, not off the solver.

An assignment of the greatest total leaves no better expert out without a reason. So for each expert who would fit an
application better than one of its panel, something stands against the exchange, and it can be named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.review.assignment.fit import fit_of, in_field
from guiju.review.assignment.problem import Pair, Problem
from guiju.review.assignment.result import Assignment
from guiju.review.conflicts.model import Conflict
from guiju.review.people import Application, Expert
from guiju.source.diagnostics import Text

SHOWN = 5


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An expert who was not taken instead: his fit, and what stood against it. Never empty."""

    expert: str
    fit: int
    because: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PairReason:
    """Why an expert reviews an application. `rank`: his place by fit among all experts, 1 the best; `load`: all that he
    takes; `most`: what he may take. `disclosed`: conflicts that do not bar. `instead`: those who fit better, or the
    next best one, the best first, five at most."""

    expert: str
    application: str
    fit: int
    why: Text
    rank: int
    load: int
    most: int
    fixed: bool
    disclosed: tuple[Conflict, ...]
    instead: tuple[PassedOver, ...]


@dataclass(frozen=True, slots=True)
class PanelReason:
    """How an application is served. `fit`: of its panel; `floor`: which no panel falls below, `on_floor` if this one
    stands on it; `free_fit`: what the panel had without fairness."""

    application: str
    fit: int
    floor: int
    free_fit: int
    pairs: tuple[PairReason, ...]

    @property
    def on_floor(self) -> bool:
        return self.fit == self.floor

    @property
    def text(self) -> Text:
        change = self.fit - self.free_fit
        zh = f"比不设底线时{'高' if change > 0 else '低'} {abs(change)}" if change else "与不设底线时相同"
        more = "more" if change > 0 else "less"
        en = f"{abs(change)} {more} than without a floor" if change else "as without a floor"
        return Text(f"匹配度合计 {self.fit}（底线 {self.floor}），{zh}", f"fit {self.fit} (floor {self.floor}), {en}")


def explain(problem: Problem, result: Assignment, application: str) -> PanelReason:
    """How one application is served, and why by these experts. `application`: its id. Raises KeyError for another."""
    view = _View(problem, result)
    case = view.cases[application]
    panel = result.panel(application)
    return PanelReason(application, sum(view.fit(e, application) for e in panel), result.floor,
                       result.free_fits[application], tuple(view.pair(view.people[e], case) for e in panel))


class _View:
    """A problem and its result, looked at from one application after another."""

    def __init__(self, problem: Problem, result: Assignment) -> None:
        self.problem = problem
        self.result = result
        self.people = {e.id: e for e in problem.experts}
        self.cases = {a.id: a for a in problem.applications}

    def fit(self, expert: str, application: str) -> int:
        given = self.problem.fit
        if given is not None:
            return given[expert, application]
        return fit_of(self.people[expert], self.cases[application]).points

    def pair(self, expert: Expert, case: Application) -> PairReason:
        own = self.fit(expert.id, case.id)
        ranked = sorted(((self.fit(e, case.id), e) for e in self.people), key=lambda x: (-x[0], x[1]))
        rank = 1 + sum(fit > own for fit, _ in ranked)
        return PairReason(
            expert.id, case.id, own, self._why(expert, case), rank, len(self.result.duties(expert.id)),
            self.problem.load_of(expert.id).most, (expert.id, case.id) in self.problem.fixed,
            tuple(c for c in self.problem.conflicts if c.pair == (expert.id, case.id)),
            tuple(self._instead(expert, case, own, ranked)))

    def _why(self, expert: Expert, case: Application) -> Text:
        if self.problem.fit is None:
            return fit_of(expert, case).reason
        return Text(f"所给的匹配度 {self.fit(expert.id, case.id)}", f"fit as given: {self.fit(expert.id, case.id)}")

    def _instead(self, expert: Expert, case: Application, own: int, ranked: list[tuple[int, str]]
                 ) -> Iterator[PassedOver]:
        panel = set(self.result.panel(case.id))
        others = [(fit, e) for fit, e in ranked if e not in panel]
        better = [(fit, e) for fit, e in others if fit > own]
        for fit, other in (better or others[:1])[:SHOWN]:
            because = tuple(self._against(expert, self.people[other], case, panel))
            yield PassedOver(other, fit, because or (_no_gain(own, fit),))

    def _against(self, one: Expert, other: Expert, case: Application, panel: set[str]) -> Iterator[Text]:
        """What the exchange of one expert for another would break."""
        problem = self.problem
        yield from self._kept_out((other.id, case.id))
        if (one.id, case.id) in problem.fixed:
            yield Text(f"{one.name}是指定的", f"{one.name} is fixed")
        limit = problem.load_of(other.id).most
        if len(self.result.duties(other.id)) >= limit:
            yield Text(f"{other.name}已评满 {limit} 份", f"{other.name} has his {limit} already")
        if len(self.result.duties(one.id)) <= problem.load_of(one.id).least:
            yield Text(f"{one.name}会少于最少的 {problem.load_of(one.id).least} 份",
                       f"{one.name} would fall below his least load of {problem.load_of(one.id).least}")
        rest = [self.people[e] for e in sorted(panel - {one.id})]
        home = other.organisation.key
        if problem.one_per_institution and home:
            for third in rest:
                if third.organisation.key == home:
                    yield Text(f"与{third.name}同属{other.organisation.label}",
                               f"{third.name} is of {other.organisation.label}, too")
        yield from self._mix([*rest, other], case)

    def _kept_out(self, pair: Pair) -> Iterator[Text]:
        for conflict in self.problem.conflicts:
            if conflict.pair == pair and conflict.strength == "bars":
                yield Text(f"须回避：{conflict.reason.zh}", f"barred: {conflict.reason.en}")
        if pair in self.problem.forbidden:
            yield Text("已被禁止", "forbidden")
        if self.fit(*pair) < self.problem.least_fit:
            yield Text(f"匹配度低于 {self.problem.least_fit}", f"a fit below {self.problem.least_fit}")

    def _mix(self, panel: list[Expert], case: Application) -> Iterator[Text]:
        if sum(in_field(e, case) for e in panel) < self.problem.in_field:
            yield Text(f"本领域专家会少于 {self.problem.in_field} 人",
                       f"fewer than {self.problem.in_field} would know the field")
        for kind, need in sorted(self.problem.kinds.items()):
            if sum(kind in e.kinds for e in panel) < need:
                yield Text(f"{kind}类专家会少于 {need} 人", f"fewer than {need} of kind {kind} would be left")


def _no_gain(own: int, fit: int) -> Text:
    if fit == own:
        return Text("匹配度相同，由种子决定", "equal fit: the seed decided")
    return Text(f"匹配度低 {own - fit}", f"fits {own - fit} less")
