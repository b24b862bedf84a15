"""What our .docx says besides answers, so that reading can tell the two apart."""

from __future__ import annotations

import re
import unicodedata

from guiju.forms.layout import Block, Card, Grid, Headline
from guiju.forms.model import NO, YES

ELSEWHERE = "（另附）"
SEAL, SIGNATURE, DAY = "单位（公章）", "负责人（签字）：", "年　　月　　日"
NUMBER = "序号"
_LIMIT = re.compile(r"\(\d+字以内\)")
_DROPPED = re.compile(r"[\s:*_＿]+")


def key(text: str) -> str:
    """A label as it is compared: no blanks, colons or limits; full-width and half-width alike."""
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", text)).lower()
    return _LIMIT.sub("", plain)


def notes_of(block: Block) -> list[str]:
    """The guidance that a blank form gives at a block."""
    if isinstance(block, Headline):
        return [block.note] if block.note else []
    fields = block.table.columns if isinstance(block, Grid) else ()
    if isinstance(block, Card):
        fields = tuple(f for line in block.lines for f in line)
    found = [block.table.help.zh] if isinstance(block, Grid) and block.table.help.zh else []
    found += [f"{f.label.zh}可填：{'、'.join(f.choices)}" for f in fields if f.choices]
    whether = [f.label.zh for f in fields if f.kind == "yesno"]
    return [*found, f"填{YES}或{NO}：{'、'.join(whether)}"] if whether else found
