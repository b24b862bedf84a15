"""What is to be different in a round: as data that can wait on a page until it is confirmed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from guiju.web.rounds.models import Round

FIELDS = ("title", "title_en", "form", "opens", "closes")
MAPS = ("parameters", "rules", "texts")
OF_BODY = ("deadline", "copies", "places", "department_quota")
_DATES = ("opens", "closes", "deadline")


@dataclass(frozen=True, slots=True)
class Edit:
    """`fields`: of the row; `parameters`, `rules`, `texts`: by name, None to take one out. `bodies`: by the public id
    of the organisation, what it set (`OF_BODY`), None to take it out; those not named stay."""

    fields: Map[str, Any] = field(default_factory=dict)
    parameters: Map[str, str | None] = field(default_factory=dict)
    rules: Map[str, Any] = field(default_factory=dict)
    texts: Map[str, str | None] = field(default_factory=dict)
    bodies: Map[str, Map[str, Any] | None] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {"fields": _plain(self.fields), "parameters": dict(self.parameters), "rules": dict(self.rules),
                "texts": dict(self.texts),
                "bodies": {id_: None if row is None else _plain(row) for id_, row in self.bodies.items()}}


def edit_of(data: Map[str, Any]) -> Edit:
    """The edit that was written by `as_data`."""
    return Edit(_with_dates(data["fields"]), data["parameters"], data["rules"], data["texts"],
                {id_: None if row is None else _with_dates(row) for id_, row in data["bodies"].items()})


def _plain(values: Map[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, dt.date) else v for k, v in values.items()}


def _with_dates(values: Map[str, Any]) -> dict[str, Any]:
    return {k: dt.date.fromisoformat(v) if k in _DATES and v else v for k, v in values.items()}


def snapshot(round_: Round) -> dict[str, Any]:
    """Everything of a round that an edit can change, flat: by `parameters.pass_line`, `bodies.<id>.deadline` …"""
    found = {name: getattr(round_, name) for name in FIELDS}
    for name in MAPS:
        found.update({f"{name}.{key}": value for key, value in getattr(round_, name).items()})
    for row in round_.bodies.select_related("body__organisation"):
        own = f"bodies.{row.body.organisation.public_id}"
        found[own] = row.body.organisation.name
        found.update({f"{own}.{name}": getattr(row, name) for name in OF_BODY})
    return {k: v for k, v in _plain(found).items() if v not in (None, "", {}, [])}


def differences(before: Map[str, Any], after: Map[str, Any]) -> list[str]:
    """The names under which two snapshots differ, in order."""
    return [k for k in dict.fromkeys([*before, *after]) if before.get(k) != after.get(k)]
