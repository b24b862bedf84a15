"""What the public pages of laboratories show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from guiju.source.diagnostics import Text
from guiju.web.laboratories.models import Laboratory

BEGUN = Text("批准建设，进入建设期", "approved; building begins")


@dataclass(frozen=True, slots=True)
class Note:
    """Something of a laboratory's public history."""

    on: dt.date
    text: Text


def chronicle(laboratory: Laboratory) -> list[Note]:
    """The public history, the latest first: states, names, grades. Nothing else of the case is public."""
    return sorted(_notes(laboratory), key=lambda n: n.on, reverse=True)


def _notes(laboratory: Laboratory) -> Iterator[Note]:
    before = ""
    for state in laboratory.states.order_by("event"):
        if state.state != before:
            yield Note(state.since, state.label if before else BEGUN)
        before = state.state
    names = list(laboratory.names.order_by("since", "pk"))
    for old, new in pairwise(names):
        yield Note(new.since, Text(f"由“{old.name}”更名为“{new.name}”",
                                   f"renamed from '{old.name_en or old.name}' to '{new.name_en or new.name}'"))
    for grade in laboratory.grades.order_by("event"):
        what = Text("整改后复评", "evaluation after rectification") if grade.again else Text("综合评价", "evaluation")
        yield Note(grade.given, Text(f"{what.zh}：{grade.label.zh}", f"{what.en}: {grade.label.en}"))


def partners(laboratory: Laboratory) -> list[str]:
    return [p.organisation.name for p in laboratory.case.parties.all()]


def as_data(laboratory: Laboratory, address: str) -> dict[str, Any]:
    """A laboratory of the register as data, the same as the page shows."""
    return {
        "id": laboratory.public_id, "address": address, "name": laboratory.name, "name_en": laboratory.name_en,
        "field": laboratory.field, "host": laboratory.host.name, "host_code": laboratory.host.code,
        "partners": partners(laboratory), "region": laboratory.region,
        "state": {"id": laboratory.state, "zh": laboratory.state_label.zh, "en": laboratory.state_label.en},
        "approved_on": laboratory.approved_on.isoformat(),
        "operating_since": laboratory.operating_since.isoformat() if laboratory.operating_since else None,
        "over_on": laboratory.over_on.isoformat() if laboratory.over_on else None,
        "names": [{"name": n.name, "name_en": n.name_en, "since": n.since.isoformat()}
                  for n in laboratory.names.order_by("since", "pk")],
        "grades": [{"grade": g.grade, "on": g.given.isoformat(), "after_rectification": g.again}
                   for g in laboratory.grades.order_by("event")],
        "history": [{"on": n.on.isoformat(), "zh": n.text.zh, "en": n.text.en} for n in chronicle(laboratory)],
    }
