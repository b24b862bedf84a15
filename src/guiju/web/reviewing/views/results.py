"""The result sheet, and the approvers' pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.web.accounts.me import me
from guiju.web.applications.models import Application
from guiju.web.kit.doors import door
from guiju.web.kit.downloads import download
from guiju.web.kit.notes import done
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.permissions import Refused
from guiju.web.kit.sheets import MEDIA, file_name
from guiju.web.reviewing.domain import approving
from guiju.web.reviewing.queries.marks import results_of
from guiju.web.reviewing.queries.parts import approvers_round, runs
from guiju.web.reviewing.queries.scene import title_of, titled
from guiju.web.reviewing.rules import round_with_results
from guiju.web.reviewing.sheets import result_sheet
from guiju.web.reviewing.views.shared import act, day_in, reasons_in
from guiju.web.rounds.models import Round

_READ = ("GET", "HEAD")


@door("review.results", round_with_results, methods=_READ)
def results(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """Every application with scores, spread, rank, votes. Who gave which score, the office alone sees."""
    found = results_of(round_, request.user)
    return render(request, "reviewing/results.html", {
        "round": round_, "results": found, "named": runs(request.user, round_),
        "listed": [s for s in found.standings if s.application.case.stage == approving.EXAMINED]})


@door("review.results", round_with_results, methods=_READ)
def results_sheet(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    data = result_sheet(round_.title, results_of(round_, request.user), runs(request.user, round_))
    return download(data, MEDIA, file_name(round_.title, "评审结果"))


@door("review.approve", approvers_round)
def approval(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """The proposed list, the list under notice, objections, approval."""
    if request.method == "POST":
        return act(request, "reviewing:approval", lambda: _do(request, round_), round_id)
    rows = list(round_.applications.filter(case__stage__in=("S15", "S16", "S17", "S18", "S20")).select_related(
        "organisation", "case", "case__revision", "case__organisation").order_by("pk"))
    titled(rows)
    found = results_of(round_, request.user)
    by_id = {s.application.pk: s for s in found.standings}
    groups: dict[str, list[tuple[Application, str, Any]]] = {}
    for application in rows:
        groups.setdefault(application.case.stage, []).append(
            (application, title_of(application), by_id.get(application.pk)))
    return render(request, "reviewing/approval.html", {"round": round_, "groups": groups})


def _days(word: str) -> int | None:
    """How long the notice is to last; none for as long as the chart asks for. Raises Refused."""
    days = whole_number(word)
    if word.strip() and (days is None or not 1 <= days <= approving.MOST_DAYS):
        raise Refused(f"公示天数写 1 到 {approving.MOST_DAYS} 的整数",
                      f"the days of the notice are a whole number from 1 to {approving.MOST_DAYS}")
    return days


def _do(request: HttpRequest, round_: Round) -> None:
    do, user = request.POST.get("do", ""), me(request)
    rows = {a.public_id: a for a in round_.applications.filter(public_id__in=request.POST.getlist("application"))
            .select_related("case", "case__revision", "case__organisation", "organisation", "round", "round__revision")}
    if do == "publish":
        days = _days(request.POST.get("days", ""))
        notice = approving.publish_list(round_, list(rows.values()), user, days)
        done(request, f"已公示 {len(rows)} 项，至 {notice.ends}", f"{len(rows)} made public until {notice.ends}")
        return
    application = next(iter(rows.values()), None)
    if application is None:
        raise Refused("没有选中申报", "nothing was chosen")
    if do == "reject":
        approving.reject(application, user, request.POST.get("reason", ""))
        done(request, "审定未通过", "not approved")
    elif do == "approve":
        end = day_in(request, "planned_end")
        if end is None:
            raise Refused("写计划建成日", "say when the building is planned to end")
        approving.approve(application, user, end, reasons_in(request))
        done(request, "已批准建设", "approved")
    elif do == "look":
        approving.look_into(application, user)
    elif do == "uphold":
        approving.uphold_objection(application, user)
