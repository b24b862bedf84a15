"""`of: value` with `tiers:` a table of comparisons and points, tested top down; the last row is 其余."""

from guiju.language.compile.context import Context
from guiju.language.constructs.scores import Scoring, chain, points_of, rows_of
from guiju.language.constructs.scores.first import OTHERWISE
from guiju.language.ir import Node
from guiju.language.policy import Tier
from guiju.source.diagnostics import fail
from guiju.source.document import Mapping
from guiju.source.fields import as_scalar
from guiju.source.table import Cell

KEY = "tiers"
COMPANIONS = ("of",)
_OPERATORS = {">=": "ge", "<=": "le", ">": "gt", "<": "lt", "=": "eq"}


def lower(mapping: Mapping, _full: object, context: Context) -> Scoring:
    if mapping.get("of") is None:
        raise fail("E023", mapping.span, "tiers 要有 of：按哪个值分档", "'tiers' needs 'of': the value that is tiered")
    value = context.expression(as_scalar(mapping.get("of") or mapping, "of"))
    block = as_scalar(mapping.get(KEY) or mapping, KEY)
    tiers = [Tier(None if row[0].text in OTHERWISE else comparison(row[0], value, context), row[0].text,
                  points_of(row[1])) for row in rows_of(block)]
    if not tiers or tiers[-1].test is not None or any(t.test is None for t in tiers[:-1]):
        raise fail("E261", block.span, "最后一行应是“其余 | 分数”，且只有一行", "the last row must be '其余 | points'")
    return Scoring(chain(tiers, context), (tuple(tiers),))


def comparison(cell: Cell, value: Node, context: Context) -> Node:
    """A cell such as `>= 5%` as a test of the value. Raises E262."""
    for sign in sorted(_OPERATORS, key=len, reverse=True):
        if cell.text.startswith(sign):
            rest = Cell(cell.text.removeprefix(sign).strip(), cell.span.shifted(len(sign)))
            bound = context.expression(rest, expected=value.type)
            return _compared(_OPERATORS[sign], value, bound, cell, context)
    raise fail("E262", cell.span, f"分档要以 >=、<=、>、<、= 开头，不是“{cell.text}”",
               f"a tier begins with >= <= > < or =, not '{cell.text}'")


def _compared(op: str, value: Node, bound: Node, cell: Cell, context: Context) -> Node:
    return context.typed(cell.span, lambda: context.builder.compare(op, value, bound))
