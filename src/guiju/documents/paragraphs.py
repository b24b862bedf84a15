"""Lines become paragraphs: page numbers and running heads go (on record), lines that a page split are joined."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator

from guiju.documents.lines import Doubt, Paragraph, Piece, RawLine, Repair
from guiju.documents.marks import DATED, TITLE_END, is_open, mark_of
from guiju.documents.repair import doubts_of, repaired

_PAGE = re.compile(r"[-—–]\s*\d{1,4}\s*[-—–]|"
                   r"第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}")
_APART = re.compile(r"[—《|<\[*#]|[a-z]+:\s")
_BARE = re.compile(r"\d{1,4}")
LONGEST = 20_000  # characters of a paragraph
LEAST = 24  # a shorter line is a heading or a signature, not half a sentence
HEADS = 64
UNFINISHED = 60


def paragraphs(lines: Iterable[RawLine]) -> Iterator[Paragraph]:
    """Every line in exactly one paragraph. What was taken out stands in a paragraph's repairs."""
    heads: deque[str] = deque(maxlen=HEADS)
    gone: list[Repair] = []
    lost: list[Doubt] = []
    open_: Paragraph | None = None
    after_page = page = 0
    for raw in lines:
        text, repairs = repaired(raw.text, raw.number)
        lost += [Doubt(raw.number, kind, words) for kind, words in raw.doubts]
        turned, page = raw.page != page, raw.page
        after_page = 2 if turned or "\f" in raw.text else after_page
        if not text:
            gone += repairs
            continue
        rule = _furniture(text, open_, heads, after_page)
        after_page = 2 if rule == "page_number" else max(0, after_page - 1)
        if rule:
            gone += [*repairs, Repair(raw.number, 0, text, "", rule)]
            continue
        made = Paragraph([Piece(raw.number, text)], [*gone, *repairs], [*lost, *doubts_of(text, raw.number)], raw.page,
                         "\t" in text)
        gone, lost = [], []
        if open_ is not None and _continues(open_, made):
            _join(open_, made)
        else:
            if open_ is not None:
                yield _closed(open_)
            open_ = made
    if open_ is not None:
        open_.repairs += gone
        open_.doubts += lost
        yield _closed(open_)
    elif gone or lost:
        yield Paragraph([Piece(gone[0].line if gone else lost[0].line, "")], gone, lost)


def _closed(paragraph: Paragraph) -> Paragraph:
    """A long paragraph that stops in the middle of a sentence, and has no second half, is a doubt."""
    text = paragraph.text if not paragraph.table else ""
    halves = len(text) >= UNFINISHED and is_open(text) and not TITLE_END.search(text)
    if halves or (len(text) >= LEAST and text.endswith(("，", "、"))):
        paragraph.doubts.append(Doubt(paragraph.last, "unfinished", text[-16:]))
    return paragraph


def _furniture(text: str, before: Paragraph | None, heads: deque[str], after_page: int) -> str:
    """`page_number` or `running_head` for a line that belongs to the page, not to the text."""
    if _PAGE.fullmatch(text) or (_BARE.fullmatch(text) and before is not None and not before.table
                                 and is_open(before.text) and len(before.text) >= LEAST):
        return "page_number"
    if after_page and len(text) <= 40 and "\t" not in text:
        if text in heads:
            return "running_head"
        heads.append(text)
    return ""


def _continues(before: Paragraph, after: Paragraph) -> bool:
    """Whether two neighbours are one: rows of a table, or a sentence that a page has split."""
    text = before.text if not before.table else ""
    if before.table and after.table:
        return sum(len(p.text) for p in before.pieces[-50:]) < LONGEST and len(before.pieces) < 200
    if before.table or after.table or len(text) > LONGEST:
        return False
    following = after.pieces[0].text
    if not is_open(text) or mark_of(following) or DATED.match(following) or _APART.match(following):
        return False
    if TITLE_END.search(text) and len(text) < 80:
        return False
    if text.endswith(("，", "、", ",")):
        return True
    return len(before.pieces[-1].text) >= LEAST and (not is_open(following) or len(following) >= LEAST)


def _join(before: Paragraph, after: Paragraph) -> None:
    if not before.table:
        end = before.pieces[-1]
        before.repairs.append(Repair(end.line, len(end.text), "\n", "", "joined_line"))
    before.pieces += after.pieces
    before.repairs += after.repairs
    before.doubts += after.doubts
