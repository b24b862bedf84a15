"""T12: the committee begins the review of applications that were taken in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from guiju.lifecycle.refusal import Refusal
from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.cases.domain import Overtaken
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.domain.leading import take_the_lead
from guiju.web.reviewing.domain.moving import FORMED, NotMade, moved, yes
from guiju.web.reviewing.models import Placement
from guiju.web.reviewing.queries.composition import rows_of
from guiju.web.reviewing.queries.parts import committee_of
from guiju.web.rounds.models import Round
from guiju.web.rounds.review_rules import rules_of

TAKEN_IN = "S10"


@dataclass(frozen=True, slots=True)
class Begun:
    """What became of one application of a batch."""

    application: Application
    refused: Refusal | Overtaken | None = None


def begin_review(round_: Round, applications: Iterable[Application], chair: User, rules_adopted: bool,
                 reasons: dict[str, str]) -> list[Begun]:
    """Each application by itself: one that is refused keeps no other back. `reasons`: written ones, by guard."""
    if committee_of(round_) is None:
        raise Refused("先组成并确认专家委员会", "compose and confirm the committee first")
    done = []
    for application in applications:
        try:
            _begin(round_, application, chair, rules_adopted, reasons)
            done.append(Begun(application))
        except NotMade as no:
            done.append(Begun(application, no.answer))
    return done


@transaction.atomic
def _begin(round_: Round, application: Application, chair: User, rules_adopted: bool, reasons: dict[str, str]) -> None:
    committee = committee_of(round_)
    assert committee is not None
    assert committee.formed_on is not None
    placement: Placement | None = getattr(application, "placement", None)
    leader = placement.panel.leader if placement is not None else None
    has_panel = placement is not None and leader is not None and placement.panel.members.exists()
    rows = [{k: v for k, v in row.items() if v} for row in rows_of(committee)]
    given = {FORMED: committee.formed_on.isoformat(), "评审细则已通过": yes(rules_adopted),
             "专家组已按领域设立": yes(has_panel), "专家委员会成员": rows}
    moved(application.case, "T12", chair, given, decisions=reasons)
    if placement is not None and leader is not None and not rules_of(round_).hides_names:
        take_the_lead(placement, leader)
