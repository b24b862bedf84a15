"""Opening a case and making a move: lock, read again, ask the core, write what it answers. Or nothing at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace

from django.db import transaction

from guiju.lifecycle.automatic import advance
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import SYSTEM, Chart
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.events import Actor, Ban, Document, Event, Evidence
from guiju.lifecycle.refusal import Reason, Refusal
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation, User
from guiju.web.cases.charts import calendar, chart_of, keep
from guiju.web.cases.domain.writing import is_written, record_of, write
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.rules import part_named, parts_in, roles_held_by
from guiju.web.cases.store import case_of
from guiju.web.files.domain import Upload, attach
from guiju.web.kit.clock import now
from guiju.web.kit.holding import hold
from guiju.web.kit.ids import public_id
from guiju.web.kit.lengths import within

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Overtaken:
    """The case went on since the page was made: what happened last. Nothing was done."""

    last: Event
    label: Text


# What keeps a move back beside the chart: an app that knows of something enters it here. Called with the record, the
# case, the move's name and the time.
HOLDS: list[Callable[[CaseRecord, Case, str, dt.datetime], Reason | None]] = []


@dataclass(frozen=True, slots=True)
class Call:
    """An opening move that an officer made once for a whole round: each case of the round begins with it, in his
    name and at its time."""

    actor: Actor
    by: User
    at: dt.datetime


@transaction.atomic
def begin_case(chart: Chart, name: str, user: User, *, applicant: Organisation | None = None, acting_for: str = "",
               evidence: Evidence | None = None, uploads: Sequence[Upload] = (), round_id: str = "",
               parameters: Map[str, str] | None = None, bans: Sequence[Ban] = (), title: str = "",
               at: dt.datetime | None = None, site_round: str = "", call: Call | None = None
               ) -> CaseRecord | Refusal:
    """Open a case by an opening move. `applicant`: whose case it is, the organisation that one acts for unless said;
    `acting_for`: its public id, if one acts for several. `round_id`: a round of the chart's own; `site_round`: the
    public id of one of this site. `call`: with it, `user` is the applicant's, and nobody is written to: what he does
    next says it. Raises GuijuError for a round or settings not known."""
    part = None if call else part_named(parts_in(user, chart, None, round_id or site_round, applicant), acting_for)
    host = applicant or (part.organisation if part else None)
    actor = call.actor if call else part.actor if part else None
    if actor is None or host is None:
        return _no_part(name, chart)
    at = call.at if call else at or now()
    given = _with_papers(evidence, uploads)
    case = begin(chart, public_id(), name, actor, given, at, round_id=round_id, parameters=parameters,
                 bans=[*bans, *_bans_of(host, chart, at.date())], calendar=calendar())
    if isinstance(case, Refusal):
        return case
    case = advance(case, at, calendar())
    owner = user if call or (part and host == part.organisation) else None
    record = record_of(case, keep(chart), host, owner, title, site_round)
    write(record, case, 0, call.by if call else user, tells=call is None)
    attach(list(uploads), "case", record.public_id, user, "1")
    return record


@transaction.atomic
def make_move(record: CaseRecord, name: str, user: User | None, *, acting_for: str = "",
              evidence: Evidence | None = None, uploads: Sequence[Upload] = (), seen: str = "",
              at: dt.datetime | None = None, actor: Actor | None = None) -> CaseRecord | Refusal | Overtaken:
    """Make a move as one of the person's parts. `seen`: the head of the case when the person looked at it. `actor`:
    as whom, where that is none of his parts: someone of the public, with no account (`user` None) or one that stays
    unnamed. Then the caller keeps the files.

    Who presses a second time what went through gets the case as it is; who comes too late is told what happened.
    """
    record = hold(CaseRecord.objects.select_related("revision", "organisation"), pk=record.pk)
    chart = chart_of(record.revision)
    part = None if actor else part_named(parts_in(user, chart, record), acting_for)
    actor = part.actor if part else actor
    if actor is None:
        return _no_part(name, chart)
    case = case_of(record)
    given = _with_papers(evidence, uploads)
    if seen and seen != record.head:
        if _is_repeated(case, name, actor, given, seen):
            return record
        return Overtaken(case.last, label_of(case, case.last))
    at = at or now()
    result = _answered(record, case, name, actor, given, at)
    if isinstance(result, Refusal):
        return result
    write(record, result, record.count, user if part else None)
    if part:
        attach(list(uploads), "case", record.public_id, user, str(_number_of(result, record.count, actor)))
    return record


def refused_already(record: CaseRecord, name: str, user: User, *, acting_for: str = "",
                    evidence: Evidence | None = None, uploads: Sequence[Upload] = ()) -> Refusal | None:
    """What keeps a move back as far as it is given now, so that it is said together with what the form itself finds
    wrong; without what only waits for the form to be filled in. Nothing is done."""
    part = part_named(parts_in(user, chart_of(record.revision), record), acting_for)
    if part is None:
        return None
    case = case_of(record)
    result = _answered(record, case, name, part.actor, _with_papers(evidence, uploads), max(now(), case.last.at))
    reasons = result.reasons if isinstance(result, Refusal) else ()
    told = tuple(r for r in reasons if r.code not in ("input", "unknown"))
    return Refusal(name, told) if told else None


def _answered(record: CaseRecord, case: Case, name: str, actor: Actor, given: Evidence, at: dt.datetime
              ) -> Case | Refusal:
    """What the core makes of a move, with all that keeps it back beside the chart."""
    held = tuple(reason for hold in HOLDS if (reason := hold(record, case, name, at)))
    result = move(case, name, actor, given, at, calendar())
    if not held:
        return result
    return replace(result, reasons=(*held, *result.reasons)) if isinstance(result, Refusal) else Refusal(name, held)


def entitle(record: CaseRecord, title: str) -> None:
    """Give a case the name by which people know it, in the caller's transaction. Raises TooLong."""
    named = within(LONGEST_TITLE, title, "名称", "name")
    if named and named != record.title:
        record.title = named
        record.save(update_fields=["title"])


