"""Guiju without what the peers don't do: is the move allowed, on facts that are read already? No evidence is read, no
event written, nothing hashed; the stages are those that the whole move leads to."""

from __future__ import annotations

from typing import Any

from scripts import Step, Try

from guiju.lifecycle.attempt import Attempt
from guiju.lifecycle.case import Case
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.given import read_given
from guiju.lifecycle.obstacles import obstacles
from machines import Machine
from machines import guiju as whole

Asked = list[tuple[Any, ...]]


def load() -> Machine:
    chart = whole.chart()
    opened, machine = whole.blank(chart), whole.load()

    def prepare(script: list[Try]) -> Asked:
        tries = whole.prepared(script)
        asked, case = [], opened
        for (event, evidence), (_, after) in zip(tries, machine.run(tries), strict=True):
            step = chart.moves[event]
            given = read_given(chart, step, whole.BOTH, evidence, whole.DAY)
            asked.append((case, step, evidence, given, after))
            case = after
        return asked

    def run(asked: Asked) -> list[tuple[bool, Case]]:
        came = []
        for case, step, evidence, given, after in asked:
            it = interpreter(case, case.main, whole.DAY, whole.CALENDAR, given)
            attempt = Attempt(case, case.main, "", step, whole.BOTH, evidence, it, whole.DAY, whole.CALENDAR, given)
            came.append((not obstacles(attempt), after))
        return came

    def steps(came: list[tuple[bool, Case]]) -> list[Step]:
        return [Step(made, case.stage) for made, case in came]

    return Machine(lambda: None, prepare, run, steps)
