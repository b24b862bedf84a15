"""Who reviews what: the proposal with its reasons, an officer's own word on pairs, replay, acceptance."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.web.accounts.me import me
from guiju.web.accounts.models import User
from guiju.web.kit.clock import today
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.domain import assigning
from guiju.web.reviewing.forms import DeadlineForm, PairForm
from guiju.web.reviewing.models import Assigned, Declared, PairRule, Run
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.page import proposal_rows
from guiju.web.reviewing.queries.parts import officers_round
from guiju.web.reviewing.queries.problem import members_of, missing_figures, to_be_reviewed
from guiju.web.reviewing.queries.scene import conflicts_of_reviewers, titled
from guiju.web.reviewing.views.shared import Sent, act_of, read
from guiju.web.rounds.models import Round

KINDS = ("fixed", "forbidden", "")


@door("review.organise", officers_round)
def assignment(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """The latest proposal, what stands, what experts answered."""
    sent = Sent(request)
    pair, deadline = sent.form(PairForm, "pair"), sent.form(DeadlineForm, "accept")
    if request.method == "POST" and (answer := act_of(
            request, sent, "reviewing:assignment", lambda: _do(request, round_, pair, deadline), round_id)):
        return answer
    latest = round_.runs.select_related("by").order_by("-number").first()
    rows = to_be_reviewed(round_)
    people = {u.pk: u for users in members_of(round_).values() for u in users}
    findings = conflicts_of_reviewers(round_, people.values(), rows) if rows else None
    names, titles = {u.public_id: u.name for u in people.values()}, {r.public_id: title for r, title in titled(rows)}
    tasks = Assigned.objects.filter(application__round=round_).select_related(
        "user", "application", "application__organisation", "sheet").order_by("application", "user__name")
    ties = {(d.application_id, d.user_id): d.relation for d in Declared.objects.filter(
        round=round_, application__isnull=False).order_by("at", "pk")}
    return render(request, "reviewing/assignment.html", {
        "round": round_, "figures": missing_figures(round_), "latest": latest,
        "proposal": proposal_rows(latest) if latest else [], "rows": [(r, titles[r.public_id]) for r in rows],
        "people": sorted(people.values(), key=lambda u: u.name), "today": today(),
        "rules": PairRule.objects.filter(application__round=round_).select_related("user", "application", "by"),
        "tasks": [(t, ties.get((t.application_id, t.user_id), "")) for t in tasks],
        "gap": sum(t.state == "declined" for t in tasks), "standing": sum(t.state in STANDING for t in tasks),
        "ties": [(names.get(c.expert, c.expert), titles.get(c.application, c.application), c) for c in
                 (findings.conflicts if findings else ())], "gaps": findings.gaps if findings else (),
        "pair": pair, "deadline": deadline, "typed": request.POST}, status=sent.status)


def _do(request: HttpRequest, round_: Round, pair: PairForm, deadline: DeadlineForm) -> None:
    do, user = request.POST.get("do", ""), me(request)
    if do == "run":
        made = assigning.run(round_, user)
        if made.state == "infeasible":
            raise Refused("没有可行的分配：" + "；".join(w["zh"] for w in made.found["why"]),
                          "there is no assignment: " + "; ".join(w["en"] for w in made.found["why"]))
        done(request, f"第 {made.number} 次分配已算好，请核对后采用", f"proposal {made.number} is ready: look at it")
    elif do == "pair":
        application = round_.applications.filter(public_id=request.POST.get("application", "")).first()
        expert = User.objects.filter(public_id=request.POST.get("expert", ""), panels__panel__round=round_).first()
        kind = request.POST.get("kind", "")
        if application is None or expert is None or kind not in KINDS:
            raise Refused("选一份申报和一位专家", "choose an application and an expert")
        assigning.set_pair(application, expert, kind, read(pair)["reason"], user)
    elif do == "accept":
        count = assigning.accept(_run(round_, request.POST.get("run", "")), user, read(deadline)["deadline"])
        done(request, f"已采用，新请 {count} 项评审，信已发出", f"accepted: {count} reviews newly asked for")
    elif do == "verify":
        found = assigning.verify(_run(round_, request.POST.get("run", "")))
        if not found.same:
            raise Refused("重放与记录不同：" + "；".join(f.zh for f in found.findings),
                          "the replay differs: " + "; ".join(f.en for f in found.findings))
        done(request, "重放核对：同样的输入和种子，算出同样的分配",
             "replayed: the same input and seed give the same pairs")


def _run(round_: Round, public_id: str) -> Run:
    found = round_.runs.filter(public_id=public_id).exclude(state="infeasible").first()
    if found is None:
        raise Http404
    return found
