"""Keeping one mark of a checklist: the answer is the same for whoever recommends and for whoever examines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.source.diagnostics import Text
from guiju.web.intake.checklists import Checklist, Item
from guiju.web.intake.domain.marks import LONGEST
from guiju.web.intake.forms import MarkForm
from guiju.web.intake.page import Line, Typed
from guiju.web.kit.lengths import within
from guiju.web.kit.permissions import Refused


def kept_mark(request: HttpRequest, checklist: Checklist, keep: Callable[[Item, dict[str, Any]], object],
              line_of: Callable[[Item], Line], back: tuple[str, str], again: Callable[[Typed], HttpResponse]
              ) -> HttpResponse:
    """Keep the mark that was posted. A script gets the item's state; a page without script goes `back`, or is shown
    `again` with what was typed. Raises Http404."""
    form = MarkForm(request.POST)
    item = checklist.item(request.POST.get("item", ""))
    if item is None or (not form.is_valid() and "remark" not in form.errors):
        raise Http404
    wrong: Text | None = None
    try:
        within(LONGEST, request.POST.get("remark", ""), "说明", "remark")
        keep(item, form.cleaned_data)
    except Refused as refused:
        wrong = refused.text
    if getattr(request, "htmx", False):
        return render(request, "intake/mark_state.html", {"line": line_of(item), "wrong": wrong, "answers": True})
    if wrong:
        return again(Typed(item.id, form.cleaned_data.get("mark", ""), request.POST.get("remark", ""), wrong))
    return redirect(*back)
