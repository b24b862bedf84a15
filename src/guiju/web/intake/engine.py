"""What the engine finds, item by item: from the law's own conditions, on the facts of the application's case."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

from guiju.evaluate.answer import GoalAnswer
from guiju.evaluate.assess import answer_of
from guiju.evaluate.evaluation import Evaluation, evaluate, setting_for
from guiju.evaluate.findings import finding
from guiju.facts.model import Facts, Provenance
from guiju.facts.read import facts_from_mapping
from guiju.language.policy import Condition, Policy
from guiju.lifecycle.case import Case
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.events import moment
from guiju.source.diagnostics import GuijuError, Text
from guiju.values import PASS, status_name
from guiju.vocabulary import Vocabulary
from guiju.web.applications.models import Application
from guiju.web.cases.charts import calendar
from guiju.web.cases.store import case_of
from guiju.web.intake.checklists import Checklist, Item
from guiju.web.intake.reading import form_faults, stated_in_form
from guiju.web.kit.clock import today

POLICY = "national/quality-standards-laboratory-2023"
GRAVEST = ("fail", "not_computable", "unknown", "review", "pass", "not_applicable")
WORDS = {
    "pass": Text("符合", "met"), "fail": Text("不符合", "not met"), "review": Text("须由人判断", "for a person"),
    "unknown": Text("缺事实，判断不了", "facts are missing"), "not_applicable": Text("不适用", "not applicable"),
    "not_computable": Text("缺参数，算不出", "a parameter is not set"),
    "none": Text("没有可供比对的规则", "no rule to ask"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One condition or guard, and how it stands."""

    id: str
    name: Text
    status: str
    clauses: tuple[str, ...]
    statement: Text
    note: Text

    @property
    def word(self) -> Text:
        return WORDS[self.status]


@dataclass(frozen=True, slots=True)
class Found:
    """What the engine says of an item: the gravest of its parts; `none` where there is no rule to ask."""

    status: str
    parts: tuple[Part, ...]

    @property
    def word(self) -> Text:
        return WORDS[self.status]


NOTHING = Found("none", ())


def found_for(application: Application, checklist: Checklist, given: Map[str, Any]) -> dict[str, Found]:
    """The engine's answer to each item. `given`: facts that the site knows beside those of the case."""
    case = case_of(application.case)
    more = facts_from_mapping(dict(given), case.chart.vocabulary,
                              recorded=Provenance(by="系统", on=today(), evidence="本批次全部申报"))
    evaluation = _evaluation(case, more, application)
    return {item.id: _found(item, evaluation, case, more, application) for item in checklist.items}


def _evaluation(case: Case, more: Facts, application: Application) -> Evaluation:
    """The policy on what the form states, over it the facts of the case, over them `more`, under the round's readings.
    Without a day of its own the application is of the day on which it was handed in."""
    policy = case.chart.policies[POLICY]
    day = moment(application.handed_in).date() if application.handed_in else today()
    facts = _of_form(application, case)
    for over in (case.main.facts, more):
        facts = facts.replacing(dict(over.values), dict(over.records))
    facts = facts.with_default_date(day)
    return evaluate(policy, facts, setting_for(policy, max(day, policy.start), chosen=_readings(case, policy)),
                    policy.goals[0])


def _readings(case: Case, policy: Policy) -> dict[str, Any]:
    """The round's readings that the policy has as well; choices by their words, for each counts its own."""
    chosen = {}
    for id_, value in case.main.parameters.items():
        own, rounds = policy.parameters.get(id_), case.chart.parameters[id_]
        if own is None or value is None:
            continue
        if own.enumeration is not None and rounds.enumeration is not None:
            value = own.enumeration.index(rounds.enumeration.members[value].name)
        elif own.type != rounds.type:
            continue
        if value is not None:
            chosen[id_] = value
    return chosen


def _of_form(application: Application, case: Case) -> Facts:
    """What can be read of what the form states. What a person must judge stays open, whatever the applicant says."""
    stated, vocabulary = stated_in_form(application), case.chart.vocabulary
    try:
        return facts_from_mapping(stated, vocabulary)
    except GuijuError:
        readable = {word: value for word, value in stated.items() if _reads(word, value, vocabulary)}
        return facts_from_mapping(readable, vocabulary)


def _reads(word: str, value: Any, vocabulary: Vocabulary) -> bool:
    try:
        facts_from_mapping({word: value}, vocabulary)
    except GuijuError:
        return False
    return True


def _found(item: Item, evaluation: Evaluation, case: Case, more: Facts, application: Application) -> Found:
    parts = [_part(evaluation.policy.conditions[c], evaluation) for c in item.conditions]
    parts += [_guard(case, move, guard, more) for move, guard in item.guards]
    if item.form:
        parts.append(_form(application))
    if not parts:
        return NOTHING
    return Found(min((p.status for p in parts), key=GRAVEST.index), tuple(parts))


def _part(condition: Condition, evaluation: Evaluation) -> Part:
    told = finding(condition, evaluation.interpreter.status(condition.node), evaluation.interpreter)
    return Part(condition.id, told.name, told.status, told.clauses, told.statement, condition.note)


def _guard(case: Case, move: str, guard_id: str, more: Facts) -> Part:
    """A guard of a move as it stands today, if the application were to pass the examination."""
    guard = next(g for g in case.chart.moves[move].guards if g.id == guard_id)
    passing = facts_from_mapping({"形式审查结论": "形审通过"}, case.chart.vocabulary,
                                 recorded=Provenance(by="系统", on=today(), evidence="假设"))
    facts = more.replacing(dict(passing.values))
    it = interpreter(case, case.main, today(), calendar(), facts)
    told = finding(guard, it.status(guard.node), it)
    return Part(guard.id, told.name, told.status, told.clauses, told.statement, guard.note)


def _form(application: Application) -> Part:
    """The form by its own checks."""
    faults = form_faults(application)
    status = status_name(PASS) if not faults else "fail"
    said = Text(f"共 {len(faults)} 处：" + "；".join(f.zh for f in faults[:8]),
                f"{len(faults)} in all: " + "; ".join(f.en for f in faults[:8])) if faults else Text("", "")
    return Part("form", Text("按申报表自身的要求核对", "by the form's own checks"), status, (), said, Text("", ""))


def goal_of(application: Application, goal_id: str, given: Map[str, Any]) -> GoalAnswer:
    """What the law says of the whole application, under the round's readings."""
    case = case_of(application.case)
    more = facts_from_mapping(dict(given), case.chart.vocabulary,
                              recorded=Provenance(by="推荐单位", on=today(), evidence="本页"))
    evaluation = _evaluation(case, more, application)
    answer = answer_of(evaluate(evaluation.policy, evaluation.facts, evaluation.setting))
    return next(g for g in answer.goals if g.id == goal_id)
