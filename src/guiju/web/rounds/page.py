"""What the pages of a round show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from guiju.language.policy import Condition
from guiju.lifecycle.chart import Chart
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation
from guiju.web.cases.charts import installed
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.page import clauses
from guiju.web.kit.text import say
from guiju.web.rounds.models import Round
from guiju.web.rounds.procedure import chart_for, offices_of
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


def conditions(chart: Chart) -> list[Shown]:
    """What an applicant must fulfil, by clause."""
    found = [g for p in chart.policies.values() for g in p.goals if g.id == GOAL]
    return [_shown(chart, c) for goal in found[:1] for c in goal.conditions]


def _shown(chart: Chart, condition: Condition) -> Shown:
    members = tuple(_shown(chart, m) for m in condition.members)
    sometimes = condition.applies is not None or (bool(members) and all(m.sometimes for m in members))
    return Shown(condition.name, STRENGTHS.get(condition.strength, Text("", "")), condition.note,
                 basis(chart, condition.clauses), sometimes, members)


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
