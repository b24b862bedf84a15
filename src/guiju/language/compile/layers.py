"""What an amendment says, laid over the entries of the base: entry by entry, part by part, row by row.

An id names an entry of a section, or a part inside one (a score item, a member condition, what is taken off a price),
or a row of a price table. What the layer says of an id replaces the keys, or the columns, that it gives; what is new
comes after; `drop` takes out. A parameter with a value in place of keys is set to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map

from guiju.source.diagnostics import Span, fail
from guiju.source.document import Mapping, Node, Scalar, Sequence
from guiju.source.fields import as_items, as_scalar, bilingual, bool_of, suggestion, text_of
from guiju.source.table import Cell, Table, read_rows

DROP = "drop"
COLUMNS = (("金额", "amount"), ("依据", "cite"), ("条件", "when"))  # of a price table, each under either name
_ADDABLE = COLUMNS[1:]  # a table without them is as one that has nothing there
_EMPTY = "-"
_WORDS = frozenset({"zh", "en", "note", "cite", "lines", "unverified", "ref", "meaning"})  # never read as names
Entry = tuple[Scalar, Node]


def by_id(entries: Iterable[Node]) -> list[tuple[str, Mapping]]:
    return [(text_of(entry, "id"), entry) for entry in entries if isinstance(entry, Mapping)]


def dropped(value: Node) -> bool:
    return isinstance(value, Mapping) and bool_of(value, DROP)


def indexed(below: list[Entry], above: list[Entry]) -> list[Entry]:
    """Entries by key. Raises E022 where something is dropped or set that is not there."""
    merged = {key.text: (key, value) for key, value in below}
    for key, value in above:
        present = merged.get(key.text)
        if dropped(value):
            _must_be_there(present, key.text, key.span)
            del merged[key.text]
        elif present is not None and isinstance(value, Mapping) and isinstance(present[1], Mapping):
            merged[key.text] = (key, _with(present[1], value))
        elif isinstance(value, Scalar):
            merged[key.text] = (key, _set(merged, key, value))
        else:
            merged[key.text] = (key, value)
    return list(merged.values())


def _set(known: Map[str, Entry], key: Scalar, value: Scalar) -> Mapping:
    """A parameter that now has this value on every day. The readings of a choice stay readings."""
    present = known[key.text][1] if key.text in known else None
    if not isinstance(present, Mapping):
        hint = suggestion(key.text, known)
        raise fail("E022", key.span, f"没有参数“{key.text}”可设{hint.zh}",
                   f"there is no parameter '{key.text}' to set{hint.en}")
    kept = {name.text: (name, node) for name, node in present.entries if name.text not in ("default", "or", "values")}
    kept["default"] = (Scalar("default", value.span), value)
    if text_of(present, "type") == "choice":
        readings = [n for name in ("default", "or") for n in as_items(present.get(name))]
        others = tuple(r for r in readings if isinstance(r, Scalar) and r.text != value.text)
        kept["or"] = (Scalar("or", present.span), Sequence(others, present.span))
    return Mapping(tuple(kept.values()), key.span)


def merged(below: list[Node], above: list[Node]) -> list[Node]:
    """The base's entries in their order, each once changed or dropped at most; what is new comes after."""
    said = dict(reversed(by_id(above)))
    present = {id_ for id_, _ in by_id(below)}
    inside = {id_ for node in below for id_ in ids(node)} - present
    for id_, entry in said.items():
        if bool_of(entry, DROP):
            _must_be_there(id_ if id_ in present | inside else None, id_, entry.span)
    parts = {id_: entry for id_, entry in said.items() if id_ in inside}
    result: list[Node] = []
    for node in below:
        change = said.get(text_of(node, "id")) if isinstance(node, Mapping) else None
        if isinstance(node, Mapping) and change is not None:
            if bool_of(change, DROP):
                continue
            node = _with(node, change)
        result.append(_with_parts(node, parts) if parts else node)
    _all_found(parts, result)
    return result + [n for n in above if not (isinstance(n, Mapping) and n is said.get(text_of(n, "id"))
                                              and text_of(n, "id") in present | inside)]


def _all_found(parts: Map[str, Mapping], result: list[Node]) -> None:
    """Raises E022 for a part that another change of the layer has taken out."""
    there = {id_ for node in result for id_ in ids(node)} if parts else set()
    for id_, entry in parts.items():
        if not bool_of(entry, DROP) and id_ not in there:
            raise fail("E022", entry.span, f"“{id_}”所在的一项已另行改写，里面没有它了",
                       f"'{id_}' is no longer in its entry, which another change rewrites")


def _must_be_there(present: object, id_: str, span: Span) -> None:
    if present is None:
        raise fail("E022", span, f"没有“{id_}”可删", f"there is no '{id_}' to drop")


