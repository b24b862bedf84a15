"""Reads benefits: what is paid for, under which conditions, at which price."""

from __future__ import annotations

import functools

from guiju.language.compile.context import Context, title_of
from guiju.language.compile.reader import condition_list
from guiju.language.constructs.scores.tiers import comparison
from guiju.language.ir import Node
from guiju.language.policy import Benefit, Less, Merge, PriceRow
from guiju.language.types import MONEY
from guiju.source.diagnostics import fail
from guiju.source.document import Mapping, Scalar
from guiju.source.fields import as_items, as_mapping, as_scalar, bool_of, check_keys, text_of
from guiju.source.table import Cell, read_rows
from guiju.vocabulary import RecordType

_KEYS = {"id", "name", "each", "category", "when", "kind", "merge", "less", "ceiling", "ceiling_cite", "ceiling_id",
         "first", "table", "cite", "note", "unverified"}
_MERGE_KEYS = {"by", "cite", "strength", "id"}
_LESS_KEYS = {"id", "name", "amount", "cite", "rest"}
KINDS = ("exact", "up_to", "discretionary")
RESTS = KINDS[1:]
EXTERNAL = ("外部规定", "external")
_FIXED_COLUMNS = {"id", "金额", "amount", "依据", "cite", "条件", "when"}


def announce_prices(entries: list[Mapping], context: Context) -> None:
    """Let price rows be named in amounts (`50% * B-TJ-01`)."""
    for entry in entries:
        table = entry.get("table")
        for row in read_rows(as_scalar(table, "table"))[1:] if table is not None else ():
            context.symbols.organisation[row[0].text] = functools.partial(_price, row, entry, context)


def _price(row: list[Cell], entry: Mapping, context: Context) -> Node:
    header = read_rows(as_scalar(entry.get("table") or entry, "table"))[0]
    amount = row[_column(header, ("金额", "amount"))]
    return context.once(f"price {row[0].text}", row[0].span, lambda: _amount_node(amount, entry, context))


def read_benefits(entries: list[Mapping], context: Context) -> tuple[Benefit, ...]:
    """All benefits, in file order."""
    made = [context.gather(_benefit, entry, context) for entry in entries]
    return tuple(b for b in made if b is not None)


def _benefit(entry: Mapping, context: Context) -> Benefit:
    check_keys(entry, _KEYS, {"id", "table"})
    id_ = context.claim(text_of(entry, "id"), entry.span)
    kind = text_of(entry, "kind", "exact")
    if kind not in KINDS:
        raise fail("E271", entry.span, f"kind 应是 {'、'.join(KINDS)} 之一，不是“{kind}”",
                   f"kind must be one of {', '.join(KINDS)}, not '{kind}'")
    record = context.record(entry, "each")
    ceiling = entry.get("ceiling")
    less = _less(entry, context, record)
    return Benefit(
        id_, title_of(entry, id_), record.id if record else "", text_of(entry, "category", id_),
        condition_list(entry.get("when"), context, record, id_), kind, bool_of(entry, "first"),
        _rows(entry, context, record, less), less, _merge(entry, context, record),
        _money(as_scalar(ceiling, "ceiling"), context, record) if ceiling is not None else None,
        context.claim(text_of(entry, "ceiling_id"), entry.span) if entry.get("ceiling_id") else "",
        context.cite(entry, "ceiling_cite"), context.cite(entry), entry.span, text_of(entry, "unverified"))


def _money(cell: Cell | Scalar, context: Context, record: RecordType | None) -> Node:
    node = context.expression(cell, record)
    if node.type.dimension != "money" and not (node.op == "const" and node.args[0] == 0):
        raise fail("E272", cell.span, "这里应是金额，例如 20 万元", "expected an amount of money, e.g. 20 万元")
    return context.builder.const(0, MONEY) if node.type.dimension != "money" else node


def _amount_node(cell: Cell, entry: Mapping, context: Context) -> Node:
    return _money(cell, context, context.record(entry, "each"))


def _less(entry: Mapping, context: Context, record: RecordType | None) -> tuple[Less, ...]:
    found = []
    for node in as_items(entry.get("less")):
        less = as_mapping(node, entry.span, "less")
        check_keys(less, _LESS_KEYS, {"id", "amount"})
        id_ = context.claim(text_of(less, "id"), less.span)
        amount = _money(as_scalar(less.get("amount") or less, "amount"), context, record)
        rest = text_of(less, "rest")
        if rest not in ("", *RESTS):
            raise fail("E271", less.span, f"rest 应是 {'、'.join(RESTS)} 之一，不是“{rest}”",
                       f"rest must be one of {', '.join(RESTS)}, not '{rest}'")
        found.append(Less(id_, title_of(less, id_), amount, context.cite(less), rest))
    return tuple(found)


