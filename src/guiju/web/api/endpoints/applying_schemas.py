"""What goes over the wire about the work on an application."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Field, Schema

from guiju.web.api import schemas as s

MOST_PASTED = 500_000  # characters


class FormEntry(Schema):
    """A field, or a column of a table. `limit`: characters, where the source sets a limit; `pattern`: what the whole
    must match; `codes`: the table that a code is from; `same_as`: it only shows that field. `writable`: by the caller,
    where an application is asked about. `columns`: of a table, which may hold 无 instead of rows."""

    id: str
    label: s.Words
    help: s.Words
    kind: str
    required: bool
    only_joint: bool
    limit: int | None = None
    most_rows: int | None = None
    choices: list[str] = Field([])
    pattern: str = ""
    codes: str = ""
    unit: str = ""
    months: bool = False
    same_as: str = ""
    by_recommender: bool = False
    writable: bool | None = None
    columns: list[FormEntry] = Field([])


class FormSection(Schema):
    """`ours`: added by us to the issuer's form, for the check of conditions."""

    id: str
    number: str
    title: s.Words
    note: s.Words
    ours: bool
    only_joint: bool
    clauses: list[str]
    fields: list[FormEntry]


class FormWhole(Schema):
    id: str
    title: s.Words
    digest: str
    sections: list[FormSection]


class FieldFile(Schema):
    """`id`: by which it is fetched at /files/{id}."""

    id: str
    field: str
    name: str
    sha256: str
    size: int
    at: dt.datetime
    by: str


class FileSent(s.Closed):
    ticket: str = Field(max_length=2000)


class Said(Schema):
    number: int
    field: str
    text: str
    at: dt.datetime
    by: str
    settled: dt.datetime | None


class Kept(Schema):
    """A revision. `handed_in`: it was handed in as it stands."""

    number: int
    digest: str
    note: str
    handed_in: bool
    at: dt.datetime
    by: str


class KeptPage(s.Page):
    revisions: list[Kept]


class Note(s.Closed):
    note: str = Field("", max_length=200)


class Run(Schema):
    """A run of text: same, gone, new."""

    kind: str
    text: str


class CellDifference(Schema):
    column: s.Words
    pieces: list[Run]


class RowDifference(Schema):
    kind: str
    cells: list[CellDifference]


class FieldDifference(Schema):
    label: s.Words
    section: str
    pieces: list[Run]
    rows: list[RowDifference]


class DocxChange(FieldDifference):
    field: str


class DocxRemark(s.Words):
    code: str
    field: str
    text: str


class DocxRead(Schema):
    """What a Word file would change; nothing is written."""

    changes: list[DocxChange]
    remarks: list[DocxRemark]


class DocxTaking(s.Closed):
    """`fields`: which of the changes are taken over."""

    ticket: str = Field(max_length=2000)
    fields: list[str] = Field(min_length=1, max_length=500)


class DocxTaken(Schema):
    changed: list[str]


class Pasting(s.Closed):
    text: str = Field(max_length=MOST_PASTED)


class RowFault(s.Words):
    row: int
    column: str
    code: str


class RowsRead(Schema):
    rows: list[dict[str, str]]
    faults: list[RowFault]


class SheetSent(s.Closed):
    """`instead`: in the place of the rows that are there, not below them."""

    ticket: str = Field(max_length=2000)
    instead: bool = False


class ReceiptWhole(Schema):
    """`file`: of the PDF that was handed in."""

    revision: int
    number: str
    digest: str
    at: dt.datetime
    by: str
    file: str


class FieldRead(Schema):
    field: str
    label: s.Words
    value: str | list[dict[str, str]]


class HandedIn(Schema):
    number: str
    digest: str
    at: dt.datetime
    organisation: str
    joint: bool
    fields: list[FieldRead]
    files: list[dict[str, Any]]
