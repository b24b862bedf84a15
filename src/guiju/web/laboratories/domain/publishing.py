"""The notice of acceptance (P3, 办19): made public with the ministries' approval of the result, in its transaction."""

from __future__ import annotations

from guiju.lifecycle.events import Event
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.queries import round_of
from guiju.web.notices.domain import Item, publish

PASSED = Text("通过验收", "accepted")


def publish_acceptance(laboratory: Laboratory, event: Event) -> None:
    """Make the result public. A case outside the site's rounds has no page of notices: its term runs all the same."""
    round_ = round_of(laboratory)
    user = User.objects.filter(public_id=event.actor.id).first()
    if round_ is not None and user is not None:
        publish(round_, "P3", [Item(laboratory.case, PASSED, name=laboratory.name)], user)
