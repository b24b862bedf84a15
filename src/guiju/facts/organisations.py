"""The codes of organisations: 统一社会信用代码 (GB 32100-2015), and the older 组织机构代码 (GB 11714-1997)."""

from __future__ import annotations

from guiju.facts.numbers import normal

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100 leaves out I, O, S, V, Z
OLD_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OLD_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def plain_code(text: str) -> str:
    """The code in its one form: capitals, half-width, no blanks or hyphens. Equal ones are one organisation's."""
    return "".join(normal(text).upper().replace("-", "").split())


def check_sign(body: str) -> str:
    """The 18th sign that goes with the first seventeen: (31 − Σ sign × 3^i mod 31) mod 31, GB 32100-2015 5.2."""
    total = sum(SIGNS.index(sign) * pow(3, place, 31) for place, sign in enumerate(body))
    return SIGNS[-total % 31]


def old_check_sign(body: str) -> str:
    """The ninth sign of an older code that goes with the first eight, GB 11714-1997."""
    rest = 11 - sum(OLD_SIGNS.index(sign) * w for sign, w in zip(body, _OLD_WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else "0" if rest == 11 else str(rest)
