"""Making a move, and opening a case."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.facts.organisations import plain_code
from guiju.lifecycle.automatic import advance
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import Text
from guiju.web.accounts.me import me
from guiju.web.accounts.models import Organisation
from guiju.web.cases.asked import Asked, asked_by_opening, asked_by_option
from guiju.web.cases.charts import calendar
from guiju.web.cases.domain.acts import Overtaken, begin_case, make_move, refused_already
from guiju.web.cases.forms import MoveForm
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.page import choice_named, clauses, role_label
from guiju.web.cases.queries import my_case, programme_named
from guiju.web.cases.rules import part_named, parts_in, roles_held_by
from guiju.web.cases.store import case_of
from guiju.web.cases.views.show import chosen_part
from guiju.web.cases.ways import only_way
from guiju.web.kit.clock import now
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done, failed
from guiju.web.kit.text import listed, t


@door("case.act", my_case)
def act(request: HttpRequest, record: CaseRecord, public_id: str, name: str) -> HttpResponse:
    """The form of one move. A refusal shows above it, with its clauses and what would lift it."""
    _, part = chosen_part(request, record)
    own_page = only_way(record, name)
    if own_page:
        return redirect(own_page)
    case = case_of(record)
    choice = choice_named(advance(case, max(now(), case.last.at), calendar()), part, name)
    if choice is None:
        return _gone(request, record)
    asked = asked_by_option(case, choice.option)
    form = _bound(request, asked, record.head)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid() and not form.asks_for_rows:
        made = make_move(record, name, me(request), acting_for=part.key, evidence=form.evidence(),
                         uploads=form.uploads, seen=form.cleaned_data["seen"])
        if isinstance(made, CaseRecord):
            done(request, f"已办理：{choice.label.zh}", f"done: {choice.label.en}")
            return redirect("cases:show", record.public_id)
        if isinstance(made, Overtaken):
            return _overtaken(request, record, made)
        refusal, form = made, form.once_more(asked.with_more(made))
    elif request.method == "POST" and form.errors:
        refusal = refused_already(record, name, me(request), acting_for=part.key, evidence=form.evidence(),
                                  uploads=form.uploads)
    context = {"record": record, "choice": choice, "form": form, "refusal": refusal, "part": part,
               "multiple": len(choice.option.move.roles) > 1}
    return render(request, "cases/act.html", context, status=409 if refusal else 200)


def _bound(request: HttpRequest, asked: Asked, seen: str) -> MoveForm:
    if request.method == "POST":
        return MoveForm(asked, request.user, request.POST, request.FILES)
    return MoveForm(asked, request.user, seen=seen)


def _gone(request: HttpRequest, record: CaseRecord) -> HttpResponse:
    failed(request,
           Text("这一步现在不能由您办理：事项可能已有新进展", "you can't do this now: the case may have gone on"))
    return redirect("cases:show", record.public_id)


def _overtaken(request: HttpRequest, record: CaseRecord, made: Overtaken) -> HttpResponse:
    return render(request, "cases/overtaken.html", {"record": record, "made": made}, status=409)


@door("case.begin", programme_named, methods=("GET", "HEAD"))
def programme(request: HttpRequest, chart: Chart, chart_id: str) -> HttpResponse:
    """A programme: how a case is opened, and by whom."""
    parts = parts_in(request.user, chart)
    held = frozenset().union(*(p.roles for p in parts))
    openings = [{"move": m, "mine": any(u.role in held for u in m.roles),
                 "roles": listed([role_label(chart, u.role) for u in m.roles]),
                 "basis": clauses(chart, m.clauses or chart.basis)} for m in chart.opening()]
    return render(request, "cases/programme.html", {"chart": chart, "openings": openings})


@door("case.begin", programme_named)
def begin(request: HttpRequest, chart: Chart, chart_id: str, name: str) -> HttpResponse:
    """The form of an opening move."""
    step = chart.moves.get(name)
    if step is None or not step.opens:
        raise Http404
    parts = parts_in(request.user, chart)
    part = part_named(parts, request.GET.get("as") or request.POST.get("as", ""))
    round_id = request.POST.get("round") or request.GET.get("round", "")
    if part is None or (round_id and round_id not in chart.rounds):
        raise Http404
    asked = asked_by_opening(chart, step, dict(chart.rounds[round_id].sets) if round_id else {})
    form = _bound(request, asked, "")
    applicants = roles_held_by(chart, "applicant")
    for_own = any(u.role in applicants & part.roles for u in step.roles)
    for_others = any(u.role in part.roles - applicants for u in step.roles)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid() and not form.asks_for_rows:
        code = plain_code(request.POST.get("code", "")) if for_others else ""
        host = Organisation.objects.filter(code=code).first() if code else None
        if host is None and (code or not for_own):
            form.add_error(None, t("没有登记过这个统一社会信用代码的单位", "no organisation here has this code"))
        else:
            made = begin_case(chart, name, me(request), applicant=host, acting_for=part.key, round_id=round_id,
                              evidence=form.evidence(), uploads=form.uploads)
            if isinstance(made, CaseRecord):
                done(request, f"事项已开启，编号 {made.public_id}", f"opened as {made.public_id}")
                return redirect("cases:show", made.public_id)
            refusal, form = made, form.once_more(asked.with_more(made))
    context = {"chart": chart, "step": step, "form": form, "refusal": refusal, "parts": parts, "part": part,
               "for_own": for_own, "for_others": for_others, "round": round_id,
               "basis": clauses(chart, step.clauses or chart.basis)}
    return render(request, "cases/begin.html", context, status=409 if refusal else 200)
