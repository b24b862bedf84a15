"""Notes now and then that a session is in use, so that its owner can tell it from others; and asks for a second factor
where one is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from guiju.web.accounts.domain.obligation import lacks_factor
from guiju.web.accounts.models import User
from guiju.web.accounts.sessions import MARK
from guiju.web.kit.clock import now

Next = Callable[[HttpRequest], HttpResponse]
_FREE = "_needs_no_factor_until"
_EVERY = dt.timedelta(minutes=10)


def presence(following: Next) -> Next:
    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            mark = request.session.get(MARK, {})
            seen = dt.datetime.fromisoformat(mark["seen"]) if "seen" in mark else None
            if seen is None or now() - seen > _EVERY:
                request.session[MARK] = {**mark, "seen": now().isoformat()}
        return following(request)

    return middleware


class factor_needed:  # listed among functions
    """Who must have a second factor and has none sees only how to set it up, and what is public.

    Asked again every ten minutes for what one looks at, and each time for what one does: a role may have been given
    meanwhile.
    """

    def __init__(self, following: Next) -> None:
        self.following = following

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.following(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], arguments: Any, address: Any
                     ) -> HttpResponse | None:
        permission = getattr(view, "permission", "")
        user = request.user
        if settings.SECOND_FACTOR == "off" or permission in ("public", "account.own") or not isinstance(user, User):
            return None
        until = request.session.get(_FREE, "")
        if request.method in ("GET", "HEAD") and until and dt.datetime.fromisoformat(until) > now():
            return None
        if lacks_factor(user):
            return redirect("accounts:second-needed")
        if not until or dt.datetime.fromisoformat(until) <= now():
            request.session[_FREE] = (now() + _EVERY).isoformat()
        return None
