"""The days that count for a person, in the cases that he sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from guiju.lifecycle.chart import Chart
from guiju.source.diagnostics import Text
from guiju.web.cases.charts import chart_of
from guiju.web.cases.domain.turns import turn_of
from guiju.web.cases.models import AgendaItem, CaseRecord
from guiju.web.cases.page import clauses, role_label
from guiju.web.cases.queries import due_by, holders_of, organisations_of, seen_by
from guiju.web.cases.rules import roles_held_by
from guiju.web.desk.models import CalendarFeed, ReminderWish
from guiju.web.kit.clock import today
from guiju.web.kit.text import listed
from guiju.web.outbox.models import Message

AHEAD = 400


@dataclass(frozen=True, slots=True)
class Due:
    """A day that counts. `turn`: whose it is, in words; `mine`: whether the reader is among them; `basis`: why."""

    item: AgendaItem
    days: int
    turn: Text
    mine: bool
    basis: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Days that belong together. `start`: the Monday; none for what is over."""

    label: Text
    start: dt.date | None
    dues: tuple[Due, ...]


def dues_of(user: Any, *, only_mine: bool = False, ahead: int = AHEAD) -> list[Due]:
    """What ends in the person's cases, the soonest first."""
    found = due_by(today() + dt.timedelta(days=ahead)).filter(case__in=seen_by(user)).select_related(
        "case__revision", "case__organisation", "case__application__body__body")
    mine = Mine(user)
    return [d for d in (_due(item, mine) for item in found) if d.mine or not only_mine]


class Mine:
    """The roles that a person holds in any case, asked of the database once (as `cases.rules.parts_in` has them)."""

    def __init__(self, user: Any) -> None:
        self.organisations = {o.pk for o in organisations_of(user, acting=True)}
        self.held = list(holders_of(user, acting=True).values_list("chart", "role", "round", "case_id"))

    def roles(self, record: CaseRecord, chart: Chart) -> frozenset[str]:
        held = {role for chart_id, role, round_id, case in self.held
                if chart_id == record.chart and round_id in ("", record.round) and case in (None, record.pk)}
        own = roles_held_by(chart, "applicant") if record.organisation_id in self.organisations else frozenset()
        return frozenset(held) | own


def _due(item: AgendaItem, mine: Mine) -> Due:
    record, chart = item.case, chart_of(item.case.revision)
    turn = turn_of(record, chart, item)
    small = chart.procedures[item.thread.partition("#")[0]].chart if item.thread else chart
    labels = list(dict.fromkeys(role_label(chart, role) for role in sorted(turn)))
    return Due(item, (item.end - today()).days, listed(labels), bool(turn & mine.roles(record, chart)),
               clauses(small, tuple(item.clauses)))


def by_week(dues: list[Due]) -> list[Week]:
    """What is over first, then week by week."""
    return list(_weeks(dues))


def _weeks(dues: list[Due]) -> Iterator[Week]:
    over = tuple(d for d in dues if d.days < 0)
    if over:
        yield Week(Text("已过期限", "Overdue"), None, over)
    monday = today() - dt.timedelta(days=today().weekday())
    starts = sorted({d.item.end - dt.timedelta(days=d.item.end.weekday()) for d in dues if d.days >= 0})
    names = {monday: Text("本周", "This week"), monday + dt.timedelta(days=7): Text("下周", "Next week")}
    for start in starts:
        end = start + dt.timedelta(days=6)
        span = f"{start:%m-%d}—{end:%m-%d}" if start.year == monday.year else f"{start} — {end:%m-%d}"
        label = names.get(start, Text(f"{span} 一周", f"Week {start} to {end:%m-%d}"))
        yield Week(label, start, tuple(d for d in dues if d.days >= 0 and start <= d.item.end <= end))


def standing_feed(user: Any) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(user=user, revoked__isnull=True).first()


def wish_of(user: Any) -> ReminderWish | None:
    return ReminderWish.objects.filter(user=user).first()


def reminder_log() -> QuerySet[Message]:
    """Every reminder that was put out, the latest first, without what it says: that is between the site and the
    person."""
    return Message.objects.filter(kind="reminder").select_related("user").defer(
        "subject_zh", "subject_en", "body_zh", "body_en", "link").order_by("-created", "-pk")
