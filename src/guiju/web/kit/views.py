"""The public home page, and a sign of life."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.web.kit.doors import public


@public
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "kit/home.html")


@public
def health(request: HttpRequest) -> HttpResponse:
    """For a watchdog: the site answers, and so does its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
