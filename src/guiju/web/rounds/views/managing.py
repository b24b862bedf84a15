"""How an officer makes, checks, publishes and changes a round."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.source.diagnostics import Text
from guiju.web.accounts.me import me
from guiju.web.kit.clock import today
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done, failed
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.permissions import Refused, Superseded
from guiju.web.rounds import domain
from guiju.web.rounds.callers import offices_that_call
from guiju.web.rounds.checks import open_points
from guiju.web.rounds.edits import Edit, edit_of
from guiju.web.rounds.forms import SECTIONS, ConfirmForm, NewRoundForm, SectionForm
from guiju.web.rounds.models import Round
from guiju.web.rounds.page import basis, holders, running, samples
from guiju.web.rounds.procedure import chart_for
from guiju.web.rounds.queries import a_round
from guiju.web.rounds.timetable import timetable
from guiju.web.rounds.words import changed, history

_READ = ("GET", "HEAD")
_SALT = "guiju.rounds.change"


@door("round.create")
def new(request: HttpRequest) -> HttpResponse:
    form = NewRoundForm(offices_that_call(request.user), samples(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = domain.new_round(data["chart"], data["title"], data["year"], form.offices[data["office"]],
                                    me(request), title_en=data["title_en"], form=data["form"],
                                    based_on=data["based_on"])
        except Refused as refusal:
            form.refused(refusal)
        else:
            done(request, "草稿已建好，逐项设置后发布", "a draft: set its parts, then publish it")
            return redirect("rounds:manage", made.public_id)
    return render(request, "rounds/new.html", {"form": form})


@door("round.manage", a_round, methods=_READ)
def manage(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """What is open, what is set, what was changed."""
    chart = chart_for(round_)
    points = [(p, basis(chart, p.clauses)) for p in open_points(round_)]
    return render(request, "rounds/manage.html", {
        "round": round_, "chart": chart, "points": points, "days": timetable(round_), "holders": holders(round_),
        "blocked": any(p.blocks for p, _ in points), "sections": [(k, label) for k, (label, _) in SECTIONS.items()],
        "history": history(round_), "early": round_.closes is not None and today() <= round_.closes,
        "running": running(round_)})


@door("round.manage", a_round)
def section(request: HttpRequest, round_: Round, round_id: str, name: str) -> HttpResponse:
    """One part of a round. A draft is saved; of a published round the impact is shown first."""
    if name not in SECTIONS or round_.state == "over":
        raise Http404
    label, kind = SECTIONS[name]
    form = kind(round_, chart_for(round_), request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _saved(request, round_, form)
        except Refused as refusal:
            form.refused(refusal)
    if form.superseded:
        round_.refresh_from_db()
        form.goes_on_from(kind(round_, form.chart))
    version = round_.version if form.superseded else request.POST.get("version", round_.version)
    groups = [(g, [(f, a, basis(form.chart, a.clauses) if a else ()) for f, a in g.fields]) for g in form.groups()]
    return render(request, "rounds/section.html", {"round": round_, "form": form, "label": label, "groups": groups,
                                                   "version": version})


def _saved(request: HttpRequest, round_: Round, form: SectionForm) -> HttpResponse:
    edit, version = form.edit(), _version(request)
    if round_.state == "draft":
        domain.edit(round_, edit, version)
        done(request, "已保存", "saved")
        return redirect("rounds:manage", round_.public_id)
    domain.refuse_superseded(round_, version)
    impact = domain.impact_of(round_, edit)
    if not impact.differs:
        raise Refused("没有任何改动", "nothing would change")
    return _confirming(request, round_, edit, version, ConfirmForm(initial={"change": _sealed(edit, version)}))


def _sealed(edit: Edit, version: int) -> str:
    return signing.dumps([edit.as_data(), version], salt=_SALT, compress=True)


def _confirming(request: HttpRequest, round_: Round, edit: Edit, version: int, form: ConfirmForm) -> HttpResponse:
    impact = domain.impact_of(round_, edit)
    return render(request, "rounds/confirm.html", {
        "round": round_, "form": form, "impact": impact, "rows": list(changed(round_, impact.differs)),
        "kept": list(changed(round_, [r for r in impact.differs if r[0] in impact.kept])),
        "live": list(changed(round_, [r for r in impact.differs if r[0] in dict(impact.live)])),
        "reviewing": max([n for _, n in impact.live], default=0)})


@door("round.manage", a_round, methods=("POST",))
def change(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """The change, after its impact was seen, with a reason."""
    form = ConfirmForm(request.POST)
    try:
        data, version = signing.loads(request.POST.get("change", ""), salt=_SALT, max_age=86400)
        edit = edit_of(data)
    except (signing.BadSignature, ValueError, KeyError):
        raise Http404 from None
    if form.is_valid():
        try:
            domain.change(round_, edit, form.cleaned_data["reason"], me(request), version)
        except Superseded as refusal:
            return _confirming_anew(request, round_, edit, form, refusal)
        except Refused as refusal:
            failed(request, refusal.text)
        else:
            done(request, "已变更；进行中的申报仍按开始申报时的设置办理",
                 "changed; running cases keep what they were opened with")
        return redirect("rounds:manage", round_id)
    return _confirming(request, round_, edit, version, form)


def _confirming_anew(request: HttpRequest, round_: Round, edit: Edit, form: ConfirmForm,
                     refusal: Superseded) -> HttpResponse:
    """The impact on the round as it stands now, with the reason that was typed."""
    round_.refresh_from_db()
    again = ConfirmForm({"change": _sealed(edit, round_.version), "reason": form.cleaned_data["reason"]})
    again.refused(refusal)
    try:
        return _confirming(request, round_, edit, round_.version, again)
    except Refused as now_wrong:
        failed(request, now_wrong.text)
        return redirect("rounds:manage", round_.public_id)


@door("round.manage", a_round, methods=("POST",))
def act(request: HttpRequest, round_: Round, round_id: str, name: str) -> HttpResponse:
    """Publish, close for applications, end."""
    acts: dict[str, tuple[Any, Text]] = {
        "publish": (domain.publish, Text("已发布", "published")),
        "close": (domain.close, Text("已截止申报", "closed for applications")),
        "finish": (domain.finish, Text("批次已办结", "the round is over"))}
    if name not in acts:
        raise Http404
    does, said = acts[name]
    try:
        if name == "publish":
            does(round_, me(request), _version(request))
        elif name == "close":
            does(round_, me(request), request.POST.get("reason", ""))
        else:
            does(round_, me(request))
        done(request, said.zh, said.en)
    except Refused as refusal:
        failed(request, refusal.text)
    return redirect("rounds:manage", round_id)


def _version(request: HttpRequest) -> int:
    """The version that the person saw; 0 for a page that does not say."""
    return whole_number(request.POST.get("version", "")) or 0
