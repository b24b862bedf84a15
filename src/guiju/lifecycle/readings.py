"""The other readings of an ambiguity: a refusal never rests silently on a default."""

from __future__ import annotations

import dataclasses
from typing import Any

from guiju.language.policy import Parameter
from guiju.lifecycle.attempt import Attempt
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.obstacles import obstacles
from guiju.lifecycle.refusal import OtherReading, Reason
from guiju.lifecycle.show.words import Words


def other_readings(attempt: Attempt, reasons: list[Reason]) -> tuple[OtherReading, ...]:
    """What each other reading of each ambiguous parameter would leave in the way, where it differs."""
    fixed = [r for r in reasons if r.code in ("input", "banned")]
    now = {(r.code, r.about) for r in reasons}
    found = []
    for parameter in attempt.chart.parameters.values():
        for value in _others(parameter, attempt.state.parameters.get(parameter.id)):
            remaining = [*fixed, *obstacles(_under(attempt, parameter.id, value))]
            if {(r.code, r.about) for r in remaining} != now:
                words = Words(attempt.chart).value(parameter, value).zh
                codes = tuple(sorted({r.code for r in remaining}))
                found.append(OtherReading(parameter.id, parameter.name, words, codes))
    return tuple(found)


def _others(parameter: Parameter, chosen: Any) -> list[Any]:
    if not parameter.alternatives or chosen is None:
        return []
    return [v for v in dict.fromkeys((parameter.default, *parameter.alternatives)) if v not in (None, chosen)]


def _under(attempt: Attempt, parameter: str, value: Any) -> Attempt:
    """The same attempt under another reading."""
    state = dataclasses.replace(attempt.state, parameters={**attempt.state.parameters, parameter: value})
    it = interpreter(attempt.case, state, attempt.today, attempt.calendar)
    it.facts = attempt.it.facts
    return dataclasses.replace(attempt, state=state, it=it)
