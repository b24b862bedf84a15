"""Reads limits over items, and bans."""

from __future__ import annotations

import functools
from types import ModuleType

from guiju.language.compile.context import Context, title_of
from guiju.language.constructs import constructs_of
from guiju.language.ir import Node
from guiju.language.policy import Ban, Benefit, Condition, Limit
from guiju.language.types import BOOL, DATE, TEXT
from guiju.source.diagnostics import Text, fail
from guiju.source.document import Mapping
from guiju.source.fields import as_items, as_scalar, bool_of, check_keys, suggestion, text_of, texts_of
from guiju.vocabulary import RecordType

_COMMON = {"id", "name", "of", "by", "where", "when", "cite", "strength", "note"}
_BAN_KEYS = {"id", "name", "each", "where", "from", "lasts", "at_least", "cite", "note"}
_WORDS = ("category", "benefit")


@functools.cache
def forms() -> dict[str, ModuleType]:
    """Limit forms by their key."""
    return {m.KEY: m for m in constructs_of("limits")}


def read_limits(entries: list[Mapping], benefits: tuple[Benefit, ...], context: Context) -> tuple[Limit, ...]:
    """All limits in the order in which they act: by stage; among caps the narrow before the wide."""
    made = [context.gather(_limit, entry, benefits, context) for entry in entries]
    limits = [limit for limit in made if limit is not None]
    return tuple(sorted(limits, key=lambda m: (m.stage, len(m.benefits), not m.where)))


def _limit(entry: Mapping, benefits: tuple[Benefit, ...], context: Context) -> Limit:
    check_keys(entry, _COMMON | set(forms()), {"id", "of"})
    present = [key for key in entry.names() if key in forms()]
    if len(present) != 1:
        listed = "、".join(sorted(forms()))
        raise fail("E274", entry.span, f"限额要有且只有一种写法：{listed}", f"a limit has exactly one of: {listed}")
    named = _benefits(entry, benefits)
    form = forms()[present[0]]
    shared = {b.record for b in named}
    record = context.vocabulary.record(named[0].record) if len(shared) == 1 else None
    n, amount = form.read(entry, context, record)
    gate = entry.get("when")
    return Limit(
        context.claim(text_of(entry, "id"), entry.span), title_of(entry, ""), present[0], form.STAGE,
        tuple(b.id for b in named), {b.id: _keys(entry, b, context) for b in named},
        {b.id: node for b in named if (node := _where(entry, b, context)) is not None}, n, amount,
        context.test(as_scalar(gate, "when")) if gate is not None else context.builder.truth(True),
        context.cite(entry), text_of(entry, "strength", "hard"), entry.span)


def _benefits(entry: Mapping, benefits: tuple[Benefit, ...]) -> list[Benefit]:
    words = texts_of(entry, "of")
    if words in (("all",), ("category",)):
        return list(benefits)
    found = []
    for word in words:
        match = next((b for b in benefits if b.id == word), None)
        if match is None:
            hint = suggestion(word, [b.id for b in benefits])
            raise fail("E275", entry.span, f"没有资助项“{word}”{hint.zh}", f"there is no benefit '{word}'{hint.en}")
        found.append(match)
    return found


def _record(benefit: Benefit, context: Context) -> RecordType | None:
    return context.vocabulary.record(benefit.record) if benefit.record else None


def _keys(entry: Mapping, benefit: Benefit, context: Context) -> tuple[Node, ...]:
    keys = []
    for item in as_items(entry.get("by")):
        cell = as_scalar(item, "by")
        if cell.text in _WORDS:
            word = benefit.category if cell.text == "category" else benefit.id
            keys.append(context.builder.const(word, TEXT))
        else:
            keys.append(context.expression(cell, _record(benefit, context)))
    return tuple(keys)


def _where(entry: Mapping, benefit: Benefit, context: Context) -> Node | None:
    node = entry.get("where")
    return context.test(as_scalar(node, "where"), _record(benefit, context)) if node is not None else None


def read_bans(entries: list[Mapping], context: Context) -> tuple[Ban, ...]:
    """All bans; each is also a condition with its id: no such ban is in force on the application day."""
    made = [context.gather(_ban, entry, context) for entry in entries]
    return tuple(b for b in made if b is not None)


def _ban(entry: Mapping, context: Context) -> Ban:
    check_keys(entry, _BAN_KEYS, {"id", "each", "from", "lasts"})
    id_ = context.claim(text_of(entry, "id"), entry.span)
    build, record = context.builder, context.record(entry, "each")
    if record is None:
        raise fail("E227", entry.span, "each 应是记录名", "'each' must name records")
    start = context.expression(as_scalar(entry.get("from") or entry, "from"), record)
    lasts = context.expression(as_scalar(entry.get("lasts") or entry, "lasts"), record)
    where_node = entry.get("where")
    where = context.test(as_scalar(where_node, "where"), record) if where_node is not None else build.truth(True)
    today = build.graph.node("fact", ("application_date",), DATE)
    last_day = context.typed(entry.span, lambda: build.add(start, lasts))
    begun = build.every([where, context.typed(entry.span, lambda: build.compare("le", start, today))])
    until = build.make("largest", (record.id, last_day, begun), DATE)
    test = build.compare("lt", until, today)
    clauses = context.cite(entry)
    node = build.make("presume", (test,), BOOL)
    context.conditions[id_] = Condition(id_, title_of(entry, id_), clauses, "hard", "ban", node, test, None, (), 0,
                                        None, "", Text("", ""), "", entry.span)
    return Ban(id_, title_of(entry, id_), record.id, until, bool_of(entry, "at_least"), clauses, entry.span)
