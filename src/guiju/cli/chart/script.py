"""A timeline walked step by step: what each step brought, or why it was refused, and where it differs from what the
timeline expects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

import click

from guiju.calendar import Calendar, load_calendar
from guiju.cli.chart.casefiles import store
from guiju.cli.chart.inputs import Course
from guiju.cli.chart.standing import Standing, standing
from guiju.cli.chart.story import Happening, happenings
from guiju.cli.voice import Voice
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.expectations import differences
from guiju.lifecycle.refusal import Refusal
from guiju.lifecycle.timeline import Step, Timeline, continued, read_timelines, timelines
from guiju.lifecycle.walk import Walk
from guiju.source.diagnostics import Span, Text, fail


@dataclass(frozen=True, slots=True)
class Told:
    """One step: what happened in it (automatic moves, then the move itself), or the refusal, or for one that only
    looks how the case stands; and where that is not as expected."""

    step: Step
    happened: tuple[Happening, ...]
    refusal: Refusal | None
    seen: Standing | None
    differences: tuple[Text, ...]

    @property
    def expected(self) -> bool:
        """Whether the timeline says that the step is refused."""
        return isinstance(self.step.expect.get("refused"), str)


@dataclass(frozen=True, slots=True)
class Tale:
    """A timeline, walked. `case`: the last that it opened; `last`: how it stands at the end, if that was asked."""

    timeline: Timeline
    steps: tuple[Told, ...]
    case: Case | None
    last: Standing | None

    @property
    def bad(self) -> bool:
        return any(told.differences for told in self.steps)


def play(course: Course, script: Path, as_json: bool, say: Voice) -> int:
    """Walk the timelines of a script and print what came of it; 1 if one goes another way than it expects."""
    from guiju.cli.chart import jsonform
    from guiju.cli.chart.tales import page_of, tale_form

    walks = [under(w, course) for w in scripts(script, timelines(course.library.folder / course.chart.id))]
    if course.path is not None and len(walks) != 1:
        raise fail("E133", Span("--case"), f"脚本里有 {len(walks)} 个走法，案件文件只存一个案件",
                   f"the script has {len(walks)} timelines, a case file holds one case")
    tales = [walked(course.chart, walk, load_calendar(), course.day) for walk in walks]
    if course.path is not None and tales[0].case is not None:
        store(course.path, tales[0].case)
    if as_json:
        click.echo(jsonform.document({"chart": jsonform.chart_form(course.chart),
                                      "walks": [tale_form(tale) for tale in tales]}))
    else:
        click.echo(page_of(course.chart, tales, say))
    return 1 if any(tale.bad for tale in tales) else 0


def under(timeline: Timeline, course: Course) -> Timeline:
    """The timeline with what the options say: another round, further settings, facts that come with the opening."""
    return replace(timeline, round=course.round or timeline.round, settings={**timeline.settings, **course.settings},
                   given={**timeline.given, **course.given})


def scripts(path: Path, chart_walks: list[Timeline]) -> list[Timeline]:
    """The timelines of a script; they may continue those of the chart. Raises GuijuError E02x, E103, E525."""
    own = read_timelines(path)
    if not own:
        raise fail("E103", Span(str(path)), "脚本里没有走法；写成 - name: …, walk: […]",
                   "there is no timeline in the script; write - name: …, walk: […]")
    names = {walk.name for walk in own}
    return continued([*own, *(w for w in chart_walks if w.name not in names)])[:len(own)]


def walked(chart: Chart, timeline: Timeline, calendar: Calendar, until: dt.date | None = None) -> Tale:
    """Walk a timeline. `until`: a day on which to look in the end. Raises GuijuError for settings, a round or facts
    that the chart does not know."""
    walk = Walk(chart, timeline, calendar)
    steps = tuple(_taken(walk, step, {}) for step in timeline.before)
    wrong: dict[Span, list[Text]] = {}
    for found in differences(chart, timeline, calendar):
        wrong.setdefault(found.span, []).append(found.text)
    steps += tuple(_taken(walk, step, wrong) for step in timeline.steps)
    last = standing(walk.case, max(until, walk.case.last.date), calendar) if until and walk.case else None
    return Tale(timeline, steps, walk.case, last)


def _taken(walk: Walk, step: Step, wrong: dict[Span, list[Text]]) -> Told:
    before = walk.case
    result = walk.take(step)
    happened: tuple[Happening, ...] = ()
    if isinstance(result, Case):
        same = before is not None and result.events[0] == before.events[0]
        happened = tuple(happenings(result, walk.calendar, before if same else None))
    looks = not step.do and walk.case is not None
    seen = standing(walk.case, max(step.on, walk.case.last.date), walk.calendar) if looks and walk.case else None
    return Told(step, happened, result if isinstance(result, Refusal) else None, seen,
                tuple(wrong.get(step.span, ())))
