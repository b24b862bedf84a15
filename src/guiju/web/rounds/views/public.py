"""What everybody sees of rounds: the list, the call, its days and papers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.forms import form_ids
from guiju.papers import WRITERS
from guiju.web.files.kinds import MEDIA
from guiju.web.kit.clock import today
from guiju.web.kit.doors import public
from guiju.web.kit.downloads import download
from guiju.web.kit.permissions import verdict
from guiju.web.kit.text import current
from guiju.web.rounds.page import conditions, holders, readings
from guiju.web.rounds.paper import blank_form as blank_form_of
from guiju.web.rounds.paper import call_paper
from guiju.web.rounds.procedure import chart_for, takes_applications
from guiju.web.rounds.queries import a_round, seen_by
from guiju.web.rounds.timetable import ical, timetable


@public
def listing(request: HttpRequest) -> HttpResponse:
    """Published rounds; whoever runs one sees its draft as well."""
    rounds = seen_by(request.user).order_by("-year", "-created", "-pk")
    return render(request, "rounds/list.html", {"rounds": rounds, "today": today(),
                                                "creates": verdict(request.user, "round.create").allowed})


@public
def show(request: HttpRequest, round_id: str) -> HttpResponse:
    """The call."""
    round_ = a_round(request.user, round_id)
    chart = chart_for(round_)
    bodies = round_.bodies.select_related("body__organisation").order_by("body__region", "body__ministry", "pk")
    return render(request, "rounds/show.html", {
        "round": round_, "chart": chart, "bodies": bodies, "days": timetable(round_), "today": today(),
        "conditions": conditions(round_, chart), "readings": readings(round_, chart), "holders": holders(round_),
        "takes": takes_applications(round_, today()),
        "has_form": round_.form in form_ids(), "runs": verdict(request.user, "round.manage", round_).allowed})


@public
def calendar_file(request: HttpRequest, round_id: str) -> HttpResponse:
    round_ = a_round(request.user, round_id)
    return download(ical(round_, current()), "text/calendar; charset=utf-8", f"{round_.public_id}.ics")


@public
def paper(request: HttpRequest, round_id: str, kind: str) -> HttpResponse:
    """The call as an official paper."""
    round_ = a_round(request.user, round_id)
    write = WRITERS.get(kind)
    if write is None:
        raise Http404
    return download(write(call_paper(round_)), MEDIA[kind], f"{round_.public_id}.{kind}")


@public
def blank_form(request: HttpRequest, round_id: str) -> HttpResponse:
    """The application form, blank, as Word."""
    round_ = a_round(request.user, round_id)
    made = blank_form_of(round_)
    if made is None:
        raise Http404
    return download(made, MEDIA["docx"], f"{round_.public_id}-form.docx")
