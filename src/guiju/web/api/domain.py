"""Issuing, finding and revoking tokens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from guiju.web.accounts.models import User
from guiju.web.api.models import SCOPES, ApiToken
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.kit.tokens import digest_of, new_token

PREFIX = "gj_"
LONGEST_DAYS = 366
_MOST = 20
_SELDOM = dt.timedelta(minutes=5)  # how exactly the last use is kept


def issue(user: User, name: str, scopes: Collection[str], days: int) -> str:
    """A new token in plain, to be shown once. Raises Refused."""
    if not scopes or not set(scopes) <= SCOPES.keys():
        raise Refused("至少选一项用途", "choose at least one scope")
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(f"有效期 1 至 {LONGEST_DAYS} 天", f"a token lasts 1 to {LONGEST_DAYS} days")
    at = now()
    if ApiToken.objects.filter(user=user, revoked__isnull=True, expires__gt=at).count() >= _MOST:
        raise Refused(f"每人最多 {_MOST} 个令牌；先停用不再用的", f"at most {_MOST} tokens each: revoke one first")
    plain = PREFIX + new_token()
    ApiToken.objects.create(user=user, name=name, digest=digest_of(plain), start=plain[:8], scopes=sorted(scopes),
                            created=at, expires=at + dt.timedelta(days=days))
    return plain


def find(plain: str) -> ApiToken | None:
    """The token, if it holds still and its person may sign in."""
    at = now()
    token = ApiToken.objects.filter(digest=digest_of(plain), revoked__isnull=True, expires__gt=at, user__is_active=True
                                    ).select_related("user").first()
    if token is not None and (token.used is None or at - token.used > _SELDOM):
        ApiToken.objects.filter(pk=token.pk).update(used=at)
    return token


def revoke_all(user: User) -> int:
    """End every token of the person that holds; how many."""
    return ApiToken.objects.filter(user=user, revoked__isnull=True).update(revoked=now())


def revoke(user: User, number: int) -> bool:
    """End one of the person's tokens; whether there was one."""
    return bool(ApiToken.objects.filter(user=user, pk=number, revoked__isnull=True).update(revoked=now()))
