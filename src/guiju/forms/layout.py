"""The order of a form on paper, shared by the PDF and the .docx: a list of blocks, whatever stands in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guiju.forms.model import Field, Form, Row, Section, Table

_SHORT_TEXT = 300  # a text of at most so many characters goes into a cell


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: title, these fields, and who made the form."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """`level` 1 or 2. `note`: guidance below it, for a blank form. `new_page`: it begins one."""

    text: str
    level: int
    note: str = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Short fields as a ruled table: one or two to a line."""

    lines: tuple[tuple[Field, ...], ...]


@dataclass(frozen=True, slots=True)
class Long:
    """A long text on the page itself, below its headline."""

    field: Field


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of rows, below its headline."""

    table: Table


@dataclass(frozen=True, slots=True)
class Attached:
    """Where attached files are named, below its headline."""

    field: Field


@dataclass(frozen=True, slots=True)
class Opinion:
    """An opinion with places for seal, signature and date."""

    field: Field


Block = Cover | Headline | Card | Long | Grid | Attached | Opinion


def blocks(form: Form, joint: bool) -> Iterator[Block]:
    """Every block of the form in order; what only joint applications fill in, only for those."""
    part = ""
    for section in form.sections:
        if section.only_joint and not joint:
            continue
        items = [i for i in section.items if joint or not i.only_joint]
        if section.number == "封面":
            yield Cover(tuple(i for i in items if isinstance(i, Field)))
            continue
        if section.part.zh and section.part.zh != part:
            yield _part(section)
        part = section.part.zh
        yield _headline(section, items)
        yield from _items(section, items)


def arranged(table: Table, rows: Sequence[Row]) -> list[Row]:
    """The rows as documents show them: those of one category together, in the order of the choices; of one unit
    together, as the units first come."""
    found = list(rows)
    for id_ in reversed(table.arranged_by):
        column = table.column(id_)
        assert column is not None
        words = column.choices or tuple(dict.fromkeys(row.get(id_, "") for row in rows))
        order = {word: place for place, word in enumerate(words)}
        found = sorted(found, key=lambda row: order.get(row.get(id_, ""), len(order)))
    return found


def column_label(column: Field) -> str:
    """The head of a column, with its unit."""
    return f"{column.label.zh}（{column.unit}）" if column.kind == "money" else column.label.zh


def field_label(field: Field) -> str:
    """A field's name with its limit or unit."""
    if field.limit is not None:
        return f"{field.label.zh}（{field.limit}字以内）"
    return f"{field.label.zh}（{field.unit}）" if field.unit else field.label.zh


def shares(table: Table) -> tuple[int, ...]:
    """How wide the columns are in relation to each other."""
    return tuple(_share(column) for column in table.columns)


def _share(column: Field) -> int:
    if column.kind == "choice":
        return 2 if max(map(len, column.choices)) < 2 else 3
    if column.kind == "date":
        return 4 if column.months else 5
    return {"text": 6, "line": 5, "code": 6, "yesno": 2}.get(column.kind, 3)


def _part(section: Section) -> Headline:
    if section.ours:
        return Headline(section.part.zh, 1, section.note.zh, new_page=True)
    return Headline(f"{section.number.partition('(')[0]}、{section.part.zh}", 1, new_page=True)


def _headline(section: Section, items: Sequence[Field | Table]) -> Headline:
    only = items[0] if len(items) == 1 else None
    limit = f"（{only.limit}字以内）" if isinstance(only, Field) and only.limit else ""
    if section.ours:
        return Headline(f"{section.number}　{section.title.zh}", 2)
    if section.part.zh:
        number = section.number[section.number.find("("):].replace("(", "（").replace(")", "）")
        return Headline(f"{number}{section.title.zh}", 2)
    return Headline(f"{section.number}、{section.title.zh}{limit}", 1, section.note.zh)


def _items(section: Section, items: Sequence[Field | Table]) -> Iterator[Block]:
    card: list[list[Field]] = []
    for item in items:
        if isinstance(item, Field) and _in_card(item, section):
            if item.beside and card:
                card[-1].append(item)
            else:
                card.append([item])
            continue
        if card:
            yield Card(tuple(tuple(line) for line in card))
            card = []
        if _needs_headline(item, section):
            yield Headline(f"{item.number}{item.label.zh}", 2)
        yield _block(item)
    if card:
        yield Card(tuple(tuple(line) for line in card))


def _in_card(field: Field, section: Section) -> bool:
    if field.kind in ("attachment", "opinion"):
        return False
    return field.kind != "text" or (len(section.items) > 1 and (field.limit or _SHORT_TEXT + 1) <= _SHORT_TEXT)


def _needs_headline(item: Field | Table, section: Section) -> bool:
    """An opinion names itself; what is all there is in its section goes by the section's name."""
    if isinstance(item, Field) and item.kind == "opinion":
        return False
    return item.label.zh != section.title.zh


def _block(item: Field | Table) -> Block:
    if isinstance(item, Table):
        return Grid(item)
    if item.kind == "attachment":
        return Attached(item)
    return Opinion(item) if item.kind == "opinion" else Long(item)
