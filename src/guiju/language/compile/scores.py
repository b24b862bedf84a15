"""Reads scores: groups of items, each with its full mark."""

from __future__ import annotations

import functools
from fractions import Fraction
from types import ModuleType
from typing import Any

from guiju.language.compile.context import Context, title_of
from guiju.language.constructs import constructs_of
from guiju.language.constructs.scores import Scoring
from guiju.language.ir import Node
from guiju.language.policy import Score, ScoreGroup, ScoreItem
from guiju.language.types import POINTS
from guiju.source.diagnostics import fail
from guiju.source.document import Mapping
from guiju.source.fields import as_items, as_mapping, check_keys, text_of
from guiju.values import whole

_SCORE_KEYS = {"id", "name", "full", "groups", "items", "cite", "note"}
_GROUP_KEYS = {"id", "name", "full", "items", "cite"}
_ITEM_KEYS = {"id", "name", "full", "cite", "note", "unverified"}


@functools.cache
def forms() -> dict[str, ModuleType]:
    """Forms of scoring by their key."""
    return {m.KEY: m for m in constructs_of("scores")}


def announce_scores(entries: list[Mapping], context: Context) -> None:
    """Let expressions use the names of scores, groups and items before they are read."""
    for entry in entries:
        groups = [as_mapping(n, entry.span, "groups") for n in as_items(entry.get("groups"))]
        items = [as_mapping(n, entry.span, "items") for g in [*groups, entry] for n in as_items(g.get("items"))]
        for part in (entry, *groups, *items):
            for word in {text_of(part, "id"), title_of(part, "").zh} - {""}:
                context.symbols.organisation[word] = functools.partial(_part, part, entry, context)


def _part(part: Mapping, entry: Mapping, context: Context) -> Node:
    return next(p.node for p in _score_once(entry, context).parts() if p.span == part.span)


def read_scores(entries: list[Mapping], context: Context) -> dict[str, Score]:
    """All scores. Raises through `context.findings` (E26x)."""
    made = [context.gather(_score_once, entry, context) for entry in entries]
    return {s.id: s for s in made if s is not None}


def _score_once(entry: Mapping, context: Context) -> Score:
    return context.once(f"score {text_of(entry, 'id')}", entry.span, lambda: _score(entry, context))


def _score(entry: Mapping, context: Context) -> Score:
    check_keys(entry, _SCORE_KEYS, {"id", "full"})
    id_ = context.claim(text_of(entry, "id"), entry.span)
    groups = tuple(_group(as_mapping(n, entry.span, "groups"), context) for n in as_items(entry.get("groups")))
    if not groups:
        items = entry.get("items")
        if items is None:
            raise fail("E023", entry.span, "评分表要有 groups 或 items", "a score needs 'groups' or 'items'")
        plain = _items(entry, context)
        groups = (ScoreGroup(f"{id_}.items", title_of(entry, id_), full_of(entry), _sum(plain, context), plain,
                             items.span),)
    return Score(id_, title_of(entry, id_), full_of(entry), _sum(groups, context), groups, context.cite(entry),
                 entry.span)


def _group(entry: Mapping, context: Context) -> ScoreGroup:
    check_keys(entry, _GROUP_KEYS, {"id", "full", "items"})
    id_ = context.claim(text_of(entry, "id"), entry.span)
    items = _items(entry, context)
    return ScoreGroup(id_, title_of(entry, id_), full_of(entry), _sum(items, context), items, entry.span,
                      context.cite(entry))


def _items(entry: Mapping, context: Context) -> tuple[ScoreItem, ...]:
    return tuple(_item(as_mapping(n, entry.span, "items"), context) for n in as_items(entry.get("items")))


def _item(entry: Mapping, context: Context) -> ScoreItem:
    check_keys(entry, _ITEM_KEYS | set(forms()) | {c for m in forms().values() for c in m.COMPANIONS}, {"id", "full"})
    id_ = context.claim(text_of(entry, "id"), entry.span)
    scoring = scoring_of(entry, full_of(entry), context)
    return ScoreItem(id_, title_of(entry, id_), full_of(entry), scoring.node, context.cite(entry), scoring.tables,
                     entry.span, text_of(entry, "unverified"))


def scoring_of(entry: Mapping, full: Any, context: Context) -> Scoring:
    """The scoring that a mapping declares. Raises E264 where it has no form or two."""
    present = [key for key in entry.names() if key in forms()]
    if len(present) != 1:
        listed = "、".join(sorted(forms()))
        raise fail("E264", entry.span, f"评分项要有且只有一种写法：{listed}", f"an item has exactly one of: {listed}")
    made: Scoring = forms()[present[0]].lower(entry, full, context)
    return made


def full_of(entry: Mapping) -> Any:
    """The stated full mark."""
    word = text_of(entry, "full")
    try:
        return whole(Fraction(word))
    except (ValueError, ZeroDivisionError):
        raise fail("E265", entry.span, f"满分 full 应是数，不是“{word}”",
                   f"'full' must be a number, not '{word}'") from None


def _sum(parts: tuple[Any, ...], context: Context) -> Node:
    total = context.builder.const(0, POINTS)
    for part in parts:
        total = part.node if total.op == "const" else context.builder.add(total, part.node)
    return total
