"""A round as its officer sees it: committee, panels, where each application goes, how far the review is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.applications.queries import HOLDER
from guiju.web.files.models import Attachment
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.permissions import Refused
from guiju.web.kit.text import say
from guiju.web.reviewing.domain import committees, panels
from guiju.web.reviewing.forms import CommitteeForm, ConfirmForm, PanelForm
from guiju.web.reviewing.models import Committee, Panel
from guiju.web.reviewing.models.bodies import POSTS
from guiju.web.reviewing.queries.composition import composition_of
from guiju.web.reviewing.queries.experts import employers, pool
from guiju.web.reviewing.queries.marks import not_set
from guiju.web.reviewing.queries.parts import committee_of, officers_round
from guiju.web.reviewing.queries.problem import missing_figures
from guiju.web.reviewing.queries.scene import content_of, title_of, titled
from guiju.web.reviewing.views.shared import Sent, act, act_of, day_in, read
from guiju.web.rounds.models import Round
from guiju.web.rounds.review_rules import rules_of

_READ = ("GET", "HEAD")
PLACEABLE = ("S10", "S11")


@door("review.organise", officers_round)
def overview(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """How far each application is, what of the rules is not set, which attachments reviewers may have."""
    if request.method == "POST":
        application = round_.applications.filter(public_id=request.POST.get("application", "")).first()
        if application is None:
            raise Http404
        return act(request, "reviewing:round", lambda: panels.set_nameless(application, request.POST.getlist("file")),
                   round_id)
    rows = round_.applications.filter(placement__isnull=False).select_related(
        "case", "organisation", "placement__panel").order_by("placement__panel__field", "pk")
    return render(request, "reviewing/round.html", {
        "round": round_, "committee": committee_of(round_), "panels": round_.panels.annotate(count=Count("members")),
        "rows": titled(rows), "blind": rules_of(round_).hides_names, "files": _files(rows),
        "open": not_set(round_), "figures": missing_figures(round_),
        "waiting": round_.applications.filter(case__stage="S10", placement__isnull=True).count()})


def _files(applications: Iterable[Application]) -> dict[str, list[Attachment]]:
    """Attachments by the application's public id."""
    found: dict[str, list[Attachment]] = {}
    ids = [a.public_id for a in applications]
    for attachment in Attachment.objects.filter(holder=HOLDER, holder_id__in=ids).order_by("uploaded", "pk"):
        found.setdefault(attachment.holder_id, []).append(attachment)
    return found


def _committee(round_: Round) -> Committee | None:
    """The committee that is being composed; else the one that sits."""
    return round_.committees.filter(state="draft").order_by("-pk").first() or committee_of(round_)


@door("review.organise", officers_round)
def committee(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """The committee as it is composed, each condition beside it."""
    found = _committee(round_)
    sent = Sent(request)
    begin = sent.form(CommitteeForm, "begin", initial={"name": say(Text("专家技术委员会", "Expert committee"))})
    confirm = sent.form(ConfirmForm, "confirm")
    if request.method == "POST" and (answer := act_of(
            request, sent, "reviewing:committee", lambda: _compose(request, round_, found, begin, confirm), round_id)):
        return answer
    context: dict[str, Any] = {
        "round": round_, "committee": found, "posts": POSTS.items(), "words": request.GET.get("q", ""),
        "begin": begin, "confirm": confirm, "like": request.POST.get("like", "")}
    if found is not None:
        seats = sorted(found.seats.select_related("user"), key=lambda s: (list(POSTS).index(s.post), s.pk))
        work = employers(s.user for s in seats)
        context |= {"seats": [(s, work.get(s.user_id, ("", ""))[1]) for s in seats],
                    "found": composition_of(found), "pool": pool(str(context["words"])).exclude(
                        user__in=[s.user_id for s in seats])[:200]}
    else:
        context["earlier"] = Committee.objects.filter(round__office=round_.office, state="confirmed").exclude(
            round=round_)[:10]
    return render(request, "reviewing/committee.html", context, status=sent.status)


def _compose(request: HttpRequest, round_: Round, found: Committee | None, begin: CommitteeForm, confirm: ConfirmForm
             ) -> None:
    do = request.POST.get("do", "")
    if do == "begin":
        like = Committee.objects.filter(public_id=request.POST.get("like", ""), round__office=round_.office).first()
        committees.begin_committee(round_, read(begin)["name"], like)
        return
    if found is None:
        raise Refused("还没有委员会", "there is no committee")
    if do == "formed":
        committees.set_formed(found, day_in(request, "formed_on"))
    elif do == "seat":
        if request.POST.get("post") not in POSTS:
            raise Refused("选一个职务", "choose a post")
        committees.seat(found, _expert(request.POST.get("user", "")), request.POST["post"])
    elif do == "unseat":
        committees.unseat(found, whole_number(request.POST.get("seat", "")) or 0)
    elif do == "confirm":
        user = request.user
        assert isinstance(user, User)
        committees.confirm(found, user, read(confirm)["reason"])
        done(request, "委员会已确认，主任委员可以开始评审", "confirmed: its chair may begin the review")


def _expert(public_id: str) -> User:
    found = User.objects.filter(public_id=public_id, expert__isnull=False).first()
    if found is None:
        raise Refused("选一位登记过的专家", "choose an expert who is entered here")
    return found


@door("review.organise", officers_round)
def panel_list(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """Panels by field, and which application goes to which."""
    sent = Sent(request)
    form = sent.form(PanelForm, "form")
    if request.method == "POST" and (answer := act_of(
            request, sent, "reviewing:panels", lambda: _arrange(request, round_, form), round_id)):
        return answer
    rows = round_.applications.filter(case__stage__in=PLACEABLE).select_related("organisation", "case").order_by("pk")
    placed = []
    for application in rows:
        answers = content_of(application)
        field = "、".join(str(answers[k]) for k in ("domain", "research_field") if answers.get(k))
        placed.append((application, title_of(application, answers), field, getattr(application, "placement", None)))
    members = round_.panels.prefetch_related("members__user__expert__specialities").select_related("leader")
    return render(request, "reviewing/panels.html", {
        "round": round_, "panels": members.order_by("pk"), "rows": placed, "pool": pool(request.GET.get("q", ""))[:300],
        "words": request.GET.get("q", ""), "form": form}, status=sent.status)


def _arrange(request: HttpRequest, round_: Round, form: PanelForm) -> None:
    do = request.POST.get("do", "")
    if do == "form":
        panels.form_panel(round_, read(form)["field"])
        return
    if do == "place":
        for key in request.POST:
            application = round_.applications.filter(public_id=key.removeprefix("panel-")).first()
            if key.startswith("panel-") and application is not None and request.POST[key]:
                panels.place(application, _panel(round_, request.POST[key]))
        return
    panel = _panel(round_, request.POST.get("panel", ""))
    if do == "join":
        for user in request.POST.getlist("user"):
            panels.join(panel, _expert(user))
    elif do == "leave":
        panels.leave(panel, _expert(request.POST.get("user", "")))
    elif do == "lead":
        panels.name_leader(panel, _expert(request.POST.get("user", "")))


def _panel(round_: Round, public_id: str) -> Panel:
    found = round_.panels.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
