"""Where a case's moves lead to pages of this app."""

from __future__ import annotations

from django.urls import reverse

from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord


def to_check_page(record: CaseRecord) -> str:
    """Handing in is done on the check page; a case without a form has the general page of the move."""
    found = Application.objects.filter(case=record).values_list("public_id", flat=True).first()
    return reverse("applications:check", args=[found]) if found else ""
