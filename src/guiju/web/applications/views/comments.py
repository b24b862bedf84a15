"""Comments between those who write an application."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.accounts.me import me
from guiju.web.applications.domain.comments import comment_on, settle
from guiju.web.applications.forms import CommentForm
from guiju.web.applications.models import Application
from guiju.web.applications.page import frame_of
from guiju.web.applications.queries import comments_of, my_application
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done, failed
from guiju.web.kit.permissions import Refused, check


@door("application.view", my_application)
def comments(request: HttpRequest, application: Application, public_id: str) -> HttpResponse:
    form = CommentForm(request.POST or None)
    frame = frame_of(application, request.user)
    if request.method == "POST":
        check(request.user, "application.comment", application)
        if form.is_valid():
            try:
                comment_on(application, form.cleaned_data["field"], form.cleaned_data["text"], me(request))
            except Refused as refusal:
                failed(request, refusal.text)
            else:
                done(request, "意见已发出，其他填写人会收到通知", "sent; the others are told")
            return _back(application, form.cleaned_data["field"])
    form.fields["field"].initial = request.GET.get("field", "")
    rows = [{"comment": c, "item": frame.form.find(c.field) if c.field else None} for c in comments_of(application)]
    return render(request, "applications/comments.html", {"frame": frame, "form": form, "rows": rows})


@door("application.comment", my_application, methods=("POST",))
def settled(request: HttpRequest, application: Application, public_id: str, number: int) -> HttpResponse:
    settle(application, number)
    return redirect("applications:comments", public_id)


def _back(application: Application, field: str) -> HttpResponse:
    """To the field that it is about."""
    from guiju.web.applications.domain.writing import form_of

    form = form_of(application)
    if not field or form.find(field) is None:
        return redirect("applications:comments", application.public_id)
    target = redirect("applications:section", application.public_id, form.section_of(field).id)
    target["Location"] += f"#f-{field}"
    return target
