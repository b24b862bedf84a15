"""Revisions: kept, listed, compared, brought back."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.accounts.me import me
from guiju.web.applications.difference import differences
from guiju.web.applications.domain.revisions import content_of, keep_by_hand, restore
from guiju.web.applications.domain.writing import form_of
from guiju.web.applications.forms import NoteForm
from guiju.web.applications.models import Application, Revision
from guiju.web.applications.page import frame_of
from guiju.web.applications.queries import my_application, revisions_of
from guiju.web.kit.doors import door
from guiju.web.kit.notes import done, failed
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.permissions import Refused, check


@door("application.view", my_application)
def revisions(request: HttpRequest, application: Application, public_id: str) -> HttpResponse:
    form = NoteForm(request.POST or None)
    if request.method == "POST":
        check(request.user, "application.write", application)
        if form.is_valid():
            try:
                kept = keep_by_hand(application, me(request), form.cleaned_data["note"])
            except Refused as refusal:
                failed(request, refusal.text)
            else:
                done(request, f"已存为第 {kept.number} 版", f"kept as revision {kept.number}")
            return redirect("applications:revisions", public_id)
    page = Paginator(revisions_of(application), 50).get_page(request.GET.get("page"))
    context = {"frame": frame_of(application, request.user), "form": form, "page": page}
    return render(request, "applications/revisions.html", context)


@door("application.view", my_application, methods=("GET", "HEAD"))
def compare(request: HttpRequest, application: Application, public_id: str) -> HttpResponse:
    """Two revisions, field by field; without `b`, one against what stands now."""
    older, newer = _numbered(application, request.GET.get("a", "")), request.GET.get("b", "")
    if older is None:
        raise Http404
    other = _numbered(application, newer) if newer else None
    if newer and other is None:
        raise Http404
    content = other.content if other else content_of(application)
    context = {"frame": frame_of(application, request.user), "older": older, "newer": other,
               "differences": differences(form_of(application), older.content, content)}
    return render(request, "applications/compare.html", context)


@door("application.restore", my_application, methods=("POST",))
def restored(request: HttpRequest, application: Application, public_id: str, number: int) -> HttpResponse:
    if _numbered(application, str(number)) is None:
        raise Http404
    try:
        before = restore(application, number, me(request))
    except Refused as refusal:
        failed(request, refusal.text)
    else:
        done(request, f"已恢复成第 {number} 版的内容；恢复之前的存为第 {before.number} 版",
             f"as in revision {number} again; what stood before is revision {before.number}")
    return redirect("applications:revisions", public_id)


def _numbered(application: Application, number: str) -> Revision | None:
    known = whole_number(number)
    return None if known is None else revisions_of(application).filter(number=known).first()
