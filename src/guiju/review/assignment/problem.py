"""What an assignment has to keep to, and the checks that it can be understood at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from guiju.review.conflicts.model import Conflict
from guiju.review.faults import fault, ids_given_once, refuse, unknown_id
from guiju.review.people import Application, Expert
from guiju.source.diagnostics import Diagnostic

Pair = tuple[str, str]  # (expert, application), by their ids
MOST_POINTS = 1000


@dataclass(frozen=True, slots=True)
class Load:
    """How many applications one expert takes: at least, and at most."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A round's assignment. All figures are the round's own; no source has any.

    `panel`: experts for each application. `load`: for every expert; `loads`: for those who differ, by id. `in_field`:
    at least so many of a panel have the application's field among their specialities; `kinds`: at least so many of a
    kind (`{"财务": 1}`). `one_per_institution`: no two of a panel have one employer. `conflicts`: as found; those that
    bar keep a pair out, those that disclose are only told. `fixed`: pairs that stand already; `forbidden`: pairs that
    must not be. `fit`: whole points, 0 to 1000, for every pair, or None for the usual measure (`fit.fit_of`);
    `least_fit`: a pair below it is not made. `seed`: decides between equally good results.
    """

    experts: Sequence[Expert]
    applications: Sequence[Application]
    panel: int
    load: Load
    loads: Mapping[str, Load] = field(default_factory=dict)
    in_field: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)
    one_per_institution: bool = True
    conflicts: Sequence[Conflict] = ()
    fixed: frozenset[Pair] = frozenset()
    forbidden: frozenset[Pair] = frozenset()
    fit: Mapping[Pair, int] | None = None
    least_fit: int = 0
    seed: str = ""

    def load_of(self, expert: str) -> Load:
        return self.loads.get(expert, self.load)

    def barred(self) -> frozenset[Pair]:
        """The pairs that a conflict keeps out."""
        return frozenset(c.pair for c in self.conflicts if c.strength == "bars")


def check(problem: Problem) -> None:
    """Raise GuijuError where a problem makes no sense: E801 ids, E805 something that there is not, E806 figures that
    can't be, E807 pairs at odds with each other. That a sensible problem has no solution is not an error."""
    refuse([*ids_given_once("E801", "专家", "expert", (e.id for e in problem.experts)),
            *ids_given_once("E801", "申报", "application", (a.id for a in problem.applications)),
            *_strangers(problem), *_figures(problem), *_pairs_at_odds(problem)])


def _strangers(problem: Problem) -> Iterator[Diagnostic]:
    people, cases = {e.id for e in problem.experts}, {a.id for a in problem.applications}
    pairs = {*problem.fixed, *problem.forbidden, *(c.pair for c in problem.conflicts), *(problem.fit or {})}
    for expert in sorted({e for e, _ in pairs} | set(problem.loads)):
        if expert not in people:
            yield unknown_id("E805", "专家", "expert", expert, people)
    for application in sorted({a for _, a in pairs}):
        if application not in cases:
            yield unknown_id("E805", "申报", "application", application, cases)


def _figures(problem: Problem) -> Iterator[Diagnostic]:
    if not problem.applications:
        yield fault("E806", "applications", "没有申报，无从分配", "there is no application to assign")
    if problem.panel < 1:
        yield fault("E806", "panel", f"每份申报的专家数至少为 1，不是 {problem.panel}",
                    f"each application needs at least one expert, not {problem.panel}")
    for name, load in (("load", problem.load), *sorted(problem.loads.items())):
        if not 0 <= load.least <= load.most:
            yield fault("E806", name, f"“{name}”的份数应满足 0 ≤ 最少 {load.least} ≤ 最多 {load.most}",
                        f"'{name}': 0 ≤ least {load.least} ≤ most {load.most} does not hold")
    for name, n in (("in_field", problem.in_field), *sorted(problem.kinds.items())):
        if not 0 <= n <= problem.panel:
            yield fault("E806", name, f"“{name}”要求 {n} 人，应在 0 与每份申报的专家数 {problem.panel} 之间",
                        f"'{name}' asks for {n} of a panel of {problem.panel}")
    yield from _fits(problem)


def _fits(problem: Problem) -> Iterator[Diagnostic]:
    if problem.fit is None:
        return
    for pair, points in problem.fit.items():
        if type(points) is not int or not 0 <= points <= MOST_POINTS:
            yield fault("E806", pair[0],
                        f"{pair[0]} 对 {pair[1]} 的匹配度应是 0 到 {MOST_POINTS} 的整数，不是 {points!r}",
                        f"the fit of {pair[0]} and {pair[1]} is a whole number to {MOST_POINTS}, not {points!r}")
    lacking = len(problem.experts) * len(problem.applications) - len(problem.fit)
    if lacking > 0:
        yield fault("E806", "fit", f"还有 {lacking} 对专家和申报没有匹配度；给全，或不给（用通常的算法）",
                    f"{lacking} pairs have no fit; give all, or none for the usual measure")


def _pairs_at_odds(problem: Problem) -> Iterator[Diagnostic]:
    for expert, application in sorted(problem.fixed & problem.forbidden):
        yield fault("E807", expert, f"{expert} 对 {application} 既指定又禁止；留一个",
                    f"{expert} for {application} is both fixed and forbidden; keep one")
    for expert, application in sorted(problem.fixed & problem.barred()):
        yield fault("E807", expert, f"指定 {expert} 评 {application}，但有须回避的情形；撤销指定，或改回避规则",
                    f"{expert} is fixed for {application}, but a conflict bars the pair; take one of them back")