def bring_up_to_date(record: CaseRecord, at: dt.datetime | None = None) -> bool:
    """Make the automatic moves that fell due, and work out again what waits; whether anything was made. Nobody who
    writes has to wait for a look at a case in which nothing is due: of most a daily round finds just that."""
    case = case_of(record)
    result = advance(case, max(at or now(), case.last.at), calendar())
    if len(result.events) == record.count and is_written(record, result):
        return False
    return _bring_up_to_date(record, at)


@transaction.atomic
def _bring_up_to_date(record: CaseRecord, at: dt.datetime | None) -> bool:
    record = hold(CaseRecord.objects.select_related("revision", "organisation"), pk=record.pk)
    case = case_of(record)
    result = advance(case, max(at or now(), case.last.at), calendar())
    before = record.count
    write(record, result, before, None)
    return len(result.events) > before


def label_of(case: Case, event: Event) -> Text:
    """What an event did, in words."""
    chart = case.chart
    if event.thread:
        procedure = chart.procedures[event.thread.partition("#")[0]]
        label, own = procedure.chart.moves[event.move].label, procedure.label
        return Text(f"{own.zh}·{label.zh}", f"{own.en or own.zh}: {label.en or label.zh}")
    return chart.moves[event.move].label


def _with_papers(evidence: Evidence | None, uploads: Sequence[Upload]) -> Evidence:
    """The evidence with a document for each upload: its paper's name, or the file's, and its content's digest."""
    given = evidence or Evidence()
    papers = tuple(Document(u.paper or u.name, u.file.sha256) for u in uploads)
    return replace(given, documents=(*given.documents, *papers))


def _is_repeated(case: Case, name: str, actor: Actor, given: Evidence, seen: str) -> bool:
    """Whether the same person did just this on just that page: a button pressed twice."""
    for event in reversed(case.events):
        if event.role == SYSTEM:
            continue
        same = event.actor.id == actor.id and event.before.sha256 == seen and event.evidence == given
        return same and name.rpartition(":")[2] == event.move
    return False


def _number_of(case: Case, last: int, actor: Actor) -> int:
    return next((e.number for e in reversed(case.events) if e.actor.id == actor.id), last)


def _no_part(name: str, chart: Chart) -> Refusal:
    return Refusal(name, (Reason("role", name, Text("您在这个事项里没有可用的身份", "you have no part in this case"),
                                 chart.basis,
                                 Text("请换一个身份，或请单位管理员授权",
                                      "choose another capacity, or ask your manager")),))


def _bans_of(host: Organisation, chart: Chart, day: dt.date) -> list[Ban]:
    """The bans that earlier cases of an organisation began, of this chart and those that it respects."""
    charts = (chart.id, *chart.respects)
    applicants = roles_held_by(chart, "applicant")
    found = []
    for record in CaseRecord.objects.filter(organisation=host, chart__in=charts, bans=True).select_related("revision"):
        found += [b for b in case_of(record).bans if b.until >= day and (not b.who or b.who in applicants
                                                                        or b.chart != chart.id)]
    return found
