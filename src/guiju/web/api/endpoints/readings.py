"""What a panel's leader and the committee read of an application: as their pages show it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from guiju.web.api import schemas as s
from guiju.web.api.endpoints.review import Part, parts_of
from guiju.web.api.security import Scope, caller
from guiju.web.kit.permissions import check
from guiju.web.reviewing.projection import Reading, reading_of
from guiju.web.reviewing.queries.parts import my_hearing, my_led
from guiju.web.rounds.review_rules import rules_of

router = Router(tags=["评审材料 what is reviewed"])
_READ = Scope("review:read")


class ApplicationRead(Schema):
    """`blind`: names are hidden; `hidden`: what is left out."""

    title: str
    blind: bool
    parts: list[Part]
    hidden: list[s.Words]


@router.get("/leading/{public_id}/reading", response=ApplicationRead, auth=_READ)
def read_by_leader(request: HttpRequest, public_id: str) -> Any:
    """我任组长的专家组评的一份申报书；盲评的批次隐去名称。"""
    user = caller(request)
    placement = my_led(user, public_id)
    check(user, "review.lead", placement)
    return _read(reading_of(placement.application, rules_of(placement.panel.round).hides_names))


@router.get("/hearings/{public_id}/reading", response=ApplicationRead, auth=_READ)
def read_by_committee(request: HttpRequest, public_id: str) -> Any:
    """会上审议的一份申报书。"""
    user = caller(request)
    hearing = my_hearing(user, public_id)
    check(user, "review.hear", hearing)
    return _read(reading_of(hearing.application, False))


def _read(found: Reading) -> ApplicationRead:
    return ApplicationRead(title=found.title, blind=found.blind, parts=parts_of(found),
                           hidden=list(map(s.said, found.hidden)))
