"""The result sheet, and the approvers' pages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.source.diagnostics import Text
from guiju.web.accounts.me import me
from guiju.web.applications.models import Application
from guiju.web.kit.doors import door
from guiju.web.kit.downloads import download
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused
from guiju.web.kit.reasons import reasons_in
from guiju.web.kit.sheets import MEDIA, file_name
from guiju.web.kit.text import say
from guiju.web.reviewing.domain import approving
from guiju.web.reviewing.forms import ApproveForm, PublishForm
from guiju.web.reviewing.queries.marks import results_of
from guiju.web.reviewing.queries.parts import approvers_round, runs
from guiju.web.reviewing.queries.scene import title_of, titled
from guiju.web.reviewing.rules import round_with_results
from guiju.web.reviewing.sheets import result_sheet
from guiju.web.reviewing.views.shared import Sent, act_of, read
from guiju.web.rounds.models import Round

_READ = ("GET", "HEAD")
LISTED = ("publish", "reject")  # what the form of the proposed list is sent with


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
    sent = Sent(request)
    publishing = sent.form(PublishForm, request.POST.get("do", "") if request.POST.get("do") in LISTED else "publish")
    if request.method == "POST" and (answer := act_of(
            request, sent, "reviewing:approval", lambda: _do(request, round_, sent, publishing), round_id)):
        return answer
    rows = list(round_.applications.filter(case__stage__in=("S15", "S16", "S17", "S18", "S20")).select_related(
        "organisation", "case", "case__revision", "case__organisation").order_by("pk"))
    titled(rows)
    found = results_of(round_, request.user)
    by_id = {s.application.pk: s for s in found.standings}
    groups: dict[str, list[tuple[Application, str, Any, ApproveForm]]] = {}
    for application in rows:
        groups.setdefault(application.case.stage, []).append(
            (application, title_of(application), by_id.get(application.pk), _approving(sent, application)))
    return render(request, "reviewing/approval.html", {
        "round": round_, "groups": groups, "publishing": publishing,
        "chosen": request.POST.getlist("application")}, status=sent.status)


def _approving(sent: Sent, application: Application) -> ApproveForm:
    return sent.form(ApproveForm, "approve", f"{application.public_id}-%s", application=application.public_id)


def _do(request: HttpRequest, round_: Round, sent: Sent, publishing: PublishForm) -> None:
    do, user = request.POST.get("do", ""), me(request)
    rows = {a.public_id: a for a in round_.applications.filter(public_id__in=request.POST.getlist("application"))
            .select_related("case", "case__revision", "case__organisation", "organisation", "round", "round__revision")}
    if do == "publish":
        notice = approving.publish_list(round_, list(rows.values()), user, read(publishing)["days"])
        done(request, f"已公示 {len(rows)} 项，至 {notice.ends}", f"{len(rows)} made public until {notice.ends}")
        return
    application = next(iter(rows.values()), None)
    if application is None:
        raise Refused("没有选中申报", "nothing was chosen")
    if do == "reject":
        if not read(publishing)["reason"]:
            publishing.add_error("reason", say(Text("写明审定未通过的理由", "say why it is not approved")))
        approving.reject(application, user, read(publishing)["reason"])
        done(request, "审定未通过", "not approved")
    elif do == "approve":
        end = read(_approving(sent, application))["planned_end"]
        approving.approve(application, user, end, reasons_in(request))
        done(request, "已批准建设", "approved")
    elif do == "look":
        approving.look_into(application, user)
    elif do == "uphold":
        approving.uphold_objection(application, user)
