"""Guiju: every try goes through the one entry, with evidence read, clauses, a new event and its two hashes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from scripts import Step, Try

from guiju.calendar import load_calendar
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.events import Actor, Document, Evidence
from guiju.lifecycle.library import load_charts
from machines import Machine

CHART = "bench/licence"
DAY = dt.date(2024, 3, 1)
CALENDAR = load_calendar()
BOTH = Actor("someone", "某人", frozenset({"HOST", "OFFICE"}), "someone")
PAPERS = (Document("年度报告", "0" * 64),)
UNITS = {"area": "平方米", "staff": "人", "score": "分", "months": "次"}


def chart() -> Chart:
    """The made-up chart."""
    return load_charts(Path(__file__).parents[1] / "chart").chart(CHART)


def blank(of: Chart) -> Case:
    """A case that has just been opened."""
    case = begin(of, "case", "open", BOTH, Evidence(), DAY, calendar=CALENDAR)
    assert isinstance(case, Case)
    return case


def evidence_of(given: dict[str, int | bool], papers: bool = False) -> Evidence:
    words = {fact: f"{value} {UNITS[fact]}" if fact in UNITS else "是" if value else "否"
             for fact, value in given.items()}
    return Evidence(words, PAPERS if papers else ())


def prepared(script: list[Try]) -> list[tuple[str, Evidence]]:
    return [(t.event, evidence_of(t.given, t.event == "report")) for t in script]


def load() -> Machine:
    of = chart()

    def run(script: list[tuple[str, Evidence]]) -> list[tuple[bool, Case]]:
        case, came = blank(of), []
        for event, evidence in script:
            result = move(case, event, BOTH, evidence, DAY, CALENDAR)
            made = isinstance(result, Case)
            case = result if isinstance(result, Case) else case
            came.append((made, case))
        return came

    def steps(came: list[tuple[bool, Any]]) -> list[Step]:
        return [Step(made, case.stage) for made, case in came]

    return Machine(lambda: blank(of), prepared, run, steps)
