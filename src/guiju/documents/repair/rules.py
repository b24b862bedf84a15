"""The rules, in order. A rule gives (start, end, what shall stand there) for each place, from left to right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from guiju.documents.repair.traditional import simplified

Change = tuple[int, int, str]
Rule = Callable[[str], Iterator[Change]]
HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_TONED = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿɡ"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_STRAY = re.compile("[\ud800-\udfff]")
_MARKUP = re.compile(r"</?(?:p|br|div|span|strong|b|em|i|u|font|a|h[1-6]|ul|ol|li|center)(?:\s[^<>]*)?/?>", re.I)
_DASH = re.compile(r"^- +(?=[（(]\S{1,3}[)）]|附件|\d)")
_BOOKMARK = re.compile(r"\[bookmark:[^\[\]]{0,40}\]")
_FULL = re.compile("[０-９Ａ-Ｚａ-ｚ％＋＝＜＞]+")
_NUMERIC_POINT = re.compile(r"(?<=[\d０-９])[．](?=[\d０-９])")
_PINYIN = re.compile(rf"(?<=[{HAN}])[(（][{_TONED}]{{1,8}}[)）]")
_SPACE = re.compile(r"[^\S\t]+")
_WIDE = re.compile(rf"(?<=[{HAN}])(?:[^\S\t]{{2,}}|[\u3000\u00a0\u2002-\u200a]+)(?=[{HAN}])")
_BLANK = re.compile("[\u3000\u00a0\u2002-\u200a]")
_NUMBER = rf"(?<=[{HAN}，。；：、（《“—])[ ]+(?=\d)|(?<=[\d%]) +(?=[{HAN}，。；：、）》”—%])"
_AROUND_NUMBER = re.compile(_NUMBER)
_SPLIT_NUMBER = re.compile(r"(?<=\d)[ ]+(?=[.,]\d)|(?<=\d[.,]) +(?=\d{3}(?!\d))")
_INNER_PAGE = re.compile(rf"(?<=[{HAN}])\s*[-—–]\s+\d{{1,4}}\s+[-—–]\s*(?=[{HAN}])")
_MARKER_TWICE = re.compile(r"([(（][一二三四五六七八九十]+[)）])\s*(?=\1)")
_MARK_TWICE = re.compile("([，。；：、])(?=\\1)")
_TWICE = re.compile(r"(的)(?=\1)(?!的确|的士)")
_ARTICLE = re.compile("第[一二三四五六七八九十百零]+[编章节条]")
_SWAPPED = re.compile("印《发")


def _removed(pattern: re.Pattern[str], after: str = "") -> Rule:
    def find(text: str) -> Iterator[Change]:
        return ((m.start(), m.end(), after) for m in pattern.finditer(text))
    return find


def _edges(text: str) -> Iterator[Change]:
    """Space at both ends, but no tab. Looked for from each end: a search for the end would try every place of a gap."""
    if not text.strip():
        yield from [(0, len(text), "")] if text else []
        return
    before, behind = _SPACE.match(text), _SPACE.match(text[::-1])
    if before:
        yield 0, before.end(), ""
    if behind:
        yield len(text) - behind.end(), len(text), ""


def _full_width(text: str) -> Iterator[Change]:
    for found in _FULL.finditer(text):
        yield found.start(), found.end(), "".join(chr(ord(c) - 0xFEE0) for c in found[0])


def _wide(text: str) -> Iterator[Change]:
    """Wide gaps between Chinese characters close; behind the mark of an article or chapter one space stays."""
    behind = _ARTICLE.match(text)
    for found in _WIDE.finditer(text):
        yield found.start(), found.end(), " " if behind and found.start() == behind.end() else ""


def _swapped(text: str) -> Iterator[Change]:
    return ((m.start(), m.end(), "印发《") for m in _SWAPPED.finditer(text))


# `stray_byte`: a byte that no encoding explains; it is replaced by U+FFFD, and listed as damage.
RULES: tuple[tuple[str, Rule], ...] = (
    ("stray_byte", _removed(_STRAY, "\ufffd")),
    ("control", _removed(_CONTROL)),
    ("markup", _removed(_MARKUP)),
    ("bookmark", _removed(_BOOKMARK)),
    ("list_dash", _removed(_DASH)),
    ("full_width", _full_width),
    ("full_width_point", _removed(_NUMERIC_POINT, ".")),
    ("pinyin", _removed(_PINYIN)),
    ("page_number_inside", _removed(_INNER_PAGE)),
    ("edge_space", _edges),
    ("space_inside", _wide),
    ("wide_space", _removed(_BLANK, " ")),
    ("space_at_number", _removed(_AROUND_NUMBER)),
    ("split_number", _removed(_SPLIT_NUMBER)),
    ("traditional", simplified),
    ("doubled_marker", _removed(_MARKER_TWICE)),
    ("doubled_mark", _removed(_MARK_TWICE)),
    ("doubled_character", _removed(_TWICE)),
    ("swapped_mark", _swapped),
)
