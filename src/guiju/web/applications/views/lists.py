"""My applications, and beginning one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.refusal import Refusal
from guiju.web.accounts.me import me
from guiju.web.applications.domain import begin as begin_application
from guiju.web.applications.domain.state import editable, last_day
from guiju.web.applications.forms import BeginForm
from guiju.web.applications.models import Application
from guiju.web.applications.queries import own, side_of, why_no_applicant
from guiju.web.kit.clock import today
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused
from guiju.web.rounds.models import Round
from guiju.web.rounds.page import condition
from guiju.web.rounds.procedure import chart_for
from guiju.web.rounds.queries import a_round

ONE_ONLY = "J2"  # the condition that a unit takes part in one application


@door("application.list", methods=("GET", "HEAD"))
def mine(request: HttpRequest) -> HttpResponse:
    page = Paginator(own(request.user).order_by("-begun", "pk"), 25).get_page(request.GET.get("page"))
    rows = [{"application": a, "side": side_of(request.user, a), "editable": editable(a), "last": last_day(a)}
            for a in page.object_list]
    rounds = Round.objects.filter(state="open", opens__lte=today(), closes__gte=today()).exclude(form="")
    return render(request, "applications/mine.html", {"page": page, "rows": rows, "rounds": rounds})


@door("application.begin", a_round)
def begin(request: HttpRequest, round_: Round, round_id: str) -> HttpResponse:
    """Who applies, as what, whom one asks to recommend; then the form is there."""
    there = set(own(request.user).filter(round=round_, case__final=False).values_list(
        "organisation__public_id", flat=True))
    form = BeginForm(round_, request.user, request.POST or None, there)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = begin_application(round_, form.bodies[data["body"]], form.organisations[data["organisation"]],
                                     me(request), data["kind"], data["affiliation"], data["joint"] == "yes")
        except Refused as no:
            form.refused(no)
        else:
            if isinstance(made, Application):
                done(request, "申报书已建好，填写随时自动保存", "the form is ready; what you write is saved as you go")
                return redirect("applications:form", made.public_id)
            refusal = made
    already = list(own(request.user).filter(round=round_, case__final=False))
    ours = [a for a in already if side_of(request.user, a) == "host"]
    context = {"round": round_, "form": form, "refusal": refusal, "ours": ours,
               "why_not": why_no_applicant(request.user, round_),
               "one_only": condition(round_, chart_for(round_), ONE_ONLY),
               "joined": [a for a in already if a not in ours]}
    return render(request, "applications/begin.html", context, status=409 if refusal else 200)
