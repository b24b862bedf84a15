"""Reads sub-procedures: a small chart, its roles and clauses those of the chart that uses it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path

from guiju.language.ir import Node as IRNode
from guiju.language.policy import Clause, Policy
from guiju.language.types import type_of
from guiju.lifecycle.chart import Chart, Procedure
from guiju.lifecycle.compile.reading import NOTED, Reading
from guiju.source.diagnostics import Span, fail
from guiju.source.document import Mapping, Node, Scalar, Sequence
from guiju.source.fields import as_mapping, as_scalar, suggestion, text_of
from guiju.vocabulary import Vocabulary

PROCEDURE_KEYS = {"label", "use", "roles", "sets", "passes", "while", "blocks", *NOTED}


@dataclass(frozen=True, slots=True)
class Binding:
    """How a chart uses a small one: what its rules cite where they cite nothing, and the clauses there are."""

    cites: tuple[str, ...]
    clauses: Map[str, Clause]


Compile = Callable[[Mapping, Path, Vocabulary, Map[str, Policy], Map[str, Mapping], Binding | None], Chart]


def used_charts(document: Mapping) -> list[tuple[str, Span]]:
    """The small charts that a document uses."""
    node = document.get("procedures")
    if not isinstance(node, Mapping):
        return []
    found = [(value.get("use"), key.span) for key, value in node.entries if isinstance(value, Mapping)]
    return [(as_scalar(use, "use").text, span) for use, span in found if use is not None]


def read_procedures(reading: Reading, vocabulary: Vocabulary, policies: Map[str, Policy],
                    small: Map[str, Mapping], compiled: Compile) -> dict[str, Procedure]:
    """The sub-procedures, each with its small chart compiled for this use. What they take from the case is not there
    yet (`with_passed_facts`)."""
    found: dict[str, Procedure] = {}
    for key, value in reading.section("procedures"):
        made = reading.context.gather(_procedure, reading, key, value, vocabulary, policies, small, compiled)
        if made is not None:
            found[made.id] = made
    return found


def _procedure(reading: Reading, key: Scalar, value: Node, vocabulary: Vocabulary, policies: Map[str, Policy],
               small: Map[str, Mapping], compiled: Compile) -> Procedure:
    entry = reading.entry(key, value, PROCEDURE_KEYS, {"use", "roles"})
    use = as_scalar(entry.get("use") or entry, "use")
    if use.text not in small:
        hint = suggestion(use.text, small)
        raise fail("E505", use.span, f"没有小图“{use.text}”{hint.zh}", f"there is no chart '{use.text}'{hint.en}")
    clauses = reading.cite(entry)
    roles = _roles(reading, entry, small[use.text])
    chart = compiled(_renamed(small[use.text], roles), Path(), vocabulary, policies, {},
                     Binding(clauses, reading.context.clauses))
    moves = [k.text for k, _ in reading.section("moves")]
    return Procedure(
        id=reading.context.claim(key.text, key.span), label=reading.label(entry, key), chart=chart,
        stages=reading.stage_set(entry, "while"),
        blocks=reading.names(entry, "blocks", moves, "步骤", "move", "E502"),
        sets=_sets(entry), passes={}, clauses=clauses, ref=text_of(entry, "ref"), note=reading.note(entry),
        span=key.span)


def with_passed_facts(reading: Reading, procedures: dict[str, Procedure]) -> dict[str, Procedure]:
    """The procedures with what they take from the case, once the case's own facts are known."""
    made = dict(procedures)
    for key, value in reading.section("procedures"):
        if key.text in procedures and isinstance(value, Mapping):
            passed = reading.context.gather(_passed, reading, value, procedures[key.text].chart)
            made[key.text] = dataclasses.replace(procedures[key.text], passes=passed or {})
    return made


