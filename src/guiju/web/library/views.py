"""The pages of the book, as `guiju book` writes them, in the site's frame."""

from __future__ import annotations

import functools

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from guiju.book.contents import Book
from guiju.book.page import Page
from guiju.lifecycle.library import installed_charts
from guiju.registers.library import installed_registers
from guiju.web.kit.doors import public


@public
def overview(request: HttpRequest) -> HttpResponse:
    """All policies and charts."""
    return _shown(request, "index")


@public
def show(request: HttpRequest, address: str) -> HttpResponse:
    """One page of the book."""
    return _shown(request, address)


def _shown(request: HttpRequest, address: str) -> HttpResponse:
    try:
        page = _page(address)
    except KeyError:
        raise Http404 from None
    return render(request, "library/page.html", {"page": page, "first": address == "index"})


@functools.cache
def _book() -> Book:
    """The installed library; its cases are run by `guiju test`, not while somebody waits."""
    return Book(installed_charts(), run=False, registers=installed_registers())


@functools.lru_cache(maxsize=256)
def _page(address: str) -> Page:
    """The library changes only with the programme, so a page is made once. Raises KeyError where there is none."""
    return _book().page(address, _link)


def _link(target: str) -> str:
    address, mark, place = target.partition("#")
    if not address:
        return mark + place
    way = reverse("library:overview") if address == "index" else reverse("library:page", args=[address])
    return way + mark + place
