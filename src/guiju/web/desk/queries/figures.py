"""Figures over what a person sees: how many cases stand where, what runs out, who has how much to review."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from guiju.language.library import installed_library
from guiju.source.diagnostics import Text
from guiju.web.cases.charts import chart_of
from guiju.web.cases.models import AgendaItem, CaseRecord
from guiju.web.cases.queries import due_by, seen_by
from guiju.web.kit.clock import today
from guiju.web.reviewing.models import Assigned
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.queries.parts import runs
from guiju.web.rounds.models import Round

RISK_DAYS = 30


@dataclass(frozen=True, slots=True)
class Bar:
    label: Text
    count: int


@dataclass(frozen=True, slots=True)
class Load:
    """What an expert has to review in a round, and how much of it he has handed in."""

    name: str
    assigned: int
    done: int


def rounds_with_cases(user: Any) -> list[Round]:
    """The rounds of which the person sees cases, the newest first."""
    ids = seen_by(user).exclude(round="").values("round")
    return list(Round.objects.filter(public_id__in=ids).select_related("revision").order_by("-year", "-created"))


def cases_in(user: Any, round_: Round) -> QuerySet[CaseRecord]:
    return seen_by(user).filter(round=round_.public_id)


def funnel(user: Any, round_: Round) -> list[Bar]:
    """How many of the seen cases stand at each stage, in the chart's order; stages without any are left out."""
    counts = Counter(dict(cases_in(user, round_).values_list("stage").annotate(Count("pk"))))
    if round_.revision is None:
        return []
    stages = chart_of(round_.revision).stages
    return [Bar(stages[id_].label, counts[id_]) for id_ in stages if counts[id_]]


def by_region(user: Any, round_: Round) -> list[Bar]:
    """How many of the seen cases come from each province; "" for applicants that gave none."""
    regions = installed_library().vocabulary.regions
    found = Counter(code[:2] for code in cases_in(user, round_).values_list("organisation__region", flat=True))
    unknown = Text("未填地区", "no region given")
    bars = [Bar(Text(regions.get(f"{code}0000", code), "") if code else unknown, n) for code, n in found.items()]
    return sorted(bars, key=lambda b: (-b.count, b.label.zh))


def at_risk(user: Any, round_: Round | None = None) -> QuerySet[AgendaItem]:
    """Terms of the seen cases that are over or run out within a month. What is only waited for is none."""
    found = due_by(today() + dt.timedelta(days=RISK_DAYS)).filter(case__in=seen_by(user)).exclude(
        kind="minimum").select_related("case__application__body__body")
    return found.filter(case__round=round_.public_id) if round_ else found


def loads(user: Any, round_: Round) -> list[Load]:
    """Each expert's load; only for whoever runs the round."""
    if not runs(user, round_):
        return []
    found = Assigned.objects.filter(application__round=round_, state__in=STANDING).values(
        "user__name").annotate(assigned=Count("pk"), done=Count("pk", Q(sheet__submitted__isnull=False))).order_by(
        "-assigned", "user__name")
    return [Load(row["user__name"], row["assigned"], row["done"]) for row in found]