def _with(below: Mapping, above: Mapping) -> Mapping:
    fields = {key.text: (key, value) for key, value in (*below.entries, *above.entries)}
    return Mapping(tuple(fields.values()), above.span)


def _with_parts(node: Node, parts: Map[str, Mapping]) -> Node:
    """The node with what is said of the parts inside it, price rows among them."""
    if isinstance(node, Sequence):
        kept = [item for item in node.items if not (isinstance(item, Mapping) and _gone(item, parts))]
        return Sequence(tuple(_with_parts(item, parts) for item in kept), node.span)
    if not isinstance(node, Mapping):
        return node
    change = parts.get(_id(node))
    entries = (_with(node, change) if change is not None else node).entries
    return Mapping(tuple((key, _with_rows(value, parts) if key.text == "table" and isinstance(value, Scalar)
                          else _with_parts(value, parts)) for key, value in entries),
                   change.span if change is not None else node.span)


def _id(node: Mapping) -> str:
    """A mapping's id; empty where it has none (a name's words, a key that only looks like one)."""
    id_ = node.get("id")
    return id_.text if isinstance(id_, Scalar) else ""


def _gone(node: Mapping, parts: Map[str, Mapping]) -> bool:
    change = parts.get(_id(node))
    return change is not None and bool_of(change, DROP)


def _with_rows(block: Scalar, parts: Map[str, Mapping]) -> Scalar:
    """The price table with what is said of its rows; each changed cell knows where it is said."""
    rows = read_rows(block)
    place = next((i for i, cell in enumerate(rows[0]) if cell.text == "id"), None) if rows else None
    if place is None or not any(row[place].text in parts for row in rows[1:]):
        return block
    changes = {row[place].text: parts[row[place].text] for row in rows[1:] if row[place].text in parts}
    header = _widened(rows[0], changes.values())
    kept = [header]
    for row in rows[1:]:
        row = [*row, *(Cell(_EMPTY, row[0].span) for _ in header[len(row):])]
        change = changes.get(row[place].text)
        if change is None:
            kept.append(row)
        elif not bool_of(change, DROP):
            kept.append(_changed_row(header, row, change))
    text = "\n".join(" | ".join(cell.text for cell in row) for row in kept)
    return Table(text, block.span, rows=tuple(map(tuple, kept)))


def _widened(header: list[Cell], changes: Iterable[Mapping]) -> list[Cell]:
    """The header with the columns that a change gives and that this table happened not to need."""
    wide = list(header)
    for change in changes:
        for key, _ in change.entries:
            names = next((names for names in _ADDABLE if key.text in names), ())
            if names and not any(cell.text in names for cell in wide):
                wide.append(Cell(key.text, key.span))
    return wide


def _changed_row(header: list[Cell], row: list[Cell], change: Mapping) -> list[Cell]:
    row = list(row)
    for key, value in change.entries:
        names = next((names for names in COLUMNS if key.text in names), (key.text,))
        place = next((i for i, cell in enumerate(header) if cell.text in names), None)
        if place is None:
            hint = suggestion(key.text, [cell.text for cell in header])
            raise fail("E022", key.span, f"价目表没有“{key.text}”这一列{hint.zh}",
                       f"the table has no column '{key.text}'{hint.en}")
        if key.text != "id":
            cell = as_scalar(value, key.text)
            row[place] = Cell(cell.text, cell.span)
    return row


def pruned(node: Node, gone: set[str]) -> Node:
    """The node without the dropped names in its lists."""
    if isinstance(node, Mapping):
        return Mapping(tuple((key, pruned(value, gone)) for key, value in node.entries), node.span)
    if isinstance(node, Sequence):
        return Sequence(tuple(pruned(item, gone) for item in node.items
                              if not (isinstance(item, Scalar) and item.text in gone)), node.span)
    return node


def names(node: Node) -> Iterator[str]:
    """The names of an entry and of the parts inside it."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from names(item)
    elif isinstance(node, Mapping):
        name = node.get("name")
        if isinstance(name, Scalar):
            yield name.text
        elif isinstance(name, Mapping):
            yield bilingual(name, node.span, "name").zh
        for key, value in node.entries:
            if key.text != "name":
                yield from names(value)


def texts(node: Node) -> Iterator[str]:
    """All that an entry says where a name could stand."""
    if isinstance(node, Scalar):
        yield node.text
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from texts(item)
    else:
        for key, value in node.entries:
            if key.text not in _WORDS:
                yield from texts(value)


def ids(node: Node) -> Iterator[str]:
    """Every id that an entry claims, those of members and of price rows among them."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from ids(item)
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            if key.text in ("id", "ceiling_id"):
                yield as_scalar(value, key.text).text
            elif key.text == "table":
                yield from (row[0].text for row in read_rows(as_scalar(value, "table"))[1:])
            else:
                yield from ids(value)
