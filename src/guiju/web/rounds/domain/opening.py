"""An applicant's case in a round."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from typing import Any

from django.db import transaction

from guiju.lifecycle.events import Evidence
from guiju.lifecycle.refusal import Refusal
from guiju.web.accounts.models import Organisation, User
from guiju.web.cases.domain import Call, assign, begin_case, make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.rounds.domain.publishing import caller_of
from guiju.web.rounds.models import Round, RoundBody
from guiju.web.rounds.procedure import answer_of, body_role, call_of, chart_for
from guiju.web.rounds.review_rules import rules_of


class _Not(Exception):
    """Carries a refusal out of the transaction, so that nothing of it stays."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.move)
        self.refusal = refusal


def open_case(round_: Round, body: RoundBody, applicant: Organisation, user: User, given: Map[str, Any],
              at: dt.datetime | None = None) -> CaseRecord | Refusal:
    """Begin an application: the call in the caller's name at its time, then the applicant's answer with the facts
    `given`. Settings are fixed for the case as they stand now. Raises Refused while the round takes no applications.
    """
    try:
        with transaction.atomic():
            return _opened(round_, body, applicant, user, given, at or now())
    except _Not as no:
        return no.refusal


def _opened(round_: Round, body: RoundBody, applicant: Organisation, user: User, given: Map[str, Any],
            at: dt.datetime) -> CaseRecord:
    round_ = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    body = RoundBody.objects.select_related("body__organisation").get(pk=body.pk, round=round_)
    _takes_applications(round_, at.date())
    chart = chart_for(round_)
    assert round_.published_by is not None
    assert round_.published is not None
    call = Call(caller_of(round_), round_.published_by, round_.published)
    record = begin_case(chart, call_of(chart).id, user, applicant=applicant, site_round=round_.public_id, call=call,
                        parameters=settings_for(round_, body), title=unnamed(applicant))
    if isinstance(record, Refusal):
        raise _Not(record)
    if body_role(chart):
        assign(chart, body_role(chart), organisation=body.body.organisation, case=record, round_id=round_.public_id)
    made = make_move(record, answer_of(chart).id, user, acting_for=applicant.public_id, evidence=Evidence(given),
                     at=at)
    if isinstance(made, Refusal):
        raise _Not(made)
    assert isinstance(made, CaseRecord)
    return made


def unnamed(applicant: Organisation) -> str:
    """What a case is called until what is applied for has a name."""
    return f"{applicant.name}的申报"


def _takes_applications(round_: Round, day: dt.date) -> None:
    if round_.state != "open":
        raise Refused("这个批次没有开放申报", "this round takes no applications")
    assert round_.opens is not None
    assert round_.closes is not None
    if day < round_.opens:
        raise Refused(f"申报从 {round_.opens} 开始", f"applications may be begun from {round_.opens}")
    if day > round_.closes:
        raise Refused(f"申报已于 {round_.closes} 截止", f"applications closed on {round_.closes}")


def settings_for(round_: Round, body: RoundBody) -> dict[str, str]:
    """The settings of a case: the round's, over them what its recommending body set, and how objections are heard."""
    chart, words = chart_for(round_), dict(round_.parameters)
    deadline = body.deadline or round_.closes
    own = {"recommender_deadline": deadline.isoformat() if deadline else "",
           "recommender_copies": f"{body.copies} 份" if body.copies is not None else "",
           "has_quota": "是" if body.department_quota is not None else "",
           "department_quota": f"{body.department_quota} 个" if body.department_quota is not None else ""}
    words.update({id_: word for id_, word in own.items() if word and id_ in chart.parameters})
    rules = rules_of(round_)
    for notice in chart.notices.values():
        known = chart.procedures[notice.objections].chart.parameters if notice.objections else {}
        if "objection_identity" in known and rules.anonymous_objections is not None:
            words[f"{notice.objections}.objection_identity"] = "不限" if rules.anonymous_objections else "须实名"
        if "objection_handling" in known and rules.objection_days:
            words[f"{notice.objections}.objection_handling"] = f"{rules.objection_days} 工作日"
    return words
