"""A form as data: sections of fields and tables, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from guiju.source.diagnostics import Span, Text
from guiju.vocabulary import model as vocabulary

Kind = Literal["line", "text", "choice", "code", "date", "number", "money", "phone", "email", "postcode", "yesno",
               "attachment", "opinion"]
Codes = Literal["", "credit_code", "industries", "regions"]
Row = dict[str, str]
# By field id: text as written, or the rows of a table (by column id). A table may hold NOTHING instead of rows.
Answers = Mapping[str, "str | list[Row]"]
NOTHING = "无"  # the explicit answer that a table stays empty
YES, NO = "是", "否"
MOST_CHARACTERS = 100_000  # of any one answer, whatever the form allows
MOST_ROWS = 2000  # of any one table
_NOWHERE = Span("")
_NO_TEXT = Text("", "")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in, or a column of a table.

    `limit`: the most characters (see `count`), None where the source sets none. `choices`: what may be chosen, as it
    is stored. `pattern`: what the whole text must match. `codes`: the code table that a code is from. `fact`: the word
    of the dictionary that the answer states, "" if none; in a table, a field of its record type. `unit`: what a bare
    number counts. `months`: the day of a date may be left out. `same_as`: not filled in, but shows that field.
    `by_recommender`: the recommending body fills it in. `beside`: on paper it stands
    in one line with the field before it. `entry`: how its value is read, None for plain text.
    """

    id: str
    label: Text
    kind: Kind
    limit: int | None = None
    required: bool = False
    only_joint: bool = False
    help: Text = _NO_TEXT
    choices: tuple[str, ...] = ()
    pattern: str = ""
    codes: Codes = ""
    fact: str = ""
    unit: str = ""
    months: bool = False
    same_as: str = ""
    by_recommender: bool = False
    number: str = ""
    beside: bool = False
    entry: vocabulary.Field | None = field(default=None, compare=False, repr=False)
    span: Span = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with as many rows as needed. `record`: the record type of the dictionary that its rows are, "" if none.
    `most_rows`: None where the source sets no limit. `our_columns`: the source names the table, but not its columns.
    `arranged_by`: columns by which the rows of a document are put together."""

    id: str
    label: Text
    columns: tuple[Field, ...]
    record: str = ""
    most_rows: int | None = None
    our_columns: bool = False
    required: bool = False
    only_joint: bool = False
    help: Text = _NO_TEXT
    arranged_by: tuple[str, ...] = ()
    number: str = ""
    span: Span = field(default=_NOWHERE, compare=False, repr=False)

    def column(self, id_: str) -> Field | None:
        return next((c for c in self.columns if c.id == id_), None)


Item = Field | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part. `part`: the heading above several sections (一、基本信息). `note`: guidance in our words.
    `ours`: added by us to the issuer's form, for the check of conditions. `clauses`: where it is from."""

    id: str
    number: str
    title: Text
    items: tuple[Item, ...]
    part: Text = _NO_TEXT
    note: Text = _NO_TEXT
    ours: bool = False
    only_joint: bool = False
    clauses: tuple[str, ...] = ()
    span: Span = field(default=_NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Clause:
    """A place in the source: `name` what it asks for, in our words; `lines` where (document:lines)."""

    key: str
    name: Text
    lines: str


@dataclass(frozen=True, slots=True)
class Form:
    """`digest`: SHA-256 of the data file. `made_by`, `made_in`: what the cover says of the form itself. `source`: the
    key that all clauses of the form itself begin with; other keys are those of the policy that it belongs to."""

    id: str
    title: Text
    digest: str
    sections: tuple[Section, ...]
    made_by: str = ""
    made_in: str = ""
    source: str = ""
    clauses: tuple[Clause, ...] = ()
    span: Span = field(default=_NOWHERE, compare=False, repr=False)

    def fields(self) -> Iterator[Item]:
        """Every field and table, in the form's order; without those that only show another."""
        for section in self.sections:
            for item in section.items:
                if isinstance(item, Table) or not item.same_as:
                    yield item

    def find(self, id_: str) -> Item | None:
        return next((item for item in self.fields() if item.id == id_), None)

    def field(self, id_: str) -> Item:
        """Raises KeyError where the form has no such field."""
        found = self.find(id_)
        if found is None:
            raise KeyError(id_)
        return found

    def section_of(self, id_: str) -> Section:
        """Raises KeyError where the form has no such field."""
        for section in self.sections:
            if any(item.id == id_ for item in section.items):
                return section
        raise KeyError(id_)


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps an answer from being handed in. `row` counts from 1, 0: not of one row; `column`: its id or "".

    `code`: missing, too_long, too_large, too_many_rows, repeated, not_text, bad_character, not_a_date, not_a_number,
    not_a_choice, not_yes_or_no, not_covered, bad_code, bad_phone, bad_email, bad_postcode, bad_pattern, unknown_field.
    `bare`: the message without its section, for where that stands above it; none where it names none.
    """

    field: str
    row: int
    column: str
    code: str
    message: Text
    bare: Text | None = None

    @property
    def in_section(self) -> Text:
        return self.bare or self.message
