"""`best_of: [scoring, …]`: the highest of several ways of scoring."""

from typing import Any

from guiju.language.compile.context import Context
from guiju.language.compile.scores import scoring_of
from guiju.language.constructs.scores import Scoring
from guiju.source.document import Mapping
from guiju.source.fields import as_items, as_mapping

KEY = "best_of"
COMPANIONS: tuple[str, ...] = ()


def lower(mapping: Mapping, full: Any, context: Context) -> Scoring:
    ways = [scoring_of(as_mapping(n, mapping.span, KEY), full, context) for n in as_items(mapping.get(KEY))]
    return Scoring(context.builder.extreme("max", [w.node for w in ways]), tuple(t for w in ways for t in w.tables))
