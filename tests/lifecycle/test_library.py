"""The charts that come with Guiju: `guiju chart test` walks their timelines; here each walk is stored and read back."""

from __future__ import annotations

import pytest

from guiju.calendar import load_calendar
from guiju.lifecycle.case import Case
from guiju.lifecycle.casefile import read_case, verify_text, write_case
from guiju.lifecycle.fold import fold
from guiju.lifecycle.library import installed_charts
from guiju.lifecycle.refusal import CODES, Refusal
from guiju.lifecycle.timeline import timelines
from guiju.lifecycle.walk import Walk

CHARTS = installed_charts()
CALENDAR = load_calendar()


@pytest.mark.parametrize("id_", CHARTS.ids())
def test_stored_cases_fold_to_what_was_walked_and_every_refusal_stands_on_a_clause(id_: str) -> None:
    chart = CHARTS.chart(id_)
    for timeline in timelines(CHARTS.folder / id_):
        walk = Walk(chart, timeline, CALENDAR)
        for step in (*timeline.before, *timeline.steps):
            walk.take(step)
        for _, result in walk.taken:
            if isinstance(result, Refusal):
                assert all(reason.clauses and reason.code in CODES for reason in result.reasons), result
        if isinstance(walk.case, Case):
            text = write_case(walk.case.events)
            assert verify_text(text, walk.case.head) == []
            assert fold(read_case(text), chart, CALENDAR) == walk.case
