"""For the platform's operator: who holds which role of a chart."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.chart import Chart
from guiju.web.cases.domain import assign, release
from guiju.web.cases.forms.roles import RoleHolderForm
from guiju.web.cases.page import role_label
from guiju.web.cases.queries import a_holder, holders_named, programme_named
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused


@door("case.assign", programme_named)
def roles(request: HttpRequest, chart: Chart, chart_id: str) -> HttpResponse:
    form = RoleHolderForm(chart, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            assign(chart, **form.named())
        except Refused as refusal:
            form.refused(refusal, "holder")
        else:
            done(request, "已指定", "named")
            return redirect("cases:roles", chart_id)
    held = [{"holder": h, "role": role_label(chart, h.role)} for h in holders_named(chart.id)]
    return render(request, "cases/roles.html", {"chart": chart, "form": form, "held": held})


@door("case.assign", programme_named, methods=("POST",))
def let_go(request: HttpRequest, chart: Chart, chart_id: str, number: int) -> HttpResponse:
    release(a_holder(chart.id, number))
    done(request, "已免去", "released")
    return redirect("cases:roles", chart_id)
