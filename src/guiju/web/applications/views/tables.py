"""Rows of a table from elsewhere: pasted, or out of a workbook."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from guiju.forms import Table, blank_xlsx, rows_from_paste, rows_from_xlsx, rows_of
from guiju.source.diagnostics import GuijuError, Text
from guiju.web.accounts.me import me
from guiju.web.applications.domain.writing import Conflict, form_of, write_answer
from guiju.web.applications.models import Application
from guiju.web.applications.queries import answers_with_versions, my_application
from guiju.web.applications.views.uploads import content_of_kind
from guiju.web.files.kinds import MEDIA
from guiju.web.kit.doors import door
from guiju.web.kit.downloads import download
from guiju.web.kit.notes import done, failed
from guiju.web.kit.permissions import Denied, Refused
from guiju.web.kit.text import say

MOST_PASTED = 500_000


def _table(application: Application, field: str) -> Table:
    item = form_of(application).find(field)
    if not isinstance(item, Table):
        raise Http404
    return item


@door("application.write", my_application, methods=("POST",))
def paste(request: HttpRequest, application: Application, public_id: str, field: str) -> HttpResponse:
    """Rows out of a pasted table, in JSON. Nothing is stored: the page puts them in, and saves."""
    table, text = _table(application, field), request.POST.get("text", "")
    if len(text) > MOST_PASTED:
        return JsonResponse({"why": say(Text("粘贴的内容太多；请分几次，或用表格文件导入",
                                             "too much at once: paste in parts, or import a workbook"))}, status=422)
    read = rows_from_paste(table, text)
    return JsonResponse({"rows": list(read.rows), "remarks": [say(r.message) for r in read.faults]})


@door("application.write", my_application, methods=("POST",))
def import_rows(request: HttpRequest, application: Application, public_id: str, field: str) -> HttpResponse:
    """Add the rows of a workbook below those that are there; or put them in their place, where that is asked."""
    table = _table(application, field)
    try:
        read = rows_from_xlsx(table, content_of_kind(request, "xlsx", 5))
        _put(application, table, list(read.rows), request)
        for fault in read.faults[:20]:
            failed(request, fault.message)
        done(request, f"读到 {len(read.rows)} 行", f"{len(read.rows)} rows were read")
    except GuijuError as error:
        failed(request, error.diagnostics[0].message)
    except Refused as refusal:
        failed(request, refusal.text)
    except Denied as no:
        failed(request, no.why)
    target = redirect("applications:section", public_id, form_of(application).section_of(field).id)
    target["Location"] += f"#f-{field}"
    return target


def _put(application: Application, table: Table, rows: list[dict[str, str]], request: HttpRequest) -> None:
    """Raises Refused, Denied."""
    if not rows:
        raise Refused("表里没有读到行；第一行要是列名", "no rows were found: the first line must name the columns")
    answer = answers_with_versions(application).get(table.id)
    there = [] if request.POST.get("instead") or answer is None else rows_of(answer.value)
    made = write_answer(application, table.id, [*there, *rows], answer.version if answer else 0, me(request))
    if isinstance(made, Conflict):
        raise Refused("刚才有人改了这张表；请再导入一次", "someone has just changed this table: import once more")


@door("application.view", my_application, methods=("GET", "HEAD"))
def blank(request: HttpRequest, application: Application, public_id: str, field: str) -> HttpResponse:
    table = _table(application, field)
    return download(blank_xlsx(table), MEDIA["xlsx"], f"{field}.xlsx")
