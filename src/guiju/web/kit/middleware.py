"""What happens around every view: headers, size limit, language, and denials in words."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation

from guiju.web.kit.errors import bad_request, cant_be_kept, denied, not_taken, too_large
from guiju.web.kit.lengths import TooLong
from guiju.web.kit.once import one_request
from guiju.web.kit.permissions import Denied
from guiju.web.kit.text import CODES

Next = Callable[[HttpRequest], HttpResponse]
COOKIE = "language"
_TURNS = re.compile(b"\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]")  # U+202A to U+202E, U+2066 to U+2069
_POLICY = ("camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
           "publickey-credentials-get=(self), publickey-credentials-create=(self)")


def headers(following: Next) -> Next:
    """Nothing of a person's pages is kept by caches; nothing of ours runs in others' pages."""
    def middleware(request: HttpRequest) -> HttpResponse:
        response = following(request)
        response.headers.setdefault("Permissions-Policy", _POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def size_limit(following: Next) -> Next:
    """Refuse what is too large before a byte of it is read."""
    def middleware(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        is_number = length.isascii() and length.isdigit() and len(length) < 16
        if not is_number or int(length) > settings.REQUEST_LIMIT:
            request.user = None  # type: ignore[assignment]  # the page asks who reads it
            with translation.override(_code(request)):
                return too_large(request, settings.UPLOAD_LIMIT >> 20)
        return following(request)

    return middleware


def asked_once(following: Next) -> Next:
    """While a request is answered, what `kit.once` keeps is kept."""
    def middleware(request: HttpRequest) -> HttpResponse:
        with one_request():
            return following(request)

    return middleware


def one_direction(following: Next) -> Next:
    """What people typed can't show the rest of a page's line in another order: marks that turn it are left out."""
    def middleware(request: HttpRequest) -> HttpResponse:
        response = following(request)
        if not response.streaming and response.get("Content-Type", "").startswith(("text/html", "text/calendar")):
            response.content = _TURNS.sub(b"", response.content)
        return response

    return middleware


def language(following: Next) -> Next:
    """The language last chosen in this browser; else the person's own; else Chinese."""
    def middleware(request: HttpRequest) -> HttpResponse:
        with translation.override(_code(request)):
            response = following(request)
            response.headers.setdefault("Content-Language", "zh-Hans" if _code(request) == "zh-hans" else "en")
            return response

    return middleware


def _code(request: HttpRequest) -> str:
    own = getattr(getattr(request, "user", None), "language", "")
    chosen = request.COOKIES.get(COOKIE, "") or own
    return CODES["en" if chosen == "en" else "zh"]


class denials:  # listed among functions
    """Turns Denied into a page that gives the reason, and text that can't be kept into one that says so."""

    def __init__(self, following: Next) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.following(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if cant_be_kept(exception):
            return bad_request(request, exception)
        if isinstance(exception, TooLong):
            return not_taken(request, exception.text)
        return denied(request, exception.why) if isinstance(exception, Denied) else None
