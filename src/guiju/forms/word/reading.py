"""A filled .docx read in: fields by their labels and place, whatever a word processor has done to them since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from guiju.forms.layout import Attached, Block, Card, Cover, Grid, Headline, Long, Opinion, blocks
from guiju.forms.model import NOTHING, Field, Form, Row
from guiju.forms.word import marks
from guiju.forms.word.cells import Rows, read_opinion, read_pairs, read_rows
from guiju.forms.word.package import Opened, Piece, open_docx, table_line
from guiju.forms.word.remarks import Remark, differs, foreign, pictures, second, table_in_text, unplaced
from guiju.source.diagnostics import Span, fail

_LEAST_KNOWN = 3  # headlines by which a document is taken for this form


@dataclass(frozen=True, slots=True)
class Reading:
    """`answers` by field id; what is blank in the document is not there. `remarks`: what was not placed, verbatim, and
    how else the document was read."""

    answers: dict[str, str | list[Row]]
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class _Segment:
    """What stands between two headlines: of the form (`blocks`), and of the document (`pieces`)."""

    headline: Headline | None
    blocks: list[Block] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def read_docx(form: Form, data: bytes, label: str = "docx") -> Reading:
    """The answers in a .docx made by `blank_docx` or `filled_docx`, also after it was edited. Nothing is lost: text
    that is in no field stands in the remarks. Raises GuijuError: E661–E664 (see `open_docx`), E665 another form."""
    opened = open_docx(data, label)
    segments = _segments(form)
    if _distribute(segments, opened) < _LEAST_KNOWN:
        raise fail("E665", Span(label), f"这不是“{form.title.zh}”：找不到它的各节标题；请用本平台导出的空白表填写",
                   f"this is no '{form.title.en}': its headings are not there; fill in the blank form from here")
    reader = _Reader(form, segments)
    for segment in segments:
        reader.take(segment)
    reader.settle()
    reader.remarks += [foreign(text) for text in opened.notes]
    if opened.pictures:
        reader.remarks.append(pictures(opened.pictures))
    return Reading(reader.answers, tuple(reader.remarks))


def _segments(form: Form) -> list[_Segment]:
    found = [_Segment(None)]
    for block in blocks(form, joint=True):
        if isinstance(block, Headline):
            found.append(_Segment(block))
        else:
            found[-1].blocks.append(block)
    return found


def _distribute(segments: list[_Segment], opened: Opened) -> int:
    """Give each piece of the document to its segment; how many headlines were found. A line that reads like a headline
    is one if it is in a heading style, or if no line in a heading style is that headline."""
    by_key = {marks.key(s.headline.text): s for s in segments if s.headline is not None}
    styled = {marks.key(p.text) for p in opened.pieces if p.heading}
    current, found = segments[0], set()
    for piece in opened.pieces:
        word = marks.key(piece.text) if piece.rows is None and len(piece.text) < 200 else ""
        if word in by_key and word not in found and (piece.heading or word not in styled):
            current = by_key[word]
            found.add(word)
        else:
            current.pieces.append(piece)
    return len(found)


class _Reader:
    """Collects answers and remarks, segment by segment."""

    def __init__(self, form: Form, segments: list[_Segment]) -> None:
        self.form = form
        self.answers: dict[str, str | list[Row]] = {}
        self.remarks: list[Remark] = []
        self._shown: list[tuple[Field, str]] = []
        self._grids = [b for s in segments for b in s.blocks if isinstance(b, Grid)]
        self._opinions = [b for s in segments for b in s.blocks if isinstance(b, Opinion)]
        self._cards = {marks.key(s.headline.text): _fields(s.blocks) for s in segments if s.headline is not None}

    def take(self, segment: _Segment) -> None:
        long = next((b for b in segment.blocks if isinstance(b, Long)), None)
        if long is not None:
            self._long(long.field, segment)
            return
        expected = _fields(segment.blocks)
        for piece in segment.pieces:
            if piece.rows is not None:
                expected = self._table(piece.rows, expected, segment)
            elif piece.text.strip():
                self._line(piece.text, expected, segment)

    def _long(self, target: Field, segment: _Segment) -> None:
        lines: list[str] = []
        for piece in segment.pieces:
            if piece.rows is None:
                if any(line.strip() for line in lines) or piece.text not in self._notes(segment):
                    lines.append(piece.text)
            elif not self._known_table(piece.rows):
                rows = [table_line(row) for row in piece.rows]
                lines += rows
                self.remarks.append(table_in_text(target, rows))
        self._set(target, "\n".join(lines).strip())

    def _known_table(self, rows: Rows) -> bool:
        """A table of the form that has slipped into a text is read as what it is."""
        return self._grid(rows, self._grids) or self._opinion(rows)

    def _table(self, rows: Rows, expected: list[Field], segment: _Segment) -> list[Field]:
        near = [b for b in segment.blocks if isinstance(b, Grid)]
        if self._grid(rows, near) or self._opinion(rows) or self._grid(rows, self._grids):
            return expected
        pairs = read_pairs(rows, expected, self._cards)
        for target, text in pairs.found:
            self._set(target, text)
        self.remarks += [unplaced(text, segment.headline) for text in pairs.unplaced]
        return pairs.rest

    def _grid(self, rows: Rows, grids: list[Grid]) -> bool:
        for grid in grids:
            read = read_rows(rows, grid.table)
            if read is None:
                continue
            self.remarks += [unplaced(text, None, grid.table.label.zh) for text in read.unplaced]
            before = self.answers.get(grid.table.id)
            if read.nothing and not before:
                self.answers[grid.table.id] = NOTHING
            elif read.rows:
                self.answers[grid.table.id] = [*(before if isinstance(before, list) else []), *read.rows]
            return True
        return False

    def _opinion(self, rows: Rows) -> bool:
        found = read_opinion(rows, [b.field for b in self._opinions])
        for target, text, signed in found:
            self._set(target, text)
            self.remarks += [unplaced(signed, None, target.label.zh)] if signed else []
        return bool(found)

    def _line(self, text: str, expected: list[Field], segment: _Segment) -> None:
        """A line outside tables where the form has no running text."""
        grid = next((b for b in segment.blocks if isinstance(b, Grid)), None)
        attached = any(isinstance(b, Attached) for b in segment.blocks)
        word = marks.key(text)
        if text in self._notes(segment) or (attached and word == marks.key(marks.ELSEWHERE)):
            return
        if grid is not None and word.rstrip("。.") == NOTHING and grid.table.id not in self.answers:
            self.answers[grid.table.id] = NOTHING
            return
        own = (self.form.title.zh, self.form.made_by, self.form.made_in)
        if segment.headline is None and word in map(marks.key, own):
            return
        label, colon, value = text.replace(":", "：", 1).partition("：")
        target = next((f for f in expected if marks.key(f.label.zh) == marks.key(label)), None) if colon else None
        if target is None:
            self.remarks.append(unplaced(text, segment.headline))
        else:
            self._set(target, value.strip())

    def _set(self, target: Field, text: str) -> None:
        """Keep a text; a second one for the same field is a remark."""
        if text and target.same_as:
            self._shown.append((target, text))
        elif text and self.answers.setdefault(target.id, text) != text:
            self.remarks.append(second(target, text))

    def settle(self) -> None:
        """What stands only where a field is shown again (on the cover) is its text; another text there is a remark."""
        for target, text in self._shown:
            if self.answers.setdefault(target.same_as, text) != text:
                self.remarks.append(differs(target, text))

    @staticmethod
    def _notes(segment: _Segment) -> list[str]:
        every = [*([segment.headline] if segment.headline else []), *segment.blocks]
        return [note for block in every for note in marks.notes_of(block)]


def _fields(every: list[Block]) -> list[Field]:
    return [f for block in every for f in _of(block)]


def _of(block: Block) -> Iterator[Field]:
    if isinstance(block, Cover):
        yield from block.fields
    elif isinstance(block, Card):
        for line in block.lines:
            yield from line
