"""Composing the committee, confirming it, dissolving it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from guiju.web.accounts.models import User
from guiju.web.cases.domain import assign, release
from guiju.web.cases.models import RoleHolder
from guiju.web.kit.clock import now
from guiju.web.kit.holding import hold
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.models import Committee, Seat
from guiju.web.reviewing.queries.composition import composition_of
from guiju.web.reviewing.queries.parts import reviews_in
from guiju.web.rounds.models import Round
from guiju.web.rounds.procedure import chart_for
from guiju.web.rounds.review_rules import rules_of

CHAIR_ROLE = "COMMITTEE"


@transaction.atomic
def begin_committee(round_: Round, name: str, like: Committee | None = None) -> Committee:
    """A committee to be composed; with the seats of an earlier one, if one is given."""
    made = Committee.objects.create(round=round_, name=name.strip() or "专家技术委员会", created=now(),
                                    formed_on=like.formed_on if like else None)
    if like is not None:
        Seat.objects.bulk_create(Seat(committee=made, user=s.user, post=s.post) for s in like.seats.all())
    return made


@transaction.atomic
def set_formed(committee: Committee, day: dt.date | None) -> None:
    locked = _draft(committee)
    locked.formed_on = day
    locked.save(update_fields=["formed_on"])


@transaction.atomic
def seat(committee: Committee, user: User, post: str) -> Seat:
    """Give a person a post. Whoever is not an expert here can't sit."""
    _draft(committee)
    if not hasattr(user, "expert"):
        raise Refused("只有登记过的专家能进委员会", "only experts who are entered here can sit")
    return Seat.objects.create(committee=committee, user=user, post=post)


@transaction.atomic
def unseat(committee: Committee, seat_id: int) -> None:
    _draft(committee)
    committee.seats.filter(pk=seat_id).delete()


@transaction.atomic
def confirm(committee: Committee, by: User, reason: str = "") -> None:
    """Let the committee sit: it must be composed as the policy wants. What the policy leaves to a person needs his
    reason. The one that sat before becomes a former one; its chair's part ends."""
    locked = _draft(committee)
    found = composition_of(locked)
    if locked.formed_on is None:
        raise Refused("先写组建日：任期从那天起算", "say first on which day it was formed: its term runs from then")
    if found.failed:
        names = "；".join(f.name.zh for f in found.failed)
        english = "; ".join(f.name.en for f in found.failed)
        raise Refused(f"组成不符合规定：{names}", f"not composed as required: {english}")
    if found.open and not reason.strip():
        raise Refused("有要由人认定的条件，请写明理由", "something is left to a person: give your reason")
    chair = locked.seats.get(post="chair").user
    if rules_of(locked.round).hides_names and reviews_in(chair, locked.round):
        raise Refused(f"本批次盲评：{chair.name}还有评审任务，主任委员看得到申报方；先解除任务，或另定主任委员",
                      f"names are hidden in this round: {chair.name} has applications to review, and its chair sees who"
                      " applies; lift them first, or name another chair")
    _dissolve(locked.round)
    locked.state, locked.reason, locked.confirmed, locked.confirmed_by = "confirmed", reason.strip(), now(), by
    locked.record = {"outcome": found.outcome, "conditions": {f.id: f.status for f in found.lines}}
    locked.save()
    assign(chart_for(locked.round), CHAIR_ROLE, user=chair, round_id=locked.round.public_id)


def _dissolve(round_: Round) -> None:
    """The committee that sits becomes a former one."""
    Committee.objects.filter(round=round_, state="confirmed").update(state="former")
    held = RoleHolder.objects.filter(chart=round_.chart, role=CHAIR_ROLE, round=round_.public_id, until__isnull=True)
    for holder in held.filter(case__isnull=True, user__isnull=False):
        release(holder)


def _draft(committee: Committee) -> Committee:
    """The committee, locked; only one that does not sit yet can be changed."""
    locked = hold(Committee.objects.select_related("round", "round__revision"), pk=committee.pk)
    if locked.state != "draft":
        raise Refused("委员会已经确认，不能再改；换届请另组", "it sits already: compose a new one instead")
    return locked
