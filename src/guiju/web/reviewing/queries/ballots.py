"""Ballot boxes: who may vote, how many have, what came out. Nobody is shown who voted what: it is kept nowhere."""

from __future__ import annotations

import json
from typing import Any, Literal

from guiju.review.ballots import Ballot, Rule, of_data
from guiju.review.ballots import Box as BallotBox
from guiju.source.diagnostics import Text
from guiju.web.kit.sealing import unseal
from guiju.web.reviewing.models import Hearing, Meeting, Seat
from guiju.web.reviewing.queries.scene import conflicts_in, title_of
from guiju.web.rounds.models import Round
from guiju.web.rounds.review_rules import rules_of

PURPOSE = "ballots"


def rule_for(round_: Round) -> Rule:
    """The round's rule of voting. Where it says whether abstentions count, it counts votes cast."""
    rules = rules_of(round_)
    base: Literal["cast"] | None = "cast" if rules.abstentions_count is not None else None
    return Rule(rules.quorum, rules.majority, False, base, rules.abstentions_count, rules.recused_count)


def ballot_for(hearing: Hearing) -> Ballot:
    """The motion on one application: the members, those who have to keep away, the rule."""
    seats = list(hearing.meeting.committee.seats.select_related("user", "user__expert"))
    people = {s.user_id: s.user for s in seats}
    barred = {e for e, _ in conflicts_in(hearing.meeting.round, people.values(), [hearing.application]).barred()}
    title = title_of(hearing.application)
    return Ballot(hearing.public_id, Text(f"将“{title}”列入建设建议名单", f"to put '{title}' on the proposed list"),
                  frozenset(u.public_id for u in people.values()), frozenset(barred), rule_for(hearing.meeting.round))


def box_of(hearing: Hearing) -> BallotBox | None:
    """The box as it is now; none before the vote is opened."""
    kept = getattr(hearing, "box", None)
    return None if kept is None else of_data(json.loads(unseal(kept.sealed, PURPOSE)))


def turnout_of(hearing: Hearing, present: frozenset[str]) -> tuple[int, int] | None:
    """How many have voted, of how many that are present and may vote; none before the vote is opened."""
    box = box_of(hearing)
    return None if box is None else (len(box.voted), len(box.ballot.voters & present))


def present_at(meeting: Meeting) -> frozenset[str]:
    return frozenset(meeting.present.values_list("user__public_id", flat=True))


def my_vote(hearing: Hearing, user: Any) -> str:
    """How the person stands to a vote: "" (no voter), `away` (has to keep away), `absent`, `due`, `voted`."""
    seat = Seat.objects.filter(committee=hearing.meeting.committee_id, user=user.pk).first()
    box = box_of(hearing)
    if seat is None or box is None:
        return ""
    if user.public_id in box.ballot.recused:
        return "away"
    if user.public_id in box.voted:
        return "voted"
    return "due" if user.public_id in present_at(hearing.meeting) else "absent"
