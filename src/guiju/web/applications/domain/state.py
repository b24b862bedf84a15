"""Whether an application can be written in, until when, and sending it back for completion."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.accounts.queries import ACTING, people_of
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.readings import reading_in
from guiju.web.cases.store import case_of
from guiju.web.kit.clauses import holds_in
from guiju.web.kit.clock import now, today
from guiju.web.kit.holding import hold
from guiju.web.kit.permissions import Refused
from guiju.web.kit.subjects import chart_id_of, region_of
from guiju.web.outbox.domain import Letter, put_out

MOVE = "T03"  # handing in
DRAFTING, WITH_THE_BODY = "S02", ("S03", "S04")
LATE_CLAUSE = "藏函二(二)"
LATE_IN_CALL = "late_clause"  # of the round's texts
NOT_OPEN = Text("已提交的申报书不能再改；推荐单位退回补充后才能改",
                "it was handed in and can't be changed any more, unless the body sends it back to be completed")


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day on which it may be handed in, and why: the body's deadline as the round reads it. `day` empty: no
    deadline is set. `set_to`: the deadline as it is written; `excluded`: that day itself is late already."""

    day: dt.date | None
    set_to: dt.date | None
    excluded: bool

    @property
    def is_over(self) -> bool:
        return self.day is not None and today() > self.day

    @property
    def left(self) -> int | None:
        return None if self.day is None else (self.day - today()).days


def last_day(application: Application) -> LastDay:
    """By the case's own parameters: 推荐单位截止日, under the reading of 截止日读法."""
    main = case_of(application.case).main
    reading = reading_in(main.chart, main.parameters, "deadline_day")
    excluded = reading is not None and reading.name == "不含当日"
    if "recommender_deadline" not in main.parameters:
        return LastDay(None, None, excluded)
    set_to = dt.date.fromordinal(main.parameters["recommender_deadline"])
    return LastDay(set_to - dt.timedelta(days=1) if excluded else set_to, set_to, excluded)


@dataclass(frozen=True, slots=True)
class LateRule:
    """On what it rests that nothing late is taken in. `clause`: of a document that holds for the applicant; `call`:
    where the round's own call says so, as its office entered it. Neither: the site does so of itself."""

    clause: str = ""
    call: str = ""

    @property
    def basis(self) -> Text:
        return Text(self.clause, self.clause) if self.clause else Text(
            f"本批次通知{self.call}", f"the round's call, {self.call}") if self.call else Text("", "")


def late_rule(application: Application) -> LateRule:
    if holds_in(LATE_CLAUSE, region_of(application), chart_id_of(application)):
        return LateRule(clause=LATE_CLAUSE)
    return LateRule(call=str(application.round.texts.get(LATE_IN_CALL) or ""))


def editable(application: Application) -> bool:
    """Whether its form can be written in: while it is drafted, or after it was sent back to be completed."""
    stage = application.case.stage
    return stage == DRAFTING or (stage in WITH_THE_BODY and application.returned is not None)


def locked(application: Application) -> Application:
    """The application as it is now, kept from others till the transaction ends."""
    return hold(Application.objects.select_related(
        "round", "case", "case__revision", "case__organisation", "organisation", "body__body__organisation",
        "body__round"), pk=application.pk)


def locked_for_writing(application: Application) -> Application:
    """Raises Refused where it can't be written in any more."""
    found = locked(application)
    if not editable(found):
        raise Refused(NOT_OPEN.zh, NOT_OPEN.en)
    return found


@transaction.atomic
def reopen(application: Application, reason: str, user: User) -> Application:
    """Send it back to be completed: the applicant may write again, and hands in anew, before the deadline. The case
    stays where it is. Raises Refused."""
    from guiju.web.applications.domain.revisions import keep_revision

    found = locked(application)
    record = CaseRecord.objects.get(pk=found.case_id)
    over = last_day(found)
    if record.stage not in WITH_THE_BODY or found.handed_in is None:
        raise Refused("只有推荐单位手里的申报才能退回补充", "only what is with the recommending body can be sent back")
    if found.returned is not None:
        raise Refused("已经退回补充，正等申报单位再交", "it was sent back already and waits for the applicant")
    if not reason.strip():
        raise Refused("请写明要补充什么", "say what is to be completed")
    if over.is_over:
        raise Refused(f"已过截止日 {over.set_to}，不能再退回补充", f"the deadline, {over.set_to}, is over")
    keep_revision(found, user, "退回补充时")
    found.returned, found.returned_reason = now(), reason.strip()
    found.save(update_fields=["returned", "returned_reason"])
    what = Text(f"申报书退回补充：{found.case.title}", f"sent back to be completed: {found.case.title}")
    until = Text(f"请在 {over.day} 前改好再交。" if over.day else "请改好再交。",
                 f"Complete it by {over.day} and hand it in again." if over.day else "Complete it and hand it in.")
    put_out(Letter(f"returned/{found.public_id}/{found.returned:%Y%m%d%H%M%S}/{person.pk}", "notice", what,
                   Text(f"理由：{found.returned_reason}。{until.zh}", f"Reason: {found.returned_reason}. {until.en}"),
                   user=person, link=reverse("applications:form", args=[found.public_id]))
            for person in people_of(found.organisation, ACTING))
    return found
