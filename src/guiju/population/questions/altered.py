"""Populations as they would be: some organisations of one, repeated, with another value, or with more records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.facts.model import APPLICATION_DATE, Row
from guiju.population.columns import Column, Quantity, Status, taken
from guiju.population.people import Population, Stored, Table, blank_column, stored

Numbers = NDArray[np.int64]


def picked(people: Population, numbers: Numbers) -> Population:
    """These organisations, each as often and in the order in which it is named, with their records."""
    facts = {id_: replace(s, column=taken(s.column, numbers)) for id_, s in people.facts.items()}
    tables = {id_: _picked_rows(table, people.count, numbers) for id_, table in people.tables.items()}
    return replace(people, count=len(numbers), facts=facts, tables=tables)


def _picked_rows(table: Table, count: int, numbers: Numbers) -> Table:
    starts = table.starts(count)
    first, sizes = starts[numbers], starts[numbers + 1] - starts[numbers]
    ends = np.cumsum(sizes)
    total = int(ends[-1]) if len(ends) else 0
    rows = np.arange(total) + np.repeat(first - (ends - sizes), sizes)
    known = table.known if table.known is True else np.asarray(table.known)[numbers]
    return Table(np.repeat(np.arange(len(numbers)), sizes),
                 tuple(replace(s, column=taken(s.column, rows)) for s in table.fields), known)


def with_fact(people: Population, id_: str, column: Column, scale: int = 1) -> Population:
    """One fact of everybody replaced; numbers as whole numbers over `scale`."""
    return replace(people, facts={**people.facts, id_: Stored(column, scale)})


def blanked(people: Population, id_: str) -> Population:
    """Nothing is known of a fact. The application date, which would then be the day that is asked of, is any day but
    the first and the last."""
    blank = blank_column(people.vocabulary.facts[id_])
    if id_ == APPLICATION_DATE:
        assert isinstance(blank, Quantity)
        return with_fact(people, id_, Quantity(np.asarray(blank.low) + 1, np.asarray(blank.high) - 1, blank.cause))
    return replace(people, facts={k: v for k, v in people.facts.items() if k != id_})


def without_records(people: Population, record: str) -> Population:
    """Nothing is known of a record set."""
    return replace(people, tables={k: v for k, v in people.tables.items() if k != record})


def with_rows(people: Population, record: str, owners: Numbers, rows: Sequence[Row], which: Numbers) -> Population:
    """More rows of a record: to each of `owners` the one of `rows` that `which` says, behind those he has."""
    table, entries = people.tables[record], people.vocabulary.records[record].fields
    together = np.concatenate([table.owners, owners])
    order = np.argsort(together, kind="stable")
    fields = tuple(_behind(old, stored(entry, [row[i] for row in rows], people.texts), len(table.owners), which, order)
                   for i, (entry, old) in enumerate(zip(entries, table.fields, strict=True)))
    return replace(people, tables={**people.tables, record: Table(together[order], fields, table.known)})


def _behind(old: Stored, new: Stored, count: int, which: Numbers, order: Numbers) -> Stored:
    """Old values and, behind them, the new ones that `which` says, in the given order."""
    old = old.plain()
    if isinstance(old.column, Status):
        assert isinstance(new.column, Status)
        codes = _joined(old.column.codes, count, new.column.codes, which, order)
        return Stored(Status(codes.astype(np.uint8), old.column.plain and new.column.plain))
    assert isinstance(new.column, Quantity)
    scale = old.scale if old.printed is not None else lcm(old.scale, new.scale)
    low, high = (_joined(np.multiply(getattr(old.column, end), scale // old.scale), count,
                         _as_kept(getattr(new.column, end), new.scale, scale, old.printed), which, order)
                 for end in ("low", "high"))
    cause = _joined(old.column.cause, count, new.column.cause, which, order).astype(np.uint8)
    return Stored(Quantity(low, low if np.array_equal(low, high) else high, cause if cause.any() else 0), scale,
                  old.printed)


def _as_kept(ends: Any, scale: int, wanted: int, printed: Fraction | None) -> Any:
    """Ends over one scale as those of another column are kept."""
    if printed is None:
        return np.multiply(ends, wanted // scale)
    return np.array([x if np.isinf(x) else float(Fraction(int(x), scale) / printed) for x in np.atleast_1d(ends)])


def _joined(old: Any, count: int, new: Any, which: Numbers, order: Numbers) -> Any:
    behind = np.asarray(new)[which] if np.ndim(new) else np.full(len(which), new)
    return np.concatenate([np.broadcast_to(old, count), behind])[order]
