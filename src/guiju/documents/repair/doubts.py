"""Places that no rule may mend by itself: they are listed for a person, and the text stays as it is."""

from __future__ import annotations

import re

from guiju.documents.lines import Doubt
from guiju.documents.repair.traditional import available, foreign

_LOST = re.compile("[\ufffd\u25a1\u25a0\ue000-\uf8ff]+")
_TWICE = re.compile(r"([\u4e00-\u9fff，]{4,20})\1")
_AGAIN = re.compile(r"(?<!\d)(\d{1,6}万元(?:、\d{1,6}万元){1,6})[^\d]{1,12}\1")
_UNIT = re.compile(r"\d万(?=[、，,；;。的以及和])")
_MIXED = re.compile(r"\d[oOlI]\d")
_KINDS = (("lost_character", _LOST), ("said_twice", _TWICE), ("said_twice", _AGAIN), ("unit_missing", _UNIT),
          ("letter_in_number", _MIXED))
AROUND = 8


def doubts_of(text: str, line: int) -> list[Doubt]:
    """What is damaged or doubtful in a repaired line."""
    found = [Doubt(line, kind, _around(text, m.start(), m.end()))
             for kind, pattern in _KINDS for m in pattern.finditer(text)]
    if not available() and len(foreign(text)) > 1:
        found.append(Doubt(line, "traditional_left", _around(text, 0, 12)))
    return found


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - AROUND):end + AROUND]
