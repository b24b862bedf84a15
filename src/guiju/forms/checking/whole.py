"""All answers of a form against the form."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from guiju.facts.numbers import normal
from guiju.forms.checking.values import text_faults
from guiju.forms.model import MOST_ROWS, NOTHING, Answers, Fault, Field, Form, Item, Row, Section, Table
from guiju.source.diagnostics import Text
from guiju.vocabulary import load_vocabulary

Value = str | Sequence[Mapping[str, str]]


def check(form: Form, answers: Answers, joint: bool, attachments: Collection[str] = ()) -> list[Fault]:
    """Everything that keeps the answers from being handed in, in the form's order. `attachments`: the ids of the
    fields that a file is attached to. What only joint applications fill in counts for those alone."""
    found: list[Fault] = []
    for item in asked(form, joint):
        if isinstance(item, Field) and item.kind == "attachment":
            missing = item.required and item.id not in attachments
        else:
            missing = item.required and is_blank(answers.get(item.id))
        if missing:
            found.append(_missing(item, where=form.section_of(item.id)))
        elif item.id in answers:
            found += check_value(form, item.id, answers[item.id])
    found += (f for id_ in answers if form.find(id_) is None for f in check_value(form, id_, answers[id_]))
    return found


def check_value(form: Form, field_id: str, value: object) -> list[Fault]:
    """What is wrong with one answer as it stands; a blank one is never wrong. Nothing is cut or changed."""
    item = form.find(field_id)
    if item is None:
        return [Fault(field_id, 0, "", "unknown_field",
                      Text(f"表单没有“{field_id[:80]}”这一栏", f"no such field: {field_id[:80]}"))]
    if isinstance(item, Table):
        return list(_table(item, value))
    if not isinstance(value, str):
        return [_not_text(item.id)]
    return [Fault(item.id, 0, "", code, message) for code, message in text_faults(item, value)]


def asked(form: Form, joint: bool) -> Iterator[Item]:
    """The fields and tables that the applicant fills in, in the form's order."""
    for section in form.sections:
        for item in section.items:
            own = isinstance(item, Table) or not (item.same_as or item.by_recommender)
            if own and (joint or not (section.only_joint or item.only_joint)):
                yield item


def is_blank(value: object) -> bool:
    """Whether nothing is filled in: no text, or no row with any text."""
    if isinstance(value, str):
        return not value.strip()
    return not rows_of(value)


def rows_of(value: object) -> list[Row]:
    """The rows of a table that hold anything; none where it is closed by `NOTHING`."""
    if not isinstance(value, list | tuple):
        return []
    return [dict(row) for row in value if isinstance(row, Mapping)
            and any(str(cell).strip() for cell in row.values())]


def key_text(text: str) -> str:
    """A text by which rows are told apart: as it reads, however it is spaced."""
    return " ".join(normal(text).split())


def _table(table: Table, value: object) -> Iterator[Fault]:
    if isinstance(value, str):
        if normal(value) not in ("", NOTHING):
            yield Fault(table.id, 0, "", "not_text", Text(f"“{table.label.zh}”要逐行填写；确实没有就写“{NOTHING}”",
                                                          f"fill in {table.label.en} row by row, or write {NOTHING}"))
        return
    if not isinstance(value, list | tuple):
        yield _not_text(table.id)
        return
    most = min(table.most_rows or MOST_ROWS, MOST_ROWS)
    if len(value) > most:
        yield Fault(table.id, 0, "", "too_many_rows", Text(f"“{table.label.zh}”最多 {most} 行，现有 {len(value)} 行",
                                                           f"{table.label.en}: {len(value)} rows, at most {most}"))
    for number, row in enumerate(value[:most], start=1):
        yield from _row(table, number, row)
    yield from _repeated(table, value[:most])


def _row(table: Table, number: int, row: object) -> Iterator[Fault]:
    if not isinstance(row, Mapping) or not all(isinstance(cell, str) for cell in row.values()):
        yield _not_text(table.id, number)
        return
    if all(not cell.strip() for cell in row.values()):
        return
    for id_ in row:
        if table.column(id_) is None:
            yield Fault(table.id, number, str(id_), "unknown_field",
                        Text(f"“{table.label.zh}”没有“{id_}”这一列", f"{table.label.en} has no column {id_}"))
    for column in table.columns:
        cell = row.get(column.id, "")
        if column.required and not cell.strip():
            yield _missing(column, table.id, number)
        yield from (Fault(table.id, number, column.id, code, _at(number, message))
                    for code, message in text_faults(column, cell))


def _repeated(table: Table, rows: Sequence[object]) -> Iterator[Fault]:
    """A row that names the same thing as an earlier one, by the key of its record type."""
    record = load_vocabulary().record(table.record) if table.record else None
    columns = [c for c in table.columns if record is not None and c.fact in record.key]
    if record is None or len(columns) != len(record.key) or not columns:
        return
    seen: dict[tuple[str, ...], int] = {}
    for number, row in enumerate(rows, start=1):
        key = tuple(key_text(str(row.get(c.id, ""))) for c in columns) if isinstance(row, Mapping) else ("",)
        if not all(key):
            continue
        first = seen.setdefault(key, number)
        if first != number:
            names = "、".join(c.label.zh for c in columns)
            yield Fault(table.id, number, columns[0].id, "repeated",
                        Text(f"第 {number} 行与第 {first} 行的{names}相同；同一项只写一行",
                             f"row {number} repeats row {first}: keep one"))


def _missing(item: Item, table: str = "", row: int = 0, where: Section | None = None) -> Fault:
    bare: Text | None = None
    if isinstance(item, Table):
        message = Text(f"“{item.label.zh}”还没有填；确实没有就写“{NOTHING}”",
                       f"{item.label.en} is empty; write {NOTHING} if so")
    elif item.kind == "attachment":
        message = Text(f"还没有附上“{item.label.zh}”", f"{item.label.en} is not attached")
    elif row:
        message = Text(f"第 {row} 行缺“{item.label.zh}”", f"row {row} lacks {item.label.en}")
    else:
        assert where is not None
        zh, en = f"{where.number} {where.title.zh}", f"{where.title.en} ({where.number})"
        bare = Text(f"“{item.label.zh}”还没有填", f"{item.label.en} is not filled in")
        message = Text(f"{zh}：{bare.zh}", f"{en}: {bare.en}")
    return Fault(table or item.id, row, item.id if table else "", "missing", message, bare)


def _not_text(field: str, row: int = 0) -> Fault:
    return Fault(field, row, "", "not_text", Text("内容的格式不对", "the content has a wrong shape"))


def _at(row: int, message: Text) -> Text:
    return Text(f"第 {row} 行：{message.zh}", f"row {row}: {message.en}")
