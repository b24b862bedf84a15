"""Random partial facts, and random completions of them: every doubt is replaced by a value that it allows."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from expressions import Draw
from hypothesis import strategies as st
from words import vocabulary

from guiju.facts.model import Facts, Row, blank, domain, not_applicable, unknown
from guiju.language.policy import Parameter, Policy
from guiju.values import FAIL, NO_TEXT, PASS, UNDECIDED, UNKNOWN, Value, known, whole
from guiju.vocabulary import Field

AS_OF = dt.date(2022, 6, 30)
WAN = 1_000_000
NUMBERS = {
    "money": [0, 1, WAN, 3 * WAN, 5 * WAN, 10 * WAN, 50 * WAN, 333_333, 10_000 * WAN],
    "ratio": [0, Fraction(1, 20), Fraction(1, 10), Fraction(1, 2), 1, Fraction(1, 3)],
    "area": [0, 3, Fraction(5, 2), 10, 100], "person": [0, 1, 3, 10, 50], "duration": [0, 6, 12, 18, 36, 360],
    "days": [0, 1, 30, 366], "rank": [1, 2, 3, 9], "point": [0, 1, 5, 10, 60, 100],
}
NEGATIVE = {"money", "ratio", "days"}
DATES = [dt.date(y, m, d).toordinal() for y, m, d in (
    (2017, 6, 30), (2019, 12, 31), (2020, 1, 1), (2020, 2, 29), (2021, 2, 28), (2021, 12, 31), (2022, 6, 30),
    (2022, 7, 1), (2024, 2, 29))]
REGIONS = [110000, 110101, 120000, 120100, 120103, 310000]
TEXTS = ["甲", "乙", "甲乙", "丙"]
NUMERIC = ("number", "money", "ratio")


def options(entry: Field) -> list[Any]:
    """Values that an entry can take, as single values in the engine's terms."""
    if entry.type == "bool":
        return [PASS, FAIL]
    if entry.type == "text":
        return [*TEXTS, NO_TEXT] if entry.absent == "none" else TEXTS
    if entry.type == "industry":
        return ["C", "J"]
    if entry.type in ("region", "date"):
        never = [dt.date.max.toordinal()] if entry.absent == "none" else []
        return REGIONS if entry.type == "region" else DATES + never
    low, high, _ = domain(entry)
    if entry.type == "enum":
        return list(range(low, high + 1))
    assert entry.unit is not None
    dimension = entry.unit.dimension
    signed = [*NUMBERS[dimension], *(-n for n in NUMBERS[dimension] if dimension in NEGATIVE and n)]
    return [n for n in signed if low <= n <= high]


def known_value(draw: Draw, entry: Field) -> Value:
    """A value without doubt."""
    value = draw(st.sampled_from(options(entry)))
    return value if entry.type == "bool" else known(whole(value))


def partial_value(draw: Draw, entry: Field) -> Value:
    """A value, nothing known, an interval, or 不适用 where the dictionary allows it."""
    way = draw(st.integers(0, 9))
    if way <= 3:
        return unknown(entry)
    if way == 4 and entry.not_applicable:
        return not_applicable(entry)
    if way == 5 and entry.absent == "none":
        return blank(entry)
    if way <= 6 and entry.type in ("date", "region", "enum", *NUMERIC):
        ends = sorted(draw(st.lists(st.sampled_from(options(entry)), min_size=2, max_size=2)))
        return (whole(ends[0]), whole(ends[1]), UNKNOWN) if ends[0] != ends[1] else known(whole(ends[0]))
    return known_value(draw, entry)


def completed_value(draw: Draw, entry: Field, value: Value) -> Value:
    """The value itself where it is known, else any that it allows."""
    if isinstance(value, int):
        decided: int = draw(st.sampled_from([PASS, FAIL])) if value & UNDECIDED else value
        return decided
    low, high, cause = value
    if not cause & UNDECIDED:
        return value
    if low is None:
        return known_value(draw, entry)
    ends = [e for e in (low, high) if e not in (float("inf"), float("-inf")) and entry.type != "region"]
    fitting = [o for o in (*options(entry), *ends) if low <= o <= high]
    return known(whole(draw(st.sampled_from(fitting))))


def partial_facts(draw: Draw) -> Facts:
    """Facts of which some are known."""
    values = {}
    for fact in vocabulary().all_facts():
        value = partial_value(draw, fact)
        if value != unknown(fact):
            values[fact.id] = value
    records = {}
    for record in vocabulary().all_records():
        size = draw(st.sampled_from([None, 0, 1, 2, 2, 3, 3, 4]))
        if size is not None:
            records[record.id] = tuple(tuple(partial_value(draw, f) for f in record.fields) for _ in range(size))
    return Facts(values, records)


def completed_facts(draw: Draw, facts: Facts) -> Facts:
    """Facts without doubt that the partial facts allow."""
    facts = facts.with_default_date(AS_OF)
    values = {f.id: completed_value(draw, f, facts.value(f)) for f in vocabulary().all_facts()}
    records = {}
    for record in vocabulary().all_records():
        rows = facts.records.get(record.id)
        if rows is None:
            empty: Row = tuple(unknown(f) for f in record.fields)
            rows = (empty,) * draw(st.integers(0, 4))
        records[record.id] = tuple(
            tuple(completed_value(draw, f, v) for f, v in zip(record.fields, row, strict=True)) for row in rows)
    return Facts(values, records)


def value_of_parameter(draw: Draw, parameter: Parameter) -> Any:
    """Any value that an open parameter may be set to."""
    if parameter.enumeration is not None:
        return draw(st.integers(0, len(parameter.enumeration.members) - 1))
    if parameter.type.kind == "bool":
        return draw(st.sampled_from([PASS, FAIL]))
    return draw(st.sampled_from(DATES if parameter.type.kind == "date" else NUMBERS[parameter.type.dimension]))


def completed_readings(draw: Draw, policy: Policy, readings: dict[str, Any]) -> dict[str, Any]:
    """The readings, with a value for each parameter that is open."""
    return {p.id: readings[p.id] if p.id in readings else value_of_parameter(draw, p)
            for p in policy.parameters.values()}
