"""Documents out, and a filled-in Word file in: looked at first, then taken over where one says so."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from guiju.web.accounts.me import me
from guiju.web.applications.documents import document_named
from guiju.web.applications.domain.importing import changes_from, take_over
from guiju.web.applications.models import Application
from guiju.web.applications.page import frame_of
from guiju.web.applications.queries import my_application
from guiju.web.applications.views.uploads import content_of_kind
from guiju.web.files.kinds import MEDIA
from guiju.web.kit.doors import door
from guiju.web.kit.downloads import download
from guiju.web.kit.notes import done, failed
from guiju.web.kit.permissions import Refused

_SALT, _LASTS = "guiju.applications.import", 3600


@door("application.view", my_application, methods=("GET", "HEAD"))
def document(request: HttpRequest, application: Application, public_id: str, name: str) -> HttpResponse:
    made = document_named(application, name)
    if made is None:
        raise Http404
    return download(made, MEDIA[name.rpartition(".")[2]], f"{public_id}-{name}")


@door("application.import", my_application)
def upload(request: HttpRequest, application: Application, public_id: str) -> HttpResponse:
    """A filled-in .docx: what it would change, field by field; then what was chosen of it is written."""
    context: dict[str, Any] = {"frame": frame_of(application, request.user)}
    if request.method == "POST":
        try:
            if "taken" in request.POST:
                return _take(request, application)
            changes, remarks = changes_from(application, content_of_kind(request, "docx", 20))
        except Refused as refusal:
            failed(request, refusal.text)
            return redirect("applications:import", public_id)
        kept = signing.dumps({"for": public_id, "values": {c.field: c.value for c in changes}}, salt=_SALT,
                             compress=True)
        context.update(changes=changes, remarks=remarks, taken=kept, looked=True)
    return render(request, "applications/import.html", context)


def _take(request: HttpRequest, application: Application) -> HttpResponse:
    try:
        kept = signing.loads(request.POST["taken"], salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        kept = {}
    if kept.get("for") != application.public_id:
        raise Refused("预览过期了；请重新上传", "the preview is out of date: upload again")
    chosen = {f: kept["values"][f] for f in request.POST.getlist("field") if f in kept["values"]}
    changed = take_over(application, chosen, me(request))
    done(request, f"写入 {len(changed)} 栏；导入前的内容存为一版",
         f"{len(changed)} fields written; what stood before is kept")
    return redirect("applications:form", application.public_id)
