"""Rounds, and who may see them: published ones everybody, drafts those who run them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse

from guiju.source.diagnostics import Text
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.queries import organisations_of
from guiju.web.rounds.models import Round


def seen_by(user: Any) -> QuerySet[Round]:
    mine = [o.pk for o in organisations_of(user)] if user.is_authenticated else []
    return Round.objects.filter(~Q(state="draft") | Q(office__in=mine)).select_related("office", "revision")


def a_round(user: Any, round_id: str, **_: Any) -> Round:
    """A round that the person may see. Raises Http404."""
    found = seen_by(user).filter(public_id=round_id).first()
    if found is None:
        raise Http404
    return found


def page_of(record: CaseRecord) -> tuple[Text, str] | None:
    """The round of a case and its page; nothing where the case has none, or one of the chart's own."""
    found = Round.objects.filter(public_id=record.round).first() if record.round else None
    return (found.label, reverse("rounds:show", args=[found.public_id])) if found else None
