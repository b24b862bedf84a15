"""Inviting another organisation to take part in a case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.accounts.forms import EmailForm
from guiju.web.accounts.me import me
from guiju.web.cases.domain.roles import invite_partner
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.queries import my_case
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done


@door("case.invite", my_case)
def invite(request: HttpRequest, record: CaseRecord, public_id: str) -> HttpResponse:
    form = EmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        invite_partner(record, me(request), form.cleaned_data["email"])
        done(request, "邀请已发出，七天内有效", "the invitation was sent; it holds for seven days")
        return redirect("cases:show", record.public_id)
    return render(request, "cases/invite.html", {"record": record, "form": form})
