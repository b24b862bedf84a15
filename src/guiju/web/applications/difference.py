"""What differs between two revisions: characters inside texts, rows inside tables, attachments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from guiju.forms import Form, Item, Table, rows_of
from guiju.source.diagnostics import Text

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")
_MOST_SQUARE = 4_000_000  # beyond, two passages are shown whole: comparing them would take seconds
_ATTACHMENTS = Text("附件", "attachments")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text. `kind`: same, gone, new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """`kind`: gone, new, changed; `cells`: by column, the pieces."""

    kind: str
    cells: tuple[tuple[Text, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs: its text in pieces, or its rows. `label`: the field; `section`: where it is."""

    label: Text
    section: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[RowChange, ...] = ()


def differences(form: Form, older: Mapping[str, Any], newer: Mapping[str, Any]) -> list[Difference]:
    """The fields that differ, in the form's order; then the attachments."""
    before, after = older["answers"], newer["answers"]
    found = [d for item in form.fields() if (d := difference(form, item, before.get(item.id, ""),
                                                             after.get(item.id, ""))) is not None]
    files = _files(older, newer)
    return [*found, Difference(_ATTACHMENTS, "", pieces=files)] if files else found


def difference(form: Form, item: Item, old: Any, new: Any) -> Difference | None:
    """How one field differs; None if it does not."""
    if (old or "") == (new or ""):
        return None
    number = form.section_of(item.id).number
    if isinstance(item, Table) and not (isinstance(old, str) and isinstance(new, str)):
        return Difference(item.label, number, rows=tuple(row_changes(item, rows_of(old), rows_of(new))))
    return Difference(item.label, number, pieces=tuple(text_pieces(_words(old), _words(new))))


def _words(value: Any) -> str:
    return value if isinstance(value, str) else ""


def text_pieces(old: str, new: str) -> Iterator[Piece]:
    """Sentence by sentence first, then character by character where sentences were changed."""
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, came = "".join(before[a:b]), "".join(after[c:d])
        if what == "equal":
            yield Piece("same", gone)
        elif what == "replace" and len(gone) * len(came) <= _MOST_SQUARE:
            yield from _characters(gone, came)
        else:
            yield from (Piece(kind, text) for kind, text in (("gone", gone), ("new", came)) if text)


def _characters(old: str, new: str) -> Iterator[Piece]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", old[a:b])
            continue
        if b > a:
            yield Piece("gone", old[a:b])
        if d > c:
            yield Piece("new", new[c:d])


def row_changes(table: Table, old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]]
                ) -> Iterator[RowChange]:
    """Rows taken out, added, and changed: one in the place of another counts as that one changed."""
    before, after = [tuple(sorted(r.items())) for r in old], [tuple(sorted(r.items())) for r in new]
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        pairs = min(b - a, d - c)
        for step in range(pairs):
            yield _row("changed", table, old[a + step], new[c + step])
        for row in old[a + pairs:b]:
            yield _row("gone", table, row, {})
        for row in new[c + pairs:d]:
            yield _row("new", table, {}, row)


def _row(kind: str, table: Table, old: Mapping[str, str], new: Mapping[str, str]) -> RowChange:
    return RowChange(kind, tuple((c.label, tuple(text_pieces(old.get(c.id, ""), new.get(c.id, ""))))
                                 for c in table.columns))


def _files(older: Mapping[str, Any], newer: Mapping[str, Any]) -> tuple[Piece, ...]:
    before = {f["file"]: f["name"] for f in older["attachments"]}
    after = {f["file"]: f["name"] for f in newer["attachments"]}
    return (*(Piece("gone", f"{name}\n") for file, name in before.items() if file not in after),
            *(Piece("new", f"{name}\n") for file, name in after.items() if file not in before))
