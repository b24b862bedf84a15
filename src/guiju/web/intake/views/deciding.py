"""Making a move from a page: the written reasons that a refusal asks for, and what is said of how it came out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import Text
from guiju.web.applications.models import Application
from guiju.web.cases.domain.acts import Overtaken
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.forms import Form
from guiju.web.kit.notes import done
from guiju.web.kit.permissions import Refused
from guiju.web.kit.reasons import with_answers

Made = CaseRecord | Refusal | Overtaken


def made_on(request: HttpRequest, template: str, context: dict[str, Any], application: Application, label: Text,
            make: Callable[[], Made], back: str) -> HttpResponse:
    """Make the move; go back to the page, or show the form again with why not, and with what was typed: the reasons in
    `asked` as well as those that are asked for now."""
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
    context.update(refusal=made, asked=with_answers(request, [*(r for r, _ in context["asked"]), *asked]))
    return render(request, template, context, status=409)


def told(request: HttpRequest, form: Form, act: Callable[[], object], zh: str, en: str) -> bool:
    """Do it, and say so at the top of the next page; or say in the form why not."""
    try:
        act()
    except Refused as refused:
        form.refused(refused)
        return False
    done(request, zh, en)
    return True
