"""What a stage's box and an arrow's label say. A name is spelled out where it is met first; later its id is enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from guiju.lifecycle.show.svg.flow import Link
from guiju.lifecycle.show.svg.labels import FINAL, PUBLIC, listed, marks
from guiju.lifecycle.show.svg.measure import plain, width, wrapped
from guiju.lifecycle.show.view import Move, Stage, View
from guiju.source.diagnostics import Language

TITLE, SMALL = 13.0, 11.0
TITLE_LINE, LINE = 17.0, 14.0
PAD, ICON = 9.0, 17.0
SHORT_ID = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text, the first `bold` characters of which are an id."""

    text: str
    bold: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A line or more behind a sign: `notice`, `term`, `duty`, `stays`, `opens`."""

    sign: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What a box says. `tags` stand at its upper right; `final` boxes have a double border."""

    title: tuple[Line, ...]
    tags: tuple[str, ...]
    final: bool
    rows: tuple[Row, ...]

    @property
    def height(self) -> float:
        lines = sum(len(row.lines) for row in self.rows)
        return round(2 * PAD + len(self.title) * TITLE_LINE + lines * LINE + (4 if lines else 0))


@dataclass(slots=True)
class Teller:
    """Says things in one language and remembers what it has spelled out."""

    view: View
    language: Language
    told: set[str] = field(default_factory=set)

    def content(self, stage: Stage, room: float, phase: str = "") -> Content:
        """The content of a stage's box that is `room` wide; `phase` is named where it is not the band's."""
        tags = [t.in_language(self.language) for t, there in ((FINAL, stage.final), (PUBLIC, stage.public)) if there]
        taken = sum(width(t, SMALL) + 12 for t in tags)
        title = _title(stage.id, stage.label.in_language(self.language), room - 2 * PAD - taken)
        rows = [Row(sign, lines) for sign, lines in self._rows(stage, room - 2 * PAD - ICON)]
        if phase:
            said = ("阶段：" if self.language == "zh" else "phase: ") + phase
            rows.insert(0, Row("", tuple(Line(text) for text in wrapped(said, room - 2 * PAD, SMALL))))
        return Content(title, tuple(tags), stage.final, tuple(rows))

    def link(self, link: Link, room: float) -> tuple[Line, ...]:
        """An arrow's label."""
        return tuple(self._moves(link.moves, room))

    def _rows(self, stage: Stage, room: float) -> Iterator[tuple[str, tuple[Line, ...]]]:
        """Notices, terms and duties that run here, the moves that stay here, the sub-procedures opened here."""
        say, colon = self.language, "：" if self.language == "zh" else ": "
        for notice in (n for n in self.view.notices if n.id in stage.notices):
            yield "notice", self._named(notice.id, notice.label.in_language(say),
                                        f" ≥ {notice.brief.in_language(say)}", room)
        for term in (t for t in self.view.terms if t.id in stage.terms):
            brief = term.brief.in_language(say)
            yield "term", self._named(term.id, term.label.in_language(say), colon + brief if brief else "", room)
        for duty in (d for d in self.view.duties if d.id in stage.duties):
            yield "duty", self._named(duty.id, duty.label.in_language(say), colon + duty.every.in_language(say), room)
        stays = [m for m in self.view.made_at(stage) if m.target in ("", stage.id)]
        if stays:
            yield "stays", tuple(self._moves(stays, room))
        opened = [p for p in self.view.procedures if p.id in stage.opens]
        for procedure in opened:
            yield "opens", self._named(procedure.id, procedure.label.in_language(say), "", room)

    def _moves(self, moves: Iterable[Move], room: float) -> Iterator[Line]:
        again = []
        for move in moves:
            if move.id in self.told:
                again.append(move.id)
                continue
            self.told.add(move.id)
            yield from _lines(move.id, " " + move.label.in_language(self.language) + marks(move, self.language), room,
                              SMALL)
        if again:
            for text in wrapped(listed(again, self.language), room, SMALL, bold=True):
                yield Line(text, len(text))

    def _named(self, id_: str, label: str, more: str, room: float) -> tuple[Line, ...]:
        first = id_ not in self.told
        self.told.add(id_)
        return _lines(id_, (f" {label}" if first else "") + more, room, SMALL)


def _title(id_: str, label: str, room: float) -> tuple[Line, ...]:
    """Id and name on one line if they fit; else the name wrapped after a short id, or below a long one."""
    id_, label = (plain(" ".join(text.split())) for text in (id_, label))
    if len(id_) <= SHORT_ID or width(f"{id_} {label}", TITLE, bold=len(id_)) <= room:
        return _lines(id_, f" {label}", room, TITLE)
    ids = wrapped(id_, room, TITLE, bold=True)
    return (*(Line(part, len(part)) for part in ids), *(Line(part) for part in wrapped(label, room, TITLE)))


def _lines(id_: str, text: str, room: float, size: float) -> tuple[Line, ...]:
    """An id and what it is, wrapped; the id in bold as far as the first lines hold it."""
    id_ = plain(id_)
    left, lines = len(id_), []
    for part in wrapped(id_ + text, room - (width(id_, size, bold=True) - width(id_, size)), size):
        bold = min(left, len(part))
        left = max(0, left - len(part))
        lines.append(Line(part, bold))
    return tuple(lines)
