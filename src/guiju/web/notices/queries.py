"""Notices, and what is objected to them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.http import Http404

from guiju.web.cases.models import CaseRecord
from guiju.web.notices.models import PublicNotice


def public_notices() -> QuerySet[PublicNotice]:
    """What everybody may see, the newest first."""
    return PublicNotice.objects.select_related("round", "round__office").annotate(
        how_many=Count("items")).order_by("-published", "-pk")


def a_notice(user: Any, public_id: str, **_: Any) -> PublicNotice:
    """Raises Http404."""
    found = public_notices().filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def notice_over(record: CaseRecord, notice_id: str) -> PublicNotice | None:
    """The last notice of that kind that a case stood in, if it was not withdrawn."""
    return PublicNotice.objects.filter(items__case=record, notice=notice_id, state="published").order_by(
        "-published").first()
