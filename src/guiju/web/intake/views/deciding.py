"""Making a move from a page: the written reasons that a refusal asks for, and what is said of how it came out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.refusal import Reason, Refusal
from guiju.source.diagnostics import Text
from guiju.web.applications.models import Application
from guiju.web.cases.domain.acts import Overtaken
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.lengths import within
from guiju.web.kit.notes import done, failed
from guiju.web.kit.permissions import Refused

PREFIX, LONGEST_REASON = "decide-", 2000
Made = CaseRecord | Refusal | Overtaken


def decisions_in(request: HttpRequest) -> dict[str, str]:
    """The written reasons that came with a page, by guard. Raises TooLong."""
    return {k.removeprefix(PREFIX): within(LONGEST_REASON, v, "写明的理由", "written reason")
            for k, v in request.POST.items() if k.startswith(PREFIX) and isinstance(v, str) and v.strip()}


def made_on(request: HttpRequest, template: str, context: dict[str, Any], application: Application, label: Text,
            make: Callable[[], Made], back: str) -> HttpResponse:
    """Make the move; go back to the page, or show the form again with why not."""
    try:
        made = make()
    except Refused as refused:
        context["form"].refused(refused)
        return render(request, template, context, status=409)
    if isinstance(made, CaseRecord):
        done(request, f"已办理：{label.zh}", f"done: {label.en}")
        return redirect(back, application.public_id)
    if isinstance(made, Overtaken):
        return render(request, "cases/overtaken.html", {"record": application.case, "made": made}, status=409)
    asked = [r for r in made.reasons if r.code == "decision"]
    context.update(refusal=made, asked=with_answers(request, asked))
    return render(request, template, context, status=409)


def with_answers(request: HttpRequest, asked: list[Reason]) -> list[tuple[Reason, str]]:
    given = decisions_in(request)
    return [(r, given.get(r.about, "")) for r in asked]


def told(request: HttpRequest, act: Callable[[], object], zh: str, en: str) -> bool:
    """Do it, and say so at the top of the next page, or why not."""
    try:
        act()
    except Refused as refused:
        failed(request, refused.text)
        return False
    done(request, zh, en)
    return True
