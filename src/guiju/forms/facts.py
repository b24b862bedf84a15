"""What the answers of a form state, in the words of the dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guiju.facts.numbers import normal
from guiju.facts.organisations import plain_code
from guiju.facts.reading import Reading, Refusal
from guiju.forms.checking import key_text, rows_of
from guiju.forms.checking.codes import credit_code_fault
from guiju.forms.entries import scalars, stated
from guiju.forms.model import MOST_ROWS, NOTHING, Answers, Field, Form, Table
from guiju.vocabulary import load_vocabulary


def facts_of(form: Form, answers: Answers) -> dict[str, Any]:
    """The stated facts by their Chinese name, and record sets as lists of rows: what `facts_from_mapping` reads.

    What is blank or can't be read is left out and so stays unknown, never zero or "none"; a table is known to be empty
    only where the answer is 无. A row that repeats the key of an earlier one counts once. An applicant's word on what
    a person must judge is only his word: give `facts_from_mapping` a `recorded` that says so, or leave it open.
    """
    found: dict[str, Any] = {}
    for item in form.fields():
        value = answers.get(item.id)
        if isinstance(item, Table):
            if item.record:
                found.update(_rows(item, value))
        elif item.fact and isinstance(value, str) and (text := _stated(item, value)):
            assert item.entry is not None
            found[item.entry.name] = text
    return found


def _rows(table: Table, value: object) -> dict[str, list[dict[str, str]]]:
    record = load_vocabulary().record(table.record)
    assert record is not None
    if isinstance(value, str) and normal(value) == NOTHING:
        return {record.name: []}
    columns = [c for c in table.columns if c.fact and c.entry is not None]
    keys = [c for c in columns if c.fact in record.key]
    rows: list[dict[str, str]] = []
    seen: set[tuple[str, ...]] = set()
    for row in rows_of(value)[:MOST_ROWS]:
        key = tuple(key_text(row.get(c.id, "")) for c in keys)
        if keys and all(key) and key in seen:
            continue
        seen.add(key)
        rows.append(_row(columns, row))
    return {record.name: rows} if rows else {}


def _row(columns: list[Field], row: Mapping[str, str]) -> dict[str, str]:
    texts = {c.entry.name: _stated(c, row.get(c.id, "")) for c in columns if c.entry is not None}
    return {name: text for name, text in texts.items() if text}


def _stated(field: Field, text: str) -> str:
    """The text as a fact, "" where it states nothing."""
    assert field.entry is not None
    if not text.strip():
        return ""
    if field.codes == "credit_code":
        return "" if credit_code_fault(text) else plain_code(text)
    said = stated(field, text)
    try:
        reading: Reading = scalars().read(said, field.entry, quoted=True)
    except Refusal:
        return ""
    return "" if reading.value is None else said
