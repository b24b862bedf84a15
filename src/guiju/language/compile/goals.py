"""Reads goals: the questions that a policy answers."""

from __future__ import annotations

from guiju.language.compile.context import Context, title_of
from guiju.language.compile.reader import condition_list
from guiju.language.policy import Goal, Score
from guiju.source.diagnostics import fail
from guiju.source.document import Mapping
from guiju.source.fields import bool_of, check_keys, suggestion, text_of

_KEYS = {"id", "name", "main", "require", "score", "pays", "note"}


def read_goals(entries: list[Mapping], scores: dict[str, Score], context: Context) -> tuple[Goal, ...]:
    """All goals, in file order."""
    made = [context.gather(_goal, entry, scores, context) for entry in entries]
    return tuple(g for g in made if g is not None)


def _goal(entry: Mapping, scores: dict[str, Score], context: Context) -> Goal:
    check_keys(entry, _KEYS, {"id", "name"})
    id_ = context.claim(text_of(entry, "id"), entry.span)
    score = text_of(entry, "score")
    if score and score not in scores:
        hint = suggestion(score, scores)
        raise fail("E276", entry.span, f"没有评分表“{score}”{hint.zh}", f"there is no score '{score}'{hint.en}")
    conditions = condition_list(entry.get("require"), context, None, id_)
    node = context.builder.every([c.node for c in conditions if c.counts])
    return Goal(id_, title_of(entry, id_), bool_of(entry, "main"), conditions, node, score, bool_of(entry, "pays"),
                entry.span)
