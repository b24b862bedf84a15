"""A critical cell in words, for messages: `国家标准·制定·位次 = 1 位`."""

from __future__ import annotations

from collections.abc import Mapping as Map
from fractions import Fraction
from math import inf
from typing import Any

from guiju.evaluate.formula import Variable
from guiju.evaluate.representatives import OTHER_TEXT
from guiju.language.policy import Policy
from guiju.values import date_of
from guiju.vocabulary import Enumeration, Field


def describe(cell: Map[Variable, Any], policy: Policy) -> str:
    """The facts, fields and parameters of the cell; what has no name of its own or none in this policy is left out."""
    here = {p.node for p in policy.parameters.values()}
    words = [_part(variable, value, policy) for variable, value in cell.items()
             if variable.is_leaf and (variable.node.op != "param" or variable.node in here)]
    return "·".join(words) or "任何情形"


def _part(variable: Variable, value: Any, policy: Policy) -> str:
    node, vocabulary = variable.node, policy.vocabulary
    if node.op == "param":
        parameter = next(p for p in policy.parameters.values() if p.node is node)
        return f"{parameter.name} = {_value(value, None, parameter.enumeration)}"
    entry = (vocabulary.facts[node.args[0]] if node.op == "fact"
             else vocabulary.records[node.args[0]].fields[node.args[1]])
    word = _value(value, entry, entry.enumeration)
    return word if entry.enumeration is not None else f"{entry.name} = {word}"


def _value(value: Any, entry: Field | None, enumeration: Enumeration | None) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if enumeration is not None:
        name: str = enumeration.members[value].name
        return name
    if value == OTHER_TEXT:
        return "其他"
    if entry is not None and entry.type == "date":
        return date_of(value).isoformat()
    if entry is not None and entry.unit is not None and value not in (inf, -inf):
        return f"{float(Fraction(value) / Fraction(entry.unit.per)):g} {entry.unit.name}"
    return str(value)
