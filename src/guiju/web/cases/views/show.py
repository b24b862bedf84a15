"""The page of a case, its audit, and its file."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guiju.source.diagnostics import Text
from guiju.web.cases.charts import chart_of
from guiju.web.cases.domain.bundling import bundle_of
from guiju.web.cases.models import CaseRecord, DailyDigest
from guiju.web.cases.page import case_page
from guiju.web.cases.queries import my_case
from guiju.web.cases.rules import Part, part_named, parts_in
from guiju.web.cases.store import Tampered, file_of, verified
from guiju.web.kit.doors import door, public
from guiju.web.kit.permissions import Denied

_READ = ("GET", "HEAD")


def chosen_part(request: HttpRequest, record: CaseRecord) -> tuple[list[Part], Part]:
    """The person's parts in a case, and the one that the address names. Raises Denied for one that is not his."""
    parts = parts_in(request.user, chart_of(record.revision), record)
    part = part_named(parts, request.GET.get("as") or request.POST.get("as", ""))
    if part is None:
        raise Denied(Text("您在这个事项里没有这个身份", "you have no such part in this case"))
    return parts, part


@door("case.view", my_case, methods=_READ)
def show(request: HttpRequest, record: CaseRecord, public_id: str) -> HttpResponse:
    parts, part = chosen_part(request, record)
    try:
        page = case_page(record, request.user, parts, part)
    except Tampered as tampered:
        return render(request, "cases/tampered.html", {"record": record, "faults": tampered.faults}, status=409)
    return render(request, "cases/show.html", {"page": page, "record": record})


@door("case.view", my_case, methods=_READ)
def audit(request: HttpRequest, record: CaseRecord, public_id: str) -> HttpResponse:
    """Verifies the chain now; beside it who did what, where the record is whole."""
    faults = verified(record)
    steps = () if faults else case_page(record, request.user, *chosen_part(request, record)).steps
    return render(request, "cases/audit.html", {"record": record, "faults": faults, "steps": steps})


@door("case.file", my_case, methods=_READ)
def bundle(request: HttpRequest, record: CaseRecord, public_id: str) -> HttpResponse:
    """The case with its chart and documents, to be verified elsewhere."""
    return HttpResponse(bundle_of(record), content_type="application/zip",
                        headers={"Content-Disposition": f'attachment; filename="{record.public_id}.zip"'})


@public
def sealed_days(request: HttpRequest) -> HttpResponse:
    """The digest of each day, for whoever keeps it elsewhere."""
    page = Paginator(DailyDigest.objects.order_by("-day"), 60).get_page(request.GET.get("page"))
    return render(request, "cases/sealed_days.html", {"page": page})


@door("case.file", my_case, methods=_READ)
def case_file(request: HttpRequest, record: CaseRecord, public_id: str) -> HttpResponse:
    """The case file, as `guiju chart verify` reads it."""
    return HttpResponse(file_of(record), content_type="application/jsonl; charset=utf-8",
                        headers={"Content-Disposition": f'attachment; filename="{record.public_id}.jsonl"',
                                 "Content-Security-Policy": "sandbox; default-src 'none'"})
