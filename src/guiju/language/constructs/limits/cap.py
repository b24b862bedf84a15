"""`cap: amount`: the items with equal keys together get no more than the amount; `各项` in it are these items."""

from guiju.language.compile.context import Context
from guiju.language.constructs.limits import CAP
from guiju.language.ir import Node
from guiju.source.diagnostics import fail
from guiju.source.document import Mapping
from guiju.source.fields import as_scalar
from guiju.vocabulary import RecordType

KEY = "cap"
STAGE = CAP


def read(mapping: Mapping, context: Context, record: RecordType | None) -> tuple[int, Node | None]:
    scalar = as_scalar(mapping.get(KEY) or mapping, KEY)
    elaborator = context.elaborator(record, items=True)
    node = elaborator.node(context.parse(scalar))
    if node.type.dimension != "money":
        raise fail("E270", scalar.span, "cap 应是金额，例如 50 万元", "'cap' must be an amount of money, e.g. 50 万元")
    if node.rows:
        raise fail("E270", scalar.span, "cap 是一组项的上限，不能直接读某一行的字段；用 exists(各项 where …)",
                   "'cap' bounds a group of items and can't read one row's field; use exists(各项 where …)")
    return 0, node
