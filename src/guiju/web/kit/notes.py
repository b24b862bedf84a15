"""A word at the top of the next page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

from guiju.source.diagnostics import Text
from guiju.web.kit.text import say


def done(request: HttpRequest, zh: str, en: str) -> None:
    messages.success(request, say(Text(zh, en)))


def failed(request: HttpRequest, text: Text) -> None:
    messages.error(request, say(text))
