"""Where the moves of an objection are made: to raise one, at the notice; to settle one, at the office's desk."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from guiju.web.cases.models import CaseRecord
from guiju.web.cases.ways import WAYS
from guiju.web.notices.models import NoticeItem
from guiju.web.rounds.programmes import LABORATORY

PROCEDURES = {"objection_p1": "P1", "objection_p2": "P2", "objection_p3": "P3"}


def enter() -> None:
    for procedure, notice in PROCEDURES.items():
        WAYS[LABORATORY, f"{procedure}:raise"] = _raising(notice)
        for step in ("accept", "uphold", "dismiss"):
            WAYS[LABORATORY, f"{procedure}:{step}"] = _settling


def _raising(notice: str) -> Callable[[CaseRecord], str]:
    def address(record: CaseRecord) -> str:
        item = NoticeItem.objects.select_related("notice").filter(
            case=record, notice__notice=notice, notice__state="published").order_by("-notice__published").first()
        return reverse("notices:object", args=[item.notice.public_id, item.place]) if item else ""

    return address


def _settling(record: CaseRecord) -> str:
    """The desk, where the case has objections that came by a notice; else the general form."""
    return reverse("notices:desk") if NoticeItem.objects.filter(case=record, objections__isnull=False).exists() else ""
