"""Making a move of a laboratory: its own page, where the form has what the site adds to it."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.automatic import advance
from guiju.lifecycle.case import Case
from guiju.lifecycle.refusal import Reason, Refusal
from guiju.source.diagnostics import Text
from guiju.web.accounts.me import me
from guiju.web.cases.asked import Asked, asked_by_option
from guiju.web.cases.charts import calendar, chart_of
from guiju.web.cases.domain import Overtaken, refused_already
from guiju.web.cases.forms import MoveForm
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.page import Choice, choice_named
from guiju.web.cases.rules import Part, part_named, parts_in
from guiju.web.cases.store import case_of
from guiju.web.kit.clock import now
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done, failed
from guiju.web.kit.permissions import Denied, Refused
from guiju.web.laboratories.domain.acting import make_with
from guiju.web.laboratories.forms.moves import SUPPLEMENTS, Supplement
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.page.desk import SECTIONS, section_of
from guiju.web.laboratories.page.law import reading_of
from guiju.web.laboratories.queries import day_of, my_laboratory


@door("laboratory.act", my_laboratory)
def act(request: HttpRequest, laboratory: Laboratory, public_id: str, name: str) -> HttpResponse:
    """The form of one move: what the chart asks, and our own part. Both are kept, or neither."""
    record = laboratory.case
    case = case_of(record)
    case = advance(case, max(now(), case.last.at), calendar())
    part, choice = _choice(request, record, case, name)
    section = SECTIONS[section_of(name)]
    if choice is None:
        failed(request, Text("这一步现在不能由您办理：事项可能已有新进展", "you can't do this now"))
        return redirect(f"laboratories:{section.view}", public_id)
    posted = request.method == "POST"
    own = _own(laboratory, case, name, request)
    asked = _asked(asked_by_option(case, choice.option), own)
    form = MoveForm(asked, request.user, request.POST, request.FILES) if posted else \
        _blank(asked, request, case, record.head)
    refusal: Refusal | None = None
    right = own is None or own.is_valid()
    if posted and all([form.is_valid(), right]) and not form.asks_for_rows:
        evidence = form.evidence()
        evidence = replace(evidence, given={**evidence.given, **(own.given() if own else {})})
        try:
            made = make_with(record, name, me(request), own.keep if own else None, acting_for=part.key,
                             evidence=evidence, uploads=form.uploads, seen=form.cleaned_data["seen"])
        except Refused as refused:
            made = _told(name, refused, choice)
        if isinstance(made, CaseRecord):
            done(request, f"已办理：{choice.label.zh}", f"done: {choice.label.en}")
            return redirect(f"laboratories:{section.view}", public_id)
        if isinstance(made, Overtaken):
            return render(request, "cases/overtaken.html", {"record": record, "made": made}, status=409)
        refusal, form = made, form.once_more(asked.with_more(made))
    elif posted and not form.asks_for_rows:
        evidence = form.evidence()
        given = {**evidence.given, **(own.given() if own and right else {})}
        refusal = refused_already(record, name, me(request), acting_for=part.key,
                                  evidence=replace(evidence, given=given), uploads=form.uploads)
    context = {"laboratory": laboratory, "record": record, "choice": choice, "form": form, "own": own, "part": part,
               "refusal": refusal, "section": section, "sections": SECTIONS.values(), "here": section.id,
               "stage": case.main.at.label, "reading": reading_of(case, "harm_scope")}
    return render(request, "laboratories/act.html", context, status=409 if refusal else 200)


def _choice(request: HttpRequest, record: CaseRecord, case: Case, name: str) -> tuple[Part, Choice | None]:
    """The capacity that the address names; else the first of the person's in which the move is his to make."""
    parts = parts_in(request.user, chart_of(record.revision), record)
    named = request.GET.get("as") or request.POST.get("as", "")
    if named:
        part = part_named(parts, named)
        if part is None:
            raise Denied(Text("您在这个事项里没有这个身份", "you have no such part in this case"))
        return part, choice_named(case, part, name)
    for part in parts:
        choice = choice_named(case, part, name)
        if choice is not None:
            return part, choice
    return parts[0], None


def _own(laboratory: Laboratory, case: Case, name: str, request: HttpRequest) -> Supplement | None:
    form = SUPPLEMENTS.get(name.rpartition(":")[2])
    return form(laboratory, case, name, request.POST if request.method == "POST" else None) if form else None


def _blank(asked: Asked, request: HttpRequest, case: Case, seen: str) -> MoveForm:
    """The form as it is first shown: the committee's day stands as the case knows it, until it is another one's."""
    form = MoveForm(asked, request.user, seen=seen)
    formed = form.fields.get("fact-committee_formed_on")
    if formed is not None:
        formed.initial = day_of(case, "committee_formed_on")
    return form


def _asked(asked: Asked, own: Supplement | None) -> Asked:
    """What is still to be asked beside our own part."""
    answered = own.answers if own is not None else ()
    return replace(asked, needed=tuple(e for e in asked.needed if e.id not in answered),
                   possible=tuple(e for e in asked.possible if e.id not in answered))


def _told(name: str, refused: Refused, choice: Choice) -> Refusal:
    """What something beside the chart kept back, in the words of a refusal."""
    lift = Text("先处理上面说的，再办这一步", "mend that first")
    return Refusal(name, (Reason("notice", name, refused.text, choice.option.move.clauses, lift),))
