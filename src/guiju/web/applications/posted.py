"""What a browser without script posts: fields and rows by name, and what was pressed in a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guiju.forms import NOTHING, Item, Table
from guiju.web.kit.numbers import whole_number

MOST_POSTED = 2000


@dataclass(frozen=True, slots=True)
class RowAct:
    """A button of a table: `remove`, `up`, `down` for a row counted from 0, or `add`."""

    what: str
    table: str
    row: int


def act_of(pressed: str) -> RowAct | None:
    what, _, rest = pressed.partition(":")
    table, _, row = rest.partition(":")
    if what not in ("remove", "up", "down", "add") or not table:
        return None
    return RowAct(what, table, whole_number(row) or 0)


def posted_value(item: Item, data: Mapping[str, str]) -> str | list[dict[str, str]]:
    """The value of a field, or the rows of a table: `table.row.column`."""
    if not isinstance(item, Table):
        return data.get(f"value-{item.id}", "")
    if data.get(f"nothing-{item.id}"):
        return NOTHING
    rows = []
    for number in range(MOST_POSTED):
        row = {c.id: data[name] for c in item.columns if (name := f"{item.id}.{number}.{c.id}") in data}
        if not row:
            break
        rows.append(row)
    return rows


def changed_rows(value: str | list[dict[str, str]], act: RowAct) -> str | list[dict[str, str]]:
    if not isinstance(value, list) or act.row >= len(value):
        return value
    rows = list(value)
    if act.what == "remove":
        del rows[act.row]
    else:
        other = act.row + {"up": -1, "down": 1}.get(act.what, 0)
        if 0 <= other < len(rows):
            rows[act.row], rows[other] = rows[other], rows[act.row]
    return rows
