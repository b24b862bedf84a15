"""Which cases a person sees. Every look-up of a case, every list, count, search and file goes through `seen_by`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, F, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from guiju.lifecycle.chart import LAPSE, Chart
from guiju.source.diagnostics import GuijuError
from guiju.web.accounts.models import Organisation
from guiju.web.accounts.queries import ACTING, capacities, standing
from guiju.web.cases.charts import installed
from guiju.web.cases.models import AgendaItem, CaseParty, CaseRecord, PendingMove, RoleHolder
from guiju.web.kit.clock import today
from guiju.web.kit.once import once_a_request

# Roles in which one acts in a case without seeing it, by chart and role: in which rounds, as a query of their ids. Who
# keeps applicants' names from reviewers enters theirs.
UNSHOWN: dict[tuple[str, str], Callable[[], QuerySet[Any, Any]]] = {}


CHANCE = Q(kind="term", then=[LAPSE])
ONLY_PASSES = Q(kind__in=("minimum", "notice")) | CHANCE  # as `lifecycle.terms.only_passes`


def organisations_of(user: Any, acting: bool = False) -> list[Organisation]:
    return [c.organisation for c in capacities(user) if not acting or c.role in ACTING]


def holders_of(user: Any, acting: bool = False) -> QuerySet[RoleHolder]:
    """The roles that the person holds today, by himself or through an organisation."""
    own = Q(user=user) if user.is_authenticated else Q(pk__in=[])
    return RoleHolder.objects.filter(standing(today())).filter(
        own | Q(organisation__in=[o.pk for o in organisations_of(user, acting)]))


def showing(holders: QuerySet[RoleHolder], round_id: Any) -> QuerySet[RoleHolder]:
    """Of these roles, the ones that show a case of a round. `round_id`: an expression."""
    own = ExpressionWrapper(round_id, output_field=CharField())
    for (chart, role), rounds in UNSHOWN.items():
        holders = holders.annotate(of_round=own).exclude(chart=chart, role=role, of_round__in=rounds())
    return holders


def _of_case(holders: QuerySet[RoleHolder]) -> QuerySet[RoleHolder]:
    """Of these, the ones that reach to the case of the outer query."""
    return showing(holders, OuterRef("round")).filter(
        Q(case=OuterRef("pk")) | Q(case__isnull=True, chart=OuterRef("chart")),
        Q(round="") | Q(round=OuterRef("round")))


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person holds in some round ("": in every one) or case. `acting`: by himself, or through an
    organisation for which he acts; else he only reads."""

    chart: str
    role: str
    round: str
    of_case: bool
    acting: bool


@once_a_request
def roles_of(user: Any) -> tuple[Held, ...]:
    """What sort of roles the person holds today: so that what only some of them may see is asked only for these."""
    if not user.is_authenticated:
        return ()
    acting = {o.pk for o in organisations_of(user, acting=True)}
    of_case = ExpressionWrapper(Q(case__isnull=False), output_field=BooleanField())
    rows = holders_of(user).values_list("chart", "role", "round", of_case, "organisation").distinct()
    return tuple(Held(chart, role, round_id, case, own is None or own in acting)
                 for chart, role, round_id, case, own in rows)


def seen_by(user: Any, but: Collection[str] = ()) -> QuerySet[CaseRecord]:
    """Cases of the person's organisations, those in which one takes part, and those in which a role is held. `but`:
    roles that do not count."""
    mine = [o.pk for o in organisations_of(user)]
    shown = Q(organisation__in=mine) | Q(pk__in=CaseParty.objects.filter(organisation__in=mine).values("case"))
    if any(held.role not in but for held in roles_of(user)):
        shown |= Q(Exists(_of_case(holders_of(user).exclude(role__in=list(but)))))
    return CaseRecord.objects.filter(shown)


@once_a_request
def sees(user: Any, key: int) -> bool:
    """Whether the person sees the case of that key."""
    return seen_by(user).filter(pk=key).exists()


def my_case(user: Any, public_id: str, **_: Any) -> CaseRecord:
    """A case that the person sees. Raises Http404, the same for one of others and one that is not there."""
    found = seen_by(user).select_related(
        "organisation", "organisation__above", "revision",
        "application__body__body",  # for which region it is recommended: what is cited may hold in one alone
    ).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    sees.tell(True, user, found.pk)
    return found


def waiting_for(user: Any) -> QuerySet[PendingMove]:
    """The moves that the person could make in cases that he sees: as the applicant's, or in a role that is held. What
    anyone may do waits for nobody; nor does a chance that has passed."""
    acting = [o.pk for o in organisations_of(user, acting=True)]
    mine = Q(applicant=True, case__organisation__in=acting)
    if any(held.acting for held in roles_of(user)):
        own = showing(holders_of(user, acting=True), OuterRef("case__round")).filter(
            Q(case=OuterRef("case")) | Q(case__isnull=True, chart=OuterRef("case__chart")),
            Q(round="") | Q(round=OuterRef("case__round")), role=OuterRef("role"))
        mine |= Q(Exists(own))
    chance = AgendaItem.objects.filter(CHANCE, case=OuterRef("case"), end=OuterRef("by"), end__lt=today())
    return PendingMove.objects.filter(mine).exclude(Exists(chance)).order_by(F("by").asc(nulls_last=True), "pk")


def my_cases(user: Any, *, words: str = "", waiting: bool = False) -> QuerySet[CaseRecord]:
    """My cases with what waits for me in `mine`, the soonest deadline first; over when they are over."""
    found = seen_by(user).select_related("organisation").prefetch_related(
        Prefetch("pending", waiting_for(user), to_attr="mine"))
    if words:
        found = found.filter(Q(public_id__icontains=words) | Q(title__icontains=words) | Q(chart__icontains=words)
                             | Q(organisation__name__icontains=words) | Q(stage_zh__icontains=words))
    if waiting:
        found = found.filter(pk__in=waiting_for(user).values("case"))
    return found.order_by("final", F("next_deadline").asc(nulls_last=True), "-changed", "pk")


def holders_named(chart_id: str) -> QuerySet[RoleHolder]:
    """Who holds a role of a chart in more than one case: for the operator."""
    return RoleHolder.objects.filter(standing(today()), chart=chart_id, case__isnull=True).select_related(
        "organisation", "user").order_by("role", "pk")


def a_holder(chart_id: str, number: int) -> RoleHolder:
    """One of these. Raises Http404."""
    found = holders_named(chart_id).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def programme_named(user: Any, chart_id: str, **_: Any) -> Chart:
    """A chart by its whole id. Raises Http404."""
    try:
        chart = installed(chart_id)
    except GuijuError:
        raise Http404 from None
    if chart.id != chart_id or chart_id.startswith("common/"):
        raise Http404
    return chart


def due_by(day: dt.date) -> QuerySet[AgendaItem]:
    """What ends by a day in the cases that are not over, soonest first; without what is over and was to be waited for,
    or was a chance."""
    return AgendaItem.objects.filter(end__lte=day, case__final=False).exclude(
        ONLY_PASSES, end__lt=today()).select_related("case", "case__organisation").order_by("end", "pk")
