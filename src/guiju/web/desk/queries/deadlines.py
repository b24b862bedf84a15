"""The days that count for a person, in the cases that he sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from guiju.source.diagnostics import Text
from guiju.web.cases.charts import chart_of
from guiju.web.cases.domain.turns import turn_of
from guiju.web.cases.models import AgendaItem
from guiju.web.cases.page import clauses, role_label
from guiju.web.cases.queries import due_by, seen_by
from guiju.web.cases.rules import parts_in
from guiju.web.desk.models import CalendarFeed, ReminderWish
from guiju.web.kit.clock import today
from guiju.web.kit.text import listed
from guiju.web.outbox.models import Message

AHEAD, MOST = 400, 600
SILENT = ("minimum", "notice")  # what has only to be waited for is nothing to show once it is over


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
    """What ends in the person's cases, the soonest first; at most so many."""
    found = due_by(today() + dt.timedelta(days=ahead)).filter(case__in=seen_by(user)).select_related(
        "case__revision", "case__organisation__above")
    kept: dict[int, frozenset[str]] = {}
    dues = [_due(item, user, kept) for item in found[:MOST * 2] if not _is_past(item)]
    return [d for d in dues if d.mine or not only_mine][:MOST]


def _is_past(item: AgendaItem) -> bool:
    return item.kind in SILENT and item.end < today()


def _due(item: AgendaItem, user: Any, kept: dict[int, frozenset[str]]) -> Due:
    """`kept`: the roles that the person holds, by case."""
    record, chart = item.case, chart_of(item.case.revision)
    if record.pk not in kept:
        kept[record.pk] = frozenset().union(*(p.roles for p in parts_in(user, chart, record)))
    turn = turn_of(record, chart, item)
    small = chart.procedures[item.thread.partition("#")[0]].chart if item.thread else chart
    labels = list(dict.fromkeys(role_label(chart, role) for role in sorted(turn)))
    return Due(item, (item.end - today()).days, listed(labels), bool(turn & kept[record.pk]),
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
