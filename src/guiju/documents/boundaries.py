"""Where a document of a compilation begins: numbered headings with a date below, entries of the contents list, and
titles directly above a first chapter or article. Says with each paragraph what it is."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from rapidfuzz import fuzz, process

from guiju.documents.lines import Paragraph
from guiju.documents.marks import CONTENTS, DATED, ENTRY, HEADING, OPENING, PART, TITLE_END, mark_of

ALIKE = 85
AHEAD = 3
LONGEST = 200  # characters of a line of a contents list
MOST = 1000  # entries of a contents list that headings are held against
_STATED = re.compile(r"共(?:计|收录)?\s*(\d{1,4})\s*(?:篇|份|个文件|部|件)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents list. `number` is 0 for the title of a part."""

    line: int
    number: int
    title: str
    page: str


@dataclass(slots=True)
class Survey:
    """What a compilation says of itself, and what was found."""

    stated: list[tuple[int, int]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    parts: list[tuple[int, str]] = field(default_factory=list)
    headings: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph and its office: `text`, `contents`, `part`, `heading` (numbered or not: both begin a document)."""

    paragraph: Paragraph
    office: str
    number: int = 0
    title: str = ""


def placed(paragraphs: Iterable[Paragraph], survey: Survey) -> Iterator[Placed]:
    """The paragraphs with their offices; `survey` fills up on the way."""
    ahead: deque[Paragraph] = deque()
    source = iter(paragraphs)
    state = _State(survey)
    while True:
        ahead.extend(islice(source, AHEAD + 1 - len(ahead)))
        if not ahead:
            return
        current = ahead.popleft()
        for part in _entries_apart(current, state.contents):
            yield state.place(part, [p.text for p in ahead])


def _entries_apart(paragraph: Paragraph, contents: bool) -> list[Paragraph]:
    """A contents list looks like a table; each of its lines is looked at alone."""
    if not contents or not paragraph.table:
        return [paragraph]
    apart = [Paragraph([piece], page=paragraph.page, table=True) for piece in paragraph.pieces]
    apart[0].repairs, apart[0].doubts = paragraph.repairs, paragraph.doubts
    return apart


class _State:
    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.contents = False
        self.since = 99  # paragraphs since the last heading or attachment mark

    def place(self, paragraph: Paragraph, ahead: list[str]) -> Placed:
        text = paragraph.text
        if not self.survey.headings:
            self.survey.stated += [(paragraph.first, int(m[1])) for m in _STATED.finditer(text)]
        if CONTENTS.fullmatch(text):
            self.contents = True
            return Placed(paragraph, "contents")
        if self.contents:
            entry = _entry(paragraph)
            if entry is not None:
                self.survey.entries.append(entry)
                return Placed(paragraph, "contents")
            self.contents = False
        self.since += 1
        part = PART.fullmatch(text)
        if part and any(e.number == 0 and fuzz.ratio(e.title, part[2]) >= ALIKE for e in self.survey.entries[:MOST]):
            self.survey.parts.append((paragraph.first, text))
            return Placed(paragraph, "part", title=text)
        return self._heading(paragraph, text, ahead)

    def _heading(self, paragraph: Paragraph, text: str, ahead: list[str]) -> Placed:
        short = len(text) <= 120 and not paragraph.table and not text.endswith("。")
        numbered = HEADING.fullmatch(text) if short else None
        if numbered:
            dated = any(DATED.match(t) for t in ahead[:1 if ahead and HEADING.match(ahead[0]) else 2])
            if dated or self._listed(numbered[2]):
                return self._begun(paragraph, int(numbered[1]), numbered[2])
        mark = mark_of(text)
        if mark is not None and mark.kind == "附件":
            self.since = 0
        bare = mark is None and not paragraph.table and len(text) <= 60 and TITLE_END.search(text)
        if bare and self.since > AHEAD and ahead and OPENING.match(ahead[0]):
            return self._begun(paragraph, 0, text)
        return Placed(paragraph, "text")

    def _listed(self, title: str) -> bool:
        """Whether the contents list has a numbered entry like this title."""
        titles = [e.title for e in self.survey.entries[:MOST] if e.number]
        return process.extractOne(title, titles, scorer=fuzz.ratio, score_cutoff=ALIKE) is not None

    def _begun(self, paragraph: Paragraph, number: int, title: str) -> Placed:
        self.since = 0
        self.survey.headings.append((paragraph.first, number, title))
        return Placed(paragraph, "heading", number, title)


def _entry(paragraph: Paragraph) -> Entry | None:
    found = ENTRY.fullmatch(paragraph.text) if len(paragraph.text) <= LONGEST else None
    if found is None:
        return None
    numbered, part = HEADING.fullmatch(found[1]), PART.fullmatch(found[1])
    if numbered:
        return Entry(paragraph.first, int(numbered[1]), numbered[2].strip(), found[2])
    return Entry(paragraph.first, 0, (part[2] if part else found[1]).strip(), found[2])
