"""Who the caller is, his letters, and files."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import File, Router, Status
from ninja.files import UploadedFile
from ninja.params.functions import Query

from guiju.web.accounts.queries import capacities
from guiju.web.api import schemas as s
from guiju.web.api.pages import cut
from guiju.web.api.security import Scope, caller, needs
from guiju.web.applications.queries import HOLDER, KEPT
from guiju.web.files.domain import take_in, ticket
from guiju.web.files.queries import my_file
from guiju.web.files.serving import given
from guiju.web.outbox.queries import inbox as letters_of
from guiju.web.reviewing.queries.marks import VETO_HOLDER, VISIT_HOLDER

router = Router(tags=["本人 me"])
# What a token has to be good for to fetch a file, by what the file hangs on; else it is a case's.
_SCOPE_OF = {HOLDER: "applications:read", KEPT: "applications:read", VETO_HOLDER: "review:read",
             VISIT_HOLDER: "review:read"}


@router.get("/me", response=s.Me, auth=Scope())
def me(request: HttpRequest) -> Any:
    """令牌属于谁、能作什么用、代表哪些单位。"""
    user = caller(request)
    token: Any = request.auth  # type: ignore[attr-defined]  # put there by ninja
    return s.Me(id=user.public_id, name=user.name, login=user.login, scopes=token.scopes, organisations=[
        s.Organisation(id=c.organisation.public_id, name=c.organisation.name, code=c.organisation.code, role=c.role)
        for c in capacities(user)])


@router.get("/letters", response=s.Letters, auth=Scope("cases:read"))
def letters(request: HttpRequest, page: int = Query(1, ge=1, le=100_000)) -> Any:
    """站内通知，新的在前；读取不算已读。"""
    found = cut(letters_of(caller(request)), page)
    return s.Letters(**found.numbers, letters=[
        s.Letter(kind=m.kind, subject=s.said(m.subject), body=s.said(m.body), link=m.link, at=m.created,
                 read=m.read is not None) for m in found.rows])


@router.post("/files", response={201: s.Ticket, 409: s.Problem}, auth=Scope())
def send(request: HttpRequest, file: File[UploadedFile]) -> Any:
    """上传一个文件，换一个一天内有效的凭据；办理时交出凭据，文件才归入案卷。"""
    upload = take_in(file)
    return Status(201, s.Ticket(ticket=ticket(upload, caller(request)), name=upload.name, sha256=upload.file.sha256,
                                size=upload.file.size))


@router.get("/files/{public_id}", auth=Scope())
def fetch(request: HttpRequest, public_id: str) -> Any:
    """下载一个文件；令牌要有查看它所属的那一类的用途：事项、申报材料、评审。"""
    found = my_file(caller(request), public_id)
    needs(request.auth, _SCOPE_OF.get(found.holder, "cases:read"))  # type: ignore[attr-defined]  # put there by ninja
    return given(found)
