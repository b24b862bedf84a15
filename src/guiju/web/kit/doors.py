"""The door of each view: what it shows is found among what the person may see, then the permission is asked.

So another's thing and a thing that does not exist give the same answer, 404; an act on a thing that one sees but may
not do gives 403 with the reason. A view without a door is shut: `LoginRequiredMiddleware` and a test see to that.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_http_methods

from guiju.web.kit.permissions import check

View = Callable[..., HttpResponseBase]
METHODS = ("GET", "HEAD", "POST")


def door(permission: str, find: Callable[..., Any] | None = None, methods: tuple[str, ...] = METHODS
         ) -> Callable[[View], View]:
    """A view behind a permission. `find(user, **address)` looks the thing up and raises Http404; the view gets it
    after the request."""
    def shut(view: View) -> View:
        @functools.wraps(view)
        def opened(request: HttpRequest, **address: Any) -> HttpResponseBase:
            if find is None:
                check(request.user, permission)
                return view(request, **address)
            thing = find(request.user, **address)
            check(request.user, permission, thing)
            return view(request, thing, **address)

        opened.permission, opened.find = permission, find  # type: ignore[attr-defined]  # tests read them
        return require_http_methods(methods)(opened)

    return shut


def public(view: View) -> View:
    """A view for everyone, signed in or not."""
    view.permission = "public"  # type: ignore[attr-defined]  # tests read it
    return login_not_required(require_http_methods(METHODS)(view))
