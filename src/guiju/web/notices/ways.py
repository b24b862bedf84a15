"""Where the moves of an objection are made: to raise one, at the notice; to settle one, on its own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from guiju.source.diagnostics import Text
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.ways import MATTERS, OF_THREAD, WAYS
from guiju.web.notices.models import NoticeItem, Objection
from guiju.web.notices.queries import objections_for
from guiju.web.notices.threads import standing_of
from guiju.web.rounds.programmes import LABORATORY

PROCEDURES = {"objection_p1": "P1", "objection_p2": "P2", "objection_p3": "P3"}


def enter() -> None:
    MATTERS.append(_open_objections)
    for procedure, notice in PROCEDURES.items():
        WAYS[LABORATORY, f"{procedure}:raise"] = _raising(notice)
        for step in ("accept", "uphold", "dismiss"):
            OF_THREAD[LABORATORY, f"{procedure}:{step}"] = _settling


def _raising(notice: str) -> Callable[[CaseRecord], str]:
    def address(record: CaseRecord) -> str:
        item = NoticeItem.objects.select_related("notice").filter(
            case=record, notice__notice=notice, notice__state="published").order_by("-notice__published").first()
        return reverse("notices:object", args=[item.notice.public_id, item.place]) if item else ""

    return address


def _settling(record: CaseRecord, thread: str) -> str:
    """The objection's page, where it came by a notice; else the general form."""
    found = Objection.objects.filter(item__case=record, thread=thread).first()
    return reverse("notices:handle", args=[found.public_id]) if found else ""


def _open_objections(user: Any, record: CaseRecord) -> list[tuple[Text, str]]:
    """Those that the person handles and that are not settled yet."""
    found = [o for o in objections_for(user).filter(item__case=record) if not standing_of(o).over]
    return [(Text(f"异议 {o.public_id}", f"objection {o.public_id}"), reverse("notices:handle", args=[o.public_id]))
            for o in found]
