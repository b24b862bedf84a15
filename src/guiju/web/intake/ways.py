"""The moves that are made on pages of this app, and what of them is the office's alone."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.projection import OFFICES_ONLY
from guiju.web.cases.ways import ONLY, WAYS
from guiju.web.intake.stages import CHART, CONCLUDE, DECLINE, FORWARD, OF_OFFICER, OF_RECOMMENDER, RETURN, TAKE_IN
from guiju.web.intake.units import PARTNERS


def _page(view: str) -> Callable[[CaseRecord], str]:
    """The application's page; "" for a case that has no application on the site."""
    def address(record: CaseRecord) -> str:
        found = Application.objects.filter(case=record).values_list("public_id", flat=True).first()
        return reverse(view, args=[found]) if found else ""

    return address


for _move in OF_RECOMMENDER:
    WAYS[CHART, _move] = _page("intake:recommend-application")
for _move in OF_OFFICER:
    WAYS[CHART, _move] = _page("intake:examine-application")
# What these give comes from marks, opinions, places and conclusions, or goes with a letter or a notice.
ONLY.update((CHART, move) for move in (TAKE_IN, DECLINE, FORWARD, CONCLUDE, RETURN))
# With its conclusion the office enters in how many applications each unit takes part: others' applications.
OFFICES_ONLY[CHART, CONCLUDE] = frozenset({PARTNERS})
