"""Writes what the core answered: the events, and all that is derived from them. Only `acts` calls this."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.forms import model_to_dict
from django.urls import reverse

from guiju.lifecycle.agenda import agenda
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import SYSTEM
from guiju.lifecycle.events import Actor, Event, line_of, moment
from guiju.lifecycle.options import Option, allowed
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation, User
from guiju.web.accounts.queries import people_of
from guiju.web.cases.charts import calendar
from guiju.web.cases.models import AgendaItem, CaseRecord, ChartRevision, EventRecord, PendingMove
from guiju.web.cases.rules import people_with, roles_held_by
from guiju.web.cases.store import remember
from guiju.web.kit.clock import now
from guiju.web.outbox.domain import Letter, put_out

# What else follows from new events, in the same transaction: an app that keeps something beside cases enters it here.
# Called with the record as it is now, the case, and the events that are new.
AFTER: list[Callable[[CaseRecord, Case, tuple[Event, ...]], None]] = []
_QUIET: ContextVar[bool] = ContextVar("quiet", default=False)


@contextmanager
def quietly() -> Iterator[None]:
    """Inside, nobody is told, and agenda and pending moves are left to `bring_up_to_date`: for past acts that are
    entered all at once."""
    token = _QUIET.set(True)
    try:
        yield
    finally:
        _QUIET.reset(token)


def record_of(case: Case, revision: ChartRevision, host: Organisation, owner: User | None, title: str,
              site_round: str = "") -> CaseRecord:
    """The row of a new case, saved so that its events can refer to it."""
    first = case.events[0]
    return CaseRecord.objects.create(
        public_id=case.id, chart=case.chart.id, revision=revision, round=site_round or case.opening.round,
        organisation=host, owner=owner, title=title.strip() or case.chart.title.zh, stage=case.stage,
        head=first.digests.sha256, count=1, began=first.at, changed=first.at)


def write(record: CaseRecord, case: Case, before: int, user: User | None, tells: bool = True) -> None:
    """Append the events after number `before`; then record, agenda, pending moves and, if it `tells`, letters follow
    from the case."""
    fresh = case.events[before:]
    EventRecord.objects.bulk_create(
        EventRecord(case=record, number=e.number, line=line_of(e), sha256=e.digests.sha256, sm3=e.digests.sm3, at=e.at,
                    actor=None if e.role == SYSTEM else user) for e in fresh)
    stage, quiet = case.main.at, _QUIET.get()
    items, pending = ([], []) if quiet else _derived(record, case)
    record.stage, record.stage_zh, record.stage_en = stage.id, stage.label.zh, stage.label.en
    record.final, record.head, record.count = stage.final, case.head.sha256, len(case.events)
    record.changed, record.bans = case.last.at, bool(case.bans)
    record.next_deadline = _next_of(items)
    record.save()
    record.agenda.all().delete()
    AgendaItem.objects.bulk_create(items)
    record.pending.all().delete()
    PendingMove.objects.bulk_create(pending)
    if tells and not quiet:
        put_out(_letters(record, case, fresh, pending))
    for follow in AFTER if fresh else ():
        follow(record, case, fresh)
    remember(record, case)


def is_written(record: CaseRecord, case: Case) -> bool:
    """Whether all that follows from the case today stands beside it already."""
    items, pending = _derived(record, case)
    return (_contents(items) == _contents(record.agenda.all()) and _contents(pending) == _contents(record.pending.all())
            and CaseRecord.objects.filter(pk=record.pk, head=case.head.sha256, next_deadline=_next_of(items)).exists())


def _contents(rows: Iterable[AgendaItem] | Iterable[PendingMove]) -> list[str]:
    """What the rows say, whatever their keys and order."""
    return sorted(repr(model_to_dict(row, exclude=["id", "case"])) for row in rows)


def _derived(record: CaseRecord, case: Case) -> tuple[list[AgendaItem], list[PendingMove]]:
    """What counts and what may be done in the case today."""
    items = [] if case.main.final and not case.threads else list(_agenda(record, case))
    return items, list(_pending(record, case))


def _next_of(items: list[AgendaItem]) -> dt.date | None:
    return min((i.end for i in items if not (i.only_passes and i.end < now().date())), default=None)


def _agenda(record: CaseRecord, case: Case) -> Iterator[AgendaItem]:
    for d in agenda(case, calendar()).deadlines:
        yield AgendaItem(case=record, kind=d.kind, ref=d.id, thread=d.thread, label_zh=d.label.zh, label_en=d.label.en,
                         end=d.end, then=list(d.then), clauses=list(d.clauses), unknown_years=list(d.unknown_years))


def _pending(record: CaseRecord, case: Case) -> Iterator[PendingMove]:
    """The moves that nothing keeps back but who makes them, what is given and what is written."""
    chart = case.chart
    anyone, applicant = roles_held_by(chart, "anyone", "system"), roles_held_by(chart, "applicant")
    roles = {*chart.roles, *(r for p in chart.procedures.values() for r in p.chart.roles)} - anyone
    somebody = Actor("", "", frozenset(roles))
    seen = set()
    for option in allowed(case, somebody, max(now(), case.last.at), calendar()):
        for use in option.move.roles:
            if option.ready and use.role not in anyone and (option.name, use.role) not in seen:
                seen.add((option.name, use.role))
                label = option_label(case, option)
                yield PendingMove(case=record, name=option.name, role=use.role, applicant=use.role in applicant,
                                  label_zh=label.zh, label_en=label.en, by=option.by)


def option_label(case: Case, option: Option) -> Text:
    label = option.move.label
    if not option.thread:
        return label
    procedure, _, number = option.thread.partition("#")
    own, of = case.chart.procedures[procedure].label, f" {number}" if number else ""
    return Text(f"{own.zh}{of}·{label.zh}", f"{own.en or own.zh}{of}: {label.en or label.zh}")


def _letters(record: CaseRecord, case: Case, fresh: tuple[Event, ...], pending: list[PendingMove]) -> Iterator[Letter]:
    """Tell the applicant where the case stands, and each person whose turn it is; not the one who has just acted."""
    if not fresh:
        return
    last, link = case.last, reverse("cases:show", args=[record.public_id])
    acted = {e.actor.id for e in fresh if e.role != SYSTEM}
    day = moment(last.at).date()
    turns: dict[User, list[Text]] = {}
    for item in pending:
        for person in sorted(people_with(record, case.chart, item.role), key=lambda u: u.pk):
            turns.setdefault(person, []).append(item.label)
    stage, named = record.stage_label, record.named
    for person in {*people_of(record.organisation), *turns}:
        if person.public_id in acted:
            continue
        mine = turns.get(person, [])
        what = Text(f"{named.zh}：{stage.zh}", f"{named.en}: {stage.en or stage.zh}")
        todo = Text("，您可以办理：" + "、".join(x.zh for x in mine),
                    "; you may: " + ", ".join(x.en or x.zh for x in mine)) \
            if mine else Text("", "")
        yield Letter(f"case/{record.public_id}/{last.number}/{person.pk}", "notice", what,
                     Text(f"{day} 起进入“{stage.zh}”{todo.zh}。", f"at '{stage.en or stage.zh}' since {day}{todo.en}."),
                     user=person, link=link)
