"""Whether a text is the code of an organisation."""

from __future__ import annotations

from guiju.facts.organisations import OLD_SIGNS, SIGNS, check_sign, old_check_sign, plain_code
from guiju.source.diagnostics import Text


def credit_code_fault(text: str) -> Text | None:
    """What is wrong with the code; None if nothing is. Blanks and hyphens may be in it."""
    code = plain_code(text)
    if len(code) not in (18, 9):
        return Text(f"代码是 18 位（统一社会信用代码）或 9 位（组织机构代码），这里是 {len(code)} 位",
                    f"a code has 18 characters (or 9, the older kind), not {len(code)}")
    signs = SIGNS if len(code) == 18 else OLD_SIGNS
    foreign = sorted({c for c in code if c not in signs})
    if foreign:
        return Text(f"代码里不会有“{'、'.join(foreign)}”", f"a code has no {', '.join(foreign)}")
    expected = check_sign(code[:-1]) if len(code) == 18 else old_check_sign(code[:-1])
    if code[-1] != expected:
        return Text("代码的校验位不对，请逐位核对", "the check character does not fit: compare each place")
    return None
