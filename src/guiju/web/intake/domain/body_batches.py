"""The recommending body's moves, for many applications at once: receipt, recommendation."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence

from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.intake.domain.batches import Plan
from guiju.web.intake.domain.officer import Given
from guiju.web.intake.domain.recommending import Made, forward, take_in
from guiju.web.intake.stages import TAKE_IN
from guiju.web.rounds.models import RoundBody


def plan_of_body(move: str, body: RoundBody, user: User, applications: Sequence[Application],
                 given: Map[str, Given]) -> Plan:
    """What a batch of a body's will do; `given` is by the application's public id."""
    act = take_in if move == TAKE_IN else forward

    def make(application: Application) -> Made:
        own = given.get(application.public_id, Given())
        return act(application, user, own.seen, own.decisions)

    return Plan(move, body.round, user, applications, make, body)
