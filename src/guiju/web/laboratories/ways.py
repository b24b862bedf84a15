"""Where the moves after approval are made: on the laboratory's desk."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from guiju.source.diagnostics import Text
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.ways import BESIDE, WAYS
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.queries import CHART

MOVES = ("T21", "T22", "T23", "T24a", "T24b", "T27", "T27b", "T28", "T29", "T30", "T31", "T32", "T33", "T34", "T35",
         "T36", "T37", "T38", "T39", "T40", "T41", "T42a", "T42b", "T43", "T45a", "T45b", "T46a", "T46b", "T46c", "T47",
         "T48a", "T48b", "T48c", "T49", "INSPECT")
CHANGE_MOVES = ("T44", "T50", "T51a", "T51b", "T51c")


def enter() -> None:
    """Moves of threads lead to the page of major changes, which knows which one is meant."""
    for move in MOVES:
        WAYS[CHART, move] = _to_move(move)
    for move in CHANGE_MOVES:
        WAYS[CHART, f"major_change:{move}"] = _to_changes
    BESIDE.append(_register_page)


def _register_page(record: CaseRecord) -> tuple[Text, str] | None:
    if not Laboratory.objects.filter(case=record).exists():
        return None
    return Text("实验室名录页", "its page in the register"), reverse("laboratories:shown", args=[record.public_id])


def _to_move(move: str) -> Callable[[CaseRecord], str]:
    return lambda record: reverse("laboratories:act", args=[record.public_id, move])


def _to_changes(record: CaseRecord) -> str:
    return reverse("laboratories:changes", args=[record.public_id])
