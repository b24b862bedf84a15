"""What an authority enters: the register's entry corrected, the weights of evaluations."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.accounts.me import me
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused
from guiju.web.laboratories.domain.entry import correct
from guiju.web.laboratories.domain.weights import set_weights, weights_for
from guiju.web.laboratories.forms.entry import EntryForm, WeightsForm
from guiju.web.laboratories.forms.evaluation import SIDES
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.page.desk import SECTIONS
from guiju.web.laboratories.queries import my_laboratory


@door("laboratory.entry", my_laboratory)
def entry(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    form = EntryForm(request.POST if request.method == "POST" else None, initial={
        "name": laboratory.name, "name_en": laboratory.name_en, "field": laboratory.field})
    if request.method == "POST" and form.is_valid():
        try:
            correct(laboratory, **form.cleaned_data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            done(request, "已更正", "corrected")
            return redirect("laboratories:shown", public_id)
    return render(request, "laboratories/entry.html", {
        "laboratory": laboratory, "record": laboratory.case, "sections": SECTIONS.values(), "here": "overview",
        "stage": laboratory.case.stage_label, "form": form})


@door("laboratory.weights", my_laboratory)
def weights(request: HttpRequest, laboratory: Laboratory, public_id: str) -> HttpResponse:
    """The weights of the evaluation, in the rules of the round: the sources have none."""
    form = WeightsForm(SIDES, weights_for(laboratory), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        try:
            set_weights(laboratory, me(request), reason=data.pop("reason"), weights=data)
        except Refused as refusal:
            form.refused(refusal)
        else:
            done(request, "权重已写进本批次的细则", "the weights are in the round's rules")
            return redirect("laboratories:evaluation", public_id)
    return render(request, "laboratories/weights.html", {
        "laboratory": laboratory, "record": laboratory.case, "sections": SECTIONS.values(), "here": "evaluation",
        "stage": laboratory.case.stage_label, "form": form})
