"""My cases, my deadlines, and the programmes there are."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.web.cases.programmes import programmes
from guiju.web.cases.queries import my_cases
from guiju.web.kit.clock import today
from guiju.web.kit.doors import door, public

_READ = ("GET", "HEAD")


@door("case.list", methods=_READ)
def mine(request: HttpRequest) -> HttpResponse:
    words, waiting = request.GET.get("q", "").strip()[:60], request.GET.get("waiting") == "1"
    page = Paginator(my_cases(request.user, words=words, waiting=waiting), 25).get_page(request.GET.get("page"))
    template = "cases/rows.html" if getattr(request, "htmx", False) else "cases/mine.html"
    return render(request, template, {"page": page, "words": words, "waiting": waiting, "today": today()})


@public
def all_programmes(request: HttpRequest) -> HttpResponse:
    return render(request, "cases/programmes.html", {"programmes": programmes()})
