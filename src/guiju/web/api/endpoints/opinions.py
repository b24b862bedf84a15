"""The recommending body's opinion with its seal, as the body writes it and the office reads it; the office's own
conclusion."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Schema, Status

from guiju.web.api import schemas as s
from guiju.web.api.endpoints.consulting import Consulted, consulted
from guiju.web.api.endpoints.intake import recommends, router
from guiju.web.api.security import Scope, caller
from guiju.web.api.sent import upload_of
from guiju.web.applications.models import Application
from guiju.web.intake.domain import opinions
from guiju.web.intake.domain.examining import passed_despite
from guiju.web.intake.models import Examination
from guiju.web.intake.queries import consultations_of, opinion_of, seals_of, to_examine, to_recommend

_READ, _WRITE = Scope("cases:read"), Scope("cases:write")


class OpinionWritten(s.Closed):
    """The whole opinion as it is to stand. `scan`: the ticket of the scan with the seal; `sealed`: that it shows the
    seal; `joined`: the province's industry department recommends jointly; `preferred`: run two years at the level of a
    province or ministry, null where that was not checked."""

    text: str = Field(min_length=1, max_length=opinions.LONGEST)
    head: str = Field("", max_length=40)
    signed_on: dt.date | None = None
    sealed: bool = False
    joined: bool = False
    preferred: bool | None = None
    scan: str = Field("", max_length=2000)
    version: int = Field(0, ge=0, le=s.MOST_NUMBER)


class SealedScan(Schema):
    """Fetched at /files/{id}."""

    id: str
    name: str
    sha256: str


class OpinionKept(Schema):
    """See OpinionWritten."""

    text: str
    head: str
    signed_on: dt.date | None
    sealed: bool
    joined: bool
    preferred: bool | None
    scans: list[SealedScan]
    version: int
    changed: dt.datetime
    by: str


class ConclusionKept(Schema):
    """`conclusion`: pass or fail, not published yet while the application is being examined; `despite`: the items that
    were doubted, failed or had the engine against them when it passed, for which `reasons` says why."""

    conclusion: str
    reasons: str
    despite: list[s.Words]
    decisions: dict[str, str]
    version: int
    at: dt.datetime
    by: str


@router.get("/recommending/{public_id}/opinion", response={200: OpinionKept, 404: s.Problem}, auth=_READ)
def own_opinion(request: HttpRequest, public_id: str) -> Any:
    """本单位写的推荐意见和盖章扫描件；还没有写的，404。"""
    return _opinion(to_recommend(caller(request), public_id))


@router.put("/recommending/{public_id}/opinion", response={204: None, 409: s.Problem}, auth=_WRITE)
def write_opinion(request: HttpRequest, public_id: str, asked: OpinionWritten) -> Any:
    """写推荐意见，交盖章扫描件；整篇以这次为准，以前交的扫描件仍在。"""
    application, user = recommends(request, public_id), caller(request)
    written = opinions.Written(asked.text, asked.head, asked.signed_on, asked.sealed, asked.joined, asked.preferred)
    scan = upload_of(asked.scan, user) if asked.scan else None
    opinions.write_opinion(application, written, user, asked.version, scan)
    return Status(204, None)


@router.get("/examining/{public_id}/opinion", response={200: OpinionKept, 404: s.Problem}, auth=_READ)
def opinion_of_body(request: HttpRequest, public_id: str) -> Any:
    """推荐单位的推荐意见和盖章扫描件。"""
    return _opinion(to_examine(caller(request), public_id))


@router.get("/examining/{public_id}/consultations", response=list[Consulted], auth=_READ)
def consultations_of_body(request: HttpRequest, public_id: str) -> Any:
    """推荐单位征求过哪些部门的意见，答复如何。"""
    return list(map(consulted, consultations_of(to_examine(caller(request), public_id))))


@router.get("/examining/{public_id}/conclusion", response={200: ConclusionKept, 404: s.Problem}, auth=_READ)
def kept_conclusion(request: HttpRequest, public_id: str) -> Any:
    """已保存的形式审查结论；还没有的，404。"""
    kept = Examination.objects.filter(application=to_examine(caller(request), public_id)).select_related("by").first()
    if kept is None:
        raise Http404
    return ConclusionKept(conclusion=kept.conclusion, reasons=kept.reasons,
                          despite=list(map(s.said, passed_despite(kept))), decisions=kept.decisions,
                          version=kept.version, at=kept.at, by=kept.by.name)


def _opinion(application: Application) -> OpinionKept:
    kept = opinion_of(application)
    if kept is None:
        raise Http404
    return OpinionKept(
        text=kept.text, head=kept.head, signed_on=kept.signed_on, sealed=kept.sealed, joined=kept.joined,
        preferred=kept.preferred, version=kept.version, changed=kept.changed, by=kept.changed_by.name,
        scans=[SealedScan(id=f.public_id, name=f.name, sha256=f.file.sha256) for f in seals_of(kept)])
