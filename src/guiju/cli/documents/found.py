"""What a search asks, as typed; what it found, as lines and as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from guiju.cli.layout import indented, terminal_width, wrapped
from guiju.cli.situation import day_of
from guiju.cli.voice import Voice
from guiju.documents.store import default_store
from guiju.language.library import POLICIES
from guiju.registers.library import REGISTERS
from guiju.search.context import Context
from guiju.search.damage import MADE_ANEW
from guiju.search.entries import KINDS, NATIONAL, OF_REGISTERS, OF_TEXTS, RULE, WORKS
from guiju.search.index import open_index
from guiju.search.query import Query, read_query
from guiju.search.ranking import Filters, Hit, count_whole, search
from guiju.search.regions import Places
from guiju.search.sources import Sources, broken_words
from guiju.search.standing import standing_index
from guiju.search.words import Cutter, read_words
from guiju.source.diagnostics import Span, Text, fail, visible

_YEARS = re.compile(r"((?:19|20)\d\d)(?:\s*[-–—~～至到]\s*((?:19|20)\d\d))?年?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options as typed."""

    words: str
    kinds: tuple[str, ...] = ()
    region: str = ""
    year: str = ""
    in_force: str = ""
    limit: int = 10
    store: Path | None = None
    dictionary: Path | None = None
    folder: Path | None = None
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, and what stands behind them. `whole`: how many entries have all the words; `with_texts`: whether there
    was a text store at `store` to search."""

    query: Query
    hits: list[Hit]
    whole: int
    sizes: tuple[int, int, int]
    regions: Places
    notices: list[Text]
    store: Path
    with_texts: bool


def find(wanted: Wanted, *, standing: bool = False) -> Found:
    """`standing`: in the index as it was made last, without looking whether something has changed.

    Raises GuijuError: E88x for the query and the index, E11x and E140 for options, E871 for a damaged store.
    """
    sources = Sources(wanted.store or default_store(), wanted.folder or POLICIES,
                      REGISTERS if wanted.folder is None else None)
    users = read_words(wanted.dictionary) if wanted.dictionary is not None else None
    years, day = _years(wanted.year), day_of(wanted.in_force, "--in-force") if wanted.in_force else None
    with standing_index(sources) if standing else open_index(sources, users, engine=wanted.engine) as index:
        places = Places(index.regions)
        query = read_query(wanted.words, Cutter(index.dictionary))
        region = places.read(wanted.region) if wanted.region else ""
        filters = Filters(_kinds(wanted.kinds), region, years, day)
        notices = [*([MADE_ANEW] if index.forgot else []), *query.notices,
                   *broken_words(index.broken, index.unread, sources.folder)]
        if region or years or day:
            notices += _unstated(index.unstated(), bool(region), bool(years), bool(day))
        hits = search(index, query, filters, wanted.limit)
        return Found(query, hits, count_whole(index, query, filters), index.sizes(), places, notices, sources.store,
                     index.with_texts)


def _kinds(names: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds by the names that were given, in either language."""
    rules = tuple(k for k in KINDS if k not in (*OF_TEXTS, *OF_REGISTERS))
    found = [k for name in names for k, kind in {**KINDS, **RULE}.items() if name in (k, kind.zh)]
    return tuple(dict.fromkeys(k for kind in found for k in (rules if kind in RULE else (kind,))))


