"""My notices."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.web.kit.doors import door
from guiju.web.outbox import domain, queries


@door("inbox.view", methods=("GET", "HEAD"))
def inbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(queries.inbox(request.user), 30).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    if queries.unread(request.user):  # else who only looks would wait for those who write
        domain.mark_read(request.user)
    return render(request, "outbox/inbox.html", {"page": page, "letters": shown})
