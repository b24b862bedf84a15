"""The checklists, as data: what the recommending body and the examiner look at, and on which rule each item rests."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from guiju.source.diagnostics import Span, Text
from guiju.source.document import read_document
from guiju.source.fields import as_items, as_mapping, bilingual, bool_of, check_keys, text_of, texts_of

_DATA = Path(__file__).parent / "data"
_KEYS = ("id", "name", "asks", "conditions", "guards", "form", "optional", "cite")


@dataclass(frozen=True, slots=True)
class Item:
    """`conditions`: of the policy, by id; `guards`: of the chart's moves, as (move, guard); `form`: the form's own
    checks. `optional`: need not be marked. `asks`: a question of ours that helps to look."""

    id: str
    name: Text
    asks: Text
    conditions: tuple[str, ...]
    guards: tuple[tuple[str, str], ...]
    form: bool
    optional: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    items: tuple[Item, ...]
    note: Text

    def item(self, id_: str) -> Item | None:
        return next((i for i in self.items if i.id == id_), None)

    @property
    def needed(self) -> tuple[Item, ...]:
        return tuple(i for i in self.items if not i.optional)


def material_check() -> Checklist:
    """The six qualities of the materials, and "other"."""
    return _read("material-check")


def formal_examination() -> Checklist:
    return _read("formal-examination")


@functools.cache
def _read(name: str) -> Checklist:
    document = as_mapping(read_document(_DATA / f"{name}.yaml", name), Span(name), name)
    check_keys(document, ("items", "note"), ("items", "note"))
    items = []
    for node in as_items(document.get("items")):
        entry = as_mapping(node, document.span, "item")
        check_keys(entry, _KEYS, ("id", "name", "cite"))
        guards = tuple(g.partition("/")[::2] for g in texts_of(entry, "guards"))
        asks = entry.get("asks")
        items.append(Item(
            text_of(entry, "id"), bilingual(entry.get("name"), entry.span, "name"),
            Text("", "") if asks is None else bilingual(asks, entry.span, "asks"), texts_of(entry, "conditions"),
            guards, bool_of(entry, "form"), bool_of(entry, "optional"), texts_of(entry, "cite")))
    return Checklist(tuple(items), bilingual(document.get("note"), document.span, "note"))
