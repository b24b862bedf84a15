"""The clause tree of one document, clause by clause as the text comes."""

from __future__ import annotations

import hashlib
import itertools
import re
from dataclasses import dataclass, field

from guiju.documents.boundaries import Placed
from guiju.documents.lines import Doubt, Piece
from guiju.documents.marks import Mark, mark_of

_ARTICLE = "第[一二三四五六七八九十百零]+条"
_GLUED = re.compile(rf"(?<=[。；])\s*(?={_ARTICLE}\s+\S)")


@dataclass(frozen=True, slots=True)
class Clause:
    """One node: its place in the tree (`key`, `parent`), its text, and which line gave which part (`breaks`: offset
    in the text, line)."""

    key: str
    parent: str
    kind: str
    label: str
    text: str
    lines: tuple[int, int]
    breaks: tuple[tuple[int, int], ...]
    page: int = 0

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8", "backslashreplace")).hexdigest()

    def line_at(self, offset: int) -> int:
        """The line of the file from which the character at an offset comes."""
        return next((line for start, line in reversed(self.breaks) if start <= offset), self.lines[0])


@dataclass(slots=True)
class Tree:
    """Gives each paragraph its place. Knows the open marks above, and the keys that are taken: what stands below a mark
    is forgotten when that closes, since no later key can begin like it; so a long document takes little memory."""

    open: list[tuple[int, str]] = field(default_factory=list)  # rank, key
    taken: dict[str, int] = field(default_factory=dict)
    below: dict[str, list[str]] = field(default_factory=dict)  # the taken keys below each open one
    last: dict[str, tuple[str, int]] = field(default_factory=dict)  # kind: parent, number
    doubts: list[Doubt] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, item: Placed) -> list[Clause]:
        """The clauses that a paragraph makes: one, or several where articles stand in one line."""
        paragraph = item.paragraph
        if item.office != "text":
            return [self._clause(item.office, item.office, "", "", paragraph.pieces, paragraph.page)]
        if paragraph.table:
            return [self._clause("表", "表", "", self._above(99), paragraph.pieces, paragraph.page, "\n")]
        made = []
        for number, pieces in enumerate(_unglued(paragraph.pieces)):
            if number:
                self.doubts.append(Doubt(pieces[0].line, "glued_articles", pieces[0].text[:12]))
            made.append(self._text(pieces, paragraph.page))
        return made

    def _text(self, pieces: list[Piece], page: int) -> Clause:
        text = "".join(p.text for p in pieces)
        mark = mark_of(text)
        if mark is None:
            return self._clause("款", "款", "", self._above(99), pieces, page)
        while self.open and self.open[-1][0] >= mark.rank:
            self._forget(self.open.pop()[1])
        parent = self._above(mark.rank)
        key = _key(parent, mark)
        self._check(mark, parent, pieces[0])
        clause = self._clause(key, mark.kind, mark.label, parent, pieces, page)
        self.open.append((mark.rank, clause.key))
        return clause

    def _forget(self, key: str) -> None:
        for below in self.below.pop(key, ()):
            self.taken.pop(below, None)

    def _above(self, rank: int) -> str:
        return next((key for r, key in reversed(self.open) if r < rank), "")

    def _check(self, mark: Mark, parent: str, piece: Piece) -> None:
        """Articles count on through the document; a number that leaps or returns is a doubt."""
        if mark.kind not in ("条", "章") or not mark.label.isdigit():
            return
        number, scope = int(mark.label), next((k for r, k in self.open if r == 0), "")
        before = self.last.get(mark.kind)
        if before and before[0] == scope and number != before[1] + 1 and number != 1:
            self.doubts.append(Doubt(piece.line, "number_leaps", f"{before[1]} → {number} ({mark.kind})"))
        self.last[mark.kind] = (scope, number)

    def _clause(self, key: str, kind: str, label: str, parent: str, pieces: list[Piece], page: int,
                between: str = "") -> Clause:
        if kind in ("款", "表"):
            key = f"{parent}/{kind}"
        seen = self.taken[key] = self.taken.get(key, 0) + 1
        # Articles are counted through the document; and 附 with an item 2 is spelled like attachment 2.
        if seen == 1 and parent not in ("", "附") and kind != "条":
            self.below.setdefault(parent, []).append(key)
        if kind in ("款", "表", "contents", "part", "heading"):
            key = f"{key}{seen}"
        elif seen > 1:
            self.doubts.append(Doubt(pieces[0].line, "key_again", key))
            key = f"{key}#{seen}"
        self.counts[kind] = self.counts.get(kind, 0) + 1
        offset, breaks, texts = 0, [], []
        for piece in pieces:
            breaks.append((offset, piece.line))
            texts.append(piece.text)
            offset += len(piece.text) + len(between)
        return Clause(key, parent, kind, label, between.join(texts), (pieces[0].line, pieces[-1].line), tuple(breaks),
                      page)


def _key(parent: str, mark: Mark) -> str:
    """Articles are counted through a document (or an attachment); all else stands below its parent."""
    if mark.kind == "附件":
        return f"附{mark.label}"
    if mark.kind in ("编", "章", "节"):
        return f"{parent}第{mark.label}{mark.kind}"
    if mark.kind == "条":
        attachment = re.match(r"附\d*", parent)
        return f"{attachment[0] if attachment else ''}第{mark.label}条"
    if mark.kind == "专栏":
        return f"{parent}专栏{mark.label}"
    between = "." if parent[-1:].isdigit() and mark.label[:1].isdigit() else ""
    return f"{parent}{between}{mark.label}"


def _unglued(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces cut before each article that begins in the middle of a line; only articles hold articles."""
    if not re.match(_ARTICLE, pieces[0].text):
        return [pieces]
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        cuts = [0, *(m.end() for m in _GLUED.finditer(piece.text)), len(piece.text)]
        for position, (start, end) in enumerate(itertools.pairwise(cuts)):
            if position:
                groups.append([])
            groups[-1].append(Piece(piece.line, piece.text[start:end]))
    return groups
