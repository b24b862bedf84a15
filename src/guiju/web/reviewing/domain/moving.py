"""Moves of the chart that the review makes: what is kept beside the case stays only if the move goes through."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from typing import Any

from guiju.lifecycle.events import Evidence
from guiju.lifecycle.refusal import Refusal
from guiju.web.accounts.models import User
from guiju.web.cases.domain import Overtaken, make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.files.domain import Upload
from guiju.web.reviewing.queries.parts import committee_of
from guiju.web.rounds.models import Round

FORMED = "专家委员会组建日"


class NotMade(Exception):
    """A move did not go through; raised so that its transaction ends with nothing done."""

    def __init__(self, answer: Refusal | Overtaken) -> None:
        super().__init__("not made")
        self.answer = answer


def moved(record: CaseRecord, name: str, user: User, given: Map[str, Any], *, acting_for: str = "",
          decisions: Map[str, str] | None = None, note: str = "", uploads: Sequence[Upload] = (), seen: str = ""
          ) -> CaseRecord:
    """Make a move. Raises NotMade."""
    written = {k: v.strip() for k, v in (decisions or {}).items() if v.strip()}
    made = make_move(record, name, user, acting_for=acting_for, uploads=uploads, seen=seen,
                     evidence=Evidence(dict(given), (), written, note))
    if not isinstance(made, CaseRecord):
        raise NotMade(made)
    return made


def formed(round_: Round) -> dict[str, str]:
    """The day on which the committee that sits was formed: a new one's day counts from now on."""
    committee = committee_of(round_)
    return {FORMED: committee.formed_on.isoformat()} if committee is not None and committee.formed_on else {}


def yes(value: bool) -> str:
    return "是" if value else "否"
