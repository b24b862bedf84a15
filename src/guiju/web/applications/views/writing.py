"""The form: overview, sections, saving."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render

from guiju.forms import Form, Section, Table, browser_pattern, check_value, count
from guiju.lifecycle.events import CHINA
from guiju.web.accounts.me import me
from guiju.web.applications.domain.state import editable
from guiju.web.applications.domain.writing import Conflict, Written, form_of, write_answer
from guiju.web.applications.eligibility import panel_of
from guiju.web.applications.models import Answer, Application
from guiju.web.applications.page import STATES, frame_of, places_of, sections, state_of
from guiju.web.applications.posted import RowAct, act_of, changed_rows, posted_value
from guiju.web.applications.queries import answers_of, files_of, my_application
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done, failed
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.permissions import Denied, Refused
from guiju.web.kit.text import say

_READ = ("GET", "HEAD")


@door("application.view", my_application, methods=_READ)
def overview(request: HttpRequest, application: Application, public_id: str) -> HttpResponse:
    context = {"frame": frame_of(application, request.user), "panel": panel_of(application),
               "parties": application.case.parties.select_related("organisation")}
    return render(request, "applications/overview.html", context)


@door("application.view", my_application)
def section(request: HttpRequest, application: Application, public_id: str, section: str) -> HttpResponse:
    """One section. A POST is the plain button, for browsers without script: all its fields at once."""
    frame = frame_of(application, request.user)
    chosen = next((s for s in sections(frame.form, application) if s.id == section), None)
    if chosen is None:
        raise Http404
    conflicts: dict[str, dict[str, Any]] = {}
    if request.method == "POST":
        try:
            conflicts = _save_all(request, application, frame.form, chosen)
        except Refused as refusal:
            failed(request, refusal.text)
            return redirect("applications:section", public_id, section)
        if not conflicts:
            return _saved(request, public_id, section)
        frame = frame_of(application, request.user)
    ids = [p.section.id for p in frame.parts]
    here = ids.index(section)
    context = {"frame": frame, "section": chosen, "places": places_of(application, chosen, request.user),
               "conflicts": conflicts, "panel": panel_of(application), "uncounted": browser_pattern(),
               "previous": frame.parts[here - 1].section if here else None,
               "following": frame.parts[here + 1].section if here + 1 < len(ids) else None}
    return render(request, "applications/section.html", context, status=409 if conflicts else 200)


def _save_all(request: HttpRequest, application: Application, form: Form, chosen: Section) -> dict[str, dict[str, Any]]:
    """Save what was posted of a section; what someone else changed meanwhile, by field, with what was typed here."""
    conflicts = {}
    act = act_of(request.POST.get("act", ""))
    for item in chosen.items:
        if f"version-{item.id}" not in request.POST:
            continue
        value = posted_value(item, request.POST)
        if isinstance(item, Table) and act is not None and act.table == item.id:
            value = changed_rows(value, act)
        version = request.POST[f"version-{item.id}"]
        try:
            made = write_answer(application, item.id, value, whole_number(version) or 0, me(request))
        except Denied:
            continue  # a field that is not the person's keeps what it has
        if isinstance(made, Conflict):
            conflicts[item.id] = {"typed": value, "answer": made.answer}
    return conflicts


def _saved(request: HttpRequest, public_id: str, section: str) -> HttpResponse:
    act: RowAct | None = act_of(request.POST.get("act", ""))
    target = redirect("applications:section", public_id, section)
    if act is not None:
        target["Location"] += f"#f-{act.table}"
    else:
        done(request, "已保存", "saved")
    return target


@door("application.write", my_application, methods=("POST",))
def field(request: HttpRequest, application: Application, public_id: str, field: str) -> HttpResponse:
    """Autosave of one field, answered in JSON. 409: someone else wrote in it, with what stands there now."""
    version = request.POST.get("version", "0")
    try:
        given = _given(request)
        made = write_answer(application, field, given, whole_number(version) or 0, me(request))
    except Refused as refusal:
        return JsonResponse({"why": say(refusal.text)}, status=422)
    except Denied as no:
        return JsonResponse({"why": say(no.why)}, status=403)
    if isinstance(made, Conflict):
        return JsonResponse(_stands(made.answer), status=409)
    return JsonResponse(_written(application, made, field))


def _given(request: HttpRequest) -> Any:
    if "rows" not in request.POST:
        return request.POST.get("value", "")
    try:
        return json.loads(request.POST["rows"])
    except (ValueError, RecursionError):  # RecursionError: nested a thousand times
        raise Refused("表格读不出来；请刷新后再试", "the table can't be read: reload the page") from None


def _stands(answer: Answer) -> dict[str, Any]:
    return {"value": answer.value, "version": answer.version, "who": answer.changed_by.name,
            "at": f"{answer.changed.astimezone(CHINA):%H:%M}"}


def _written(application: Application, made: Written, field: str) -> dict[str, Any]:
    form = form_of(application)
    part = form.section_of(field)
    value = made.answer.value
    state = state_of(form, part, answers_of(application), files_of(application), application.joint)
    return {"version": made.answer.version, "at": f"{made.answer.changed.astimezone(CHINA):%H:%M}",
            "count": count(value) if isinstance(value, str) else None, "changed": made.changed,
            "faults": [{"row": f.row, "column": f.column, "text": say(f.message)}
                       for f in check_value(form, field, value)] if value else [],
            "section": part.id, "state": state, "label": say(STATES[state])}


@door("application.view", my_application, methods=_READ)
def goto(request: HttpRequest, application: Application, public_id: str, field: str) -> HttpResponse:
    """To the section that a field stands in, and there to the field."""
    form = form_of(application)
    if form.find(field) is None:
        raise Http404
    target = redirect("applications:section", public_id, form.section_of(field).id)
    target["Location"] += f"#f-{field}"
    return target


@door("application.view", my_application, methods=_READ)
def alive(request: HttpRequest, application: Application, public_id: str) -> HttpResponse:
    """For a page that was cut off: whether one is signed in, may still write, and with which token."""
    return JsonResponse({"token": get_token(request), "editable": editable(application)})


@door("application.view", my_application, methods=_READ)
def eligibility(request: HttpRequest, application: Application, public_id: str) -> HttpResponse:
    """“Can we apply?”, as a part of a page for a script, or as a page."""
    template = "applications/panel.html" if getattr(request, "htmx", False) else "applications/eligibility.html"
    return render(request, template, {"frame": frame_of(application, request.user), "panel": panel_of(application)})
