"""A cell as people write it, in the form's own spelling where its meaning is plain; else it stays as it is."""

from __future__ import annotations

import re
from fractions import Fraction

from guiju.facts.dates import read_date
from guiju.facts.numbers import decimal_text, is_bare, normal, read_number
from guiju.facts.reading import Refusal
from guiju.forms.entries import scalars
from guiju.forms.model import NO, YES, Field
from guiju.values import PASS, date_of
from guiju.vocabulary import load_vocabulary

_BREAK = re.compile(r"\s*[\r\n]+\s*")


def tidy(column: Field, text: str, unit: str = "") -> str:
    """What the cell means: a date as 2024-01-24 or 2024-01, a figure in the column's unit, a choice by its name,
    是 or 否, one line as one line. `unit`: what the header says that bare figures count."""
    said = text.strip()
    try:
        if column.kind == "date":
            return _date(said)
        if column.kind in ("number", "money"):
            return _figure(column, said, unit)
        if column.kind == "yesno" and column.entry is not None:
            value = scalars().read(said, column.entry, quoted=True).value
            return said if value is None else YES if value == PASS else NO
    except Refusal:
        return said
    if column.kind == "choice":
        return _choice(column, said)
    if column.kind == "line":
        return _BREAK.sub(" ", said)
    return normal(said) if column.kind in ("code", "phone", "email", "postcode") else said


def _date(text: str) -> str:
    value = read_date(text).value
    assert isinstance(value, tuple)
    first, last = date_of(value[0]), date_of(value[1])
    if first == last:
        return first.isoformat()
    return f"{first:%Y-%m}" if (first.year, first.month) == (last.year, last.month) else text


def _figure(column: Field, text: str, unit: str) -> str:
    if column.entry is None:
        return text
    units = load_vocabulary().units
    said = f"{text} {unit or column.unit}" if is_bare(text) and (unit or column.unit) else text
    value, _ = read_number(said, column.entry, units)
    per = units[column.unit].per if column.unit else 1
    return decimal_text(Fraction(value) / per) or text


def _choice(column: Field, text: str) -> str:
    enumeration = column.entry.enumeration if column.entry is not None else None
    if enumeration is not None and (place := enumeration.index(normal(text))) is not None:
        return enumeration.members[place].name
    return next((c for c in column.choices if normal(c) == normal(text)), text)
