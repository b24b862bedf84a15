"""The rules in OpenFisca: one entity, one variable a fact and a rule, formulas over vectors.

Whole numbers are int32 there and fractions float32, which would lose yuan; so shares are worked out inside the
formulas in float64, and only verdicts, points and amounts are stored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from answer import RULES, SCORES, Answer
from applicants import Applicant

from engines.fiscal import (
    DateUnit,
    Entity,
    Enum,
    Period,
    Simulation,
    SimulationBuilder,
    TaxBenefitSystem,
    Variable,
    period,
)

YEAR = period(2025)
Vector = np.ndarray
Formula = Callable[[Any, Period], Vector]


class Kind(Enum):
    enterprise = "企业"
    institute = "科研院所"
    university = "高等院校"
    other = "其他单位"


class Award(Enum):
    none = "未获奖"
    third = "三等奖"
    second = "二等奖"
    first = "一等奖"


class Level(Enum):
    none = "未认定"
    city = "市级"
    province = "省级"
    state = "国家级"


class Outcome(Enum):
    eligible = "符合"
    review = "待人工复核"
    ineligible = "不符合"


ENUMS = {"kind": Kind, "award": Award, "level": Level}
BOOLS = ("legal_person", "dishonest", "abnormal", "accident", "concentrated", "precise", "strategic")
NUMBERS = (
    "floor_area", "equipment", "employees", "rd_staff", "doctors", "senior_staff", "director_share", "standards_led",
    "national_projects", "provincial_projects", "patents_1", "patents_2", "served", "niche_years", "revenue",
    "revenue_before", "main_revenue", "rd", "profit", "assets", "liabilities", "equity",
)


def share(o: Any, t: Period, part: str, whole: str) -> Vector:
    return o(part, t) / o(whole, t)  # numpy divides int32 in float64


def growth_rate(o: Any, t: Period) -> Vector:
    before = o("revenue_before", t)
    return (o("revenue", t) - before) / before


def every(*names: str) -> Formula:
    return lambda o, t: np.logical_and.reduce([o(name, t) for name in names])


def at_least(name: str, threshold: int) -> Formula:
    return lambda o, t: o(name, t) >= threshold


def total(*names: str) -> Formula:
    return lambda o, t: np.sum([o(name, t) for name in names], axis=0)


def tiers(value: Vector, rows: tuple[tuple[float, int], ...]) -> Vector:
    return np.select([value >= threshold for threshold, _ in rows], [points for _, points in rows], 0)


def rd_share(o: Any, t: Period) -> Vector:
    return share(o, t, "rd", "revenue")


def debt_share(o: Any, t: Period) -> Vector:
    return share(o, t, "liabilities", "assets")


def is_kind(o: Any, t: Period, *kinds: Kind) -> Vector:
    kind = o("kind", t)
    return np.logical_or.reduce([kind == k for k in kinds])


def first_item(o: Any, t: Period) -> Vector:
    one = o("patents_1", t)
    return np.select([one >= 3, one >= 1, o("patents_2", t) >= 1], [20, 15, 10], 0)


def price(o: Any, t: Period) -> Vector:
    level, may = o("level", t), o("A", t) & o("D", t)
    firm = is_kind(o, t, Kind.enterprise)
    return np.select(
        [~may, (level == Level.state) & firm, (level == Level.state) & is_kind(o, t, Kind.institute, Kind.university),
         level == Level.province, (level == Level.city) & firm],
        [0, 1_000_000, 800_000, 500_000, 200_000], 0)


def outcome(o: Any, t: Period) -> Vector:
    holds = every("A", "B", "C", "D", "F", "R")(o, t) & (o("amount", t) > 0)
    return np.select([~holds, o("P", t)], [Outcome.ineligible.index, Outcome.eligible.index], Outcome.review.index)


VERDICTS: dict[str, Formula] = {
    "A": every("A1", "A2", "A3"),
    "A1": lambda o, t: o("legal_person", t),
    "A2": lambda o, t: ~(o("dishonest", t) | o("abnormal", t) | o("accident", t)),
    "A3": lambda o, t: is_kind(o, t, Kind.enterprise, Kind.institute, Kind.university),
    "B": every("B1", "B2", "B3"),
    "B1": at_least("floor_area", 3000), "B2": at_least("equipment", 50_000_000),
    "B3": every("concentrated", "precise"),
    "C": every("C1", "C2", "C3"),
    "C1": at_least("director_share", 50),
    "C2": lambda o, t: share(o, t, "rd_staff", "employees") >= 0.20,
    "C3": lambda o, t: (o("doctors", t) >= 10) | (share(o, t, "senior_staff", "employees") >= 0.25),
    "D": lambda o, t: total("D1", "D2", "D3", "D4", "D5")(o, t) >= 3,
    "D1": at_least("standards_led", 2),
    "D2": lambda o, t: o("national_projects", t) + o("provincial_projects", t) >= 5,
    "D3": at_least("patents_1", 3),
    "D4": lambda o, t: (o("award", t) == Award.second) | (o("award", t) == Award.first),
    "D5": at_least("served", 20),
    "F": every("F1", "F2", "F3", "F4"),
    "F1": lambda o, t: (o("revenue", t) >= 10_000_000) | (o("equity", t) >= 20_000_000),
    "F2": lambda o, t: rd_share(o, t) >= 0.03,
    "F3": lambda o, t: ~is_kind(o, t, Kind.enterprise) | (o("profit", t) >= 0),
    "F4": lambda o, t: debt_share(o, t) <= 0.75,
    "R": lambda o, t: o("R1", t) | o("R2", t),
    "R1": every("R1a", "R1b", "R1c", "R1d"),
    "R1a": at_least("points", 60), "R1b": at_least("innovation", 20),
    "R1c": at_least("growth", 15), "R1d": at_least("focus", 15),
    "R2": lambda o, t: (o("equity", t) >= 5_000_000) & o("strategic", t),
    "P": at_least("niche_years", 3),
}
WHOLE: dict[str, Formula] = {
    "points": total("innovation", "growth", "focus"), "innovation": total("T1", "T2"), "growth": total("T3", "T4"),
    "focus": total("T5", "T6"),
    "T1": first_item,
    "T2": lambda o, t: tiers(rd_share(o, t), ((0.05, 20), (0.03, 15), (0.02, 10), (0.01, 5))),
    "T3": lambda o, t: tiers(growth_rate(o, t), ((0.15, 20), (0.10, 15), (0.05, 10), (0, 5))),
    "T4": lambda o, t: np.select([debt_share(o, t) <= 0.55, debt_share(o, t) <= 0.75], [10, 5], 0),
    "T5": lambda o, t: np.where(o("strategic", t), 10, 5),
    "T6": lambda o, t: tiers(share(o, t, "main_revenue", "revenue"),
                             ((0.70, 20), (0.60, 15), (0.55, 10), (0.50, 5))),
    "amount": price,
}


def system() -> TaxBenefitSystem:
    """The tax-benefit system: built once, used for every applicant."""
    organisation = Entity("organisation", "organisations", "单位", "")
    made = TaxBenefitSystem([organisation])
    for name, enum in ENUMS.items():
        _add(made, organisation, name, {
            "value_type": Enum, "possible_values": enum, "default_value": next(iter(enum))})
    for name in BOOLS:
        _add(made, organisation, name, {"value_type": bool})
    for name in NUMBERS:
        _add(made, organisation, name, {"value_type": int})
    for name, formula in VERDICTS.items():
        _add(made, organisation, name, {"value_type": bool, "formula": formula})
    for name, formula in WHOLE.items():
        _add(made, organisation, name, {"value_type": int, "formula": formula})
    _add(made, organisation, "outcome", {
        "value_type": Enum, "possible_values": Outcome, "default_value": Outcome.ineligible, "formula": outcome})
    return made


def _add(made: TaxBenefitSystem, entity: Entity, name: str, attributes: dict[str, Any]) -> None:
    """Declare a variable. OpenFisca reads a class; its formulas are told apart by how many arguments they take."""
    shared = {"entity": entity, "definition_period": DateUnit.YEAR, "label": name}
    made.add_variable(type(name, (Variable,), {**shared, **attributes}))


ALL = (*RULES, *SCORES, "amount", "outcome")


def simulate(made: TaxBenefitSystem, columns: dict[str, Vector], count: int,
             wanted: tuple[str, ...] = ALL) -> dict[str, Vector]:
    """A new simulation of `count` applicants, and the wanted answers."""
    simulation: Simulation = SimulationBuilder().build_default_simulation(made, count)
    for name, values in columns.items():
        simulation.set_input(name, YEAR, values)
    return {name: simulation.calculate(name, YEAR) for name in wanted}


def columns_of(applicants: list[Applicant]) -> dict[str, Vector]:
    return {name: np.array([applicant[name] for applicant in applicants]) for name in applicants[0]}


def answers(found: dict[str, Vector]) -> list[Answer]:
    """The neutral answers of a simulation."""
    verdicts = zip(*(found[r].tolist() for r in RULES), strict=True)
    points = zip(*(found[s].tolist() for s in SCORES), strict=True)
    outcomes = [item.name for item in found["outcome"].decode()]
    return [Answer(*entry) for entry in zip(verdicts, points, found["amount"].tolist(), outcomes, strict=True)]
