"""Reads definitions: named derived values, of the organisation or of each row of a record set."""

from __future__ import annotations

from guiju.language.compile.context import Context
from guiju.language.ir import Node, Origin
from guiju.language.policy import Definition
from guiju.source.diagnostics import Text
from guiju.source.document import Mapping, Scalar
from guiju.source.fields import as_scalar, bilingual, check_keys, text_of

_KEYS = {"id", "name", "en", "on", "value", "cite", "note", "unit"}


def read_definitions(entries: list[Mapping], context: Context) -> dict[str, Definition]:
    """All definitions. They may use one another in any order; a circle is E242."""
    for entry in entries:
        context.gather(_announce, entry, context)
    made = [context.gather(_definition, entry, context) for entry in entries]
    return {d.id: d for d in made if d is not None}


def _announce(entry: Mapping, context: Context) -> None:
    check_keys(entry, _KEYS, {"id", "name", "value"})
    context.claim(text_of(entry, "id"), entry.span)
    record = context.record(entry, "on")
    names = context.symbols.of_record.setdefault(record.id, {}) if record else context.symbols.organisation
    for word in (text_of(entry, "id"), name_of(entry).zh):
        names[word] = lambda: _node(entry, context)


def name_of(entry: Mapping) -> Text:
    return bilingual(entry.get("name"), entry.span, "name")


def _node(entry: Mapping, context: Context) -> Node:
    value = as_scalar(entry.get("value") or entry, "value")
    node = context.once(f"definition {text_of(entry, 'id')}", entry.span,
                        lambda: context.expression(value, context.record(entry, "on")))
    return context.graph.note(node, Origin(value.span, f"definition {text_of(entry, 'id')}", value.text,
                                           context.cite(entry)))


def _definition(entry: Mapping, context: Context) -> Definition:
    record = context.record(entry, "on")
    value: Scalar = as_scalar(entry.get("value") or entry, "value")
    return Definition(text_of(entry, "id"), name_of(entry).zh, text_of(entry, "en"), record.id if record else "",
                      _node(entry, context), context.cite(entry), context.parse(value), entry.span)
