"""How lines begin: the marks of the clause tree, headings, dates, contents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiju.facts.numerals import chinese_number

NUMERAL = "[一二三四五六七八九十百零〇两]+"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# Kind, rank (smaller stands higher), how it begins.
MARKS: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("附件", 0, re.compile(r"(?:附件|附录)\s*(\d{1,2}|" + NUMERAL + r")?\s*(?:[:：.、]|$|\s|(?=\S{2,30}$))")),
    ("编", 1, re.compile(rf"第({NUMERAL}|\d+)编(?=\s|$|\S{{1,20}}$)")),
    ("章", 2, re.compile(rf"第({NUMERAL}|\d+)章(?=\s|$|\S{{1,20}}$)")),
    ("节", 3, re.compile(rf"第({NUMERAL}|\d+)节(?=\s|$|\S{{1,20}}$)")),
    ("条", 4, re.compile(rf"第({NUMERAL}|\d+)条(?!第|规定|款|的|、|至|或者|及)")),
    ("一", 5, re.compile(rf"({NUMERAL})[、．.](?!\d)")),
    ("（一）", 6, re.compile(rf"[（(]({NUMERAL})[）)]")),
    ("1.", 7, re.compile(r"(\d{1,3})\s*[.．、](?!\d)")),
    ("（1）", 8, re.compile(r"[（(](\d{1,2})[）)]")),
    ("①", 9, re.compile(f"([{_CIRCLED}])")),
)
DATED = re.compile(r"[（(]?(发布|印发|公布|成文|召开|通过)(?:时间|日期)\s*[:：]\s*(.{2,20}?)\s*[）)]?$")
DAY = re.compile(r"(\d{4})\s*[年.\-/]\s*(\d{1,2})\s*[月.\-/]\s*(\d{1,2})\s*[日号]?")
HEADING = re.compile(r"(\d{1,3})\s*[.．、]\s*(\S.*)")
PART = re.compile(rf"({NUMERAL})、\s*(\S.{{1,40}})")
CONTENTS = re.compile(r"目\s*[录次]|contents", re.I)
ENTRY = re.compile(r"(\S.*?)[\s.…·]*(?:\t|\.{3,}|…+|\s{3,})\s*(\d{1,4})")
TITLE_END = re.compile(r"(?:办法|规定|条例|意见|方案|通知|细则|措施|的函|纲要|要点|规划|公告|制度|决定|指南|计划)"
                       r"(?:[（(].{1,20}[）)])?》?(?:的(?:通知|公告|函|决定))?$")
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}\s*[〔\[(（【]\s*(?:19|20)\d\d\s*[〕\])）】]\s*\d{1,4}\s*号")
ORDER = re.compile(r"(?:令\s*)?第\s*\d{1,4}\s*号")
ENDS = tuple("。；：！？;:!?”》）)】」…")
OPENING = re.compile(r"第[一1](?:章|条)(?!第|规定)|第一编")
TABLE_HEAD = re.compile(r"(?:专栏|表)\s*(\d{1,3}|" + NUMERAL + r")(?=[\s:：]|$|\S{2,30}$)")


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark at the beginning of a paragraph. `length` is how much of the text it takes."""

    kind: str
    rank: int
    label: str
    length: int


def mark_of(text: str) -> Mark | None:
    """The mark with which a paragraph begins; None for plain text."""
    for kind, rank, pattern in MARKS:
        found = pattern.match(text)
        if found and not (kind == "附件" and len(text) > 60):
            return Mark(kind, rank, _label(kind, found[1] or ""), found.end())
    found = TABLE_HEAD.match(text)
    if found and len(text) <= 50:
        return Mark("专栏", 7, found[1], found.end())
    return None


def _label(kind: str, word: str) -> str:
    if kind in ("条", "章", "节", "编", "附件"):
        return str(number_of(word) or "")
    return f"({word})" if kind in ("（一）", "（1）") else word


def number_of(word: str) -> int | None:
    """The whole number that a numeral means, in either script."""
    if word.isdigit():
        return int(word)
    if word in _CIRCLED and len(word) == 1:
        return _CIRCLED.index(word) + 1
    value = chinese_number(word)
    return None if value is None or value.denominator != 1 else value.numerator


def is_open(text: str) -> bool:
    """Whether a paragraph stops in the middle of a sentence, as at the foot of a page."""
    return bool(text) and not text.endswith(ENDS)
