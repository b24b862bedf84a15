"""What waits for a person: moves, reviews, votes; by when, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse

from guiju.lifecycle.events import CHINA
from guiju.lifecycle.names import find_move
from guiju.source.diagnostics import Text
from guiju.web.cases.charts import chart_of
from guiju.web.cases.models import CaseRecord, PendingMove
from guiju.web.cases.page import clauses
from guiju.web.cases.queries import waiting_for
from guiju.web.cases.ways import way
from guiju.web.kit.clock import today
from guiju.web.kit.permissions import verdict
from guiju.web.kit.text import listed
from guiju.web.reviewing.domain.leading import LEADER_ROLE
from guiju.web.reviewing.models import Assigned, Hearing, Meeting
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.projection import blind_title
from guiju.web.reviewing.queries.ballots import my_vote
from guiju.web.reviewing.queries.parts import led_by, meetings_of
from guiju.web.reviewing.queries.scene import read_at_once
from guiju.web.rounds.review_rules import rules_of

MOST = 300  # moves that one page looks at, those that end soonest


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that the person may do. `basis`: the clauses that ask for it, as they are cited in the case `of`."""

    what: Text
    address: str
    basis: tuple[tuple[str, Text], ...] = ()
    of: CaseRecord | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in one place. `about`: the case or what it belongs to; `by`: the last day, if there is one;
    `choices`: the ways to go on by then, of which a decision takes one."""

    about: Text
    by: dt.date | None
    choices: tuple[Choice, ...]

    @property
    def days(self) -> int | None:
        return None if self.by is None else (self.by - today()).days


@dataclass(frozen=True, slots=True)
class Everything:
    """What waits for a person, the soonest first; what has no term comes last. `more`: there are further moves, which
    were not looked at: what is found here is the least that waits."""

    found: tuple[Waiting, ...]
    more: bool


def waiting_for_me(user: Any) -> Everything:
    moves = list(_pending(user)[:MOST + 1])
    found = [*_by_case(moves[:MOST], lambda record: record.named), *_leads(user), *_reviews(user), *_votes(user),
             *_meetings(user)]
    return Everything(tuple(sorted(found, key=lambda w: (w.by is None, w.by or dt.date.max))), len(moves) > MOST)


def _pending(user: Any) -> QuerySet[PendingMove]:
    cases = CaseRecord.objects.select_related("application__body__body").prefetch_related(
        "revision", "organisation", "agenda")  # each once, not once a move
    return waiting_for(user).prefetch_related(Prefetch("case", cases))


def _by_case(items: Iterable[PendingMove], about: Callable[[CaseRecord], Text]) -> Iterator[Waiting]:
    """The moves of a case that end on the same day as one thing with its choices; a move once, though it may be made
    in two roles. A chance of the whole stage that has passed leaves nothing to do."""
    places: dict[tuple[int, dt.date | None], tuple[CaseRecord, dict[str, PendingMove]]] = {}
    for item in items:
        by = _last_day(item)
        if by is None or by >= today() or not _is_chance(item, by):
            _, moves = places.setdefault((item.case_id, by), (item.case, {}))
            moves.setdefault(item.name, item)
    for (_, by), (record, moves) in places.items():
        yield Waiting(about(record), by, tuple(_choices(record, moves.values())))


def _choices(record: CaseRecord, moves: Iterable[PendingMove]) -> Iterator[Choice]:
    """The steps of a thread that is settled on a page of its own are one task: what is decided, is decided there."""
    chart = chart_of(record.revision)
    places: dict[tuple[str, str], list[PendingMove]] = {}
    for item in moves:
        address = way(record, item.name)
        places.setdefault((item.name.rpartition(":")[0] or item.name, address), []).append(item)
    for (_, address), (first, *others) in places.items():
        further = [step.label for item in others if (step := find_move(chart, item.name)) is not None]
        yield Choice(listed([first.label, *further]), address, _basis(first), record)


def _leads(user: Any) -> Iterator[Waiting]:
    """A panel leader's moves, by the application's name as the round lets him see it: where names are hidden, his part
    shows him no case."""
    led = led_by(user).select_related("application__body__body__organisation")
    rows = {p.application.case_id: p for p in led}
    if not rows:
        return
    read_at_once(p.application for p in rows.values())
    told = waiting_for(user).filter(case__in=list(rows)).values("pk")
    found = PendingMove.objects.filter(case__in=list(rows), role=LEADER_ROLE).exclude(pk__in=told)

    def about(record: CaseRecord) -> Text:
        placement = rows[record.pk]
        title = blind_title(placement.application, rules_of(placement.panel.round).hides_names)
        return Text(title, title)

    yield from _by_case(found.select_related("case__revision", "case__organisation", "case__application__placement"
                                             ).prefetch_related("case__agenda"), about)


def _last_day(item: PendingMove) -> dt.date | None:
    """The last day for a move: its term's; that of the duty which it fulfils; or, for the applicant, the day on which
    an opportunity of the whole stage passes. For a step of a thread, the first day that counts in the thread."""
    thread = item.name.rpartition(":")[0]
    if "#" in thread:
        return item.by or min((a.end for a in item.case.agenda.all() if a.thread == thread), default=None)
    chart = chart_of(item.case.revision)
    bound = {term for step in chart.moves.values() for term in step.within}
    owed = {d.id for d in chart.duties.values() if d.move == item.name}
    days = [a.end for a in item.case.agenda.all()
            if (a.kind == "duty" and a.ref in owed)
            or (a.kind == "term" and a.then == ["lapse"] and item.applicant and a.ref not in bound)]
    return item.by or min(days, default=None)


def _is_chance(item: PendingMove, by: dt.date) -> bool:
    ends = [a for a in item.case.agenda.all() if a.end == by]
    return bool(ends) and all(a.only_passes for a in ends)


def _basis(item: PendingMove) -> tuple[tuple[str, Text], ...]:
    chart = chart_of(item.case.revision)
    thread, _, name = item.name.rpartition(":")
    own = chart.procedures[thread.partition("#")[0]].chart if thread else chart
    step = own.moves.get(name)
    return clauses(own, step.clauses or own.basis) if step else ()


def _reviews(user: Any) -> Iterator[Waiting]:
    for one in Assigned.objects.filter(user=user, state__in=STANDING).select_related("application__round", "sheet"):
        sheet = getattr(one, "sheet", None)
        if sheet is not None and sheet.submitted:
            continue
        what = Text("声明是否回避", "declare conflicts") if one.state == "asked" else Text("评审打分", "give marks")
        about = one.application.round.label
        yield Waiting(about, one.deadline, (Choice(what, reverse("reviewing:review", args=[one.public_id])),))


def _votes(user: Any) -> Iterator[Waiting]:
    voting = Hearing.objects.filter(state="voting", meeting__committee__seats__user=user)
    for hearing in voting.select_related("meeting__round"):
        if my_vote(hearing, user) == "due":
            vote = Choice(Text("投票", "vote"), reverse("reviewing:vote", args=[hearing.public_id]))
            yield Waiting(Text(hearing.meeting.title, ""), _day_of(hearing.meeting), (vote,))


def _meetings(user: Any) -> Iterator[Waiting]:
    """Meetings that the person conducts, from their day until they are ended; first the ballots that are under way."""
    open_ = Q(begins__date__lte=today()) | Q(hearings__state="voting")
    for meeting in meetings_of(user).filter(open_, over=None):
        if verdict(user, "review.conduct", meeting):
            counts = [Choice(Text("投票进行中：看已投人数，结束投票并计票", "a ballot is under way: end it and count"),
                             reverse("reviewing:hearing", args=[h.public_id]))
                      for h in meeting.hearings.filter(state="voting").order_by("place")]
            lead = Choice(Text("主持会议：登记到会、审议、结束会议", "conduct the meeting: presence, hearings, end"),
                          reverse("reviewing:meeting", args=[meeting.public_id]))
            yield Waiting(Text(meeting.title, ""), _day_of(meeting), (*counts, lead))


def _day_of(meeting: Meeting) -> dt.date:
    return meeting.begins.astimezone(CHINA).date()
