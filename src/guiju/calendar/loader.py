"""Reads tables of working days: the installed one, and a user's own laid over it."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from pathlib import Path

from guiju.calendar.model import ONE_DAY, SATURDAY, Calendar, YearTable
from guiju.source.diagnostics import Span, fail
from guiju.source.document import Mapping, Node, Scalar, read_document
from guiju.source.fields import as_items, as_mapping, as_scalar, bool_of, check_keys, date_of, int_of, text_of

INSTALLED = Path(__file__).parent / "data" / "workdays.yaml"
RANGE = ".."
_KEYS = {"year", "notice", "checked", "source", "note", "off", "worked"}


def load_calendar(path: Path | None = None) -> Calendar:
    """The installed table, 2004 to 2026. With `path`, its years are added, or replace the installed ones as a whole.

    Raises GuijuError with file, line and column: E00x and E02x for a file that can't be read or has another shape;
    E601 a day out of its year, E602 a weekday listed as worked, E603 a weekend listed as free, E604 a day listed
    twice, E605 a year listed twice, E606 a range that ends before it begins.
    """
    installed = _installed()
    if path is None:
        return installed
    years = {table.year: table for table in (*installed.tables, *_read(path, str(path)))}
    return Calendar(tuple(years[year] for year in sorted(years)))


@functools.cache
def _installed() -> Calendar:
    return Calendar(_read(INSTALLED, INSTALLED.name))


def _read(path: Path, label: str) -> tuple[YearTable, ...]:
    document = as_mapping(read_document(path, label), Span(label), label)
    check_keys(document, {"years"}, ("years",))
    places: dict[int, Span] = {}
    tables = []
    for node in as_items(document.get("years")):
        entry = as_mapping(node, document.span, "years")
        table = _year(entry)
        if table.year in places:
            raise fail("E605", entry.span, f"{table.year} 年在 {places[table.year]} 已经有了；合成一条",
                       f"{table.year} is already listed at {places[table.year]}; make one entry of both")
        places[table.year] = entry.span
        tables.append(table)
    return tuple(tables)


def _year(entry: Mapping) -> YearTable:
    check_keys(entry, _KEYS, ("year",))
    year = int_of(entry, "year")
    places: dict[dt.date, Span] = {}
    off = frozenset(_off_days(entry, year, places))
    worked = frozenset(_worked_days(entry, year, places))
    return YearTable(year, off, worked, text_of(entry, "notice"), bool_of(entry, "checked"),
                     text_of(entry, "source"), text_of(entry, "note"))


def _off_days(entry: Mapping, year: int, places: dict[dt.date, Span]) -> Iterator[dt.date]:
    """The free weekdays. A range may pass over weekends, as the notices do; a single day may not be one."""
    for node in as_items(entry.get("off")):
        first, last = _range(node)
        _check_year(first, year, node.span)
        _check_year(last, year, node.span)
        days = [first + n * ONE_DAY for n in range((last - first).days + 1)]
        weekdays = [day for day in days if not _weekend(day)]
        if not weekdays:
            raise fail("E603", node.span, f"{first} 是周末，本来就不上班；off 只列放假的周一至周五",
                       f"{first} is a weekend and free anyway; list free weekdays only")
        for day in days:
            _enter(day, node.span, places)
        yield from weekdays


def _worked_days(entry: Mapping, year: int, places: dict[dt.date, Span]) -> Iterator[dt.date]:
    for node in as_items(entry.get("worked")):
        day = date_of(node, "worked")
        if not _weekend(day):
            raise fail("E602", node.span, f"{day} 是周一至周五，本来就上班；worked 只列上班的周六、周日",
                       f"{day} is a weekday and worked anyway; list worked Saturdays and Sundays only")
        _check_year(day, year, node.span)
        _enter(day, node.span, places)
        yield day


def _range(node: Node) -> tuple[dt.date, dt.date]:
    """`2024-10-01..2024-10-07`, or a day as a range of one."""
    first_word, separator, last_word = as_scalar(node, "off").text.partition(RANGE)
    first = date_of(Scalar(first_word, node.span), "off")
    if not separator:
        return first, first
    last = date_of(Scalar(last_word, node.span.shifted(len(first_word) + len(RANGE))), "off")
    if last < first:
        raise fail("E606", node.span, f"{last} 早于 {first}；先写早的日子", f"{last} is before {first}; put it first")
    return first, last


def _check_year(day: dt.date, year: int, place: Span) -> None:
    if day.year != year:
        raise fail("E601", place, f"{day} 不在 {year} 年；移到 {day.year} 年那一条",
                   f"{day} is not in {year}; move it to the entry of {day.year}")


def _enter(day: dt.date, place: Span, places: dict[dt.date, Span]) -> None:
    """Note where a day was listed, unless it was before."""
    if day in places:
        raise fail("E604", place, f"{day} 在 {places[day]} 已经列过；只列一次",
                   f"{day} is already listed at {places[day]}; list it once")
    places[day] = place


def _weekend(day: dt.date) -> bool:
    return day.weekday() >= SATURDAY
