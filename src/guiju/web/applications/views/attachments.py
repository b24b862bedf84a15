"""Attachments of a field."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.source.diagnostics import Text
from guiju.web.accounts.me import me
from guiju.web.applications.domain.attachments import add_file, remove_file
from guiju.web.applications.domain.writing import form_of
from guiju.web.applications.models import Application
from guiju.web.applications.page import frame_of, places_of
from guiju.web.applications.queries import my_application
from guiju.web.kit.doors import door
from guiju.web.kit.notes import failed
from guiju.web.kit.permissions import Denied, Refused


@door("application.write", my_application, methods=("POST",))
def add(request: HttpRequest, application: Application, public_id: str, field: str) -> HttpResponse:
    wrong: list[tuple[str, Text]] = []
    files = request.FILES.getlist("file")
    for uploaded in files:
        try:
            add_file(application, field, uploaded, me(request))
        except Refused as refusal:
            wrong.append((uploaded.name or "", refusal.text))
        except Denied as no:
            wrong.append((uploaded.name or "", no.why))
    if not files:
        wrong.append(("", Text("请选择文件", "choose a file")))
    return _answer(request, application, field, wrong)


@door("application.write", my_application, methods=("POST",))
def remove(request: HttpRequest, application: Application, public_id: str, field: str, file: str) -> HttpResponse:
    wrong: list[tuple[str, Text]] = []
    try:
        remove_file(application, file, me(request))
    except Refused as refusal:
        wrong.append(("", refusal.text))
    except Denied as no:
        wrong.append(("", no.why))
    return _answer(request, application, field, wrong)


def _answer(request: HttpRequest, application: Application, field: str, wrong: list[tuple[str, Text]]) -> HttpResponse:
    """The field's list again, for a script; else its page."""
    form = form_of(application)
    part = form.section_of(field) if form.find(field) is not None else form.sections[0]
    if getattr(request, "htmx", False):
        place = next((p for p in places_of(application, part, request.user) if p.item.id == field), None)
        context = {"frame": frame_of(application, request.user), "place": place, "wrong": wrong}
        return render(request, "applications/files.html", context)
    for name, why in wrong:
        failed(request, Text(f"{name}：{why.zh}" if name else why.zh, f"{name}: {why.en}" if name else why.en))
    target = redirect("applications:section", application.public_id, part.id)
    target["Location"] += f"#f-{field}"
    return target
