"""Who calls: a token in the header `Authorization: Bearer …`, and what it may be used for.

Cookies count for nothing here, so that no other site can act through a browser that is signed in.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.api.domain import find
from guiju.web.api.models import SCOPES, ApiToken
from guiju.web.kit.permissions import Denied


class Scope(HttpBearer):
    """A token with this scope; none: any token."""

    openapi_name = "token"

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        found = find(token)
        if found is None:
            return None
        needs(found, self.scope)
        request.user = found.user
        return found


def needs(token: ApiToken, scope: str) -> None:
    """Raises Denied where the token may not be used so."""
    if scope and scope not in token.scopes:
        raise Denied(Text(f"令牌没有“{scope}”这项用途（{SCOPES[scope]}）；请另发一个",
                          f"the token lacks the scope {scope}: issue another one"))


def caller(request: HttpRequest) -> User:
    """The person for whom the program acts."""
    token: Any = request.auth  # type: ignore[attr-defined]  # put there by ninja
    user: User = token.user
    return user
