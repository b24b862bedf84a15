"""My cases, my deadlines, and the programmes there are."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.web.cases.programmes import programmes
from guiju.web.cases.queries import due_by, my_cases, seen_by
from guiju.web.kit.clock import today
from guiju.web.kit.doors import door, public

_READ = ("GET", "HEAD")
_AHEAD = dt.timedelta(days=90)


@door("case.list", methods=_READ)
def mine(request: HttpRequest) -> HttpResponse:
    words, waiting = request.GET.get("q", "").strip()[:60], request.GET.get("waiting") == "1"
    page = Paginator(my_cases(request.user, words=words, waiting=waiting), 25).get_page(request.GET.get("page"))
    template = "cases/rows.html" if getattr(request, "htmx", False) else "cases/mine.html"
    return render(request, template, {"page": page, "words": words, "waiting": waiting, "today": today()})


@door("case.list", methods=_READ)
def deadlines(request: HttpRequest) -> HttpResponse:
    items = due_by(today() + _AHEAD).filter(case__in=seen_by(request.user))
    page = Paginator(items, 50).get_page(request.GET.get("page"))
    return render(request, "cases/deadlines.html", {"page": page, "today": today()})


@public
def all_programmes(request: HttpRequest) -> HttpResponse:
    return render(request, "cases/programmes.html", {"programmes": programmes()})
