"""A queue by stage: one stage at a time, so many at a time, and how many there are in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from guiju.source.diagnostics import Text
from guiju.web.applications.models import Application
from guiju.web.intake.page import Row, row_of
from guiju.web.intake.queries import found_by

ON_A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    label: Text
    count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The stage that is looked at, its page, and the words that are looked for."""

    group: str
    label: Text
    page: Page[Application]
    rows: list[Row]
    words: str


def tabbed(request: HttpRequest, queue: QuerySet[Application], groups: Sequence[tuple[str, Text]],
           group_of: Callable[[Application], str]) -> tuple[list[Tab], Shown]:
    """The stage that the address names; else the first in which there is something."""
    words = request.GET.get("q", "").strip()[:60]
    found = list(found_by(words, queue))
    counts = Counter(map(group_of, found))
    tabs = [Tab(key, label, counts[key]) for key, label in groups]
    named = request.GET.get("stage", "")
    group = next((x for x in tabs if x.key == named), None) or next((x for x in tabs if x.count), tabs[0])
    page = Paginator([a for a in found if group_of(a) == group.key], ON_A_PAGE).get_page(request.GET.get("page"))
    return tabs, Shown(group.key, group.label, page, [row_of(a) for a in page], words)
