"""Single sign-on: the authorisation code flow of OpenID Connect, with PKCE, by a library; here is whom it means.

A person is known by issuer and subject. The first time, by an address that both sides have confirmed; else a new
account is made. Someone who is signed in links his own.
"""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from guiju.web.accounts.models import ExternalIdentity, User
from guiju.web.kit.clock import now
from guiju.web.kit.ids import public_id
from guiju.web.kit.permissions import Refused

log = logging.getLogger(__name__)
# Signed by a key that only the issuer has; never `none`, never the shared secret.
_SIGNED = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_SECONDS = 10


def is_on() -> bool:
    return bool(settings.OIDC["issuer"])


def begin(request: HttpRequest, back: str) -> HttpResponseBase:
    """Off to the issuer. Raises Refused where it can't be reached."""
    try:
        answer: HttpResponseBase = _client().authorize_redirect(request, back)
    except Exception as error:
        raise _failed(error) from error
    return answer


def finish(request: HttpRequest) -> dict[str, Any]:
    """What the issuer says of the person, checked: state, nonce, signature, issuer, audience, times. Raises Refused."""
    try:
        token = _client().authorize_access_token(request)
        claims = dict(token["userinfo"])
        if claims["iss"] != settings.OIDC["issuer"] or not claims["sub"]:
            raise ValueError("the claims name another issuer, or nobody")
    except Exception as error:
        raise _failed(error) from error
    return claims


@transaction.atomic
def person_of(claims: dict[str, Any], present: User | None = None) -> User:
    """Whom the claims mean; `present`: who is signed in, and links the identity to himself. Raises Refused."""
    issuer, subject = str(claims["iss"])[:200], str(claims["sub"])[:200]
    known = ExternalIdentity.objects.select_related("user").filter(issuer=issuer, subject=subject).first()
    if known is not None:
        if present is not None and known.user_id != present.pk:
            raise Refused("这个统一认证账号已经绑定了别的账号", "that identity belongs to another account")
        if not known.user.is_active:
            raise Refused("账号已停用", "the account is closed")
        return known.user
    user = present or _by_address(claims) or _new(claims)
    ExternalIdentity.objects.create(user=user, issuer=issuer, subject=subject)
    return user


def _by_address(claims: dict[str, Any]) -> User | None:
    """The one account whose address both sides have confirmed. An unconfirmed one could be anyone's."""
    email = str(claims.get("email") or "")
    if not email or claims.get("email_verified") is not True:
        return None
    found = list(User.objects.filter(email__iexact=email, confirmed__isnull=False, is_active=True)[:2])
    return found[0] if len(found) == 1 else None


def _new(claims: dict[str, Any]) -> User:
    email = str(claims.get("email") or "") if claims.get("email_verified") is True else ""
    wanted = re.sub(r"[^a-z0-9._@-]", "", str(claims.get("preferred_username") or "").lower())[:60]
    taken = len(wanted) < 3 or not wanted[0].isalnum() or User.objects.filter(login=wanted).exists()
    login = f"sso-{public_id().lower()}" if taken else wanted
    name = str(claims.get("name") or claims.get("preferred_username") or login).strip()[:60] or login
    made = User(login=login, name=name, email=email[:254], confirmed=now() if email else None, joined=now())
    made.set_unusable_password()
    made.save(force_insert=True)
    return made


def _failed(error: Exception) -> Refused:
    """The person reads that it failed; the log has why."""
    log.warning("single sign-on: %s: %s", type(error).__name__, error)
    return Refused("统一认证没有成功，请再试一次；一直不行请用密码登录",
                   "single sign-on failed: try again, or use your password")


def _client() -> Any:
    known = settings.OIDC
    return _registered(known["issuer"], known["client_id"], known["client_secret"])


@lru_cache(maxsize=4)
def _registered(issuer: str, client_id: str, client_secret: str) -> Any:
    """The library's client. Raises ImportError without the extra `oidc`."""
    from authlib.integrations.django_client import OAuth  # type: ignore[import-untyped]  # has no types

    client = OAuth().register(
        "site", client_id=client_id, client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "default_timeout": _SECONDS})
    known = client.load_server_metadata()
    if known.get("issuer") != issuer:
        raise ValueError("the issuer calls itself something else")
    offered = known.get("id_token_signing_alg_values_supported") or ["RS256"]
    known["id_token_signing_alg_values_supported"] = [a for a in offered if a in _SIGNED]
    return client
