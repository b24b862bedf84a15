"""Applications, and who may see them: whoever sees the case."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from guiju.web.applications.models import Application
from guiju.web.cases.queries import seen_by


def mine(user: Any) -> QuerySet[Application]:
    return Application.objects.filter(case__in=seen_by(user)).select_related(
        "round", "case", "case__revision", "organisation", "body__body__organisation")


def an_application(user: Any, public_id: str, **_: Any) -> Application:
    """An application that the person may see. Raises Http404."""
    found = mine(user).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found
