"""`count(R where C)`, `sum(R.F where C)`, `distinct(R.F where C)`, `the(R.F where C)`, over the rows of a record set.

A record set that is not given is unknown; an empty one counts zero. `the` is the value in the one row that fits and
unknown where there is none. `各项` in a cap stands for the items that the cap holds.
"""

from __future__ import annotations

from guiju.language.constructs.functions import take
from guiju.language.elaborate import Elaborator
from guiju.language.expression.syntax import Call, Expression, Word
from guiju.language.ir import Node
from guiju.language.types import COUNT, describe
from guiju.source.diagnostics import fail
from guiju.vocabulary import RecordType

NAMES = ("count", "sum", "distinct", "the")


def lower(call: Call, elaborator: Elaborator) -> Node:
    take(call, 1, where=True)
    if call.name == "count":
        record = elaborator.record(call.arguments[0])
        return elaborator.build.count(record.id, where_of(call, elaborator, record))
    return over_rows(call.name, call, elaborator)


def is_row_value(call: Call, elaborator: Elaborator) -> bool:
    """Whether the only argument is a field of a record set that does not stand open."""
    if len(call.arguments) != 1 or not isinstance(call.arguments[0], Word):
        return False
    owner = call.arguments[0].owner
    return bool(owner) and elaborator.scope.vocabulary.record(owner) is not None


def over_rows(op: str, call: Call, elaborator: Elaborator) -> Node:
    """An aggregate of one value over the rows that fit."""
    record, value = _value_of(call.arguments[0], elaborator)
    if op == "sum" and value.type.kind != "number":
        raise fail("E232", call.span, f"sum 只用于数，不用于{describe(value.type)}", "sum takes numbers")
    if op in ("largest", "smallest") and value.type.kind not in ("number", "date", "enum"):
        raise fail("E232", call.span, f"{describe(value.type)}没有大小", f"{value.type.kind} has no order")
    if op == "the" and value.type.kind == "bool":
        raise fail("E232", call.span, "the 不用于是否；用 exists(记录 where …)", "use exists(records where …) instead")
    where = where_of(call, elaborator, record)
    type_ = COUNT if op == "distinct" else value.type.rows(False)
    return elaborator.build.make(op, (record.id, value, where), type_)


def where_of(call: Call, elaborator: Elaborator, record: RecordType) -> Node:
    """The condition on a row; always true where there is none."""
    if call.where is None:
        return elaborator.build.truth(True)
    return elaborator.inside(record).condition(call.where)


def _value_of(argument: Expression, elaborator: Elaborator) -> tuple[RecordType, Node]:
    if isinstance(argument, Word) and argument.owner:
        record = elaborator.record(Word(argument.owner, argument.span))
        return record, elaborator.inside(record).node(Word(argument.text, argument.span, owner=record.name))
    raise fail("E233", argument.span, "这里应写 记录.字段，例如 科研项目.金额", "expected records.field")
