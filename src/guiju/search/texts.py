"""The text store as works and entries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from guiju.documents.clauses import Clause
from guiju.documents.store import Stored
from guiju.facts.numerals import chinese_number
from guiju.search.entries import Entry, Work
from guiju.search.regions import Places

ABOVE = 160  # characters of a clause that its items are read with
SLIGHT = 24  # a shorter one without a full stop is a heading
_FRAMES = ("contents", "part", "heading")
_DIVISIONS = ("编", "章", "节")
_YEARS = re.compile(r"([一二三四五六七八九十]{1,3}|\d{1,2})年")


def work_of(document: Stored, places: Places) -> Work:
    """A document by what it says of itself. It is not in force before it was published."""
    data = document.data
    dates = {key: _day(str(value)) for key, value in data["dates"].items()}
    published = dates.get("published") or dates.get("signed")
    effective = dates.get("effective") or (published if "之日" in str(data["dates"].get("effective")) else None)
    heading = f"{data['heading']} {data['title']}"
    return Work(key_of(document), document.title, places.of_heading(f"{' '.join(data['issuer'])} {heading}"),
                published.isoformat() if published else "", effective or published,
                _end(str(data["dates"].get("expires", "")), effective), "effective" if effective else "published",
                document.source, document.lines)


def key_of(document: Stored) -> str:
    return f"{document.source}:{document.lines[0]}"


def entries_of(document: Stored) -> Iterator[Entry]:
    """The document itself, then its clauses. Titles of parts, contents lists and chapters say nothing by themselves."""
    if document.data["kind"] == "front":
        return
    data = document.data
    first, last = document.lines
    words = " ".join(dict.fromkeys([data["heading"] or document.title, document.title, data["number"]]))
    yield Entry("document", "", words.strip(), place=f"{document.source}:{first}-{last}", slight=True)
    above: list[Clause] = []
    for clause in document.clauses():
        if clause.kind in _FRAMES or not clause.text.strip():
            continue
        while above and above[-1].key != clause.parent:
            above.pop()
        if clause.kind not in _DIVISIONS:
            yield Entry("clause", clause.key, clause.text, _near(above), _place(document, clause),
                        len(clause.text) < SLIGHT and not clause.text.endswith(("。", "；")))
        if clause.kind not in ("款", "表"):
            above.append(clause)


def _near(above: list[Clause]) -> str:
    """What stands above, the nearest first."""
    return " ".join(clause.text[:ABOVE] for clause in reversed(above))


def _place(document: Stored, clause: Clause) -> str:
    first, last = clause.lines
    return f"{document.source}:{first}" + (f"-{last}" if last > first else "")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _end(expires: str, start: dt.date | None) -> dt.date | None:
    """The last day: as stated, or so many years from the first."""
    years = _YEARS.fullmatch(expires)
    if years is None or start is None:
        return _day(expires)
    number = chinese_number(years[1]) if not years[1].isdigit() else int(years[1])
    if not number:
        return None
    month, day = (start.month, start.day) if (start.month, start.day) != (2, 29) else (3, 1)
    return dt.date(start.year + int(number), month, day) - dt.timedelta(days=1)
