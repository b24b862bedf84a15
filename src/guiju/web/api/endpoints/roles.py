"""For the platform's operator: who holds which role of a programme; which reminders went out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status
from ninja.params.functions import Path, Query

from guiju.lifecycle.chart import Chart
from guiju.web.api import schemas as s
from guiju.web.api.checked import fit, posted
from guiju.web.api.pages import cut, listed
from guiju.web.api.security import Scope, caller
from guiju.web.cases.domain import assign, release
from guiju.web.cases.forms.roles import RoleHolderForm
from guiju.web.cases.models import RoleHolder
from guiju.web.cases.page import role_label
from guiju.web.cases.queries import a_holder, holders_named, programme_named
from guiju.web.desk.queries.deadlines import reminder_log
from guiju.web.kit.permissions import check

router = Router(tags=["平台管理 operating"])
_READ, _WRITE = Scope("cases:read"), Scope("operator:write")
_CHART = Path(..., pattern=s.CHART, max_length=120)


class NamedFor(s.Closed):
    """`holder`: an organisation's credit code, or a person's sign-in name. `round`: the id of a round, empty for all.
    `until`: the last day; null: no end."""

    role: str = Field(max_length=60)
    holder: str = Field(min_length=1, max_length=60)
    round: str = Field("", max_length=60)
    until: dt.date | None = None


class RoleHeld(Schema):
    """`number`: by which it is ended."""

    number: int
    role: str
    label: s.Words
    holder: str
    person: bool
    round: str
    since: dt.date
    until: dt.date | None


class ReminderSent(Schema):
    """What it said, and of which case, is between the site and the person."""

    person: str
    made: dt.datetime
    mailed: dt.datetime | None
    tries: int
    by_mail: bool
    read: dt.datetime | None


class RemindersSent(s.Page):
    reminders: list[ReminderSent]


@router.get("/programmes/{path:chart_id}/roles", response=list[RoleHeld], auth=_READ)
def role_holders(request: HttpRequest, response: HttpResponse, chart_id: str = _CHART,
                 page: int = Query(1, ge=1, le=100_000)) -> Any:
    """谁担任流程图的哪个角色；只给某一个事项指定的不在内。"""
    chart = _operated(request, chart_id)
    return [_held(chart, h) for h in listed(request, response, holders_named(chart.id), page)]


@router.post("/programmes/{path:chart_id}/roles", response={201: RoleHeld, 409: s.Problem}, auth=_WRITE)
def name_holder(request: HttpRequest, asked: NamedFor, chart_id: str = _CHART) -> Any:
    """指定一个单位或一个人担任一个角色。"""
    chart = _operated(request, chart_id)
    return Status(201, _held(chart, assign(chart, **fit(RoleHolderForm(chart, posted(asked.dict()))).named())))


@router.delete("/programmes/{path:chart_id}/roles/{number}", response={204: None}, auth=_WRITE)
def release_holder(request: HttpRequest, chart_id: str = _CHART,
                   number: int = Path(..., ge=1, le=s.MOST_NUMBER)) -> Any:
    """免去：从今天起不再担任；以前办过的不变。"""
    release(a_holder(_operated(request, chart_id).id, number))
    return Status(204, None)


@router.get("/reminder-log", response=RemindersSent, auth=_READ)
def reminders_sent(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """提醒给谁、何时、发出没有，新的在前。"""
    check(caller(request), "desk.log")
    found = cut(reminder_log(), page)
    return RemindersSent(**found.numbers, reminders=[
        ReminderSent(person=m.user.name if m.user else "", made=m.created, mailed=m.sent, tries=m.attempts,
                     by_mail=bool(m.address), read=m.read) for m in found.rows])


def _operated(request: HttpRequest, chart_id: str) -> Chart:
    user = caller(request)
    chart = programme_named(user, chart_id)
    check(user, "case.assign", chart)
    return chart


def _held(chart: Chart, found: RoleHolder) -> RoleHeld:
    own = found.organisation or found.user
    return RoleHeld(number=found.pk, role=found.role, label=s.said(role_label(chart, found.role)),
                    holder=own.name if own else "", person=found.user is not None, round=found.round,
                    since=found.since, until=found.until)
