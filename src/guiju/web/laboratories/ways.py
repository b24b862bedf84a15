"""Where the moves after approval are made: on the laboratory's desk."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from guiju.source.diagnostics import Text
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.ways import BESIDE, ONLY, WAYS
from guiju.web.laboratories.forms.moves import SUPPLEMENTS
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.queries import CHART

MOVES = ("T21", "T22", "T23", "T24a", "T24b", "T27", "T27b", "T28", "T29", "T30", "T31", "T32", "T33", "T34", "T35",
         "T36", "T37", "T38", "T39", "T40", "T41", "T42a", "T42b", "T43", "T45a", "T45b", "T46a", "T46b", "T46c", "T47",
         "T48a", "T48b", "T48c", "T49", "INSPECT")
CHANGE_MOVES = ("T44", "T50", "T51a", "T51b", "T51c")


def enter() -> None:
    """Moves of threads lead to the page of major changes, which knows which one is meant. Those that have a part of
    ours are made on the desk alone: a report or an opinion is never made without what it says."""
    for move in MOVES:
        WAYS[CHART, move] = _to_move(move)
    for move in CHANGE_MOVES:
        WAYS[CHART, f"major_change:{move}"] = _to_changes
    ONLY.update((CHART, f"major_change:{move}" if move in CHANGE_MOVES else move) for move in SUPPLEMENTS)
    BESIDE.append(_register_page)


def _register_page(record: CaseRecord) -> tuple[Text, str] | None:
    if not Laboratory.objects.filter(case=record).exists():
        return None
    return Text("实验室名录页", "its page in the register"), reverse("laboratories:shown", args=[record.public_id])


def _to_move(move: str) -> Callable[[CaseRecord], str]:
    return lambda record: _of_laboratory(record, "laboratories:act", move)


def _to_changes(record: CaseRecord) -> str:
    return _of_laboratory(record, "laboratories:changes")


def _of_laboratory(record: CaseRecord, view: str, *more: str) -> str:
    """A page of the laboratory; "" for a case that has become none."""
    known = Laboratory.objects.filter(case=record).exists()
    return reverse(view, args=[record.public_id, *more]) if known else ""
