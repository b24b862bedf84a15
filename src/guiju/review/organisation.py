"""Organisations, told apart by their 统一社会信用代码 (GB 32100-2015)."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.facts.organisations import SIGNS, check_sign, plain_code
from guiju.source.diagnostics import Text

_LENGTH = 18


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation. `code`: its 统一社会信用代码 as written, "" if it is not known or it has none."""

    code: str
    name: str = ""

    @property
    def key(self) -> str:
        """The code in its one form. Equal keys are one organisation; "" is none."""
        return plain_code(self.code)

    @property
    def label(self) -> str:
        return self.name or self.code or "（未填单位）"

    @property
    def fault(self) -> Text | None:
        """Why codes can't be compared, or None: it is missing, or not one that GB 32100 can have produced."""
        if not self.key:
            return Text("没有统一社会信用代码", "no unified social credit code")
        if not valid(self.key):
            return Text(f"统一社会信用代码 {self.code} 的位数、字符或校验位不对",
                        f"the unified social credit code {self.code} has a wrong length, sign or check sign")
        return None


def valid(key: str) -> bool:
    """Whether 18 signs are a code: GB 32100-2015 5.2."""
    if len(key) != _LENGTH or any(sign not in SIGNS for sign in key):
        return False
    return key[-1] == check_sign(key[:-1])
