"""Secrets that let in whoever has them: links, feeds, tokens of programs. Told once; only their digest is kept."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """A secret that nobody can guess, fit for an address."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Under which a token is kept and found. Whatever was sent as one has a digest: it may be no proper text."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
