"""Reminders of days that count. Each is put out once, however often and by however many workers this is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from guiju.lifecycle.agenda import REMIND
from guiju.lifecycle.events import CHINA
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.cases.charts import chart_of
from guiju.web.cases.domain.turns import turn_of
from guiju.web.cases.models import AgendaItem
from guiju.web.cases.queries import due_by
from guiju.web.cases.rules import people_with
from guiju.web.kit.clock import today
from guiju.web.outbox.domain import Letter, put_out

MOST_AHEAD = 90
OVER = "over"


@dataclass(frozen=True, slots=True)
class Wish:
    """How many days ahead a person wants to be reminded, and whether by mail as well as on the site."""

    days: tuple[int, ...] = REMIND
    mail: bool = True


# Who keeps people's wishes enters here how to ask for them, by the person's key; and who keeps rounds, how many days
# ahead people are reminded in them where they wish nothing else, by the round's id.
WISHES: list[Callable[[], dict[int, Wish]]] = []
USUAL: list[Callable[[], dict[str, tuple[int, ...]]]] = []


def remind() -> int:
    """Tell those whose turn it is; how many days are near or over for somebody.

    A reminder goes out on the day that lies so far ahead, or on the next one on which this is done, if nothing has
    happened in the case since. What is overdue is told once more when it is.
    """
    wishes = {key: wish for ask in WISHES for key, wish in ask().items()}
    usual = {round_id: Wish(days) for ask in USUAL for round_id, days in ask().items()}
    furthest = max(day for wish in (Wish(), *usual.values(), *wishes.values()) for day in (*wish.days, 0))
    count = 0
    for item in due_by(today() + dt.timedelta(days=furthest)).select_related("case__revision"):
        letters = list(_letters(item, wishes, usual.get(item.case.round, Wish())))
        count += bool(letters)
        put_out(letters)
    return count


def _letters(item: AgendaItem, wishes: dict[int, Wish], usual: Wish) -> Iterator[Letter]:
    if item.kind == "minimum":
        return
    left = (item.end - today()).days
    record, chart = item.case, chart_of(item.case.revision)
    people = {person for role in turn_of(record, chart, item) for person in people_with(record, chart, role)}
    known = item.case.changed.astimezone(CHINA).date()
    for person in sorted(people, key=lambda p: p.pk):
        wish = wishes.get(person.pk, usual)
        when = _due(item.end, left, known, wish.days)
        if when:
            yield _letter(item, left, when, person, wish.mail)


def _due(end: dt.date, left: int, known: dt.date, days: tuple[int, ...]) -> str:
    """Which reminder is due: so many days ahead, or that it is over; "" for none. One whose day had come before the
    case's last event is none: that event has told everybody where things stand."""
    if left < 0:
        return OVER if known <= end else ""
    reached = [d for d in days if left <= d and end - dt.timedelta(days=d) >= known]
    return str(min(reached)) if reached else ""


def _letter(item: AgendaItem, left: int, when: str, person: User, mail: bool) -> Letter:
    record, label, named = item.case, item.label, item.case.named
    en = label.en or label.zh
    key = f"remind/{record.public_id}/{item.thread}:{item.ref}/{item.end}/{when}/{person.pk}"
    if left < 0:
        subject = Text(f"已过期限：{label.zh}·{named.zh}", f"overdue: {en}, {named.en}")
    else:
        subject = Text(f"还有 {left} 天：{label.zh}·{named.zh}", f"{left} days left: {en}, {named.en}")
    return Letter(key, "reminder", subject, Text(f"{named.zh}：{label.zh}到 {item.end} 为止。编号 {record.public_id}。",
                                                 f"{named.en}: '{en}' ends on {item.end}. No. {record.public_id}."),
                  user=person, link=reverse("cases:show", args=[record.public_id]), mail=mail)
