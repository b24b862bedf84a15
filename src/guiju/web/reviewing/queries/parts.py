"""In which parts a person takes part in the review of a round. All that he may not see is Http404."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404

from guiju.web.accounts.models import Organisation
from guiju.web.accounts.queries import ACTING, capacities
from guiju.web.cases.queries import holders_of
from guiju.web.reviewing.models import Assigned, Committee, Hearing, Meeting, Placement
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.rounds.models import Round
from guiju.web.rounds.procedure import chart_for

T = TypeVar("T")
APPROVERS = {"仅总局": "SAMR", "两部门共同": "MINISTRIES"}
APPROVER_PARAMETER = "approvers"


def acts_for(user: Any) -> list[Organisation]:
    """The organisations that the person acts for."""
    return [c.organisation for c in capacities(user) if c.role in ACTING]


def runs(user: Any, round_: Round) -> bool:
    """Whether the person is an officer of the round."""
    return any(o.pk == round_.office_id for o in acts_for(user))


def published() -> QuerySet[Round]:
    return Round.objects.exclude(state="draft").select_related("office", "revision")


def rounds_without_names() -> QuerySet[Round, Any]:
    """The ids of the rounds in which reviewers see no names: of those that don't say otherwise."""
    return Round.objects.filter(Q(rules__blind=True) | Q(rules__blind__isnull=True)).values("public_id")


def rounds_run_by(user: Any) -> QuerySet[Round]:
    return published().filter(office__in=[o.pk for o in acts_for(user)]).order_by("-year", "-pk")


def officers_round(user: Any, round_id: str, **_: Any) -> Round:
    """A round that the person runs."""
    return _found(rounds_run_by(user).filter(public_id=round_id).first())


def committee_of(round_: Round) -> Committee | None:
    """The committee that sits in a round."""
    return round_.committees.filter(state="confirmed").first()


def chairs(user: Any, round_: Round) -> bool:
    committee = committee_of(round_)
    return committee is not None and committee.seats.filter(user=user.pk, post="chair").exists()


def presided_round(user: Any, round_id: str, **_: Any) -> Round:
    """A round whose committee the person chairs, or which he runs: what of it each may do, the rules say."""
    found = published().filter(public_id=round_id).first()
    return _found(found if found and (runs(user, found) or chairs(user, found)) else None)


def rounds_sat_in(user: Any) -> QuerySet[Round]:
    """Rounds in whose committee the person sits."""
    return published().filter(committees__state="confirmed", committees__seats__user=user.pk).distinct()


def approver_role(round_: Round) -> str:
    """The role that approves, by the round's reading of the two texts."""
    reading = round_.parameters.get(APPROVER_PARAMETER) or chart_for(round_).parameters[APPROVER_PARAMETER].default
    return APPROVERS.get(str(getattr(reading, "name", reading)), "SAMR")


def approves(user: Any, round_: Round) -> bool:
    return holders_of(user, acting=True).filter(
        Q(round="") | Q(round=round_.public_id), chart=round_.chart, role=approver_role(round_),
        case__isnull=True).exists()


def rounds_approved_by(user: Any) -> list[Round]:
    charts = holders_of(user, acting=True).filter(role__in=APPROVERS.values()).values("chart")
    return [r for r in published().filter(chart__in=charts).order_by("-year", "-pk") if approves(user, r)]


def approvers_round(user: Any, round_id: str, **_: Any) -> Round:
    """A round whose list the person approves."""
    found = published().filter(public_id=round_id).first()
    return _found(found if found and approves(user, found) else None)


def assigned_to(user: Any) -> QuerySet[Assigned]:
    """What stands with an expert, the soonest deadline first."""
    return Assigned.objects.filter(user=user.pk, state__in=STANDING).select_related(
        "application", "application__round", "application__round__revision", "application__organisation",
        "application__case", "run").order_by("deadline", "pk")


def reviews_in(user: Any, round_: Round) -> bool:
    """Whether the person has an application of the round to review whose marks are not closed."""
    return assigned_to(user).filter(application__round=round_, application__placement__closed=None).exists()


def my_assigned(user: Any, public_id: str, **_: Any) -> Assigned:
    return _found(assigned_to(user).filter(public_id=public_id).first())


def led_by(user: Any) -> QuerySet[Placement]:
    return Placement.objects.filter(panel__leader=user.pk).select_related(
        "panel", "panel__round", "panel__round__revision", "application", "application__case",
        "application__case__revision", "application__organisation", "application__round").order_by("pk")


def my_led(user: Any, public_id: str, **_: Any) -> Placement:
    """An application of a panel that the person leads, by the application's public id."""
    return _found(led_by(user).filter(application__public_id=public_id).first())


def meetings_of(user: Any) -> QuerySet[Meeting]:
    """Meetings to which the person is called, or which he has called for the round that he runs."""
    return Meeting.objects.filter(
        Q(committee__seats__user=user.pk) | Q(round__office__in=[o.pk for o in acts_for(user)])).select_related(
        "round", "round__revision", "committee").distinct().order_by("-begins", "pk")


def my_meeting(user: Any, public_id: str, **_: Any) -> Meeting:
    return _found(meetings_of(user).filter(public_id=public_id).first())


def my_hearing(user: Any, public_id: str, **_: Any) -> Hearing:
    """An application on the agenda of one of the person's meetings."""
    return _found(Hearing.objects.filter(public_id=public_id, meeting__in=meetings_of(user).order_by().values("pk")
                                         ).select_related("meeting", "meeting__round", "meeting__committee",
                                                          "application", "application__case").first())


def _found(thing: T | None) -> T:
    if thing is None:
        raise Http404
    return thing
