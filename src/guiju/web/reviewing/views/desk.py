"""The first page of the review: what is mine, in which part."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.web.kit.doors import door
from guiju.web.reviewing.page import my_led_rows, my_review_rows
from guiju.web.reviewing.queries.parts import chairs, meetings_of, rounds_approved_by, rounds_run_by, rounds_sat_in

_READ = ("GET", "HEAD")


@door("review.desk", methods=_READ)
def desk(request: HttpRequest) -> HttpResponse:
    """Applications to review, panels to lead, meetings, rounds to run, lists to approve."""
    user = request.user
    sat = list(rounds_sat_in(user))
    return render(request, "reviewing/desk.html", {
        "tasks": my_review_rows(user), "led": my_led_rows(user), "meetings": meetings_of(user)[:20],
        "run": rounds_run_by(user), "approved": rounds_approved_by(user), "sat": sat,
        "chaired": [r for r in sat if chairs(user, r)]})
