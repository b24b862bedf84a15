"""In which roles of its chart a person stands to a case, and who may see it.

A chart says of each role how it comes to be held (`held_by`):

| held_by | held by |
|---|---|
| applicant | agents and managers of the case's organisation |
| office | a `RoleHolder`, usually for all cases of a chart: agents and managers of that organisation, or a person |
| round | the same, for one round, or for one case (its recommending body) |
| committee, expert | a `RoleHolder` for one case or round: that person |
| anyone | everyone who is signed in |
| system | nobody |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Value

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.events import Actor
from guiju.web.accounts.models import Organisation, User
from guiju.web.accounts.queries import ACTING, capacities
from guiju.web.cases.charts import chart_of
from guiju.web.cases.models import CaseRecord, RoleHolder
from guiju.web.cases.queries import holders_of, sees, showing
from guiju.web.kit.permissions import PERMISSIONS, rule

PERSONAL = ("committee", "expert")


@dataclass(frozen=True, slots=True)
class Part:
    """In what a person acts in a case: for an organisation, or for himself; with which roles."""

    user: User
    organisation: Organisation | None
    roles: frozenset[str]
    giver: User | None = None

    @property
    def actor(self) -> Actor:
        """As the core knows him. Organisations are named by their credit code."""
        own = self.organisation
        name = f"{self.user.name}（受{self.giver.name}委托）" if self.giver else self.user.name
        return Actor(self.user.public_id, name, self.roles, own.code if own else "", tuple(_above(own)))

    @property
    def key(self) -> str:
        return self.organisation.public_id if self.organisation else ""


def _above(organisation: Organisation | None) -> Iterator[str]:
    above = organisation.above if organisation is not None else None
    while above is not None:
        yield above.code
        above = above.above


def roles_held_by(chart: Chart, *kinds: str) -> frozenset[str]:
    """The roles of a chart and its sub-procedures that are held in one of these ways; the chart's own word counts."""
    found = {r.id: r.held_by for p in chart.procedures.values() for r in p.chart.roles.values()}
    found.update({r.id: r.held_by for r in chart.roles.values()})
    return frozenset(id_ for id_, held_by in found.items() if held_by in kinds)


def parts_in(user: Any, chart: Chart, record: CaseRecord | None = None, round_id: str = "",
             applicant: Organisation | None = None) -> list[Part]:
    """Every capacity in which the person may act in a case, or open one; those with a part of their own first.

    With no `record` it is about opening: every organisation that one acts for may be the applicant.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    everyone, applicants = roles_held_by(chart, "anyone"), roles_held_by(chart, "applicant")
    host = record.organisation_id if record else applicant.pk if applicant else None
    by_organisation, personal = _held(user, chart, record, round_id)
    parts = []
    for capacity in capacities(user):
        if capacity.role in ACTING:
            own = by_organisation.get(capacity.organisation.pk, frozenset())
            if host is None or host == capacity.organisation.pk:
                own |= applicants
            if own:
                parts.append(Part(user, capacity.organisation, own | everyone, capacity.giver))
    if personal or not parts:
        parts.append(Part(user, None, personal | everyone))
    return parts


def part_holding(user: Any, record: CaseRecord, role: str) -> Part | None:
    """The person's part in a case that holds a role; none where he has no such part."""
    return next((p for p in parts_in(user, chart_of(record.revision), record) if role in p.roles), None)


def _held(user: Any, chart: Chart, record: CaseRecord | None, round_id: str
          ) -> tuple[dict[int, frozenset[str]], frozenset[str]]:
    """The roles held by each of the person's organisations, and by himself."""
    case = Q(case__isnull=True) | Q(case=record) if record else Q(case__isnull=True)
    rows = holders_of(user, acting=True).filter(case, Q(round="") | Q(round=record.round if record else round_id),
                                                chart=chart.id).values_list("organisation_id", "role")
    not_given = roles_held_by(chart, "applicant", "anyone", "system")
    found: dict[int, frozenset[str]] = {}
    personal: frozenset[str] = frozenset()
    for organisation, role in rows:
        if role in not_given:
            continue
        if not organisation:
            personal |= {role}
        else:
            found[organisation] = found.get(organisation, frozenset()) | {role}
    return found, personal


def part_named(parts: list[Part], key: str) -> Part | None:
    """The capacity that was chosen; the first where nothing was."""
    return next((p for p in parts if p.key == key), None) if key else next(iter(parts), None)


def people_with(record: CaseRecord, chart: Chart, role: str) -> set[User]:
    """Everyone who could act in a role of a case and sees it: whom to tell that it is his turn."""
    from guiju.web.accounts.queries import people_of, standing
    from guiju.web.kit.clock import today

    if role in roles_held_by(chart, "applicant"):
        return set(people_of(record.organisation, ACTING))
    holders = showing(RoleHolder.objects.all(), Value(record.round)).filter(
        standing(today()), Q(case__isnull=True) | Q(case=record), Q(round="") | Q(round=record.round),
        chart=record.chart, role=role).select_related("organisation", "user")
    found: set[User] = set()
    for holder in holders:
        if holder.user is not None and holder.user.is_active:
            found.add(holder.user)
        elif holder.organisation is not None:
            found |= set(people_of(holder.organisation, ACTING))
    return found


@rule("只有参加这个事项的单位和人能看", "only those who take part in the case see it")
def takes_part(user: Any, record: CaseRecord) -> bool:
    return sees(user, record.pk)


@rule("由平台管理员指定", "the platform's operator does this")
def is_operator(user: Any, _: Any) -> bool:
    return bool(getattr(user, "is_operator", False))


@rule("由申请单位的经办人或管理员办理", "an agent or manager of the applicant does this")
def acts_for_applicant(user: Any, record: CaseRecord) -> bool:
    return any(c.organisation.pk == record.organisation_id and c.role in ACTING for c in capacities(user))


@rule("须先登录", "sign in first")
def signed_in(user: Any, _: Any) -> bool:
    return bool(user.is_authenticated)


PERMISSIONS.update({
    "case.list": signed_in,
    "case.begin": signed_in,  # the chart decides which opening move a role may make
    "case.view": takes_part,
    "case.act": takes_part,  # the chart decides which move a role may make, and says why not
    "case.invite": acts_for_applicant,
    "case.assign": is_operator,
})
