"""The unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, of which the last is a check.

Inside it stands the organisation code (GB 11714-1997), places 9 to 17, with a check character of its own.
"""

from __future__ import annotations

from guiju.source.diagnostics import Text

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_INNER_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LENGTH = 18


def normal(code: str) -> str:
    """As it is kept: capitals, no spaces or hyphens, full-width characters made plain."""
    import unicodedata

    return "".join(unicodedata.normalize("NFKC", code).upper().replace("-", "").split())


def fault(code: str) -> Text | None:
    """What is wrong with a normal code; None if nothing is."""
    if len(code) != LENGTH:
        return Text(f"统一社会信用代码是 18 位，这里是 {len(code)} 位",
                    f"a credit code has 18 characters, not {len(code)}")
    foreign = sorted({c for c in code if c not in ALPHABET})
    if foreign:
        return Text(f"统一社会信用代码里没有“{'、'.join(foreign)}”（不用 I、O、S、V、Z）",
                    f"a credit code has no {', '.join(foreign)} (nor I, O, S, V, Z)")
    if code[2:8].strip("0123456789"):
        return Text("第 3 至 8 位是行政区划代码，应为数字", "places 3 to 8 are the region's digits")
    if check_character(code[:17]) != code[17]:
        return Text("统一社会信用代码的校验位不对，请逐位核对", "the check character does not fit: compare each place")
    return None


def check_character(first: str) -> str:
    """The 18th character that belongs to the first 17."""
    total = sum(ALPHABET.index(c) * w for c, w in zip(first, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def made_up(number: int, region: str = "110000", kind: str = "91") -> str:
    """A code that is right in form and belongs to nobody in particular: for demonstrations and tests."""
    inner = f"{number:08d}"
    check = 11 - sum(int(c) * w for c, w in zip(inner, _INNER_WEIGHTS, strict=True)) % 11
    first = f"{kind}{region}{inner}{'0' if check == 11 else 'X' if check == 10 else check}"
    return first + check_character(first)