def _years(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    found = _YEARS.fullmatch(text.strip())
    if found is None or int(found[2] or found[1]) < int(found[1]):
        raise fail("E885", Span(f"--year {text}"), "年份写作 2021 或 2019-2021", "write a year as 2021 or 2019-2021")
    return int(found[1]), int(found[2] or found[1])


def _unstated(counts: dict[str, int], region: bool, years: bool, day: bool) -> Iterator[Text]:
    """What a filter could not judge."""
    if region and counts["region"]:
        yield Text(f"有 {counts['region']} 份文件未载地区，没有列入",
                   f"{counts['region']} documents state no region and are left out")
    if years and counts["published"]:
        yield Text(f"有 {counts['published']} 份文件未载发布日期，没有列入",
                   f"{counts['published']} documents state no day of publication and are left out")
    if day and counts["start"]:
        yield Text(f"有 {counts['start']} 份文件未载施行和发布日期，照样列入",
                   f"{counts['start']} documents state no date at all and are kept")


def _notices(found: Found) -> list[Text]:
    """What this reader, whose machine it is, is told beside the hits."""
    if found.with_texts:
        return found.notices
    return [*found.notices, Text(
        f"没有文本库（{found.store}），只检索了规则和台账；条款请先用 guiju import 读入",
        f"there is no text store ({found.store}): rules and registers alone were searched; guiju import brings texts "
        "in")]


def as_lines(found: Found, say: Voice) -> Iterator[str]:
    page = terminal_width()
    documents, policies, entries = found.sizes
    words = say("、", ", ").join(w.text for w in found.query.words)
    yield say(f"{words}：词都有的 {found.whole} 条，列出 {len(found.hits)} 条（{documents} 份文件、{policies} 项政策，"
              f"共 {entries} 条）",
              f"{words}: {found.whole} with all words, {len(found.hits)} listed ({documents} documents, {policies} "
              f"policies, {entries} entries)")
    for number, hit in enumerate(found.hits, start=1):
        yield ""
        head = f"{number:>2}. {say.text(KINDS[hit.kind])}  {visible(hit.title)}"
        yield from indented(head + f"  {_ref(hit, say)}".rstrip(), page, "", "    ")
        yield from (click.style(line, dim=True) for line in indented(_facts(hit, found.regions, say), page, "    "))
        yield from ("    " + line for line in wrapped(_marked(hit.context), page - 4))
    for notice in _notices(found):
        yield ""
        yield from indented(visible(say.text(notice)), page)


def _ref(hit: Hit, say: Voice) -> str:
    if hit.kind in WORKS:
        return ""
    return visible(say.clause(hit.ref) if hit.kind == "summary" and hit.policy else hit.ref)


def _facts(hit: Hit, regions: Places, say: Voice) -> str:
    """Region, force and place in one line."""
    unknown = say("未载", "not stated")
    region = say(regions.name(hit.region), "national" if hit.region == NATIONAL else hit.region) or unknown
    until = say(f"至 {hit.end}", f"until {hit.end}") if hit.end else ""
    words = {"effective": say("起施行", "in force from"), "published": say("发布", "published")}[hit.since]
    start = say(f"{hit.start} {words}", f"{words} {hit.start}") if hit.start else say("日期未载", "no date stated")
    rules = "" if hit.kind in OF_TEXTS else hit.policy or hit.key
    parts = [region, say("，", ", ").join(p for p in (start, until) if p), hit.place, rules]
    return " · ".join(p for p in parts if p)


def _marked(context: Context) -> str:
    """The words in bold. What the text itself would do to a terminal is spelled out."""
    parts, last = [], 0
    for first, end in context.ranges:
        parts += [visible(context.text[last:first]), click.style(visible(context.text[first:end]), bold=True)]
        last = end
    text = "".join([*parts, visible(context.text[last:])])
    return ("…" if context.before else "") + text + ("…" if context.after else "")


def as_record(found: Found) -> dict[str, Any]:
    documents, policies, entries = found.sizes
    return {
        "contract": 1, "query": found.query.typed, "words": [w.text for w in found.query.words],
        "phrases": list(found.query.phrases), "without": list(found.query.without), "whole": found.whole,
        "documents": documents, "policies": policies, "entries": entries,
        "notices": [{"zh": n.zh, "en": n.en} for n in _notices(found)],
        "hits": [{
            "kind": h.kind, "ref": h.ref, "title": h.title, "key": h.key, "policy": h.policy, "place": h.place,
            "region": {"code": h.region, "name": found.regions.name(h.region) if h.region else ""},
            "published": h.published or None, "start": h.start or None, "end": h.end or None, "since": h.since,
            "text": h.context.text, "ranges": [list(r) for r in h.context.ranges],
            "cut": [h.context.before, h.context.after], "whole": h.whole, "score": h.score} for h in found.hits]}
