"""What a panel's leader sees of an application and does with it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.web.accounts.me import me
from guiju.web.files.kinds import ACCEPT
from guiju.web.files.queries import attached_to
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.domain import leading
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
from guiju.web.reviewing.views.shared import act, day_in, upload_in
from guiju.web.rounds.review_rules import rules_of


@door("review.lead", my_led)
def lead(request: HttpRequest, placement: Placement, public_id: str) -> HttpResponse:
    """Marks that were handed in, claims of a veto, visits, and what comes next."""
    if request.method == "POST":
        return act(request, "reviewing:lead", lambda: _do(request, placement), public_id)
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
        "result": None if waits else result_for(application, rubric, sheets), "accept": ACCEPT,
        "claims": [(c, list(attached_to(VETO_HOLDER, c.public_id))) for c in claims_of(application)],
        "visits": [(v, list(attached_to(VISIT_HOLDER, v.public_id))) for v in application.visits.order_by("pk")],
        "stage": application.case.stage, "confirmed": any(c.state == "confirmed" for c in claims_of(application))})


def _table(rubric: Any, sheets: list[Any]) -> list[tuple[Any, list[Any]]]:
    """Marks by indicator, one column an expert."""
    by_sheet = [{m.indicator: m for m in s.marks.all()} for s in sheets]
    return [(i, [marks.get(i.id) for marks in by_sheet]) for i in rubric.marked()]


def _do(request: HttpRequest, placement: Placement) -> None:
    do, user = request.POST.get("do", ""), me(request)
    if do == "settle":
        leading.settle_claim(placement, request.POST.get("claim", ""), request.POST.get("upheld") == "yes",
                             request.POST.get("finding", ""), user)
    elif do == "close":
        leading.close_marks(placement)
    elif do == "reopen":
        leading.reopen_marks(placement)
    elif do == "visit":
        leading.arrange_visit(placement, user, request.POST.get("needed", ""), day_in(request, "begins"),
                              day_in(request, "ends"), request.POST.get("visitors", ""))
        done(request, "已安排现场评审", "the visit is arranged")
    elif do == "report":
        _report(request, placement)
    elif do == "forward":
        leading.to_the_committee(placement, user)
        done(request, "已提交审议", "it is before the committee now")
    elif do == "veto":
        leading.out_by_veto(placement, user)
        done(request, "已按否决项办结", "it is out by the veto")


def _report(request: HttpRequest, placement: Placement) -> None:
    visit = placement.application.visits.filter(public_id=request.POST.get("visit", "")).first()
    if visit is None:
        raise Http404
    answers = {"yes": True, "no": False}
    conditions, direction = (answers.get(request.POST.get(n, "")) for n in ("conditions", "direction"))
    if conditions is None or direction is None:
        raise Refused("两项认定都要选", "both findings are needed")
    leading.report_visit(visit, placement, me(request), conditions, direction, request.POST.get("findings", ""),
                         upload_in(request, "file", leading.REPORT), request.POST.get("onward") == "yes")
    done(request, "现场评审已报告", "the visit is reported")
