"""The dictionary's own checks."""

from collections.abc import Callable

import pytest

FACT = "  - {{id: {}, name: 面积, en: area, kind: {}, mutability: effort, meaning: 面积, source: 测试, {}}}\n"
ENUM = "enumerations:\n  - {id: level, name: 级别, ordered: ORDERED, members: [{id: MEMBER, name: 国家}]}\n"


@pytest.mark.parametrize(("id_", "kind", "more", "expected"), [
    ("area", "fact", "type: ratio, domain: {min: 0, max: 0}", []),
    ("area", "fact", "type: ratio, domain: {min: 1, max: 0}", ["words.yaml:2 E391"]),
    ("floor_area_2", "fact", "type: bool", []),
    ("FloorArea", "fact", "type: bool", ["words.yaml:2 E392"]),
    ("面积数", "fact", "type: bool", ["words.yaml:2 E392"]),
    ("area", "judgement", "type: bool", []),
    ("area", "judgement", "type: bool, absent: none", ["words.yaml:2 W393"]),
    ("area", "fact", "type: bool, absent: none", []),
    ("area", "fact", "type: region, absent: none", ["words.yaml:2 E394"]),
])
def test_a_fact(find_in_dictionary: Callable[[str], list[str]], id_: str, kind: str, more: str,
                expected: list[str]) -> None:
    assert find_in_dictionary("facts:\n" + FACT.format(id_, kind, more)) == expected


@pytest.mark.parametrize(("ordered", "member", "expected"), [
    ("false", "national", []),
    ("true", "national", ["words.yaml:2 W395"]),
    ("false", "国家级", ["words.yaml:2 E392"]),
])
def test_an_enumeration_is_told_where_a_fact_uses_it(find_in_dictionary: Callable[[str], list[str]], ordered: str,
                                                     member: str, expected: list[str]) -> None:
    enumeration = ENUM.replace("ORDERED", ordered).replace("MEMBER", member)

    fact = FACT.format("area", "fact", "type: enum, of: level")

    assert find_in_dictionary(f"facts:\n{fact}{enumeration}") == expected
