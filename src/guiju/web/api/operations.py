"""Where a program makes the moves that have a page of their own: the operation, by chart and move."""

from __future__ import annotations

from collections.abc import Callable

from guiju.web.cases.models import CaseRecord
from guiju.web.cases.ways import own_key
from guiju.web.laboratories.forms.moves import SUPPLEMENTS
from guiju.web.rounds.programmes import LABORATORY

BASE = "/api/v1"


def operation_for(record: CaseRecord, name: str) -> str:
    """Method and address of the operation that makes a move; "" where there is none but the general one."""
    chart, move = own_key(record, name)
    word = move.rpartition(":")[2]
    if chart != LABORATORY:
        return ""
    if word in SUPPLEMENTS:
        return f"POST {BASE}/laboratories/{record.public_id}/moves/{name}"
    found = _OPERATIONS.get(word)
    return f"POST {BASE}{found(record)}" if found else ""


def _of_application(rest: str, before: str) -> Callable[[CaseRecord], str]:
    return lambda record: f"/{before}/{record.application.public_id}/{rest}"


def _of_round(rest: str, before: str) -> Callable[[CaseRecord], str]:
    return lambda record: f"/{before}/{record.round}/{rest}"


def _of_hearing(rest: str) -> Callable[[CaseRecord], str]:
    def address(record: CaseRecord) -> str:
        hearing = record.application.hearings.order_by("-pk").first()
        return f"/hearings/{hearing.public_id if hearing is not None else '{id}'}/{rest}"

    return address


_OPERATIONS = {
    "T03": _of_application("hand-in", "applications"), "T04": _of_application("refusal-as-late", "recommending"),
    "T05": _of_application("take-in", "recommending"),
    "T06": _of_application("decline", "recommending"), "T07": _of_application("forward", "recommending"),
    "T09": _of_round("batches", "examining/rounds"), "T11": _of_round("batches", "examining/rounds"),
    "T12": _of_round("beginning", "presiding"), "T13a": _of_application("visits", "leading"),
    "T13b": _of_application("visits/{visit}/report", "leading"),
    "T13c": _of_application("visits/{visit}/report", "leading"),
    "T14a": _of_application("forwarding", "leading"), "T14b": _of_application("veto", "leading"),
    "T15": _of_hearing("listing"), "T16": _of_hearing("leaving-off"), "T17": _of_round("list", "approval"),
}
