"""The unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, of which the last is a check.

Inside it stands the organisation code (GB 11714-1997), places 9 to 17, with a check character of its own.
"""

from __future__ import annotations

from guiju.facts.organisations import SIGNS, check_sign, old_check_sign
from guiju.source.diagnostics import Text

LENGTH = 18


def fault(code: str) -> Text | None:
    """What is wrong with a code in its one form (`plain_code`); None if nothing is."""
    if len(code) != LENGTH:
        return Text(f"统一社会信用代码是 18 位，这里是 {len(code)} 位",
                    f"a credit code has 18 characters, not {len(code)}")
    foreign = sorted({c for c in code if c not in SIGNS})
    if foreign:
        return Text(f"统一社会信用代码里没有“{'、'.join(foreign)}”（不用 I、O、S、V、Z）",
                    f"a credit code has no {', '.join(foreign)} (nor I, O, S, V, Z)")
    if code[2:8].strip("0123456789"):
        return Text("第 3 至 8 位是行政区划代码，应为数字", "places 3 to 8 are the region's digits")
    if check_sign(code[:17]) != code[17]:
        return Text("统一社会信用代码的校验位不对，请逐位核对", "the check character does not fit: compare each place")
    return None


def made_up(number: int, region: str = "110000", kind: str = "91") -> str:
    """A code that is right in form and belongs to nobody in particular: for demonstrations and tests."""
    inner = f"{number:08d}"
    first = f"{kind}{region}{inner}{old_check_sign(inner)}"
    return first + check_sign(first)
