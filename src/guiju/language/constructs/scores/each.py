"""`each: n` with `of_each: [condition, …]`: n points for each that holds, at most the full mark."""

from typing import Any

from guiju.language.compile.context import Context
from guiju.language.constructs.scores import Scoring
from guiju.language.policy import Tier
from guiju.language.types import POINTS
from guiju.source.document import Mapping
from guiju.source.fields import as_items, as_scalar, int_of

KEY = "each"
COMPANIONS = ("of_each",)


def lower(mapping: Mapping, full: Any, context: Context) -> Scoring:
    points, build = int_of(mapping, KEY), context.builder
    zero, one = build.const(0, POINTS), build.const(points, POINTS)
    cells = [as_scalar(item, "of_each") for item in as_items(mapping.get("of_each"))]
    tests = [context.test(cell) for cell in cells]
    total = zero
    for test in tests:
        total = build.add(total, build.conditional(test, one, zero))
    tiers = tuple(Tier(test, cell.text, points) for test, cell in zip(tests, cells, strict=True))
    return Scoring(build.extreme("min", [build.const(full, POINTS), total]), (tiers,))
