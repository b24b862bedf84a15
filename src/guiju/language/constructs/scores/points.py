"""`points: expression`: any expression in 分."""

from guiju.language.compile.context import Context
from guiju.language.constructs.scores import Scoring
from guiju.source.diagnostics import fail
from guiju.source.document import Mapping
from guiju.source.fields import as_scalar

KEY = "points"
COMPANIONS: tuple[str, ...] = ()


def lower(mapping: Mapping, _full: object, context: Context) -> Scoring:
    cell = as_scalar(mapping.get(KEY) or mapping, KEY)
    node = context.expression(cell)
    if node.type.dimension != "point":
        raise fail("E263", cell.span, "这里应是以分为单位的算式，例如 floor(年限 / 2 年) * 1 分", "expected points")
    return Scoring(node)
