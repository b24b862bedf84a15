"""The days of a round, worked out from what is set: those fixed, and those that follow by the working-day calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from icalendar import Calendar as ICalendar
from icalendar import Event as IEvent

from guiju.calendar import earliest_close, end_of
from guiju.facts.model import Facts
from guiju.lifecycle.case import State
from guiju.lifecycle.chart import Chart, Notice
from guiju.lifecycle.environment import interpreter, own_settings, parameter_values
from guiju.lifecycle.spans import exact_length
from guiju.source.diagnostics import Language, Text
from guiju.web.cases.charts import calendar
from guiju.web.cases.readings import reading_in
from guiju.web.kit.clauses import holds_in
from guiju.web.rounds.models import Round
from guiju.web.rounds.procedure import chart_for, settings_day
from guiju.web.rounds.review_rules import rules_of

_NOTHING = Text("", "")
_LAST_DAY = {"含当日": Text("含当日", "that day included"),
             "不含当日": Text("不含当日，当日提交即逾期", "that day is late already")}


@dataclass(frozen=True, slots=True)
class Entry:
    """A day of the round. `key` stays the same when the day moves. `how`: how it was worked out."""

    key: str
    day: dt.date
    label: Text
    how: Text = _NOTHING
    clauses: tuple[str, ...] = ()
    unknown_years: tuple[int, ...] = ()


def timetable(round_: Round) -> list[Entry]:
    """Every day that is known, in order."""
    chart = chart_for(round_)
    return sorted([*_fixed(round_), *_bodies(round_, chart), *_notices(round_, chart)], key=lambda e: (e.day, e.key))


def _fixed(round_: Round) -> Iterator[Entry]:
    if round_.opens:
        yield Entry("opens", round_.opens, Text("申报开始", "applications open"))
    if round_.closes:
        yield Entry("closes", round_.closes, Text("批次申报截止（含当日）", "last day of applications, included"))


def _bodies(round_: Round, chart: Chart) -> Iterator[Entry]:
    parameter = chart.parameters.get("recommender_deadline")
    reading = reading_in(chart, _settings(round_, chart), "deadline_day")
    clauses = parameter.clauses if parameter else ()
    how = _LAST_DAY.get(reading.name, Text(reading.name, reading.en)) if reading else _NOTHING
    for row in round_.bodies.select_related("body__organisation"):
        day = row.deadline or round_.closes
        if day:
            name = row.body.organisation.name
            yield Entry(f"body.{row.body.organisation.public_id}", day,
                        Text(f"{name}收件截止", f"deadline of {name}"), how,
                        tuple(key for key in clauses if holds_in(key, row.body.region, chart.id)))


def _notices(round_: Round, chart: Chart) -> Iterator[Entry]:
    """The notices whose first day the officer planned: when they may end, and until when an objection of the last day
    would be settled."""
    days = rules_of(round_).objection_days
    for notice in chart.notices.values():
        begins, length = planned(round_, notice), length_of(round_, chart, notice)
        if begins is None:
            continue
        label = notice.label
        yield Entry(f"{notice.id}.begins", begins,
                    Text(f"{label.zh}开始（计划）", f"{label.en} begins, as planned"), clauses=notice.clauses)
        if length is None or notice.unit == "month":
            continue
        end = earliest_close(begins, length, notice.unit, calendar())
        unit = Text("个工作日", "working days") if notice.unit == "workday" else Text("日", "days")
        yield Entry(f"{notice.id}.ends", end.date, Text(f"{label.zh}最早期满", f"{label.en} may end"),
                    Text(f"不计首日满 {length} {unit.zh}", f"{length} {unit.en} without the first day"), notice.clauses,
                    tuple(end.unknown_years))
        if days:
            last = end_of(end.date, days, "workday", calendar())
            yield Entry(f"{notice.id}.objections", last.date,
                        Text(f"{label.zh}最后一日的异议最迟办结", f"{label.en}: objections of the last day settled"),
                        Text(f"受理后 {days} 个工作日（本批次规定）", f"{days} working days, as the round says"), (),
                        tuple(last.unknown_years))


def planned(round_: Round, notice: Notice) -> dt.date | None:
    """The day on which the officer means to begin a notice."""
    word = round_.rules.get("plan", {}).get(notice.id)
    return dt.date.fromisoformat(word) if word else None


def length_of(round_: Round, chart: Chart, notice: Notice) -> int | None:
    """How long a notice stands at least under the round's settings."""
    day = settings_day(round_)
    it = interpreter(None, State(chart, "", day, Facts(), _settings(round_, chart)), day, calendar())
    return exact_length(it, notice.length)[0]


def _settings(round_: Round, chart: Chart) -> dict[str, Any]:
    return parameter_values(chart, own_settings(round_.parameters), settings_day(round_))


def ical(round_: Round, language: Language) -> bytes:
    """The timetable as a calendar file (RFC 5545): one all-day event each."""
    made = ICalendar()
    made.add("prodid", f"-//Guiju//rounds//{language.upper()}")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    name = " ".join(round_.label.in_language(language).split())  # a line break would be no calendar
    made.add("x-wr-calname", name)
    for entry in timetable(round_):
        event = IEvent()
        event.add("uid", f"{round_.public_id}/{entry.key}@guiju")
        event.add("dtstamp", round_.published or round_.created)
        event.add("sequence", round_.version - 1)
        event.add("dtstart", entry.day)
        event.add("summary", " ".join([name, *entry.label.in_language(language).split()]))
        words = [entry.how.in_language(language), *entry.clauses, *map(str, entry.unknown_years)]
        event.add("description", "\n".join(w for w in words if w))
        made.add_component(event)
    return bytes(made.to_ical())
