"""The readings of a parameter: each once, more than one, and with the reason why there are several."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.checks import found
from guiju.language.policy import Parameter, Policy
from guiju.source.diagnostics import Diagnostic

CODES = {
    "E314": "a reading that is listed twice",
    "W315": "an ambiguity without a note or a reference",
    "W316": "a choice with a single value",
    "W317": "an open parameter without a note of what is open",
}


def check(policy: Policy) -> Iterator[Diagnostic]:
    for parameter in policy.parameters.values():
        yield from _readings(parameter)
        yield from _reasons(parameter)


def _readings(parameter: Parameter) -> Iterator[Diagnostic]:
    readings = [parameter.default, *parameter.alternatives]
    known = [r for r in readings if r is not None]
    if len(set(known)) < len(known):
        yield found("E314", parameter.span, f"“{parameter.name}”的读法重复；or 里只列缺省以外的读法，每个一次",
                    f"'{parameter.id}' lists a reading twice: 'or' holds the others than the default, each once")
    elif parameter.enumeration is not None and len(parameter.enumeration.members) < 2:
        yield found("W316", parameter.span, f"“{parameter.name}”只有一个取值，不成选择；补上 or，或删去这个参数",
                    f"'{parameter.id}' has a single value and is no choice: add 'or' or delete it")


def _reasons(parameter: Parameter) -> Iterator[Diagnostic]:
    if parameter.alternatives and not (parameter.note.zh and parameter.ref):
        lacking = "、".join(w for w, given in (("note", parameter.note.zh), ("ref", parameter.ref)) if not given)
        yield found("W315", parameter.span, f"“{parameter.name}”有几种读法，缺 {lacking}：写明为何有两读、歧义编号",
                    f"'{parameter.id}' has several readings but lacks {lacking}: say why, and name the ambiguity")
    elif parameter.default is None and not parameter.dated and not parameter.note.zh:
        yield found("W317", parameter.span, f"“{parameter.name}”是开放参数，缺 note：写明留给谁定、定什么",
                    f"'{parameter.id}' is open but has no note: say who is to set it")
