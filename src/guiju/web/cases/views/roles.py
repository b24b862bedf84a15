"""For the platform's operator: who holds which role of a chart."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.chart import Chart
from guiju.web.accounts.models import Organisation
from guiju.web.cases.domain import assign, release
from guiju.web.cases.forms.roles import RoleHolderForm
from guiju.web.cases.models import RoleHolder
from guiju.web.cases.page import role_label
from guiju.web.cases.queries import holders_named
from guiju.web.cases.views.moves import programme_named
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused


@door("case.assign", programme_named)
def roles(request: HttpRequest, chart: Chart, chart_id: str) -> HttpResponse:
    form = RoleHolderForm(chart, request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, holder = form.cleaned_data, form.cleaned_data["holder"]
        own = {"organisation": holder} if isinstance(holder, Organisation) else {"user": holder}
        try:
            assign(chart, data["role"], round_id=data["round"], until=data["until"], **own)
        except Refused as refusal:
            form.refused(refusal, "holder")
        else:
            done(request, "已指定", "named")
            return redirect("cases:roles", chart_id)
    held = [{"holder": h, "role": role_label(chart, h.role)} for h in holders_named(chart.id)]
    return render(request, "cases/roles.html", {"chart": chart, "form": form, "held": held})


@door("case.assign", programme_named, methods=("POST",))
def let_go(request: HttpRequest, chart: Chart, chart_id: str, number: int) -> HttpResponse:
    found = RoleHolder.objects.filter(pk=number, chart=chart.id).first()
    if found is None:
        raise Http404
    release(found)
    done(request, "已免去", "released")
    return redirect("cases:roles", chart_id)
