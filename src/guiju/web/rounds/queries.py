"""Rounds, and who may see them: published ones everybody, drafts those who run them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

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
