"""Changing a round that is published. What it would do is worked out first, shown, and kept with the change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation, User
from guiju.web.cases.domain import assign, release
from guiju.web.cases.models import AgendaItem, CaseRecord, RoleHolder
from guiju.web.kit.clock import now, today
from guiju.web.kit.permissions import Refused
from guiju.web.rounds.domain.drafting import apply, locked
from guiju.web.rounds.edits import Edit, differences, snapshot
from guiju.web.rounds.fixed import fixed_at_opening, read_while_reviewing
from guiju.web.rounds.models import Round, RoundChange
from guiju.web.rounds.procedure import chart_for, offices_of
from guiju.web.rounds.timetable import timetable

REVIEW = ("S10", "S11", "S12", "S13")
LIVE = ("open", "closed")


@dataclass(frozen=True, slots=True)
class Impact:
    """What a change would do. `differs`: name, value before, value after. `running`: stage, how many cases stand
    there. `kept`: what running cases keep, since it was fixed when they were opened. `live`: what holds for running
    cases from now on. `moved`: days of the round that move (label, before, after). `unmoved`: deadlines of running
    cases that stay as they are (label, day, how many). `handed`: who takes over what waits."""

    differs: list[tuple[str, Any, Any]]
    running: list[tuple[str, Text, int]]
    kept: list[str]
    live: list[tuple[str, int]]
    moved: list[tuple[Text, str, str]]
    unmoved: list[tuple[Text, str, int]]
    handed: list[tuple[Text, str]]

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def impact_of(round_: Round, change_: Edit) -> Impact:
    """What a change would do; nothing is changed. Raises Refused for a change that can't be."""
    with transaction.atomic():
        point = transaction.savepoint()
        try:
            return _impact(Round.objects.select_for_update(of=("self",)).get(pk=round_.pk), change_)
        finally:
            transaction.savepoint_rollback(point)


@transaction.atomic
def change(round_: Round, change_: Edit, reason: str, user: User, version: int) -> RoundChange:
    """Change a published round, with a reason. Running cases keep their chart and what was fixed when they were
    opened. Raises Refused."""
    found = locked(round_, version)
    if found.state not in LIVE:
        raise Refused("这个批次不在办理中，不能变更", "the round is not running: it can't be changed")
    if not reason.strip():
        raise Refused("写明变更的理由", "say why it is changed")
    before = snapshot(found)
    impact = _impact(found, change_)
    after = snapshot(found)
    if before == after:
        raise Refused("没有任何改动", "nothing would change")
    _hand_offices(found, before.get("rules.offices", {}), after.get("rules.offices", {}))
    names = differences(before, after)
    return RoundChange.objects.create(
        round=found, version=found.version, before={n: before.get(n) for n in names},
        after={n: after.get(n) for n in names}, impact=impact.as_data(), reason=reason.strip(), at=now(), by=user)


def _impact(round_: Round, change_: Edit) -> Impact:
    """Writes the change into the locked row, and says what differs."""
    before, days = snapshot(round_), {e.key: e for e in timetable(round_)}
    begun = round_.opens is not None and round_.opens <= today()
    if begun and change_.fields.get("opens", round_.opens) != round_.opens:
        raise Refused("申报已经开始，开始日不能再改", "applications are open: their first day can't be changed")
    apply(round_, change_)
    if not (round_.opens and round_.closes):
        raise Refused("已发布的批次要有申报开始日和截止日", "a published round has its first and its last day")
    after = snapshot(round_)
    names = differences(before, after)
    cases = CaseRecord.objects.filter(round=round_.public_id, final=False)
    stages = cases.values_list("stage", "stage_zh", "stage_en").annotate(n=Count("pk")).order_by("stage")
    running = [(stage, Text(zh, en), n) for stage, zh, en, n in stages]
    total, reviewing = sum(n for *_, n in running), sum(n for stage, _, n in running if stage in REVIEW)
    later = {e.key: e for e in timetable(round_)}
    fixed = [n for n in names if fixed_at_opening(n)]
    return Impact(
        [(n, before.get(n), after.get(n)) for n in names], running, fixed if total else [],
        [(n, reviewing) for n in names if read_while_reviewing(n) and reviewing],
        [(e.label, days[k].day.isoformat() if k in days else "", e.day.isoformat()) for k, e in later.items()
         if k not in days or days[k].day != e.day],
        _unmoved(cases) if fixed or "closes" in names else [], _handed(round_, before, after))


def _unmoved(cases: Any) -> list[tuple[Text, str, int]]:
    rows = AgendaItem.objects.filter(case__in=cases).values_list("label_zh", "label_en", "end").annotate(n=Count("pk"))
    return [(Text(zh, en), end.isoformat(), n) for zh, en, end, n in rows.order_by("end")]


def _handed(round_: Round, before: dict[str, Any], after: dict[str, Any]) -> list[tuple[Text, str]]:
    old, new = before.get("rules.offices", {}), after.get("rules.offices", {})
    chart = chart_for(round_)
    names = dict(Organisation.objects.filter(public_id__in=new.values()).values_list("public_id", "name"))
    return [(chart.roles[role].label, names.get(new[role], "")) for role in offices_of(chart)
            if role in new and new[role] != old.get(role)]


def _hand_offices(round_: Round, old: dict[str, str], new: dict[str, str]) -> None:
    """The offices' roles pass to whom the change names. Raises Refused where one would be left empty."""
    chart = chart_for(round_)
    for role in offices_of(chart):
        if new.get(role) == old.get(role):
            continue
        holder = Organisation.objects.filter(public_id=new.get(role, ""), is_active=True).first()
        if holder is None:
            label = chart.roles[role].label
            raise Refused(f"“{label.zh}”须有单位担任", f"'{label.en}' needs an office")
        for held in RoleHolder.objects.filter(chart=chart.id, role=role, round=round_.public_id, case__isnull=True):
            release(held)
        assign(chart, role, organisation=holder, round_id=round_.public_id)


