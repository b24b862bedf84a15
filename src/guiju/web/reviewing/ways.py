"""The review's own pages for its moves, and its entry in the navigation."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, Q
from django.urls import reverse

from guiju.web.cases.models import CaseRecord
from guiju.web.cases.projection import KEPT_FROM
from guiju.web.cases.queries import UNSHOWN, roles_of
from guiju.web.cases.ways import ONLY, WAYS
from guiju.web.kit.navigation import enter as enter_page
from guiju.web.reviewing.domain.leading import LEADER_ROLE
from guiju.web.reviewing.models import Assigned, Hearing, Panel, Seat
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.queries.away import kept_from
from guiju.web.reviewing.queries.parts import APPROVERS, rounds_run_by, rounds_without_names
from guiju.web.rounds.models import Round

CHART = "national/quality-standards-laboratory"
BY_LEADER = ("T13a", "T13b", "T13c", "T14a", "T14b")
BY_CHAIR = ("T15", "T16")
COMPUTED = ("T12", "T13a", "T13b", "T13c", "T14a", "T14b", "T15", "T16", "T17")
BY_APPROVER = ("T17", "T18", "T19", "T20a", "T20b", "T20c")


def enter() -> None:
    """Enter both; and that a panel's leader sees no case where names are hidden, and who keeps away no papers."""
    KEPT_FROM.append(kept_from)
    UNSHOWN[CHART, LEADER_ROLE] = rounds_without_names
    WAYS[CHART, "T12"] = lambda record: _of_round(record, "reviewing:begin")
    for name in BY_LEADER:
        WAYS[CHART, name] = _lead
    for name in BY_CHAIR:
        WAYS[CHART, name] = _hearing
    for name in BY_APPROVER:
        WAYS[CHART, name] = lambda record: _of_round(record, "reviewing:approval")
    ONLY.update((CHART, name) for name in COMPUTED)  # score, vetoes, share of the votes, committee, notice
    enter_page("评审", "Review", "reviewing:desk", 12, takes_part)


def _of_round(record: CaseRecord, view: str) -> str:
    """A page of the round; "" for a case that belongs to none of this site."""
    known = Round.objects.filter(public_id=record.round).exists() if record.round else False
    return reverse(view, args=[record.round]) if known else ""


def _lead(record: CaseRecord) -> str:
    application = getattr(record, "application", None)
    placed = application is not None and hasattr(application, "placement")
    if application is None:
        return ""
    return reverse("reviewing:lead", args=[application.public_id]) if placed else reverse("reviewing:desk")


def _hearing(record: CaseRecord) -> str:
    found = Hearing.objects.filter(application__case=record).order_by("-pk").first()
    if found is None:  # no vote, no share of the votes: of an application nobody writes one by hand
        return reverse("reviewing:desk") if hasattr(record, "application") else ""
    return reverse("reviewing:hearing", args=[found.public_id])


def takes_part(user: Any) -> bool | Q:
    """Whether the review concerns a person: experts, committee, officers, approvers."""
    if not user.is_authenticated:
        return False
    if any(held.acting and held.role in APPROVERS.values() for held in roles_of(user)):
        return True
    return (Q(Exists(Assigned.objects.filter(user=user.pk, state__in=STANDING)))
            | Q(Exists(Seat.objects.filter(user=user.pk, committee__state="confirmed")))
            | Q(Exists(Panel.objects.filter(leader=user.pk))) | Q(Exists(rounds_run_by(user))))
