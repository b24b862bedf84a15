"""Working on an application: the form itself, attachments, comments, revisions, a filled-in Word file, tables,
receipts; and what was handed in, as whoever recommends or examines it reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Status
from ninja.params.functions import Path, Query

from guiju.forms import Fault, Form, Item, Table, blank_xlsx, load_form, rows_from_paste, rows_from_xlsx, rows_of
from guiju.forms import Field as FormField
from guiju.web.api import schemas as s
from guiju.web.api.endpoints.applications import router
from guiju.web.api.endpoints.applying_schemas import (
    CellDifference,
    DocxChange,
    DocxRead,
    DocxRemark,
    DocxTaken,
    DocxTaking,
    FieldDifference,
    FieldFile,
    FieldRead,
    FileSent,
    FormEntry,
    FormSection,
    FormWhole,
    HandedIn,
    Kept,
    KeptPage,
    Note,
    Pasting,
    ReceiptWhole,
    RowDifference,
    RowFault,
    RowsRead,
    Run,
    Said,
    SheetSent,
)
from guiju.web.api.pages import cut
from guiju.web.api.security import Scope, caller
from guiju.web.api.sent import content_of_ticket, upload_of
from guiju.web.applications.difference import Difference, differences
from guiju.web.applications.domain.attachments import hang, remove_file
from guiju.web.applications.domain.comments import settle
from guiju.web.applications.domain.handing_in import PAPER, number_of
from guiju.web.applications.domain.importing import changes_from, take_over
from guiju.web.applications.domain.revisions import content_of, keep_by_hand, restore
from guiju.web.applications.domain.writing import Conflict, form_of, may_write, write_answer
from guiju.web.applications.models import Application, Revision
from guiju.web.applications.page import items_of, sections
from guiju.web.applications.queries import (
    KEPT,
    answers_with_versions,
    comments_of,
    files_of,
    handed_in_revision,
    my_application,
    readable,
    revisions_of,
    side_of,
)
from guiju.web.files.kinds import MEDIA
from guiju.web.files.models import Attachment
from guiju.web.kit.permissions import Refused, check
from guiju.web.rounds.queries import a_round

_READ, _WRITE = Scope("applications:read"), Scope("applications:write")
_MOST_DOCX, _MOST_XLSX = 20, 5  # megabytes


@router.get("/rounds/{round_id}/form", response=FormWhole, auth=Scope())
def form_of_round(request: HttpRequest, round_id: str) -> Any:
    """一个批次的申报书：各部分、各栏、字数上限。"""
    round_ = a_round(caller(request), round_id)
    if not round_.form:
        raise Http404
    form = load_form(round_.form)
    return _form(form, [(section, section.items) for section in form.sections])


@router.get("/applications/{public_id}/form", response=FormWhole, auth=_READ)
def form_asked(request: HttpRequest, public_id: str) -> Any:
    """这份申报的申报书：各部分、各栏、字数上限，哪些栏由您填。"""
    application = _mine(request, public_id, "application.view")
    form, side = form_of(application), side_of(caller(request), application)
    parts = [(x, items_of(x, application.joint)) for x in sections(form, application)]
    return _form(form, parts, lambda item: may_write(form, item, side))


@router.get("/applications/{public_id}/files", response=list[FieldFile], auth=_READ)
def list_files(request: HttpRequest, public_id: str) -> Any:
    """各栏的附件。"""
    return [_file(a) for found in files_of(_mine(request, public_id, "application.view")).values() for a in found]


@router.post("/applications/{public_id}/fields/{field}/files", response={200: list[FieldFile], 409: s.Problem},
             auth=_WRITE)
def add_file(request: HttpRequest, public_id: str, field: str, asked: FileSent) -> Any:
    """给一栏附上已上传的文件；同一文件再附一次，仍是一份。回这一栏现有的附件。"""
    application, user = _mine(request, public_id, "application.write"), caller(request)
    hang(application, field, upload_of(asked.ticket, user), user)
    return Status(200, [_file(a) for a in files_of(application).get(field, ())])


@router.delete("/applications/{public_id}/files/{file}", response={204: None, 409: s.Problem}, auth=_WRITE)
def remove(request: HttpRequest, public_id: str, file: str) -> Any:
    """去掉一个附件；已存版本里有的，随版本保留。"""
    application = _mine(request, public_id, "application.write")
    if not any(a.public_id == file for found in files_of(application).values() for a in found):
        raise Http404
    remove_file(application, file, caller(request))
    return Status(204, None)


@router.get("/applications/{public_id}/comments", response=list[Said], auth=_READ)
def comments(request: HttpRequest, public_id: str) -> Any:
    """填写人之间的意见，先说的在前。"""
    return [Said(number=c.pk, field=c.field, text=c.text, at=c.at, by=c.by.name, settled=c.settled)
            for c in comments_of(_mine(request, public_id, "application.view"))]


@router.post("/applications/{public_id}/comments/{number}/settle", response={204: None}, auth=_WRITE)
def settle_comment(request: HttpRequest, public_id: str, number: int = Path(..., ge=1, le=s.MOST_NUMBER)) -> Any:
    """一条意见已处理；再办一次不变。"""
    application = _mine(request, public_id, "application.comment")
    if not comments_of(application).filter(pk=number).exists():
        raise Http404
    settle(application, number)
    return Status(204, None)


@router.get("/applications/{public_id}/revisions", response=KeptPage, auth=_READ)
def list_revisions(request: HttpRequest, public_id: str, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """各个版本，新的在前。"""
    found = cut(revisions_of(_mine(request, public_id, "application.view")), page)
    return KeptPage(**found.numbers, revisions=list(map(_kept, found.rows)))


@router.post("/applications/{public_id}/revisions", response={201: Kept, 409: s.Problem}, auth=_WRITE)
def keep(request: HttpRequest, public_id: str, asked: Note) -> Any:
    """把现在的内容存为一版；与上一版相同的，回上一版。"""
    application = _mine(request, public_id, "application.write")
    return Status(201, _kept(keep_by_hand(application, caller(request), asked.note)))


@router.get("/applications/{public_id}/revisions/{number}/differences", response=list[FieldDifference], auth=_READ)
def compare(request: HttpRequest, public_id: str, number: int = Path(..., ge=1, le=s.MOST_NUMBER),
            newer: int = Query(0, ge=0, le=s.MOST_NUMBER)) -> Any:
    """一版与另一版（`newer`）逐栏相比；不写 `newer`，与现在的内容相比。"""
    application = _mine(request, public_id, "application.view")
    older = _numbered(application, number)
    content = _numbered(application, newer).content if newer else content_of(application)
    return [FieldDifference(**_difference(d)) for d in differences(form_of(application), older.content, content)]


@router.post("/applications/{public_id}/revisions/{number}/restore", response={200: Kept, 409: s.Problem}, auth=_WRITE)
def bring_back(request: HttpRequest, public_id: str, number: int = Path(..., ge=1, le=s.MOST_NUMBER)) -> Any:
    """恢复成一版的内容；恢复之前的先存为一版，回那一版。"""
    application = _mine(request, public_id, "application.restore")
    _numbered(application, number)
    return Status(200, _kept(restore(application, number, caller(request))))


@router.post("/applications/{public_id}/docx", response={200: DocxRead, 409: s.Problem}, auth=_WRITE)
def read_word(request: HttpRequest, public_id: str, asked: FileSent) -> Any:
    """看一份填好的 Word 申报书会改哪些栏；什么也不写。"""
    application = _mine(request, public_id, "application.import")
    content = content_of_ticket(asked.ticket, caller(request), "docx", _MOST_DOCX)
    changes, remarks = changes_from(application, content)
    return Status(200, DocxRead(
        changes=[DocxChange(field=c.field, **_difference(c.difference)) for c in changes],
        remarks=[DocxRemark(**s.words(r.message), code=r.code, field=r.field, text=r.text) for r in remarks]))


@router.post("/applications/{public_id}/docx/take-over", response={200: DocxTaken, 409: s.Problem}, auth=_WRITE)
def take_word(request: HttpRequest, public_id: str, asked: DocxTaking) -> Any:
    """把 Word 里选定的栏写进来；导入前的内容存为一版。"""
    application, user = _mine(request, public_id, "application.import"), caller(request)
    changes, _ = changes_from(application, content_of_ticket(asked.ticket, user, "docx", _MOST_DOCX))
    chosen = {c.field: c.value for c in changes if c.field in asked.fields}
    return Status(200, DocxTaken(changed=take_over(application, chosen, user)))


@router.get("/applications/{public_id}/fields/{field}/blank.xlsx", auth=_READ)
def blank_sheet(request: HttpRequest, public_id: str, field: str) -> Any:
    """一张表的空白 xlsx，填好可以导入。"""
    table = _table(_mine(request, public_id, "application.view"), field)
    return HttpResponse(blank_xlsx(table), content_type=MEDIA["xlsx"])


@router.post("/applications/{public_id}/fields/{field}/paste", response=RowsRead, auth=_WRITE)
def paste(request: HttpRequest, public_id: str, field: str, asked: Pasting) -> Any:
    """把从表格软件复制的文字读成行；什么也不写，写用 PUT。"""
    read = rows_from_paste(_table(_mine(request, public_id, "application.write"), field), asked.text)
    return RowsRead(rows=list(read.rows), faults=list(map(_fault, read.faults)))


@router.post("/applications/{public_id}/fields/{field}/table", response={200: RowsRead, 409: s.Problem}, auth=_WRITE)
def import_sheet(request: HttpRequest, public_id: str, field: str, asked: SheetSent) -> Any:
    """把 xlsx 里的行加到一张表的后面，或换掉原有的行（`instead`）。"""
    application, user = _mine(request, public_id, "application.write"), caller(request)
    table = _table(application, field)
    read = rows_from_xlsx(table, content_of_ticket(asked.ticket, user, "xlsx", _MOST_XLSX))
    if not read.rows:
        raise Refused("表里没有读到行；第一行要是列名", "no rows were found: the first line must name the columns")
    answer = answers_with_versions(application).get(field)
    there = [] if asked.instead or answer is None else rows_of(answer.value)
    made = write_answer(application, field, [*there, *read.rows], answer.version if answer else 0, user)
    if isinstance(made, Conflict):
        raise Refused("刚才有人改了这张表；请再导入一次", "someone has just changed this table: import once more")
    return Status(200, RowsRead(rows=list(read.rows), faults=list(map(_fault, read.faults))))


@router.get("/applications/{public_id}/receipts", response=list[ReceiptWhole], auth=_READ)
def receipts(request: HttpRequest, public_id: str) -> Any:
    """每次提交的回执，新的在前。"""
    application = _mine(request, public_id, "application.view")
    papers = {a.note: a.public_id for a in Attachment.objects.filter(holder=KEPT, holder_id=public_id, paper=PAPER)}
    return [ReceiptWhole(revision=r.number, number=number_of(application, r), digest=r.digest, at=r.at, by=r.by.name,
                         file=papers.get(str(r.number), ""))
            for r in revisions_of(application).filter(event__isnull=False)]


@router.get("/applications/{public_id}/handed-in", response=HandedIn, auth=_READ)
def handed_in(request: HttpRequest, public_id: str) -> Any:
    """最近一次提交的内容；推荐、审查的单位也用这里读。"""
    user = caller(request)
    application = readable(user, public_id)
    check(user, "application.read", application)
    revision = handed_in_revision(application)
    if revision is None:
        raise Http404
    form, answers = form_of(application), revision.content["answers"]
    return HandedIn(number=number_of(application, revision), digest=revision.digest, at=revision.at,
                    organisation=application.organisation.name, joint=application.joint,
                    fields=[FieldRead(field=i.id, label=s.said(i.label), value=answers[i.id])
                            for i in form.fields() if i.id in answers], files=revision.content["attachments"])


def _mine(request: HttpRequest, public_id: str, permission: str) -> Application:
    user = caller(request)
    found = my_application(user, public_id)
    check(user, permission, found)
    return found


def _table(application: Application, field: str) -> Table:
    item = form_of(application).find(field)
    if not isinstance(item, Table):
        raise Http404
    return item


def _numbered(application: Application, number: int) -> Revision:
    found = revisions_of(application).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _form(form: Form, parts: list[Any], writable: Any = None) -> FormWhole:
    return FormWhole(id=form.id, title=s.said(form.title), digest=form.digest, sections=[
        FormSection(id=x.id, number=x.number, title=s.said(x.title), note=s.said(x.note), ours=x.ours,
                    only_joint=x.only_joint, clauses=list(x.clauses), fields=list(_fields(items, writable)))
        for x, items in parts])


def _fields(items: list[Item], writable: Any = None) -> Iterator[FormEntry]:
    for item in items:
        common: dict[str, Any] = {
            "id": item.id, "label": s.said(item.label), "help": s.said(item.help), "required": item.required,
            "only_joint": item.only_joint, "writable": writable(item) if writable else None}
        if isinstance(item, Table):
            yield FormEntry(**common, kind="table", most_rows=item.most_rows, columns=list(_fields([*item.columns])))
        else:
            yield _field(item, common)


def _field(item: FormField, common: dict[str, Any]) -> FormEntry:
    return FormEntry(**common, kind=item.kind, limit=item.limit, choices=list(item.choices), pattern=item.pattern,
                      codes=item.codes, unit=item.unit, months=item.months, same_as=item.same_as,
                      by_recommender=item.by_recommender)


def _file(found: Attachment) -> FieldFile:
    return FieldFile(id=found.public_id, field=found.paper, name=found.name, sha256=found.file.sha256,
                     size=found.file.size, at=found.uploaded, by=found.uploaded_by.name if found.uploaded_by else "")


def _kept(found: Revision) -> Kept:
    return Kept(number=found.number, digest=found.digest, note=found.note, handed_in=found.event is not None,
                at=found.at, by=found.by.name)


def _difference(found: Difference) -> dict[str, Any]:
    return {"label": s.said(found.label), "section": found.section, "pieces": _runs(found.pieces),
            "rows": [RowDifference(kind=row.kind, cells=[
                CellDifference(column=s.said(column), pieces=_runs(pieces)) for column, pieces in row.cells])
                for row in found.rows]}


def _runs(pieces: Any) -> list[Run]:
    return [Run(kind=p.kind, text=p.text) for p in pieces]


def _fault(found: Fault) -> RowFault:
    return RowFault(row=found.row, column=found.column, code=found.code, **s.words(found.message))