def _merge(entry: Mapping, context: Context, record: RecordType | None) -> Merge | None:
    node = entry.get("merge")
    if node is None:
        return None
    merge = as_mapping(node, entry.span, "merge")
    check_keys(merge, _MERGE_KEYS, {"by", "id"})
    keys = tuple(context.expression(as_scalar(n, "by"), record) for n in as_items(merge.get("by")))
    return Merge(context.claim(text_of(merge, "id"), merge.span), keys, context.cite(merge),
                 text_of(merge, "strength", "hard"))


def _rows(entry: Mapping, context: Context, record: RecordType | None,
          less: tuple[Less, ...]) -> tuple[PriceRow, ...]:
    table = read_rows(as_scalar(entry.get("table") or entry, "table"))
    if not table:
        raise fail("E273", entry.span, "价目表是空的", "the table is empty")
    header = table[0]
    axes = {i: context.expression(cell, record) for i, cell in enumerate(header) if cell.text not in _FIXED_COLUMNS}
    return tuple(_row(row, header, axes, entry, context, record, less) for row in table[1:])


def _row(row: list[Cell], header: list[Cell], axes: dict[int, Node], entry: Mapping, context: Context,
         record: RecordType | None, less: tuple[Less, ...]) -> PriceRow:
    tests = [_cell_test(row[i], axis, context, record) for i, axis in axes.items()]
    extra = _optional(header, row, ("条件", "when"))
    if extra is not None and extra.text != "-":
        tests.append(context.test(extra, record))
    cite = _optional(header, row, ("依据", "cite"))
    clauses = (cite.text,) if cite is not None and cite.text not in ("", "-") else context.cite(entry)
    for clause in clauses:
        if clause not in context.clauses:
            raise fail("E240", row[0].span, f"条款“{clause}”不在 policy.yaml 的 clauses 里", f"no clause '{clause}'")
    amount = row[_column(header, ("金额", "amount"))]
    id_ = context.claim(row[_column(header, ("id",))].text, row[0].span)
    node = None if amount.text in EXTERNAL else context.once(
        f"price {id_}", row[0].span, lambda: _amount_node(amount, entry, context))
    words = "·".join(_words(header[i], row[i], axis) for i, axis in axes.items() if row[i].text not in ("-", ""))
    return PriceRow(id_, context.builder.every(tests), node, _net(node, less, context), clauses, words, row[0].span)


def _net(amount: Node | None, less: tuple[Less, ...], context: Context) -> Node | None:
    """An amount after what was received before. What another line says of this one (`50% * B-1`) is said of the
    amount itself."""
    if amount is None:
        return None
    for each in less:
        amount = context.builder.add(amount, each.amount, -1)
    return amount


def _words(title: Cell, cell: Cell, axis: Node) -> str:
    """What a cell says of the row, in words: a yes says what its column asks."""
    if axis.type.kind != "bool":
        return cell.text
    asked = title.text.removeprefix("是")
    return asked if cell.text in ("是", "true") else f"非{asked}"


def _column(header: list[Cell], names: tuple[str, ...]) -> int:
    for i, cell in enumerate(header):
        if cell.text in names:
            return i
    raise fail("E273", header[0].span, f"价目表缺少“{names[0]}”列", f"the table lacks a column '{names[0]}'")


def _optional(header: list[Cell], row: list[Cell], names: tuple[str, ...]) -> Cell | None:
    return next((row[i] for i, cell in enumerate(header) if cell.text in names), None)


def _cell_test(cell: Cell, axis: Node, context: Context, record: RecordType | None) -> Node:
    build = context.builder
    if cell.text in ("-", ""):
        return build.truth(True)
    if ".." in cell.text:
        low, high = (Cell(part.strip(), cell.span) for part in cell.text.split("..", 1))
        ends = [context.expression(part, record, axis.type) for part in (low, high)]
        return context.typed(cell.span, lambda: build.every([
            build.compare("ge", axis, ends[0]), build.compare("le", axis, ends[1])]))
    if cell.text[0] in "<>=":
        return comparison(cell, axis, context)
    choices = [context.expression(Cell(word.strip(), cell.span), record, axis.type)
               for word in cell.text.replace("，", "、").split("、")]
    if axis.type.kind == "bool":
        if any(c.op != "const" or c.type.kind != "bool" for c in choices):
            raise fail("E211", cell.span, f"这里应是 是 或 否，不是“{cell.text}”",
                       f"expected 是 or 否, not '{cell.text}'")
        return build.some([axis if c is build.truth(True) else build.negate(axis) for c in choices])
    return context.typed(cell.span, lambda: build.some([build.compare("eq", axis, c) for c in choices]))
