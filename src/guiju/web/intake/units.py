"""In how many applications of a round each organisation takes part: all that were forwarded to the ministry count.

Only the officer sees it. The sources speak of taking part in applications "of the same round" and don't say from which
step on; what never reached the ministry is not counted, what was returned is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.facts.organisations import plain_code
from guiju.web.accounts.models import Organisation
from guiju.web.applications.models import Application
from guiju.web.cases.store import case_of
from guiju.web.intake.queries import at_ministry
from guiju.web.rounds.models import Round

PARTNERS, CODE, HOST, BUILDER = "参建单位", "单位代码", "是依托单位", "是主要承建方"
ALL, JOINT = "同批申报数", "其中联合申报数"
_WORDS = {"partners": PARTNERS, "code": CODE, "is_host": HOST, "is_builder": BUILDER, "applications": ALL,
          "joint": JOINT}


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation that takes part in more than one application; `joint`: how many of them are joint."""

    code: str
    name: str
    applications: tuple[Application, ...]
    joint: int


class Census:
    """Who takes part in what in a round."""

    def __init__(self, round_: Round) -> None:
        found = at_ministry(round_).prefetch_related("case__parties__organisation")
        self.applications = {a.pk: a for a in found}
        self.rows = {pk: rows_of(a) for pk, a in self.applications.items()}
        self.taking_part: dict[str, list[int]] = {}
        for pk, rows in self.rows.items():
            for code in dict.fromkeys(plain_code(str(r.get(CODE, ""))) for r in rows):
                self.taking_part.setdefault(code, []).append(pk)

    def facts_for(self, application: Application) -> dict[str, Any]:
        """参建单位 as stated, with the counts that this round has; nothing where no application of it is counted."""
        rows = self.rows.get(application.pk)
        if rows is None:
            return {}
        return {PARTNERS: [{**row, ALL: str(self._count(row)), JOINT: str(self._joint(row))} for row in rows]}

    def several_of(self, application: Application) -> list[Unit]:
        """The units of one application that take part in others, too."""
        return [u for u in self.several() if any(a.pk == application.pk for a in u.applications)]

    def several(self) -> list[Unit]:
        """Those in more than one application, the most first."""
        found = [(code, keys) for code, keys in self.taking_part.items() if len(keys) > 1]
        names = dict(Organisation.objects.filter(code__in=[c for c, _ in found]).values_list("code", "name"))
        units = [Unit(code, names.get(code, ""), tuple(self.applications[k] for k in keys),
                      sum(self.applications[k].joint for k in keys)) for code, keys in found]
        return sorted(units, key=lambda u: (-len(u.applications), u.code))

    def _of(self, row: dict[str, Any]) -> list[int]:
        return self.taking_part.get(plain_code(str(row.get(CODE, ""))), [])

    def _count(self, row: dict[str, Any]) -> int:
        return len(self._of(row))

    def _joint(self, row: dict[str, Any]) -> int:
        return sum(self.applications[k].joint for k in self._of(row))


def rows_of(application: Application) -> list[dict[str, Any]]:
    """参建单位 as last stated in the case, by the dictionary's words, the organisation itself and its partners on the
    site among them even if the form forgot them."""
    rows = list(_stated(application))
    codes = {plain_code(str(r.get(CODE, ""))) for r in rows}
    own = application.organisation.code
    if own not in codes:
        rows.insert(0, {CODE: own, HOST: "是", BUILDER: "是"})
    for party in application.case.parties.all():
        if party.organisation.code not in codes and application.joint:
            rows.append({CODE: party.organisation.code, HOST: "否", BUILDER: "否"})
    return rows


def _stated(application: Application) -> Iterator[dict[str, Any]]:
    for event in reversed(case_of(application.case).events):
        given = {_WORDS.get(k, k): v for k, v in event.evidence.given.items()}
        rows = given.get(PARTNERS)
        if isinstance(rows, list):
            for row in rows:
                if isinstance(row, dict):
                    yield {_WORDS.get(str(k), str(k)): v for k, v in row.items()}
            return
