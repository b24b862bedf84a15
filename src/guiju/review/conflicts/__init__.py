"""Conflicts of interest: what ties an expert to an application, and on what evidence.

One rule a file in `rules/`: a rule has an `ID`, a `NAME` in both languages and `find(scene)`, which yields what it
found and what it could not tell. It is found by itself. The sources of the national programme have no rule of recusal
(C7), so every rule is a parameter of the round: `off`, `hint` (the default) or `bar`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import get_args

from guiju.language.modules import modules_of
from guiju.review.conflicts.model import (
    EXTENSION,
    Conflict,
    Declaration,
    Evidence,
    Findings,
    Gap,
    Mode,
    Rules,
    Setting,
)
from guiju.review.conflicts.scene import Found, Scene
from guiju.review.faults import fault, ids_given_once, refuse, unknown_id
from guiju.review.people import Application, Expert
from guiju.source.diagnostics import Diagnostic, Text

__all__ = ["Conflict", "Declaration", "Evidence", "Findings", "Gap", "Rules", "Setting", "find_conflicts", "rule_names"]


def find_conflicts(experts: Sequence[Expert], applications: Sequence[Application], rules: Rules,
                   declarations: Sequence[Declaration] = ()) -> Findings:
    """Every conflict of a round, and every question that its data leave open.

    Raises GuijuError E801 for an id that is empty or given twice, E802 for a rule or a declaration about nothing that
    there is, E803 for a rule that bars without a clause of the round's own, or looks back a negative time.
    """
    refuse(_faults(experts, applications, rules, declarations))
    conflicts: set[Conflict] = set()
    gaps: set[Gap] = set()
    for module in _modules():
        setting = rules.of(module.ID)
        if setting.mode == "off":
            continue
        for found in module.find(Scene(experts, applications, declarations, rules.on, setting)):
            if isinstance(found, Gap):
                gaps.add(found)
            else:
                conflicts.add(_conflict(module.ID, found, setting))
    return Findings(tuple(sorted(conflicts, key=lambda c: (c.application, c.expert, c.rule, c.reason.zh))),
                    tuple(sorted(gaps, key=lambda g: (g.rule, g.about, g.text.zh))))


def rule_names() -> dict[str, Text]:
    """Every rule that there is, with its name."""
    return {module.ID: module.NAME for module in _modules()}


@functools.cache
def _modules() -> tuple[ModuleType, ...]:
    return tuple(modules_of(f"{__name__}.rules"))


def _conflict(rule: str, found: Found, setting: Setting) -> Conflict:
    bars = setting.mode == "bar" and found.certain
    return Conflict(rule, found.expert, found.application, "bars" if bars else "discloses", found.reason,
                    found.evidence, setting.basis)


def _faults(experts: Sequence[Expert], applications: Sequence[Application], rules: Rules,
            declarations: Sequence[Declaration]) -> Iterator[Diagnostic]:
    yield from ids_given_once("E801", "专家", "expert", (e.id for e in experts))
    yield from ids_given_once("E801", "申报", "application", (a.id for a in applications))
    for rule, setting in rules.settings.items():
        yield from _setting_faults(rule, setting)
    people, cases = {e.id for e in experts}, {a.id for a in applications}
    for said in declarations:
        if said.expert not in people:
            yield unknown_id("E802", "专家", "expert", said.expert, people)
        if said.application and said.application not in cases:
            yield unknown_id("E802", "申报", "application", said.application, cases)
        if bool(said.application) == bool(said.organisation):
            yield fault("E802", said.expert, "一条声明要写明一个申报或一个单位，只写其一",
                        "a declaration is about one application or about one organisation, not both")


def _setting_faults(rule: str, setting: Setting) -> Iterator[Diagnostic]:
    if rule not in rule_names():
        yield unknown_id("E802", "回避规则", "rule of recusal", rule, rule_names())
    if setting.mode not in get_args(Mode):
        yield fault("E803", rule, f"规则“{rule}”只能是 off、hint、bar，不是“{setting.mode}”",
                    f"rule '{rule}' is off, hint or bar, not '{setting.mode}'")
    if setting.mode == "bar" and (not setting.basis.strip() or setting.basis == EXTENSION):
        yield fault("E803", rule, f"规则“{rule}”要令人回避，须写明本批次规则的条款（basis）：来源没有回避规则",
                    f"rule '{rule}' bars: name the clause of the round's own rules (basis), for no source has one")
    if setting.years is not None and setting.years < 0:
        yield fault("E803", rule, f"规则“{rule}”的年数不能是负数", f"rule '{rule}' looks back a negative time")
