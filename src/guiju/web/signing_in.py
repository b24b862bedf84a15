"""Settings of sign-in, read strictly: a slip in them must not leave a door open."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_LOCAL = ("localhost", "127.0.0.1", "::1")


def second_factor(word: str) -> str:
    """Who must have a second factor. Raises ImproperlyConfigured for another word."""
    if word not in ("off", "offices", "all"):
        raise ImproperlyConfigured("GUIJU_SECOND_FACTOR: off, offices, all")
    return word


def single_sign_on(issuer: str, client_id: str, client_secret: str) -> dict[str, str]:
    """The issuer and how we are known there. Raises ImproperlyConfigured for half of it, and for plain HTTP."""
    if issuer and not (client_id and client_secret):
        raise ImproperlyConfigured("GUIJU_OIDC_CLIENT_ID, GUIJU_OIDC_CLIENT_SECRET: 与 GUIJU_OIDC_ISSUER 一起填"
                                   "（needed with GUIJU_OIDC_ISSUER）")
    parts = urlsplit(issuer)
    if issuer and parts.scheme != "https" and parts.hostname not in _LOCAL:
        raise ImproperlyConfigured("GUIJU_OIDC_ISSUER: https://…")
    return {"issuer": issuer, "client_id": client_id, "client_secret": client_secret}
