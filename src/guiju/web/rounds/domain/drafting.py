"""Writing a round before it is published."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from guiju.lifecycle.environment import own_settings, parameter_values
from guiju.source.diagnostics import GuijuError
from guiju.web.accounts.models import Organisation, RecommendingBody, User
from guiju.web.cases.charts import installed
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused, Superseded
from guiju.web.rounds.callers import calls_in
from guiju.web.rounds.edits import FIELDS, MAPS, OF_BODY, Edit
from guiju.web.rounds.models import Round
from guiju.web.rounds.procedure import call_of, caller_role, chart_for, settings_day
from guiju.web.rounds.review_rules import rules_of


@transaction.atomic
def new_round(chart_id: str, title: str, year: int, office: Organisation, user: User, *, title_en: str = "",
              form: str = "", based_on: str = "") -> Round:
    """A draft. `based_on`: a round of the chart's own, whose settings it begins with; its days are that round's, so
    they are not taken over. Raises Refused."""
    chart = installed(chart_id)
    call_of(chart)
    role = chart.roles[caller_role(chart)].label
    if not calls_in(office, chart):
        raise Refused(f"{office.name}不是平台管理员为这个项目指定的“{role.zh}”，也不隶属于它，不能开设批次",
                      f"{office.name} is neither what the operator entered as '{role.en}' of this programme nor below"
                      " it: it opens no rounds")
    if based_on and based_on not in chart.rounds:
        raise Refused(f"没有批次样例“{based_on}”", f"there is no sample round '{based_on}'")
    sets = chart.rounds[based_on].sets if based_on else {}
    settings = {id_: word for id_, word in sets.items()
                if id_ not in chart.parameters or chart.parameters[id_].type.kind != "date"}
    return Round.objects.create(chart=chart.id, form=form, title=title.strip(), title_en=title_en.strip(), year=year,
                                office=office, parameters=settings, created=now(), created_by=user)


@transaction.atomic
def edit(round_: Round, change: Edit, version: int) -> Round:
    """Change a draft. `version`: as the person saw it. Raises Refused: superseded, published, or a wrong value."""
    found = locked(round_, version)
    if found.state != "draft":
        raise Refused("批次已发布，改动须走“变更”并写明理由", "the round is published: change it with a reason")
    apply(found, change)
    return found


def locked(round_: Round, version: int) -> Round:
    """The round, locked. Raises Superseded when somebody changed it since."""
    found = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    refuse_superseded(found, version)
    return found


def refuse_superseded(round_: Round, version: int) -> None:
    """Raises Superseded where the version that a person saw is no longer the round's."""
    if round_.version != version:
        raise Superseded("这期间别人改过这个批次，您的改动没有保存；请在最新内容上再改",
                         "somebody changed this round meanwhile: nothing was saved, go on from what is there now")


def apply(round_: Round, change: Edit) -> None:
    """Write a change as the next version. Raises Refused for values that can't be."""
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
    _check_parameters(round_)
    _check_rules(round_)
    round_.version += 1
    round_.save()
    for id_, settings in change.bodies.items():
        _put_body(round_, id_, settings)


def _check_parameters(round_: Round) -> None:
    try:
        parameter_values(chart_for(round_), own_settings(round_.parameters), settings_day(round_))
    except GuijuError as error:
        first = error.diagnostics[0].message
        raise Refused(first.zh, first.en) from None


def _check_rules(round_: Round) -> None:
    try:
        rules = rules_of(round_)
    except ValueError:
        raise Refused("评审细则里有读不懂的数", "the review rules hold a number that can't be read") from None
    if any(points <= 0 for points in rules.weights.values()):
        raise Refused("指标权重应大于 0", "a weight is above 0")
    trim, least = rules.trim if rules.aggregate == "trimmed_mean" else None, rules.least_scores
    if trim and least is not None and least <= 2 * trim:
        raise Refused(f"至少 {least} 位专家打分，去掉最高最低各 {trim} 个后一个也不剩",
                      f"with {least} marks, nothing is left when {trim} at each end are left out")
    if rules.load_least is not None and rules.load_most is not None and rules.load_least > rules.load_most:
        raise Refused("每位专家最少评的不能多于最多评的", "the least load is above the most")
    if rules.panel_size is not None and (rules.in_field or 0) > rules.panel_size:
        raise Refused("本领域专家数不能多于专家组人数", "more of the field than the panel has members")


def _put_body(round_: Round, organisation_id: str, settings: Map[str, Any] | None) -> None:
    """A recommending body with what it set, or without it. Raises Refused."""
    body = RecommendingBody.objects.select_related("organisation").filter(
        organisation__public_id=organisation_id).first()
    if body is None:
        raise Refused("没有这个推荐单位", "there is no such recommending body")
    name = body.organisation.name
    if settings is None:
        try:
            round_.bodies.filter(body=body).delete()
        except ProtectedError:
            raise Refused(f"已有申报请{name}推荐，不能移除",
                          f"{name} has applications: it can't be taken out") from None
        return
    deadline = settings.get("deadline")
    if deadline and round_.closes and deadline > round_.closes:
        raise Refused(f"{name}的截止日晚于批次截止日", f"the deadline of {name} is later than the round's")
    if deadline and round_.opens and deadline < round_.opens:
        raise Refused(f"{name}的截止日早于申报开始日", f"the deadline of {name} is earlier than the round's first day")
    round_.bodies.update_or_create(body=body, defaults={k: v for k, v in settings.items() if k in OF_BODY})
