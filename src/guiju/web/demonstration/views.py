"""Who is who and what to try; the clock."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.demonstration.domain import move_on
from guiju.web.demonstration.forms import ClockForm
from guiju.web.demonstration.people import PERSONAS, is_seeded
from guiju.web.kit.clock import now
from guiju.web.kit.doors import door, public
from guiju.web.kit.notes import done


@public
def guide(request: HttpRequest) -> HttpResponse:
    """For everyone, where there is a demonstration; otherwise there is no such page."""
    if not is_seeded():
        raise Http404
    return _shown(request, ClockForm())


@door("demonstration.clock", methods=("POST",))
def move_clock(request: HttpRequest) -> HttpResponse:
    if not settings.MOVABLE_CLOCK:
        raise Http404
    form = ClockForm(request.POST)
    if not form.is_valid():
        return _shown(request, form, 422)
    days = form.cleaned_data["days"]
    made = move_on(days)
    done(request, f"时钟拨快 {days} 天，{made} 个事项自动进入下一步",
         f"the clock is {days} days on; {made} cases went on by themselves")
    return redirect("demonstration:guide")


def _shown(request: HttpRequest, form: ClockForm, status: int = 200) -> HttpResponse:
    context = {"personas": PERSONAS, "form": form, "now": now()}
    return render(request, "demonstration/guide.html", context, status=status)
