"""Clauses as pages cite them: each mark says what it stands for and leads to its place in the library. Which document a
mark abbreviates, and where that document is a basis, the policies of the chart say."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from guiju.book.markdown import anchor
from guiju.language.policy import CitedDocument, document_of
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.library import installed_charts
from guiju.source.diagnostics import Text

THE_ROUND = Text("本批次设定", "set for this round")
SET_FOR_ROUND = Text("截止日、份数、名额由办理本批次的机关在平台上设定",
                     "deadline, copies and places are as the office that runs the round has set them here")
_NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Mark:
    """`key`: as the chart has it; `document`: what it abbreviates; `text`: what the clause says, in our words;
    `address`: its place in the library, "" where it has none."""

    key: str
    document: Text
    text: Text
    address: str


def holds_in(key: str, region: str, chart_id: str) -> bool:
    """Whether a clause that the chart cites is a basis in a region; "": in one that is not known."""
    document = _document(key, chart_id)
    return document is None or document.holds_in(region)


def basis_in(key: str, region: str, chart_id: str) -> Text:
    """A clause where it holds; elsewhere what sets the same figure."""
    return Text(key, key) if holds_in(key, region, chart_id) else THE_ROUND


def marks(keys: Iterable[str], chart_id: str) -> list[Mark]:
    return [_mark(key, chart_id) for key in keys]


# Caches never go stale: the library changes only with the programme.
@functools.lru_cache(maxsize=4096)
def _mark(key: str, chart_id: str) -> Mark:
    chart, document = _chart(chart_id), _document(key, chart_id)
    if chart is None:
        return Mark(key, _NOTHING, _NOTHING, "")
    for policy in chart.policies.values():
        if key in policy.clauses:
            place = f"policies/{policy.id}"
            return Mark(key, document.title if document else policy.title, policy.clauses[key].text,
                        f"{reverse('library:page', args=[place])}#c-{anchor(key)}")
    if key in chart.clauses:
        return Mark(key, document.title if document else chart.title, chart.clauses[key].text,
                    reverse("library:page", args=[f"charts/{chart_id}"]))
    return Mark(key, document.title if document else _NOTHING, _NOTHING, "")


@functools.lru_cache(maxsize=4096)
def _document(key: str, chart_id: str) -> CitedDocument | None:
    chart = _chart(chart_id)
    return document_of(key, chart.documents) if chart else None


def _chart(chart_id: str) -> Chart | None:
    library = installed_charts()
    return library.chart(chart_id) if chart_id in library.ids() else None
