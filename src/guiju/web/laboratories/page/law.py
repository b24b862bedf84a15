"""What the policy itself says of a laboratory: support while operating (办28–30), and its leaders (办14, 15)."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

from guiju.evaluate.answer import GoalAnswer
from guiju.evaluate.assess import assess_goal
from guiju.facts.model import Provenance
from guiju.facts.read import facts_from_mapping
from guiju.language.policy import Policy
from guiju.lifecycle.case import Case
from guiju.source.diagnostics import Text
from guiju.web.cases.readings import reading_in
from guiju.web.kit.clock import today
from guiju.web.laboratories.models import Laboratory

POLICY = "national/quality-standards-laboratory-2023"
SUPPORTS = ("support", "support-grant", "support-base", "support-publicity")
OUTCOMES = {
    "eligible": Text("前提满足，给否由两部门裁量", "the condition is met; it is in the ministries' discretion"),
    "ineligible": Text("前提不满足", "the condition is not met"),
    "review": Text("由两部门判定", "for the ministries to judge"), "unknown": Text("缺事实", "facts are missing"),
    "not_computable": Text("缺参数，不可计算", "a parameter is missing"),
}
LEADER_OUTCOMES = {**OUTCOMES, "eligible": Text("符合", "met"), "ineligible": Text("不符合", "not met"),
                   "review": Text("待人判定或写明理由", "for a person to judge")}
# The stages of the chart in the words of the policy's dictionary.
_STAGES = {"S20": "建设中", "S21": "延期审核", "S22": "延期建设", "S23": "待验收", "S24": "验收评议",
           "S25": "待两部门审核", "S26": "验收公示", "S27": "验收整改", "S28": "终止建设", "S29": "验收异议处理",
           "S30": "正式运行", "S31": "综合评价", "S32": "不合格整改", "S33": "整改复评", "S39": "退出序列"}


@dataclass(frozen=True, slots=True)
class Said:
    """What the engine answers to a goal, in words."""

    answer: GoalAnswer
    outcome: Text


def supports(case: Case) -> list[Said]:
    """Whether the conditions of each kind of support are met today. No source states an amount."""
    policy = _policy(case)
    graded = case.main.facts.values.get("lab_grade")
    enumeration = policy.vocabulary.facts["lab_grade"].enumeration
    grade = enumeration.members[int(graded[0])].name if isinstance(graded, tuple) and enumeration else "尚未评价"
    facts = facts_from_mapping({"实验室主状态": _STAGES[case.stage], "最近综合评价结果": grade}, policy.vocabulary)
    answers = [assess_goal(policy, goal, facts, today()) for goal in SUPPORTS]
    return [Said(a, OUTCOMES.get(a.outcome, Text(a.outcome, a.outcome))) for a in answers]


def leadership(laboratory: Laboratory, case: Case) -> Said:
    """Whether director and academic chair are as the measures ask, by what the host stated of them."""
    policy = _policy(case)
    stated: dict[str, Any] = {}
    names = []
    for leader in laboratory.leaders.filter(until__isnull=True).select_related("entered_by"):
        stated.update(leader.stated)
        names.append(leader.entered_by.name)
    recorded = Provenance(by="、".join(dict.fromkeys(names)) or "—", on=today(), evidence="负责人登记")
    answer = assess_goal(policy, "leadership", facts_from_mapping(stated, policy.vocabulary, recorded=recorded),
                         today())
    return Said(answer, LEADER_OUTCOMES.get(answer.outcome, Text(answer.outcome, answer.outcome)))


def reading_of(case: Case, parameter: str) -> str:
    """How a parameter with several readings is read in a case, in the chart's words."""
    found = reading_in(case.chart, case.main.parameters, parameter)
    return found.name if found else ""


def _policy(case: Case) -> Policy:
    policies: Map[str, Policy] = case.chart.policies
    return policies[POLICY]
