"""The pages of the book, as `guiju book` writes them, in the site's frame; the first page with its filters; search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from guiju.book.listing import Chosen, Facet, facets_of
from guiju.book.overview import policies_of
from guiju.cli.voice import Voice
from guiju.search.entries import KINDS, RULE
from guiju.source.diagnostics import CONTROL, Text
from guiju.web.kit.clock import today
from guiju.web.kit.doors import public
from guiju.web.kit.text import current, say
from guiju.web.kit.ticks import enqueue_once
from guiju.web.library import pages
from guiju.web.library.searching import LENGTHS, Answer, answer_of
from guiju.web.library.tasks import bring_index_up_to_date

_FACETS = ("region", "kind", "audience")
_FILTERS = ("kind", "region", "year", "on")


@public
def overview(request: HttpRequest) -> HttpResponse:
    """All policies and charts, or the policies that were asked for."""
    chosen, typed, wrong = _chosen(request)
    facets = [_options(f, typed) for f in facets_of(pages.listing().entries) if f.id in _FACETS]
    shown: dict[str, Any] = {"facets": facets, "on": typed["on"], "wrong": wrong, "today": today(),
                             "any": chosen != Chosen(), "page": pages.page("index"), "first": True}
    if chosen != Chosen():
        found = [e for e in pages.listing().entries if chosen.fits(e)]
        shown["found"] = policies_of(found, pages.link, Voice(current()))
    return render(request, "library/overview.html", shown)


def _chosen(request: HttpRequest) -> tuple[Chosen, dict[str, str], Text | None]:
    """What was asked, as typed, and what is wrong with it."""
    typed = _typed(request, (*_FACETS, "on"), 60)
    day, wrong = None, None
    if typed["on"]:
        try:
            day = forms.DateField(input_formats=["%Y-%m-%d"]).clean(typed["on"])
        except forms.ValidationError:
            wrong = Text("日期写作 2022-06-01，没有按日期筛选", "write a day as 2022-06-01: it was not asked for")
    return Chosen(typed["region"], typed["kind"], typed["audience"], day), typed, wrong


def _typed(request: HttpRequest, names: Sequence[str], most: int) -> dict[str, str]:
    """What stands in the address, no longer than that, without the control characters that no page may show."""
    return {name: CONTROL.sub(" ", request.GET.get(name, "")[:most]) for name in names}


def _options(facet: Facet, typed: dict[str, str]) -> dict[str, Any]:
    """A facet as a field of the form."""
    return {"id": facet.id, "name": facet.name,
            "options": [(value, name, n, value == typed[facet.id]) for value, name, n in facet.values]}


@public
def show(request: HttpRequest, address: str) -> HttpResponse:
    """One page of the book."""
    try:
        page = pages.page(address)
    except KeyError:
        raise Http404 from None
    return render(request, "library/page.html", {"page": page, "first": address == "index"})


@public
def search(request: HttpRequest) -> HttpResponse:
    """Rules and clauses with the words that were typed."""
    asked = _typed(request, ("q", "n", *_FILTERS), 400)
    answer = answer_of(asked) if asked["q"].strip() else Answer()
    if answer.waiting:
        enqueue_once(bring_index_up_to_date)
    kinds = [(key, say(name), key == asked["kind"]) for key, name in {**RULE, **KINDS}.items()]
    return render(request, "library/search.html", {
        "answer": answer, "asked": asked, "kinds": kinds, "filtered": any(asked[f] for f in _FILTERS),
        "more": _more(request, answer)})


def _more(request: HttpRequest, answer: Answer) -> str:
    """The address of a longer list, where there may be more."""
    longer = next((n for n in LENGTHS if n > len(answer.hits)), 0)
    if len(answer.hits) not in LENGTHS or not longer:
        return ""
    query = request.GET.copy()
    query["n"] = str(longer)
    return f"{reverse('library:search')}?{query.urlencode()}"
