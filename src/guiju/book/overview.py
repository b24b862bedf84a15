"""The list of all policies: by region, by what is paid for, by whom it addresses and by validity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from guiju.book.page import Link, Page, linked, table, titled
from guiju.book.prices import NO_ROWS, Price
from guiju.language.policy import Policy
from guiju.source.diagnostics import Text

TITLE = Text("政策库", "The policy library")
COUNTRY = "全国"
_REGION_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """A policy as a list shows it. `region`: province, then city; `pays`: the kinds of things that it pays for."""

    policy: Policy
    region: str
    pays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartEntry:
    """A chart as a list shows it. `policies`: the ids of those that it applies."""

    id: str
    title: Text
    policies: tuple[str, ...]


def entry_of(policy: Policy, prices: Iterable[Price]) -> Entry:
    return Entry(policy, region_of(policy), tuple(dict.fromkeys(p.of for p in prices)))


def region_of(policy: Policy) -> str:
    """The names of its region from the province down; a policy without a region is the country's."""
    code = policy.region
    names = [policy.vocabulary.regions.get(code[:length].ljust(_REGION_DIGITS, "0"), "") for length in (2, 4, 6)
             if length <= len(code)]
    return " ".join(dict.fromkeys(filter(None, names))) or COUNTRY


def overview_of(entries: Sequence[Entry], charts: Sequence[ChartEntry], link: Link) -> Page:
    """The first page of the book."""
    body = [titled(TITLE), "<p>" + "　".join(linked(link, address, words) for address, words in (
        ("compare", "各地资助对照"), ("dictionary", "词汇"))) + "</p>",
        '<h2 id="regions">按地区 <small>By region</small></h2>', _by_region(entries, link),
        '<h2 id="kinds">按资助事项 <small>By what is paid for</small></h2>', _by(_kinds(entries), link),
        '<h2 id="audience">按对象 <small>By whom it addresses</small></h2>', _by(_audiences(entries), link),
        '<h2 id="charts">流程图 <small>Procedures</small></h2>', _charts(charts, entries, link)]
    contents = "".join(f'<li><a href="#{place}">{words}</a></li>' for place, words in (
        ("regions", "按地区"), ("kinds", "按资助事项"), ("audience", "按对象"), ("charts", "流程图")))
    return Page("index", TITLE, "\n".join(body), f"<ul>{contents}</ul>")


def _by_region(entries: Sequence[Entry], link: Link) -> str:
    rows = [[escape(e.region), linked(link, f"policies/{e.policy.id}", e.policy.title.zh), _term(e.policy),
             escape("、".join(e.policy.audience)), escape("、".join(e.pays)), f"{len(e.policy.rule_ids())}"]
            for e in sorted(entries, key=lambda e: (e.policy.region, e.policy.start))]
    return table(["地区", "政策", "有效期", "对象", "资助事项", "规则"], rows, "按地区")


def _term(policy: Policy) -> str:
    return f"{policy.start} 起" + (f"<br>至 {policy.end}" if policy.end else "")


def _kinds(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    return {kind: [e for e in entries if kind in e.pays]
            for kind in dict.fromkeys(k for e in entries for k in e.pays if k != NO_ROWS)}


def _audiences(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    return {who: [e for e in entries if who in e.policy.audience]
            for who in dict.fromkeys(w for e in entries for w in e.policy.audience)}


def _by(found: dict[str, list[Entry]], link: Link) -> str:
    return "<dl>" + "".join(
        f"<dt>{escape(word)}</dt><dd>"
        + "；".join(linked(link, f"policies/{e.policy.id}", e.policy.title.zh) for e in entries) + "</dd>"
        for word, entries in found.items()) + "</dl>"


def _charts(charts: Sequence[ChartEntry], entries: Sequence[Entry], link: Link) -> str:
    titles = {e.policy.id: e.policy.title.zh for e in entries}
    return "<ul>" + "".join(
        f'<li>{linked(link, f"charts/{c.id}", c.title.zh)} <code>{escape(c.id)}</code>'
        + "".join("　" + linked(link, f"policies/{id_}", titles[id_]) for id_ in c.policies) + "</li>"
        for c in charts) + "</ul>"
