"""One-time passwords by the clock (RFC 6238 over RFC 4226): SHA-1, six digits, thirty seconds, as apps expect them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from urllib.parse import quote

STEP, DIGITS = 30, 6
_SLACK = 1  # steps before and after that are taken, for clocks that go wrong


def new_secret() -> bytes:
    return secrets.token_bytes(20)


def password(secret: bytes, step: int, digits: int = DIGITS) -> str:
    """The password of one step of thirty seconds."""
    digest = hmac.new(secret, step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset:offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**digits:0{digits}d}"


def matching_step(secret: bytes, given: str, seconds: float, after: int = -1) -> int | None:
    """The step whose password was given, near the present; None for a wrong one, or one not later than `after`,
    which was used before."""
    present = int(seconds) // STEP
    for step in range(present - _SLACK, present + _SLACK + 1):
        if step > after and hmac.compare_digest(password(secret, step).encode(), given.encode()):
            return step
    return None


def address(secret: bytes, account: str, issuer: str = "规矩 Guiju") -> str:
    """What a QR code for an authenticator app says."""
    return (f"otpauth://totp/{quote(issuer)}:{quote(account)}?secret={spelled(secret)}&issuer={quote(issuer)}"
            f"&algorithm=SHA1&digits={DIGITS}&period={STEP}")


def spelled(secret: bytes) -> str:
    return base64.b32encode(secret).decode().rstrip("=")
