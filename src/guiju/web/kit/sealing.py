"""Keeps small secrets (a second factor's key) unreadable in the database; the signing key opens them."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(secret: bytes, purpose: str) -> str:
    return _fernet(purpose).encrypt(secret).decode()


def unseal(sealed: str, purpose: str) -> bytes:
    """Raises cryptography.fernet.InvalidToken for what was sealed by another key or for another purpose."""
    return _fernet(purpose).decrypt(sealed.encode())


def _fernet(purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(_key(key, purpose)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret: str, purpose: str) -> bytes:
    derived = HKDF(SHA256(), 32, salt=None, info=f"guiju/{purpose}".encode()).derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
