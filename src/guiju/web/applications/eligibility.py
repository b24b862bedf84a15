"""“Can we apply?”: the law's own question, asked of what stands in the form, with reasons and what to do about them."""

from __future__ import annotations

import datetime as dt
import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.evaluate.answer import Finding
from guiju.evaluate.ask import questions
from guiju.evaluate.assess import outcome_name
from guiju.evaluate.doubts import Doubts
from guiju.evaluate.evaluation import Evaluation, evaluate, setting_for
from guiju.evaluate.findings import finding
from guiju.evaluate.improve import Plan, improvements
from guiju.evaluate.trial import chosen_value
from guiju.facts.model import Facts, Provenance
from guiju.facts.read import facts_from_mapping
from guiju.forms import Form, Table, facts_of, load_form
from guiju.language.policy import Condition, Goal, Policy
from guiju.lifecycle.events import canonical
from guiju.source.diagnostics import GuijuError, Span, Text
from guiju.source.document import Scalar
from guiju.values import FAIL, NOT_APPLICABLE, PASS
from guiju.web.applications.models import Application
from guiju.web.applications.queries import answers_of
from guiju.web.applications.units import units_of, with_others
from guiju.web.cases.charts import chart_of
from guiju.web.cases.models import ChartRevision
from guiju.web.cases.store import case_of
from guiju.web.kit.clock import today

_MOVE, _PLANS = "T03", 3
_OF_THE_CASE = ("applicant_kind", "lab_affiliation")

OUTCOMES = {
    "eligible": Text("符合申报条件", "the conditions are met"),
    "ineligible": Text("不符合申报条件", "the conditions are not met"),
    "review": Text("硬条件已满足，其余由专家判定", "hard conditions met; the rest is for experts to judge"),
    "unknown": Text("还不能下结论：缺事实", "can't be told yet: facts are missing"),
    "not_computable": Text("算不出：缺参数", "can't be computed: settings are missing"),
}


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that a condition waits for; `field`: where in the form it is stated, "" if nowhere."""

    name: str
    field: str
    label: Text


@dataclass(frozen=True, slots=True)
class Item:
    """A condition that does not simply hold, and the facts that it waits for. `awaits`: what the applicant has stated
    of it and a person has yet to find; `as_stated`: whether it holds if he finds the same, None where that is open."""

    finding: Finding
    needs: tuple[Need, ...]
    awaits: tuple[Need, ...] = ()
    as_stated: bool | None = None

    @property
    def statement(self) -> Text:
        """What is asked, in words; a pattern of characters is none."""
        return Text("", "") if "^" in self.finding.statement.zh else self.finding.statement


@dataclass(frozen=True, slots=True)
class Panel:
    """`failing`: not met; `open`: facts are missing; `in_principle`: unmet, but left to a person by the law; `judged`:
    for experts to judge, no fault of the applicant; `elsewhere`: settled by what others do later, as the recommending
    body; `met`: how many hold. `unreadable`: stated, but not to be read.
    `plans`: the least changes that would better the outcome, if all else that is open turns out well and experts
    find what the applicant says."""

    outcome: str
    label: Text
    failing: tuple[Item, ...]
    open: tuple[Item, ...]
    in_principle: tuple[Item, ...]
    judged: tuple[Item, ...]
    elsewhere: tuple[Item, ...]
    met: int
    question: Need | None
    why: Text
    plans: tuple[Plan, ...]
    unreadable: tuple[tuple[str, Text], ...]
    policy: Text

    @property
    def to_be_found(self) -> tuple[Item, ...]:
        """Figures that rest on what a person has yet to find: of what is judged, that which the form states."""
        return tuple(i for i in self.judged if i.awaits)

    @property
    def for_experts(self) -> tuple[Item, ...]:
        return tuple(i for i in self.judged if not i.awaits)


def panel_of(application: Application) -> Panel | None:
    """How the conditions stand today. None for a chart that asks no law at hand-in. Kept by what it rests on, so that
    asking twice costs nothing."""
    case = case_of(application.case)
    context = {"given": {f: _plain(case.main.facts.values.get(f)) for f in _OF_THE_CASE},
               "settings": dict(case.opening.parameters), "units": units_of(application)}
    return _panel(application.case.revision.digest, application.form, canonical(answers_of(application)),
                  canonical(context), today().toordinal())


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


@functools.lru_cache(maxsize=256)
def _panel(chart_digest: str, form_id: str, answers: str, context: str, day: int) -> Panel | None:
    chart = chart_of(ChartRevision.objects.get(digest=chart_digest))
    guard = next(iter(chart.moves[_MOVE].goals), None)
    if guard is None:
        return None
    policy, form, known = chart.policies[guard.policy], load_form(form_id), json.loads(context)
    goal = next(g for g in policy.goals if g.id == guard.goal)
    stated = facts_of(form, json.loads(answers))
    stated["参建单位"] = with_others(known["units"], stated.get("参建单位", ()))
    given = {f: tuple(v) if isinstance(v, list) else v for f, v in known["given"].items() if v is not None}
    as_of = dt.date.fromordinal(day)
    facts, unreadable = _facts(stated, policy)
    own_word, _ = _facts(stated, policy, Provenance(by="申报单位", on=as_of, evidence="申报书"))
    chosen = _chosen(policy, known["settings"])
    evaluation = evaluate(policy, facts.replacing(given, {}), setting_for(policy, as_of, chosen=chosen))
    hopeful = evaluate(policy, own_word.replacing(given, {}),
                       setting_for(policy, as_of, chosen=chosen, presuming=True))
    plans = tuple(p for p in improvements(hopeful, _PLANS) if p.goal == goal.id)
    return _read(evaluation, hopeful, goal, form, plans, tuple(unreadable))


def _facts(stated: dict[str, Any], policy: Policy, recorded: Provenance | None = None
           ) -> tuple[Facts, list[tuple[str, Text]]]:
    """What is stated, as facts; what can't be read is left out and told. `recorded`: on whose word judgements rest;
    without it they stay open, whatever the applicant says of them."""
    try:
        return facts_from_mapping(stated, policy.vocabulary, recorded=recorded), []
    except GuijuError:
        readable, unreadable = {}, []
    for word, value in stated.items():
        try:
            facts_from_mapping({word: value}, policy.vocabulary, recorded=recorded)
            readable[word] = value
        except GuijuError as error:
            unreadable.append((word, error.diagnostics[0].message))
    return facts_from_mapping(readable, policy.vocabulary, recorded=recorded), unreadable


def _chosen(policy: Policy, settings: dict[str, str]) -> dict[str, Any]:
    """The round's readings that the policy has as well."""
    chosen = {}
    for word, text in settings.items():
        if word in policy.parameters:
            id_, value = chosen_value(policy, word, Scalar(text, Span(word)))
            chosen[id_] = value
    return chosen


