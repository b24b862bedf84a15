"""Values made up for facts: those at which some rule changes its mind, or near them, or any plausible one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from guiju.evaluate.interpreter import Interpreter
from guiju.facts.model import Facts, Provenance
from guiju.facts.read import facts_from_mapping
from guiju.language.ir import Node, walk
from guiju.language.types import Type, joined_dimension
from guiju.lifecycle.chart import Chart
from guiju.source.diagnostics import GuijuError
from guiju.values import date_of
from guiju.vocabulary import Field

_COMPARES = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
_SPANS = (0, 0, 0, 1, 5, 20, 30, 90, 180, 365, 730)
_LIKELY = 4  # how much likelier the other side of a comparison is than what else stands in it
_MOST_READINGS = 20_000
_NOBODY = Provenance(by="某人", on=dt.date.min, evidence="示例")


def invented(entry: Field, near: Sequence[Any], today: dt.date, dice: Random) -> str:
    """A value of a dictionary entry in words. `near`: values, in the engine's units, at which some rule changes."""
    if entry.type == "bool":
        return "是" if dice.random() < 0.8 else "否"
    if entry.type == "enum" and entry.enumeration is not None:
        return dice.choice(entry.enumeration.members).name
    if entry.type == "date":
        return _date(near, today, dice).isoformat()
    if entry.type in ("number", "money", "ratio"):
        return _number(entry, near, dice)
    if entry.type == "region":
        return str(dice.choice(near)) if near else "540000"
    return "C13" if entry.type == "industry" else f"示例{entry.name}"


def _date(near: Sequence[Any], today: dt.date, dice: Random) -> dt.date:
    if near and dice.random() < 0.7:
        return _day(dice.choice(near)) + dt.timedelta(days=dice.choice((0, 0, 1, -1)))
    return today + dt.timedelta(days=dice.choice(_SPANS) * dice.choice((-1, -1, 1)))


def _day(ordinal: Any) -> dt.date:
    """A day far enough from both ends of the calendar."""
    return date_of(min(max(int(ordinal), 40_000), dt.date.max.toordinal() - 40_000))


def _number(entry: Field, near: Sequence[Any], dice: Random) -> str:
    step = entry.unit.per if entry.unit is not None else 1
    tried = [v + more for v in near for more in (0, 0, step, -step)] or [step * dice.randint(1, 9)]
    value = dice.choice(tried)
    value = max(value, entry.low if entry.low is not None else 0)
    value = min(value, entry.high) if entry.high is not None else value
    name = entry.unit.name if entry.unit is not None else ""
    return f"{int(value / step)}%" if name == "%" else f"{int(value / step)} {name}".strip()


def critical_values(nodes: Iterable[Node], fact: str, it: Interpreter) -> list[Any]:
    """What expressions compare a fact with: the other side of each comparison where it is known, and constants,
    parameters and facts of the fact's own kind in it."""
    found: list[Any] = []
    for node in walk(*nodes):
        if node.op == "in" and node.args[0].op == "fact" and node.args[0].args[0] == fact:
            found += node.args[1]
        if node.op not in _COMPARES or node.rows:
            continue
        for side, other in (node.args, node.args[::-1]):
            own = next((n.type for n in walk(side) if n.op == "fact" and n.args[0] == fact), None)
            if own is not None:
                parts = [other] * _LIKELY + [*(n for n in walk(node) if n.op in ("const", "param", "fact"))]
                found += [v for n in parts if _like(n.type, own) and not n.rows and (v := exact(it, n)) is not None]
    return found


def exact(it: Interpreter, node: Node) -> Any:
    """What a node is known to be, in the engine's units; None where it is not, or is text."""
    value = it.value(node)
    if isinstance(value, tuple) and value[0] == value[1] and not value[2] and not isinstance(value[0], str):
        return value[0]
    return None


def _like(one: Type, other: Type) -> bool:
    return one.kind == other.kind and joined_dimension(one.dimension, other.dimension) is not None


def read(chart: Chart, word: str, value: Any) -> Facts | None:
    """One given fact or record set as the engine reads it; None where it can't be read. Kept for the next time."""
    kept: dict[tuple[str, str], Facts | None] = chart.kept.setdefault("readings", {})
    key = (word, value if isinstance(value, str) else repr(value))
    if key not in kept:
        if len(kept) > _MOST_READINGS:
            kept.clear()
        try:
            kept[key] = facts_from_mapping({word: value}, chart.vocabulary, recorded=_NOBODY)
        except GuijuError:
            kept[key] = None
    return kept[key]
