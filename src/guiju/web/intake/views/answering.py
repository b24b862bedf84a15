"""The page on which a department answers by its link, without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.web.intake.domain.consulting import answer_by_link, find
from guiju.web.intake.forms import AnswerForm
from guiju.web.intake.reading import name_of
from guiju.web.kit.doors import public
from guiju.web.kit.permissions import Refused


@public
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The same page for a link that was used, has ended or never was."""
    found = find(token)
    if found is None:
        return _page(request, {"over": True}, 404)
    form = AnswerForm(request.POST or None, request.FILES or None)
    context = {"consultation": found, "application": found.application, "name": name_of(found.application),
               "form": form}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            answer_by_link(token, data["answer"], data["name"], [form.upload] if form.upload else [])
        except Refused as refused:
            form.refused(refused)
        else:
            return _page(request, {"thanks": True, "consultation": found})
    return _page(request, context, 400 if form.errors else 200)


def _page(request: HttpRequest, context: dict[str, object], status: int = 200) -> HttpResponse:
    """Its address stays here by the site's referrer policy, same-origin. A stricter one, no-referrer, makes a browser
    send `Origin: null` with the form, which is then refused."""
    response = render(request, "intake/answer.html", context, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "no-store"
    return response
