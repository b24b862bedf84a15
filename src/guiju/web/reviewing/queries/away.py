"""Who of the committee has to keep away from which application: he gets none of its papers, and does not vote on it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.reviewing.models import Hearing, Seat
from guiju.web.reviewing.queries.ballots import box_of
from guiju.web.reviewing.queries.scene import conflicts_in, read_at_once, titled
from guiju.web.rounds.models import Round


def kept_away(user: Any, round_: Round, applications: Collection[Application]) -> frozenset[str]:
    """The public ids of those that the person, a member of the round's committee, must keep away from: by the ties that
    are known now, and where a vote was opened by what was settled then."""
    seats = Seat.objects.filter(committee__round=round_, user=user.pk).exclude(committee__state="draft")
    seat = seats.select_related("user__expert").first()
    if seat is None:
        return frozenset()
    titled(applications)
    read_at_once(applications)
    by_ties = {application for _, application in conflicts_in(round_, [seat.user], applications).barred()}
    return frozenset(by_ties | _settled(seat.user.public_id, applications))


def _settled(member: str, applications: Collection[Application]) -> set[str]:
    heard = Hearing.objects.filter(application__in=applications, box__isnull=False).select_related("box", "application")
    boxes = [(h.application.public_id, box_of(h)) for h in heard]
    return {application for application, box in boxes if box is not None and member in box.ballot.recused}


def has_to_keep_away(user: Any, application: Application) -> bool:
    return bool(kept_away(user, application.round, [application]))


def kept_from(user: Any, record: CaseRecord) -> bool:
    """Whether a member may not have the papers of a case: they are those of an application from which he keeps away."""
    application = Application.objects.filter(case=record).select_related(
        "round", "round__revision", "organisation", "case", "body__body__organisation", "placement__panel").first()
    return application is not None and has_to_keep_away(user, application)
