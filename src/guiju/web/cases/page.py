"""What the page of a case shows to one person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.cli.chart.words import AFTER, KINDS
from guiju.lifecycle.automatic import advance
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import SYSTEM, Chart
from guiju.lifecycle.events import Event
from guiju.lifecycle.options import Option, allowed
from guiju.source.diagnostics import Text
from guiju.web.cases.charts import calendar
from guiju.web.cases.domain.acts import label_of
from guiju.web.cases.domain.writing import option_label
from guiju.web.cases.models import AgendaItem, CaseRecord
from guiju.web.cases.projection import is_kept_from, is_unseen, kept_back
from guiju.web.cases.rules import Part, roles_held_by
from guiju.web.cases.store import case_of
from guiju.web.files.models import Attachment
from guiju.web.files.queries import attached_to
from guiju.web.kit.clock import now
from guiju.web.kit.text import listed

UNSEEN = Text("（不公开）", "(not shown)")
THE_SYSTEM = Text("系统", "the system")


@dataclass(frozen=True, slots=True)
class Choice:
    """A move of the present stages. `roles`: who makes it; `days`: how many are left; `anyone`: whether
    everybody may make it."""

    name: str
    label: Text
    option: Option
    roles: Text
    days: int | None
    basis: tuple[tuple[str, Text], ...]
    anyone: bool


@dataclass(frozen=True, slots=True)
class Step:
    """An event as the person may see it. `given`: names and values as stated; `papers`: names, and the file if it may
    be had."""

    number: int
    at: dt.datetime
    label: Text
    role: Text
    actor: Text
    given: tuple[tuple[Text, str], ...]
    papers: tuple[tuple[str, Attachment | None], ...]
    decisions: tuple[str, ...]
    note: str
    basis: tuple[tuple[str, Text], ...]
    automatic: bool
    seen: bool


@dataclass(frozen=True, slots=True)
class Day:
    item: AgendaItem
    days: int
    kind: Text
    then: Text
    basis: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    record: CaseRecord
    chart: Chart
    stage: Text
    note: Text
    phases: tuple[tuple[Text, str], ...]
    ready: tuple[Choice, ...]
    blocked: tuple[Choice, ...]
    elsewhere: tuple[Choice, ...]
    threads: tuple[tuple[Text, Text, bool], ...]
    days: tuple[Day, ...]
    steps: tuple[Step, ...]
    parts: list[Part]
    part: Part
    bans: tuple[Any, ...]


def case_page(record: CaseRecord, user: Any, parts: list[Part], part: Part) -> CasePage:
    """The case as it stands now, for a person in one of his capacities."""
    written = case_of(record)
    case = advance(written, max(now(), written.last.at), calendar())
    chart = case.chart
    ready, blocked, elsewhere = _choices(case, part)
    return CasePage(
        record, chart, case.main.at.label, case.main.at.note, tuple(_phases(case)), tuple(ready), tuple(blocked),
        tuple(elsewhere), tuple(_threads(case)), tuple(_days(record, chart)),
        tuple(reversed(list(_steps(record, written, user, parts)))), parts, part, case.bans)


def choice_named(case: Case, part: Part, name: str) -> Choice | None:
    """The move of that name, if the present stages know it and it is for the person to make."""
    ready, blocked, _ = _choices(case, part)
    return next((c for c in (*ready, *blocked) if c.name == name), None)


def _choices(case: Case, part: Part) -> tuple[list[Choice], list[Choice], list[Choice]]:
    """What the person may do, what is his but kept back, and what others do."""
    ready: list[Choice] = []
    blocked: list[Choice] = []
    elsewhere: list[Choice] = []
    for option in allowed(case, part.actor, max(now(), case.last.at), calendar()):
        choice = _choice(case, option)
        if option.ready:
            ready.append(choice)
        elif any(r.code == "role" for r in option.reasons):
            elsewhere.append(choice)
        else:
            blocked.append(choice)
    return ready, blocked, elsewhere


def _choice(case: Case, option: Option) -> Choice:
    chart = case.chart if not option.thread else case.chart.procedures[option.thread.partition("#")[0]].chart
    roles = listed([role_label(case.chart, use.role) for use in option.move.roles])
    days = None if option.by is None else (option.by - now().date()).days
    return Choice(option.name, option_label(case, option), option, roles, days,
                  clauses(chart, option.move.clauses or chart.basis),
                  {u.role for u in option.move.roles} <= roles_held_by(case.chart, "anyone"))


def role_label(chart: Chart, role: str) -> Text:
    if role == SYSTEM:
        return THE_SYSTEM
    if role in chart.roles:
        return chart.roles[role].label
    small = {r.id: r.label for p in chart.procedures.values() for r in p.chart.roles.values()}
    return small.get(role, Text(role, role))


def clauses(chart: Chart, keys: tuple[str, ...]) -> tuple[tuple[str, Text], ...]:
    """Clauses with what they say, in our own words."""
    return tuple((key, chart.clauses[key].text if key in chart.clauses else Text("", "")) for key in keys)


def _phases(case: Case) -> Iterator[tuple[Text, str]]:
    """The phases of the chart: done, now, or later."""
    present = case.main.at.phase
    order = list(case.chart.phases)
    here = order.index(present) if present in order else 0
    for place, id_ in enumerate(order):
        state = "now" if place == here else "done" if place < here else "later"
        yield case.chart.phases[id_], state


def _threads(case: Case) -> Iterator[tuple[Text, Text, bool]]:
    for name, state in case.threads.items():
        procedure, _, number = name.partition("#")
        label = case.chart.procedures[procedure].label
        yield Text(f"{label.zh} {number}", f"{label.en or label.zh} {number}"), state.at.label, state.final


def _days(record: CaseRecord, chart: Chart) -> Iterator[Day]:
    today = now().date()
    for item in record.agenda.order_by("end", "pk"):
        small = chart.procedures[item.thread.partition("#")[0]].chart if item.thread else chart
        moves = [small.moves[m].label for m in item.then if m in small.moves]
        then = AFTER.get(item.then[0], listed(moves)) if item.then else Text("", "")
        yield Day(item, (item.end - today).days, KINDS[item.kind], then, clauses(small, tuple(item.clauses)))


def _steps(record: CaseRecord, case: Case, user: Any, parts: list[Part]) -> Iterator[Step]:
    files = {(a.note, a.file.sha256): a for a in attached_to("case", record.public_id)}
    shut = is_kept_from(user, record, case.chart, parts)
    for event in case.events:
        own = event.actor.id == user.public_id
        seen = (own or not shut) and not is_unseen(case.chart, event.role, event.actor.id, user, parts)
        yield _step(case, event, files, seen, kept_back(case.chart, event.move, event.thread, parts))


def _step(case: Case, event: Event, files: dict[tuple[str, str], Attachment], seen: bool,
          kept: frozenset[str]) -> Step:
    chart = case.chart.procedures[event.thread.partition("#")[0]].chart if event.thread else case.chart
    papers = tuple((d.name, files.get((str(event.number), d.sha256))) for d in event.evidence.documents)
    automatic = event.role == SYSTEM
    name = THE_SYSTEM if automatic else Text(event.actor.name, event.actor.name)
    return Step(event.number, event.at, label_of(case, event), role_label(case.chart, event.role),
                name if seen else UNSEEN, tuple(_given(chart, event, kept)) if seen else (), papers if seen else (),
                tuple(event.evidence.decisions.values()) if seen and not kept else (),
                event.evidence.note if seen and not kept else "", clauses(chart, event.basis), automatic, seen)


def _given(chart: Chart, event: Event, kept: frozenset[str]) -> Iterator[tuple[Text, str]]:
    vocabulary = chart.vocabulary
    for word, value in event.evidence.given.items():
        if word in kept:
            continue
        entry = vocabulary.facts.get(word) or vocabulary.records.get(word)
        name = Text(entry.name, entry.en or entry.name) if entry else Text(word, word)
        if isinstance(value, list):
            shown = f"{len(value)} 行" + "".join("；" + "，".join(map(str, row.values())) for row in value[:20]
                                                if isinstance(row, dict))
        else:
            shown = str(value)
        yield name, shown


