"""The rules as a programmer would write them who heeds missing facts: a verdict is True, False or None, points and
amount are a least and a most. What Guiju's closure does for every rule, done by hand for these."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from answer import RULES, SCORES, Answer
from applicants import Applicant

from engines.handwritten import PRICES

Verdict = bool | None
Points = tuple[int, int]
KINDS = ("enterprise", "institute", "university", "other")
LEVELS = ("none", "city", "province", "state")


def load() -> HeedingGaps:
    return HeedingGaps()


class HeedingGaps:
    """One function over a dict in which facts may be missing."""

    def prepare(self, applicant: Applicant) -> Applicant:
        return applicant

    def run(self, applicant: Applicant) -> tuple[Any, ...]:
        return decide(applicant)

    def answer(self, raw: tuple[Any, ...]) -> Answer:
        n, m = len(RULES), len(RULES) + len(SCORES)
        return Answer(raw[:n], tuple(_point(p) for p in raw[n:m]), _point(raw[m]), raw[m + 1])


def _point(ends: Points) -> Any:
    return ends[0] if ends[0] == ends[1] else ends


def every(*verdicts: Verdict) -> Verdict:
    return False if False in verdicts else None if None in verdicts else True


def some(*verdicts: Verdict) -> Verdict:
    return True if True in verdicts else None if None in verdicts else False


def negated(verdict: Verdict) -> Verdict:
    return None if verdict is None else not verdict


def at_least(value: float | None, threshold: float) -> Verdict:
    return None if value is None else value >= threshold


def at_most(value: float | None, threshold: float) -> Verdict:
    return None if value is None else value <= threshold


def among(value: str | None, allowed: tuple[str, ...]) -> Verdict:
    return None if value is None else value in allowed


def share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or whole is None else part / whole


def sum_at_least(values: tuple[int | None, ...], threshold: int) -> Verdict:
    known = sum(v for v in values if v is not None)
    return True if known >= threshold else None if None in values else False


def at_least_of(k: int, verdicts: tuple[Verdict, ...]) -> Verdict:
    sure = verdicts.count(True)
    return True if sure >= k else False if sure + verdicts.count(None) < k else None


def tiers(value: float | None, rows: tuple[tuple[float, int], ...],
          holds: Callable[[float, float], bool] = float.__ge__) -> Points:
    """The points of the first row that holds; all that is possible where the value is missing."""
    if value is None:
        return 0, rows[0][1]
    for threshold, points in rows:
        if holds(value, threshold):
            return points, points
    return 0, 0


def reaches(points: Points, threshold: int) -> Verdict:
    return True if points[0] >= threshold else False if points[1] < threshold else None


def added(*parts: Points) -> Points:
    return sum(p[0] for p in parts), sum(p[1] for p in parts)


def rights(first: int | None, second: int | None) -> Points:
    """Points for rights of class I, else of class II."""
    if first is not None and first >= 1:
        return (20, 20) if first >= 3 else (15, 15)
    fallback = (0, 10) if second is None else (10, 10) if second >= 1 else (0, 0)
    return fallback if first is not None else (fallback[0], 20)


def price(may: Verdict, level: str | None, kind: str | None) -> Points:
    if may is False:
        return 0, 0
    if level is not None and kind is not None:
        sure = PRICES.get((level, kind), 0)
        return (sure if may else 0), sure
    prices = [PRICES.get((one, other), 0) for one in ((level,) if level else LEVELS)
              for other in ((kind,) if kind else KINDS)]
    return (min(prices) if may else 0), max(prices)


def decide(x: Applicant) -> tuple[Any, ...]:
    """Verdicts, points, amount and outcome, in the order of `Answer`."""
    get = x.get
    kind, revenue, employees, strategic = get("kind"), get("revenue"), get("employees"), get("strategic")
    before, equity = get("revenue_before"), get("equity")
    rd_share = share(get("rd"), revenue)
    debt_share = share(get("liabilities"), get("assets"))
    growth_rate = None if revenue is None or before is None else (revenue - before) / before
    main_share = share(get("main_revenue"), revenue)

    a1 = get("legal_person")
    a2 = negated(some(get("dishonest"), get("abnormal"), get("accident")))
    a3 = among(kind, ("enterprise", "institute", "university"))
    a = every(a1, a2, a3)
    b1 = at_least(get("floor_area"), 3000)
    b2 = at_least(get("equipment"), 50_000_000)
    b3 = every(get("concentrated"), get("precise"))
    b = every(b1, b2, b3)
    c1 = at_least(get("director_share"), 50)
    c2 = at_least(share(get("rd_staff"), employees), 0.20)
    c3 = some(at_least(get("doctors"), 10), at_least(share(get("senior_staff"), employees), 0.25))
    c = every(c1, c2, c3)
    d1 = at_least(get("standards_led"), 2)
    d2 = sum_at_least((get("national_projects"), get("provincial_projects")), 5)
    d3 = at_least(get("patents_1"), 3)
    d4 = among(get("award"), ("second", "first"))
    d5 = at_least(get("served"), 20)
    d = at_least_of(3, (d1, d2, d3, d4, d5))
    f1 = some(at_least(revenue, 10_000_000), at_least(equity, 20_000_000))
    f2 = at_least(rd_share, 0.03)
    f3 = some(negated(among(kind, ("enterprise",))), at_least(get("profit"), 0))
    f4 = at_most(debt_share, 0.75)
    f = every(f1, f2, f3, f4)

    t1 = rights(get("patents_1"), get("patents_2"))
    t2 = tiers(rd_share, ((0.05, 20), (0.03, 15), (0.02, 10), (0.01, 5)))
    t3 = tiers(growth_rate, ((0.15, 20), (0.10, 15), (0.05, 10), (0.0, 5)))
    t4 = tiers(debt_share, ((0.55, 10), (0.75, 5)), float.__le__)
    t5 = (5, 10) if strategic is None else (10, 10) if strategic else (5, 5)
    t6 = tiers(main_share, ((0.70, 20), (0.60, 15), (0.55, 10), (0.50, 5)))
    innovation, growth, focus = added(t1, t2), added(t3, t4), added(t5, t6)
    points = added(innovation, growth, focus)

    r1a, r1b, r1c, r1d = reaches(points, 60), reaches(innovation, 20), reaches(growth, 15), reaches(focus, 15)
    r1 = every(r1a, r1b, r1c, r1d)
    r2 = every(at_least(equity, 5_000_000), strategic)
    r = some(r1, r2)
    p = at_least(get("niche_years"), 3)
    amount = price(every(a, d), get("level"), kind)
    paid = False if not amount[1] else every(a, d, True if amount[0] else None)
    hard = every(a, b, c, d, f, r, paid)
    outcome = _outcome(hard, p)
    return (a, a1, a2, a3, b, b1, b2, b3, c, c1, c2, c3, d, d1, d2, d3, d4, d5, f, f1, f2, f3, f4,
            r, r1, r1a, r1b, r1c, r1d, r2, p, points, innovation, growth, focus, t1, t2, t3, t4, t5, t6,
            amount, outcome)


def _outcome(hard: Verdict, principle: Verdict) -> str:
    if hard is False:
        return "ineligible"
    if hard is None or principle is None:
        return "unknown"
    return "eligible" if principle else "review"