def _read(evaluation: Evaluation, hopeful: Evaluation, goal: Goal, form: Form, plans: tuple[Plan, ...],
          unreadable: tuple[tuple[str, Text], ...]) -> Panel:
    found = [_item(c, evaluation, hopeful, form) for c in _unsettled(goal.conditions, evaluation)]
    outcome = outcome_name(evaluation.goals[goal.id])
    by: dict[str, list[Item]] = {"failing": [], "judged": [], "in_principle": [], "open": [], "elsewhere": []}
    for item in found:
        by[_kind(item)].append(item)
    question, why = next(((n, q.why) for q in questions([evaluation]) if q.kind in ("fact", "records")
                          and (n := _need(q.id, q.name, form)).field), (None, Text("", "")))
    met = sum(evaluation.interpreter.status(c.node) == PASS for c in _leaves(goal.conditions))
    return Panel(outcome, OUTCOMES.get(outcome, Text(outcome, outcome)), tuple(by["failing"]), tuple(by["open"]),
                 tuple(by["in_principle"]), tuple(by["judged"]), tuple(by["elsewhere"]), met, question, why,
                 plans, unreadable, evaluation.policy.title)


def _kind(item: Item) -> str:
    found = item.finding
    if found.status == "fail":
        return "failing"
    if found.strength == "judgement" or item.awaits:
        return "judged"
    if found.status == "review":
        return "in_principle"
    return "elsewhere" if item.needs and not any(n.field for n in item.needs) else "open"


def _unsettled(conditions: tuple[Condition, ...], evaluation: Evaluation) -> Iterator[Condition]:
    """The conditions that don't simply hold: through what needs all its members, down to where it is decided."""
    for condition in conditions:
        status = evaluation.interpreter.status(condition.node)
        if not condition.counts or status in (PASS, NOT_APPLICABLE):
            continue
        inner = list(_unsettled(condition.members, evaluation)) if condition.form == "all_of" else []
        yield from inner or [condition]


def _leaves(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    for condition in conditions:
        if condition.counts:
            yield from _leaves(condition.members) if condition.form == "all_of" and condition.members else [condition]


def _item(condition: Condition, evaluation: Evaluation, hopeful: Evaluation, form: Form) -> Item:
    it = evaluation.interpreter
    status = it.status(condition.node)
    doubts = [] if status == FAIL else Doubts(evaluation.policy.parameters, it).add(condition.node).found()
    told = finding(condition, status, it)
    needs = tuple(_need(d.id, d.name, form) for d in doubts if d.kind in ("fact", "records"))
    if told.status != "review" or told.strength == "judgement":
        return Item(told, needs)
    awaits = tuple(_cell(d.id, d.name, form) for d in doubts if d.kind == "judgement")
    return Item(told, needs, awaits, {PASS: True, FAIL: False}.get(hopeful.interpreter.status(condition.node)))


def _cell(id_: str, name: str, form: Form) -> Need:
    """The same as `_need`, by the name of the column where it is one of a table."""
    need = _need(id_, name, form)
    table = form.find(need.field) if need.field else None
    columns = table.columns if isinstance(table, Table) else ()
    label = next((c.label for c in columns if c.fact == id_.partition(".")[2]), need.label)
    return Need(name, need.field, label)


def _need(id_: str, name: str, form: Form) -> Need:
    """Where the form states a fact or a record set of the dictionary."""
    word = name.partition("·")[0]
    for item in form.fields():
        stated = item.record if isinstance(item, Table) else item.fact
        if stated and stated in (word, id_, id_.partition(".")[0]):
            return Need(name, item.id, item.label)
    return Need(name, "", Text(name, name))
