"""The code of an organisation: 统一社会信用代码 (GB 32100-2015), or the older 组织机构代码 (GB 11714-1997)."""

from __future__ import annotations

from guiju.facts.numbers import normal
from guiju.source.diagnostics import Text

_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_OLD_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OLD_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def plain_code(text: str) -> str:
    """The code in its one form: capitals, half-width, no blanks or hyphens."""
    return "".join(normal(text).upper().replace("-", "").split())


def credit_code_fault(text: str) -> Text | None:
    """What is wrong with the code; None if nothing is. Blanks and hyphens may be in it."""
    code = plain_code(text)
    if len(code) not in (18, 9):
        return Text(f"代码是 18 位（统一社会信用代码）或 9 位（组织机构代码），这里是 {len(code)} 位",
                    f"a code has 18 characters (or 9, the older kind), not {len(code)}")
    signs = _SIGNS if len(code) == 18 else _OLD_SIGNS
    foreign = sorted({c for c in code if c not in signs})
    if foreign:
        return Text(f"代码里不会有“{'、'.join(foreign)}”", f"a code has no {', '.join(foreign)}")
    expected = _check_sign(code[:-1]) if len(code) == 18 else _old_check_sign(code[:-1])
    if code[-1] != expected:
        return Text("代码的校验位不对，请逐位核对", "the check character does not fit: compare each place")
    return None


def _check_sign(body: str) -> str:
    return _SIGNS[-sum(_SIGNS.index(c) * pow(3, i, 31) for i, c in enumerate(body)) % 31]


def _old_check_sign(body: str) -> str:
    rest = 11 - sum(_OLD_SIGNS.index(c) * w for c, w in zip(body, _OLD_WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else "0" if rest == 11 else str(rest)
