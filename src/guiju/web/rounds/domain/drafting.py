"""Writing a round before it is published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from guiju.lifecycle.environment import own_settings, parameter_values
from guiju.source.diagnostics import GuijuError
from guiju.web.accounts.models import Organisation, RecommendingBody, User
from guiju.web.cases.charts import installed
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.rounds.models import Round, RoundBody
from guiju.web.rounds.procedure import call_of, chart_for

FIELDS = ("title", "title_en", "year", "form", "opens", "closes")
MAPS = ("parameters", "rules", "texts")


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be different. `fields`: of the row; `parameters`, `rules`, `texts`: by name, None to take one out."""

    fields: Map[str, Any] = field(default_factory=dict)
    parameters: Map[str, str | None] = field(default_factory=dict)
    rules: Map[str, Any] = field(default_factory=dict)
    texts: Map[str, str | None] = field(default_factory=dict)


@transaction.atomic
def new_round(chart_id: str, title: str, year: int, office: Organisation, user: User, *, title_en: str = "",
              form: str = "", based_on: str = "") -> Round:
    """A draft. `based_on`: a round of the chart's own whose settings it begins with. Raises Refused."""
    chart = installed(chart_id)
    call_of(chart)
    if based_on and based_on not in chart.rounds:
        raise Refused(f"没有批次样例“{based_on}”", f"there is no sample round '{based_on}'")
    settings = dict(chart.rounds[based_on].sets) if based_on else {}
    return Round.objects.create(chart=chart.id, form=form, title=title.strip(), title_en=title_en.strip(), year=year,
                                office=office, parameters=settings, created=now(), created_by=user)


@transaction.atomic
def edit(round_: Round, change: Edit, version: int) -> Round:
    """Change a draft. `version`: as the person saw it. Raises Refused: overtaken, published, or a wrong value."""
    found = locked(round_, version)
    if found.state != "draft":
        raise Refused("批次已发布，改动须走“变更”并写明理由", "the round is published: change it with a reason")
    apply(found, change)
    found.version += 1
    found.save()
    return found


def locked(round_: Round, version: int) -> Round:
    """The round, locked. Raises Refused when somebody changed it since."""
    found = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if found.version != version:
        raise Refused("这期间别人改过这个批次，您的改动没有保存；请在最新内容上再改",
                      "somebody changed this round meanwhile: nothing was saved, go on from what is there now")
    return found


def apply(round_: Round, change: Edit) -> None:
    """Write a change into the row, unsaved. Raises Refused for values that can't be."""
    unknown = set(change.fields) - set(FIELDS)
    if unknown:
        raise ValueError(f"no fields of a round: {sorted(unknown)}")
    for name, value in change.fields.items():
        setattr(round_, name, value)
    for name in MAPS:
        kept = {**getattr(round_, name), **getattr(change, name)}
        setattr(round_, name, {k: v for k, v in kept.items() if v not in (None, "", {}, [])})
    if round_.opens and round_.closes and round_.closes < round_.opens:
        raise Refused("截止日不能早于开始日", "it can't close before it opens")
    checked_parameters(round_, round_.parameters)


def checked_parameters(round_: Round, words: Map[str, str]) -> None:
    """Raises Refused for a parameter that the chart does not know or a value that does not fit it."""
    try:
        parameter_values(chart_for(round_), own_settings(words), round_.opens or dt.date(round_.year, 1, 1))
    except GuijuError as error:
        first = error.diagnostics[0].message
        raise Refused(first.zh, first.en) from None


@transaction.atomic
def edit_bodies(round_: Round, rows: Sequence[RoundBody], version: int) -> Round:
    """Replace the recommending bodies of a draft. Raises Refused."""
    found = locked(round_, version)
    if found.state != "draft":
        raise Refused("批次已发布，推荐单位的改动须走“变更”", "the round is published: change it with a reason")
    found.bodies.exclude(body__in=[r.body for r in rows]).delete()
    for row in rows:
        put_body(found, row.body, {"deadline": row.deadline, "copies": row.copies, "places": row.places,
                                   "department_quota": row.department_quota})
    found.version += 1
    found.save(update_fields=["version"])
    return found


def put_body(round_: Round, body: RecommendingBody, settings: Map[str, Any]) -> RoundBody:
    """A recommending body of the round, with what it set. Raises Refused."""
    deadline = settings.get("deadline")
    if deadline and round_.closes and deadline > round_.closes:
        raise Refused(f"{body.organisation.name}的截止日晚于批次截止日",
                      f"the deadline of {body.organisation.name} is later than the round's")
    made, _ = RoundBody.objects.update_or_create(round=round_, body=body, defaults=dict(settings))
    return made
