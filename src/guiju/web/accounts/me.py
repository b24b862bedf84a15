"""Who asks."""

from __future__ import annotations

from django.http import HttpRequest

from guiju.web.accounts.models import User


def me(request: HttpRequest) -> User:
    """The person who is signed in. Only behind a door that asks for it."""
    if not isinstance(request.user, User):
        raise TypeError("nobody is signed in")
    return request.user
