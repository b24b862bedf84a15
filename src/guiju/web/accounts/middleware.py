"""Notes now and then that a session is in use, so that its owner can tell it from others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from guiju.web.accounts.sessions import MARK
from guiju.web.kit.clock import now

Next = Callable[[HttpRequest], HttpResponse]
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
