"""What a panel's leader sees of an application and does with it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.web.accounts.me import me
from guiju.web.files.queries import attached_to
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.reviewing.domain import leading
from guiju.web.reviewing.forms import ReportForm, SettleForm, VisitForm
from guiju.web.reviewing.models import Assigned, Placement
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.projection import reading_of
from guiju.web.reviewing.queries.marks import (
    VETO_HOLDER,
    VISIT_HOLDER,
    claims_of,
    not_set,
    result_for,
    rubric_of,
    sheets_of,
)
from guiju.web.reviewing.queries.parts import my_led
from guiju.web.reviewing.views.shared import Sent, act_of, read, upload_in
from guiju.web.rounds.review_rules import rules_of


@door("review.lead", my_led)
def lead(request: HttpRequest, placement: Placement, public_id: str) -> HttpResponse:
    """Marks that were handed in, claims of a veto, visits, and what comes next."""
    sent = Sent(request)
    if request.method == "POST" and (answer := act_of(
            request, sent, "reviewing:lead", lambda: _do(request, placement, sent), public_id)):
        return answer
    application, round_ = placement.application, placement.panel.round
    tasks = Assigned.objects.filter(application=application, state__in=STANDING).select_related("user", "sheet")
    own = next((t for t in tasks if t.user_id == request.user.pk), None)
    waits = own is not None and not (hasattr(own, "sheet") and own.sheet.submitted)
    sheets = sheets_of([application])[application.pk]
    rubric = rubric_of(round_)
    return render(request, "reviewing/lead.html", {
        "placement": placement, "round": round_, "reading": reading_of(application, rules_of(round_).hides_names),
        "tasks": tasks, "waits": waits, "rubric": rubric, "open": not_set(round_),
        "sheets": [] if waits else sheets, "table": [] if waits else _table(rubric, sheets),
        "result": None if waits else result_for(application, rubric, sheets),
        "claims": [(c, list(attached_to(VETO_HOLDER, c.public_id)), _settling(sent, c.public_id))
                   for c in claims_of(application)],
        "visits": [(v, list(attached_to(VISIT_HOLDER, v.public_id)), _reporting(sent, v.public_id))
                   for v in application.visits.order_by("pk")], "visit": sent.form(VisitForm, "visit"),
        "stage": application.case.stage, "confirmed": any(c.state == "confirmed" for c in claims_of(application))},
        status=sent.status)


def _settling(sent: Sent, claim: str) -> SettleForm:
    return sent.form(SettleForm, "settle", f"{claim}-%s", claim=claim)


def _reporting(sent: Sent, visit: str) -> ReportForm:
    return sent.form(ReportForm, "report", visit=visit)


def _table(rubric: Any, sheets: list[Any]) -> list[tuple[Any, list[Any]]]:
    """Marks by indicator, one column an expert."""
    by_sheet = [{m.indicator: m for m in s.marks.all()} for s in sheets]
    return [(i, [marks.get(i.id) for marks in by_sheet]) for i in rubric.marked()]


def _do(request: HttpRequest, placement: Placement, sent: Sent) -> None:
    do, user = request.POST.get("do", ""), me(request)
    if do == "settle":
        claim = request.POST.get("claim", "")
        finding = read(_settling(sent, claim))["finding"]
        leading.settle_claim(placement, claim, request.POST.get("upheld") == "yes", finding, user)
    elif do == "close":
        leading.close_marks(placement)
    elif do == "reopen":
        leading.reopen_marks(placement)
    elif do == "visit":
        data = read(sent.form(VisitForm, "visit"))
        leading.arrange_visit(placement, user, data["needed"], data["begins"], data["ends"], data["visitors"])
        done(request, "已安排现场评审", "the visit is arranged")
    elif do == "report":
        _report(request, placement, sent)
    elif do == "forward":
        leading.to_the_committee(placement, user)
        done(request, "已提交审议", "it is before the committee now")
    elif do == "veto":
        leading.out_by_veto(placement, user)
        done(request, "已按否决项办结", "it is out by the veto")


def _report(request: HttpRequest, placement: Placement, sent: Sent) -> None:
    visit = placement.application.visits.filter(public_id=request.POST.get("visit", "")).first()
    if visit is None:
        raise Http404
    data = read(_reporting(sent, visit.public_id))
    leading.report_visit(visit, placement, me(request), data["conditions"] == "yes", data["direction"] == "yes",
                         data["findings"], upload_in(request, "file", leading.REPORT),
                         request.POST.get("onward") == "yes")
    done(request, "现场评审已报告", "the visit is reported")
