"""The review's detailed rules of a round, read from what the officer set. The source leaves nearly all of them open:
what nobody set is None, and what rests on it can't be computed."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from guiju.web.rounds.models import Round

AGGREGATES = ("mean", "trimmed_mean")
CONFLICTS = ("off", "hint", "bar")


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """`offices`: organisation by role, as public ids. `weights`: points by indicator of the second level.

    `scale`: a mark goes from 0 to this, with two decimals at most. `trim`: how many of the highest and of the lowest
    marks are left out, each, by a `trimmed_mean`. `least_scores`: how many experts must have marked an application.
    `pass_line` (points of 100) and `majority` (share of the votes) are the chart's parameters of that meaning.
    `quorum`: the share of the members who must be present; `abstentions_count`: in the number that the majority is of;
    `recused_count`: whether members who have to keep away from an application are among the members and those present.

    `blind`: reviewers see no names of applicants, see `hides_names`. `panel_size`: experts an application;
    `load_least`, `load_most`: applications an expert; `in_field`: how many of the panel are of the application's field;
    `one_per_institution`: no two of a panel from one. `conflicts`: off, hint or bar by rule. `anonymous_objections`:
    whether those without a name are heard; where the round is silent, the chart's own reading stands. `objection_days`:
    working days in which an objection is to be settled. `visit_required`: nothing is listed without a site visit.
    `reminders`: days before a deadline.
    """

    offices: Map[str, str] = field(default_factory=dict)
    weights: Map[str, Fraction] = field(default_factory=dict)
    scale: int | None = None
    aggregate: str | None = None
    trim: int | None = None
    least_scores: int | None = None
    pass_line: Fraction | None = None
    majority: Fraction | None = None
    quorum: Fraction | None = None
    abstentions_count: bool | None = None
    recused_count: bool | None = None
    blind: bool | None = None
    panel_size: int | None = None
    load_least: int | None = None
    load_most: int | None = None
    in_field: int | None = None
    one_per_institution: bool | None = None
    conflicts: Map[str, str] = field(default_factory=dict)
    anonymous_objections: bool | None = None
    objection_days: int | None = None
    visit_required: bool | None = None
    reminders: tuple[int, ...] = ()

    @property
    def hides_names(self) -> bool:
        """Whether names are kept from reviewers: until the round says that they may be seen. What was shown can't be
        taken back."""
        return self.blind is not False


def rules_of(round_: Round) -> ReviewRules:
    """The rules of a round as they stand."""
    kept: Map[str, Any] = round_.rules
    parameters: Map[str, str] = round_.parameters
    return ReviewRules(
        offices=dict(kept.get("offices", {})),
        weights={id_: Fraction(str(points)) for id_, points in kept.get("weights", {}).items()},
        scale=kept.get("scale"), aggregate=kept.get("aggregate"), trim=kept.get("trim"),
        least_scores=kept.get("least_scores"), pass_line=points_in(parameters.get("pass_line", "")),
        majority=share(parameters.get("vote_majority", "")), quorum=share(kept.get("quorum", "")),
        abstentions_count=kept.get("abstentions_count"), recused_count=kept.get("recused_count"),
        blind=kept.get("blind"), panel_size=kept.get("panel_size"), load_least=kept.get("load_least"),
        load_most=kept.get("load_most"),
        in_field=kept.get("in_field"), one_per_institution=kept.get("one_per_institution"),
        conflicts=dict(kept.get("conflicts", {})), anonymous_objections=kept.get("anonymous_objections"),
        objection_days=kept.get("objection_days"), visit_required=kept.get("visit_required"),
        reminders=tuple(kept.get("reminders", ())))


def points_in(words: str) -> Fraction | None:
    """`60 分` as a number; None for nothing. Raises ValueError."""
    word = words.removesuffix("分").strip()
    return Fraction(word) if word else None


def share(words: str) -> Fraction | None:
    """`60%`, `2/3` or `0.6` as a share; None for nothing. Raises ValueError for what is not from 0 to 1."""
    word = words.strip()
    if not word:
        return None
    try:
        found = Fraction(word[:-1]) / 100 if word[-1] in "%％" else Fraction(word)
    except ZeroDivisionError:
        raise ValueError(words) from None
    if not 0 <= found <= 1:
        raise ValueError(words)
    return found
