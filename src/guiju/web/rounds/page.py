"""What the pages of a round show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.evaluate.evaluation import evaluate, setting_for
from guiju.evaluate.interpreter import Interpreter
from guiju.evaluate.trial import chosen_value
from guiju.facts.model import Facts
from guiju.language.policy import Condition, Goal
from guiju.lifecycle.chart import Chart
from guiju.source.diagnostics import Span, Text
from guiju.source.document import Scalar
from guiju.values import FAIL, PASS
from guiju.web.accounts.models import Organisation
from guiju.web.cases.charts import installed
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.page import clauses
from guiju.web.kit.text import say
from guiju.web.rounds.models import Round
from guiju.web.rounds.procedure import chart_for, offices_of, settings_day
from guiju.web.rounds.programmes import CHARTS

GOAL = "application"
STRENGTHS = {"hard": Text("硬条件", "must"), "principle": Text("原则上", "in principle"),
             "judgement": Text("专家判定", "judged"), "preference": Text("优先", "preferred"),
             "silent": Text("后果未载", "no consequence stated")}


@dataclass(frozen=True, slots=True)
class Shown:
    """A condition of the policy as the call lists it. `sometimes`: it, or each of its parts, applies only where the
    policy says so."""

    name: Text
    strength: Text
    note: Text
    basis: tuple[tuple[str, Text], ...]
    sometimes: bool
    members: tuple[Shown, ...] = ()


def conditions(round_: Round, chart: Chart) -> list[Shown]:
    """What an applicant must fulfil, by clause, each as strong as the round's readings make it."""
    return [_shown(chart, c, it) for goal, it in list(_asked(round_, chart))[:1] for c in goal.conditions]


def condition(round_: Round, chart: Chart, id_: str) -> Shown | None:
    """One of them; None where the programme has none of that name."""
    found = ((c, it) for goal, it in _asked(round_, chart) for top in goal.conditions for c in top.descendants())
    return next((_shown(chart, c, it) for c, it in found if c.id == id_), None)


def _asked(round_: Round, chart: Chart) -> Iterator[tuple[Goal, Interpreter]]:
    """What applicants are asked, with what is known of everybody: the round's readings and nothing of a case."""
    day = settings_day(round_)
    for policy in chart.policies.values():
        for goal in policy.goals:
            if goal.id == GOAL:
                chosen = dict(chosen_value(policy, word, Scalar(text, Span(word)))
                              for word, text in round_.parameters.items() if word in policy.parameters)
                setting = setting_for(policy, max(day, policy.start), chosen=chosen)
                yield goal, evaluate(policy, Facts(), setting, goal).interpreter


def _shown(chart: Chart, condition: Condition, it: Interpreter) -> Shown:
    members = tuple(_shown(chart, m, it) for m in condition.members)
    sometimes = condition.applies is not None or (bool(members) and all(m.sometimes for m in members))
    return Shown(condition.name, _strength(condition, it), condition.note, basis(chart, condition.clauses), sometimes,
                 members)


def _strength(condition: Condition, it: Interpreter) -> Text:
    """How strong a condition is; both ways where that turns on what is not known of everybody."""
    lighter = STRENGTHS.get(condition.strength, Text("", ""))
    node = condition.node.args[1] if condition.node.op == "guard" else condition.node
    if condition.strength in ("hard", "judgement") or node.op != "if":
        return lighter
    hard, status = STRENGTHS["hard"], it.status(node.args[0])
    if status in (PASS, FAIL):
        return lighter if status == PASS else hard
    return Text(f"{lighter.zh}或{hard.zh}，视情形", f"{lighter.en} or {hard.en}, as the case may be")


def basis(chart: Chart, keys: Any) -> tuple[tuple[str, Text], ...]:
    """Clauses with their words, from the chart or from the policies that it stands on."""
    known = {k: c.text for p in chart.policies.values() for k, c in p.clauses.items()}
    known.update(clauses(chart, tuple(keys)))
    return tuple((k, known.get(k, Text("", ""))) for k in keys)


def readings(round_: Round, chart: Chart) -> list[tuple[str, str, bool, Text]]:
    """The readings in force: parameter, its value, whether it is the default, its note."""
    found = []
    for parameter in chart.parameters.values():
        if parameter.enumeration is None or not parameter.alternatives:
            continue
        default = parameter.enumeration.members[parameter.default].name
        value = round_.parameters.get(parameter.id, default)
        found.append((parameter.name, value, value == default, parameter.note))
    return found


def samples() -> list[tuple[str, str]]:
    """The rounds of charts whose settings a new one may begin with, as choices; those compiled already and the
    laboratories'."""
    found = []
    for id_ in CHARTS[:1]:
        found += [(r.id, say(r.title)) for r in installed(id_).rounds.values()]
    return found


def holders(round_: Round) -> list[tuple[Text, str]]:
    """Who holds which office."""
    named, chart = round_.rules.get("offices", {}), chart_for(round_)
    names = dict(Organisation.objects.filter(public_id__in=named.values()).values_list("public_id", "name"))
    return [(chart.roles[role].label, names.get(named.get(role, ""), "")) for role in offices_of(chart)]


def running(round_: Round) -> int:
    return CaseRecord.objects.filter(round=round_.public_id, final=False).count()
