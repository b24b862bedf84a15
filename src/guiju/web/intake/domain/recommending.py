"""The recommending body's moves: take in or refuse as late, send back, decline, recommend and forward."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from django.db import transaction
from django.urls import reverse

from guiju.lifecycle.events import Evidence
from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.accounts.queries import ACTING, people_of
from guiju.web.applications.domain.state import locked, reopen
from guiju.web.applications.models import Application
from guiju.web.applications.queries import handed_in_revision
from guiju.web.cases.domain import make_move
from guiju.web.cases.domain.acts import Overtaken
from guiju.web.cases.models import CaseRecord
from guiju.web.files.domain import Upload
from guiju.web.intake.domain.marks import materials_pass, unsettled
from guiju.web.intake.domain.opinions import PAPER
from guiju.web.intake.domain.parts import acting_as, check_not_returned
from guiju.web.intake.models import Opinion, SendingBack
from guiju.web.intake.queries import consultations_of, opinion_of, seals_of
from guiju.web.intake.quota import check_places
from guiju.web.intake.reading import facts_since, name_of
from guiju.web.intake.stages import DECLINE, FORWARD, RECOMMENDER, REFUSE_LATE, TAKE_IN, WITH_BODY
from guiju.web.kit.clock import now, today
from guiju.web.kit.holding import hold
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.domain import Letter, put_out
from guiju.web.rounds.models import RoundBody

Made = CaseRecord | Refusal | Overtaken
YES, NO = "是", "否"


@transaction.atomic
def take_in(application: Application, user: User, seen: str = "", decisions: Map[str, str] | None = None) -> Made:
    """T05. Raises Refused while it is back with the applicant."""
    application = locked(application)
    check_not_returned(application)
    return _move(application, TAKE_IN, user, Evidence(facts_since(application), (), decisions or {}), seen)


@transaction.atomic
def refuse_late(application: Application, user: User, seen: str = "") -> Made:
    """T04: only what came after the deadline; the core looks at the days."""
    return _move(locked(application), REFUSE_LATE, user, Evidence(), seen)


@transaction.atomic
def send_back(application: Application, reasons: str, user: User) -> SendingBack:
    """Give it back to be completed, with reasons; before the deadline, and before it is forwarded. Raises Refused."""
    revision = handed_in_revision(application)
    reopen(application, reasons, user)
    return SendingBack.objects.create(application=application, reasons=reasons.strip(), at=now(), by=user,
                                      revision=revision.number if revision else 0)


@transaction.atomic
def decline(application: Application, reason: str, materials_failed: bool, user: User, seen: str = "") -> Made:
    """T06. `materials_failed`: the materials did not pass; otherwise they did, and no recommendation is issued. Raises
    Refused where the marks say otherwise."""
    application = locked(application)
    check_not_returned(application)
    passed = materials_pass(application)
    if not reason.strip():
        raise Refused("请写明不推荐的理由", "say why it is not recommended")
    if materials_failed and passed is not False:
        raise Refused("以材料审核不过为由的，审核清单里要有不通过的项并写明理由",
                      "mark the items that fail, with remarks, first")
    if not materials_failed and passed is None:
        raise Refused("请先逐项审核完：" + "、".join(unsettled(application) or ["存疑的项"]),
                      "settle all items of the check first")
    given = {**facts_since(application), "材料六性审核通过": YES if passed else NO, "推荐意见已出具": NO,
             "不推荐理由": reason.strip()}
    made = _move(application, DECLINE, user, Evidence(given), seen)
    if isinstance(made, CaseRecord):
        _tell_why(application, reason.strip())
    return made


@transaction.atomic
def forward(application: Application, user: User, seen: str = "", decisions: Map[str, str] | None = None) -> Made:
    """T07, from T05 if it was not taken in yet. Places are counted under the lock of the body's row. Raises Refused for
    what the body has not settled; the chart's own guards answer with a Refusal."""
    body = hold(RoundBody.objects.select_related("body__organisation"), pk=application.body_id)
    application = locked(application)
    check_not_returned(application)
    missing = unsettled(application)
    if missing:
        raise Refused("还没有审核（或改交后没有重新确认）的项：" + "、".join(missing),
                      "not checked, or not confirmed since it was handed in again: " + ", ".join(missing))
    if materials_pass(application) is None:
        raise Refused("还有存疑的项：落实后改为通过或不通过，再报送", "some items are in doubt: settle them first")
    check_places(body, application)
    return _move(application, FORWARD, user, forwarding_evidence(application, decisions or {}), seen,
                 forwarding_papers(application))


def forwarding_evidence(application: Application, decisions: Map[str, str]) -> Evidence:
    opinion = opinion_of(application)
    return Evidence(forwarding_facts(application, opinion), (), decisions, _preference(opinion))


def forwarding_papers(application: Application) -> list[Upload]:
    """The newest scan of the opinion with its seal, if there is one."""
    return [Upload(s.file, s.name, PAPER) for s in seals_of(opinion_of(application))[-1:]]


def forwarding_facts(application: Application, opinion: Opinion | None) -> dict[str, Any]:
    """What the body states by forwarding. That it forwards is its recommendation: as a ministry's department, or as a
    province's market regulator."""
    body = application.body.body
    consulted = bool(consultations_of(application))
    return {**facts_since(application),
            "材料六性审核通过": YES if materials_pass(application) else NO,
            "推荐意见已出具": YES if opinion else NO,
            "推荐意见盖公章": YES if opinion and opinion.sealed else NO,
            "主管部门已推荐": YES if body.ministry else NO,
            "省级市场监管已推荐": YES if body.region else NO,
            "省级工信已联合推荐": YES if opinion and opinion.joined else NO,
            "已征求领域主管部门意见": YES if consulted else NO}


def open_acts(application: Application, opinion: Opinion | None) -> dict[str, Any]:
    """What only the body can do and has not done yet, as facts that hold once it has. Materials that it failed are no
    open act: that is what it found."""
    if application.case.stage not in WITH_BODY:
        return {}
    acts = {"材料六性审核通过": materials_pass(application) is None, "推荐意见已出具": opinion is None,
            "推荐意见盖公章": not (opinion and opinion.sealed), "省级工信已联合推荐": not (opinion and opinion.joined),
            "已征求领域主管部门意见": not consultations_of(application)}
    return {**{word: YES for word, is_open in acts.items() if is_open}, "报送总局日": today().isoformat()}


def _preference(opinion: Opinion | None) -> str:
    if opinion is None or opinion.preferred is None:
        return ""
    return "已运行两年以上的省部级实验室" if opinion.preferred else "不属已运行两年以上的省部级实验室"


def _move(application: Application, move: str, user: User, evidence: Evidence, seen: str,
          uploads: list[Upload] | None = None) -> Made:
    record = application.case
    return make_move(record, move, user, acting_for=acting_as(user, record, RECOMMENDER), evidence=evidence,
                     uploads=uploads or [], seen=seen)


def _tell_why(application: Application, reason: str) -> None:
    """The applicant's people hear the reason, beside the case's own notice of the new stage."""
    name, body = name_of(application), application.body.body.organisation.name
    put_out(Letter(f"declined/{application.public_id}/{person.pk}", "notice",
                   Text(f"申报未获推荐：{name}", f"not recommended: {name}"),
                   Text(f"{body}不推荐这份申报。理由：{reason}", f"{body} does not recommend it. Reason: {reason}"),
                   user=person, link=reverse("cases:show", args=[application.case.public_id]))
            for person in people_of(application.organisation, ACTING))
