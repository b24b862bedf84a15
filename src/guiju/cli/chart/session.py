"""A dialogue as the command begins it: the case of a file, or a new one."""

from __future__ import annotations

import datetime as dt
import os

import click

from guiju.calendar import load_calendar
from guiju.cli.chart.asking import Asker
from guiju.cli.chart.attempts import Opening
from guiju.cli.chart.casefiles import case_at_path, stands
from guiju.cli.chart.citing import citing
from guiju.cli.chart.dialogue import Dialogue
from guiju.cli.chart.inputs import Course
from guiju.cli.chart.telling import Teller
from guiju.cli.dialogue import read_line
from guiju.cli.layout import terminal_width
from guiju.cli.voice import Voice
from guiju.lifecycle.case import Case
from guiju.source.diagnostics import Span, fail


def hold(course: Course, say: Voice) -> None:
    """Hold the dialogue. Raises GuijuError for a file that holds no case of this chart, E133 for settings that an
    opened case can't take any more."""
    case = _case(course)
    chart, path = course.chart, course.path
    if case is not None:
        opening = Opening(chart, case.id, case.opening.round, case.opening.parameters)
        day = max(course.day or case.last.date, case.last.date)
    else:
        opening = Opening(chart, path.stem if path else chart.id.rpartition("/")[2], course.round, course.settings)
        day = course.day or dt.date.today()
    page, say = terminal_width(), citing(say, chart, opening.round)
    Dialogue(opening, load_calendar(), Teller(chart, say, page), Asker(say, page, click.echo, read_line), day, case,
             path, course.given, saved=len(case.events) if case is not None else 0).run()


def _case(course: Course) -> Case | None:
    """The case in the file, if there is one. Raises E001 where none could be saved in the end."""
    if course.path is None:
        return None
    if not stands(course.path):
        if not (course.path.parent.is_dir() and os.access(course.path.parent, os.W_OK)):
            raise fail("E001", Span(str(course.path)), "这里不能写文件；换一个文件夹",
                       "no file can be written here; choose another folder")
        return None
    case = case_at_path(course.path, course.library)
    if case.chart.id != course.chart.id:
        raise fail("E529", Span(str(course.path)), f"这是 {case.chart.id} 的案件，不是 {course.chart.id} 的",
                   f"this is a case of {case.chart.id}, not of {course.chart.id}")
    if course.round or course.settings:
        raise fail("E133", Span("--round" if course.round else "--set"),
                   "案件已经开启：批次和参数在开启时就定了，不能再改",
                   "the case is open: its round and parameters were fixed when it was opened")
    return case
