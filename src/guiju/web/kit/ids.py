"""Public ids: short, sayable on the telephone, and telling nothing about how many there are."""

from __future__ import annotations

import secrets

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without what looks or sounds alike


def public_id(letters: int = 12) -> str:
    """Groups of four, as `7KQ2-M4XD-9TRB`: 58 bits in twelve letters."""
    word = "".join(secrets.choice(_ALPHABET) for _ in range(letters))
    return "-".join(word[i:i + 4] for i in range(0, letters, 4))
