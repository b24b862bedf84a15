"""Clauses as pages cite them: each mark says what it stands for and leads to its place in the library."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from guiju.book.markdown import anchor
from guiju.lifecycle.library import installed_charts
from guiju.source.diagnostics import Text

LABORATORY = "national/quality-standards-laboratory"
# What the marks of the laboratories' programme abbreviate.
DOCUMENTS = {
    "办": Text("国家质量标准实验室管理办法", "Measures for National Quality and Standards Laboratories"),
    "指24": Text("2024 年国家质量标准实验室申报评审指南", "guide to applications and review, 2024"),
    "表24": Text("国家质量标准实验室申报材料（2024 年模板）", "form of application, 2024"),
    "藏函": Text("西藏自治区市场监管局关于组织申报国家质量标准实验室的函", "letter of Tibet's administration, 2024"),
    "意22": Text("关于推进国家级质量标准实验室建设的指导意见", "guiding opinions on laboratories, 2022"),
}
# Documents of one region, by its code: what they say is a basis there and nowhere else.
REGIONAL = {"藏函": "540000"}
ROUNDS_CALL = Text("本批次通知", "the round's call")
SET_BY_CALL = Text("截止日、份数、名额由本批次的组织申报通知设定",
                   "deadline, copies and places are as the round's call sets them")


@dataclass(frozen=True, slots=True)
class Mark:
    """`key`: as the chart has it; `document`: what it abbreviates; `text`: what the clause says, in our words;
    `address`: its place in the library, "" where it has none."""

    key: str
    document: Text
    text: Text
    address: str


def holds_in(key: str, region: str) -> bool:
    """Whether a clause is a basis in a region; "": in none that is known."""
    return all(not key.startswith(name) or region == own for name, own in REGIONAL.items())


def basis_in(key: str, region: str) -> Text:
    """A clause where it holds; elsewhere what sets the same."""
    return Text(key, key) if holds_in(key, region) else ROUNDS_CALL


def region_of(thing: Any) -> str:
    """The region for which an application is recommended, of itself, of its case, or of the body's row in a round."""
    application = getattr(thing, "application", thing)
    row = getattr(application, "body", None)
    body = getattr(row, "body", row)
    return getattr(body, "region", "") if body is not None else ""


def marks(keys: Iterable[str], chart: str) -> list[Mark]:
    return [_mark(key, chart or LABORATORY) for key in keys]


@functools.lru_cache(maxsize=4096)
def _mark(key: str, chart_id: str) -> Mark:
    """The library changes only with the programme."""
    nothing = Text("", "")
    library = installed_charts()
    if chart_id not in library.ids():
        return Mark(key, nothing, nothing, "")
    chart = library.chart(chart_id)
    document = next((text for name, text in DOCUMENTS.items() if chart_id.startswith(LABORATORY) and
                     key.startswith(name)), nothing)
    for policy in chart.policies.values():
        if key in policy.clauses:
            place = f"policies/{policy.id}"
            return Mark(key, document if document.zh else policy.title, policy.clauses[key].text,
                        f"{reverse('library:page', args=[place])}#c-{anchor(key)}")
    if key in chart.clauses:
        return Mark(key, document if document.zh else chart.title, chart.clauses[key].text,
                    reverse("library:page", args=[f"charts/{chart_id}"]))
    return Mark(key, document, nothing, "")
