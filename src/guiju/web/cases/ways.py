"""Pages of their own for single moves: an app that has a better page than the general form enters it here."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from guiju.web.cases.models import CaseRecord

# By chart and move (`procedure:move` for one of a sub-procedure): where the move is made; "" for the general form.
WAYS: dict[tuple[str, str], Callable[[CaseRecord], str]] = {}


def way(record: CaseRecord, name: str, part: str = "") -> str:
    """The address at which a move of a case is made. `part`: the public id of whom one acts for."""
    procedure, colon, word = name.rpartition(":")
    own = WAYS.get((record.chart, f"{procedure.partition('#')[0]}{colon}{word}"))
    address = own(record) if own else ""
    return address or reverse("cases:act", args=[record.public_id, name]) + (f"?as={part}" if part else "")
