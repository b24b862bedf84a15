"""Worked timelines: a chart walked step by step, with what each step must lead to."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.compile.document import read_clean
from guiju.lifecycle.compile.folder import plain
from guiju.source.diagnostics import Span, fail
from guiju.source.document import Mapping, Node
from guiju.source.fields import as_items, as_mapping, as_scalar, check_keys, date_of, suggestion, text_of, texts_of

FILE_KEYS = {"given", "cases"}
CASE_KEYS = {"name", "continues", "round", "set", "given", "bans", "covers", "walk"}
EXPECTATIONS = {"stage", "refused", "because", "due", "marks", "bans", "allowed", "not_allowed"}
STEP_KEYS = {"on", "do", "as", "who", "of", "give", "without", "decide", "see", *EXPECTATIONS}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a walk. `do` empty: only look. `who`, `of`: the actor and the organisation above his. `expect`:
    what must hold after it, by the words of the contract."""

    on: dt.date
    do: str
    role: str
    who: str
    above: str
    give: Map[str, Any]
    without: tuple[str, ...]
    decide: Map[str, str]
    expect: Map[str, Any]
    span: Span


@dataclass(frozen=True, slots=True)
class Timeline:
    """A case to walk: under which round and settings, from which known facts, step by step. `before`: the steps of
    the timelines that it continues, which only have to succeed. `bans`: those under which it begins, as `chart:ban`
    with the last day."""

    name: str
    continues: str
    round: str
    settings: Map[str, str]
    given: Map[str, Any]
    bans: Map[str, str]
    covers: tuple[str, ...]
    steps: tuple[Step, ...]
    before: tuple[Step, ...] = ()
    span: Span = field(default=Span(""))


def timelines(folder: Path) -> list[Timeline]:
    """The worked timelines in a chart's folder. Raises GuijuError E02x with place, E525 for one that continues what
    is not there."""
    return continued([t for path in sorted(folder.glob("cases*.yaml")) for t in read_timelines(path)])


def continued(walks: list[Timeline]) -> list[Timeline]:
    """The timelines, each with the steps, settings and facts of the ones that it continues. Raises E525."""
    named = {walk.name: walk for walk in walks}
    return [_continued(walk, named, ()) for walk in walks]


def _continued(walk: Timeline, named: Map[str, Timeline], above: tuple[str, ...]) -> Timeline:
    if not walk.continues:
        return walk
    if walk.continues not in named or walk.continues in above:
        hint = suggestion(walk.continues, named)
        raise fail("E525", walk.span, f"没有可接续的案例“{walk.continues}”{hint.zh}",
                   f"there is no timeline '{walk.continues}' to continue{hint.en}")
    base = _continued(named[walk.continues], named, (*above, walk.name))
    return replace(walk, round=walk.round or base.round, settings={**base.settings, **walk.settings},
                   given={**base.given, **walk.given}, before=(*base.before, *base.steps))


def read_timelines(path: Path) -> list[Timeline]:
    """The timelines of one file: a list, or {given:, cases:} with facts that all of them share."""
    document = read_clean(path)
    shared: Map[str, Any] = {}
    if isinstance(document, Mapping) and document.get("cases") is not None:
        check_keys(document, FILE_KEYS)
        shared = _plain_mapping(document, "given")
        document = document.get("cases") or document
    return [_timeline(as_mapping(item, Span(path.name), "cases"), shared) for item in as_items(document)]


def _timeline(entry: Mapping, shared: Map[str, Any]) -> Timeline:
    check_keys(entry, CASE_KEYS, {"name", "walk"})
    return Timeline(text_of(entry, "name"), text_of(entry, "continues"), text_of(entry, "round"), _words(entry, "set"),
                    {**shared, **_plain_mapping(entry, "given")}, _bans(entry), texts_of(entry, "covers"),
                    tuple(_step(as_mapping(i, entry.span, "walk")) for i in as_items(entry.get("walk"))),
                    span=entry.span)


def _step(entry: Mapping) -> Step:
    check_keys(entry, STEP_KEYS, {"on"})
    expect = _expected(entry)
    see = entry.get("see")
    if see is not None:
        seen = as_mapping(see, entry.span, "see")
        check_keys(seen, EXPECTATIONS)
        expect.update(_expected(seen))
    return Step(date_of(entry.get("on") or entry, "on"), text_of(entry, "do"), text_of(entry, "as"),
                text_of(entry, "who"), text_of(entry, "of"), _plain_mapping(entry, "give"),
                texts_of(entry, "without"), _words(entry, "decide"), expect, entry.span)


def _expected(entry: Mapping) -> dict[str, Any]:
    """What must hold, as plain data. Raises E020, E021 where it is of another shape."""
    found: dict[str, Any] = {}
    for key, value in entry.entries:
        name = key.text
        if name in ("due", "bans") or (name == "refused" and isinstance(value, Mapping)):
            found[name] = _words(entry, name)
        elif name in ("stage", "refused"):
            found[name] = as_scalar(value, name).text
        elif name in EXPECTATIONS:
            found[name] = list(texts_of(entry, name))
    return found


def _bans(entry: Mapping) -> dict[str, str]:
    """The bans under which a walk begins, each with its last day. Raises E026 for what is no day."""
    node = entry.get("bans")
    return {} if node is None else {k.text: date_of(v, k.text).isoformat()
                                    for k, v in as_mapping(node, entry.span, "bans").entries}


def _words(entry: Mapping, key: str) -> dict[str, str]:
    node = entry.get(key)
    return {} if node is None else {k.text: as_scalar(v, k.text).text
                                    for k, v in as_mapping(node, entry.span, key).entries}


def _plain_mapping(entry: Mapping, key: str) -> dict[str, Any]:
    node: Node | None = entry.get(key)
    return {} if node is None else plain(as_mapping(node, entry.span, key))


def paper_digest(name: str, day: dt.date) -> str:
    """What stands for a document's content in a walk."""
    return hashlib.sha256(f"{name} {day}".encode()).hexdigest()


def covered(walks: list[Timeline]) -> set[str]:
    """Every id that some walk says it covers."""
    return {id_ for walk in walks for id_ in walk.covers}


def ids_to_cover(chart: Chart) -> list[str]:
    """Every id of the chart's own document that a worked timeline must cover."""
    parts = (chart.moves, chart.terms, chart.notices, chart.duties, chart.loops, chart.bans, chart.procedures,
             chart.parameters)
    return [id_ for part in parts for id_ in part if id_ in chart.own]
