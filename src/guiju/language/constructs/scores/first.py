"""`first:` a table of conditions and points, tested top down; the last row is 其余."""

from guiju.language.compile.context import Context
from guiju.language.constructs.scores import Scoring, chain, points_of, rows_of
from guiju.language.policy import Tier
from guiju.source.diagnostics import fail
from guiju.source.document import Mapping
from guiju.source.fields import as_scalar

KEY = "first"
COMPANIONS: tuple[str, ...] = ()
OTHERWISE = ("其余", "else")


def lower(mapping: Mapping, _full: object, context: Context) -> Scoring:
    block = as_scalar(mapping.get(KEY) or mapping, KEY)
    tiers = []
    for test, points in ((row[0], row[1]) for row in rows_of(block)):
        node = None if test.text in OTHERWISE else context.test(test)
        tiers.append(Tier(node, test.text, points_of(points)))
    if not tiers or tiers[-1].test is not None or any(t.test is None for t in tiers[:-1]):
        raise fail("E261", block.span, "最后一行应是“其余 | 分数”，且只有一行", "the last row must be '其余 | points'")
    return Scoring(chain(tiers, context), (tuple(tiers),))
