"""The rules as a programmer would write them for complete facts. Shares are floats: exact enough at these sizes."""

from __future__ import annotations

from typing import Any

from answer import RULES, Answer
from applicants import Applicant

PRICES = {
    ("state", "enterprise"): 1_000_000, ("state", "institute"): 800_000, ("state", "university"): 800_000,
    ("province", "enterprise"): 500_000, ("province", "institute"): 500_000, ("province", "university"): 500_000,
    ("province", "other"): 500_000, ("city", "enterprise"): 200_000,
}


def load() -> Handwritten:
    return Handwritten()


class Handwritten:
    """One function over a dict."""

    def prepare(self, applicant: Applicant) -> Applicant:
        return applicant

    def run(self, applicant: Applicant) -> tuple[Any, ...]:
        return decide(applicant)

    def answer(self, raw: tuple[Any, ...]) -> Answer:
        n = len(RULES)
        return Answer(raw[:n], raw[n:-2], raw[-2], raw[-1])


def decide(x: Applicant) -> tuple[Any, ...]:
    """Verdicts, points, amount and outcome, in the order of `Answer`."""
    kind, revenue, employees = x["kind"], x["revenue"], x["employees"]
    rd_share = x["rd"] / revenue
    debt_share = x["liabilities"] / x["assets"]
    growth_rate = (revenue - x["revenue_before"]) / x["revenue_before"]
    main_share = x["main_revenue"] / revenue

    a1 = x["legal_person"]
    a2 = not (x["dishonest"] or x["abnormal"] or x["accident"])
    a3 = kind in ("enterprise", "institute", "university")
    a = a1 and a2 and a3
    b1 = x["floor_area"] >= 3000
    b2 = x["equipment"] >= 50_000_000
    b3 = x["concentrated"] and x["precise"]
    b = b1 and b2 and b3
    c1 = x["director_share"] >= 50
    c2 = x["rd_staff"] / employees >= 0.20
    c3 = x["doctors"] >= 10 or x["senior_staff"] / employees >= 0.25
    c = c1 and c2 and c3
    d1 = x["standards_led"] >= 2
    d2 = x["national_projects"] + x["provincial_projects"] >= 5
    d3 = x["patents_1"] >= 3
    d4 = x["award"] in ("second", "first")
    d5 = x["served"] >= 20
    d = d1 + d2 + d3 + d4 + d5 >= 3
    f1 = revenue >= 10_000_000 or x["equity"] >= 20_000_000
    f2 = rd_share >= 0.03
    f3 = kind != "enterprise" or x["profit"] >= 0
    f4 = debt_share <= 0.75
    f = f1 and f2 and f3 and f4

    t1 = 20 if d3 else 15 if x["patents_1"] >= 1 else 10 if x["patents_2"] >= 1 else 0
    t2 = 20 if rd_share >= 0.05 else 15 if f2 else 10 if rd_share >= 0.02 else 5 if rd_share >= 0.01 else 0
    t3 = (20 if growth_rate >= 0.15 else 15 if growth_rate >= 0.10 else 10 if growth_rate >= 0.05
          else 5 if growth_rate >= 0 else 0)
    t4 = 10 if debt_share <= 0.55 else 5 if f4 else 0
    t5 = 10 if x["strategic"] else 5
    t6 = (20 if main_share >= 0.70 else 15 if main_share >= 0.60 else 10 if main_share >= 0.55
          else 5 if main_share >= 0.50 else 0)
    innovation, growth, focus = t1 + t2, t3 + t4, t5 + t6
    points = innovation + growth + focus

    r1a, r1b, r1c, r1d = points >= 60, innovation >= 20, growth >= 15, focus >= 15
    r1 = r1a and r1b and r1c and r1d
    r2 = x["equity"] >= 5_000_000 and x["strategic"]
    r = r1 or r2
    p = x["niche_years"] >= 3
    amount = PRICES.get((x["level"], kind), 0) if a and d else 0
    holds = a and b and c and d and f and r and amount
    outcome = "ineligible" if not holds else "eligible" if p else "review"
    return (a, a1, a2, a3, b, b1, b2, b3, c, c1, c2, c3, d, d1, d2, d3, d4, d5, f, f1, f2, f3, f4,
            r, r1, r1a, r1b, r1c, r1d, r2, p, points, innovation, growth, focus, t1, t2, t3, t4, t5, t6,
            amount, outcome)