def _passed(reading: Reading, entry: Mapping, chart: Chart) -> dict[str, IRNode]:
    node = entry.get("passes")
    if node is None:
        return {}
    found = {}
    for key, value in as_mapping(node, entry.span, "passes").entries:
        fact = next((f for f in chart.facts.values() if key.text in (f.id, f.name)), None)
        if fact is None:
            hint = suggestion(key.text, [f.name for f in chart.facts.values()])
            raise fail("E506", key.span, f"小图没有事实“{key.text}”{hint.zh}",
                       f"the small chart has no fact '{key.text}'{hint.en}")
        made = reading.context.expression(as_scalar(value, key.text), expected=type_of(fact))
        if made.type.kind != type_of(fact).kind:
            raise fail("E510", value.span, f"不是“{fact.name}”那一类值", f"this is no value of '{fact.id}'")
        found[fact.id] = made
    return found


def _sets(entry: Mapping) -> dict[str, str]:
    node = entry.get("sets")
    if node is None:
        return {}
    return {k.text: as_scalar(v, k.text).text for k, v in as_mapping(node, entry.span, "sets").entries}


def _roles(reading: Reading, entry: Mapping, small: Mapping) -> dict[str, Scalar]:
    """Which role here each role of the small chart is. Raises E504."""
    declared = as_mapping(small.get("roles"), small.span, "roles").names()
    own = [k.text for k, _ in reading.section("roles")]
    mapped: dict[str, Scalar] = {}
    for key, value in as_mapping(entry.get("roles"), entry.span, "roles").entries:
        reading.known(key, declared, "小图角色", "role of the small chart", "E504")
        mapped[key.text] = as_scalar(value, key.text)
        reading.known(mapped[key.text], own, "角色", "role", "E504")
    missing = [name for name in declared if name not in mapped]
    if missing:
        raise fail("E504", entry.span, f"还要说明小图的角色由谁担任：{'、'.join(missing)}",
                   f"say who these roles of the small chart are: {', '.join(missing)}")
    return mapped


def _renamed(small: Mapping, roles: dict[str, Scalar]) -> Mapping:
    """The small chart's document with its roles named as here."""
    entries = []
    for key, value in small.entries:
        if key.text == "moves":
            moves = as_mapping(value, key.span, "moves")
            value = Mapping(tuple((k, _renamed_under("by", v, roles)) for k, v in moves.entries), moves.span)
        elif key.text == "roles":
            declared = as_mapping(value, key.span, "roles")
            merged: dict[str, tuple[Scalar, Node]] = {}
            for name, entry in declared.entries:
                merged.setdefault(roles[name.text].text, (roles[name.text], _renamed_under("bars", entry, roles)))
            value = Mapping(tuple(merged.values()), declared.span)
        entries.append((key, value))
    return Mapping(tuple(entries), small.span)


def _renamed_under(key: str, entry: Node, roles: dict[str, Scalar]) -> Node:
    """A role's or a move's entry with the roles renamed that are named under one key."""
    if not isinstance(entry, Mapping):
        return entry
    return Mapping(tuple((k, _roles_renamed(v, roles) if k.text == key else v) for k, v in entry.entries), entry.span)


def _roles_renamed(node: Node, roles: dict[str, Scalar]) -> Node:
    """A role, a list of them, or a role with a condition (`{role:, when:}`)."""
    if isinstance(node, Scalar):
        return roles.get(node.text, node)
    if isinstance(node, Sequence):
        return Sequence(tuple(_roles_renamed(item, roles) for item in node.items), node.span)
    return _renamed_under("role", node, roles)


def announced_counts(procedures: dict[str, Procedure]) -> Iterator[tuple[str, str, str, Span]]:
    """The counts that each sub-procedure makes: (id of the fact, its name, what it counts, place)."""
    for procedure in procedures.values():
        label = procedure.label.zh
        yield f"{procedure.id}_open", f"{label}未决数", procedure.id, procedure.span
        for stage in procedure.chart.stages.values():
            if stage.final:
                yield (f"{procedure.id}_{stage.id}", f"{label}{stage.label.zh}数", f"{procedure.id}:{stage.id}",
                       procedure.span)
