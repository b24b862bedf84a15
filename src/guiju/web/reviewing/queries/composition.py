"""Whether a committee is composed as the policy wants it, condition by condition: the law's own answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from guiju.evaluate import evaluate, setting_for
from guiju.evaluate.answer import Finding
from guiju.evaluate.findings import finding
from guiju.facts.read import facts_from_mapping
from guiju.language.policy import Goal, Policy
from guiju.values import add_months, status_name
from guiju.web.kit.clock import today
from guiju.web.reviewing.models import Committee
from guiju.web.reviewing.queries.experts import employers
from guiju.web.rounds.models import Round
from guiju.web.rounds.procedure import chart_for

BEGIN = "T12"
TERM_MONTHS = 24
POST_NAMES = {"chair": "主任委员", "vice": "副主任委员", "member": "委员"}


@dataclass(frozen=True, slots=True)
class Composition:
    """`outcome`: pass, fail, or what keeps it open; `lines`: every condition of the goal; `until`: the term's last day;
    `same`: applicants for which a member works (C7, a hint)."""

    outcome: str
    lines: tuple[Finding, ...]
    until: dt.date | None
    same: tuple[str, ...]
    over: bool

    @property
    def failed(self) -> tuple[Finding, ...]:
        return tuple(x for x in self.lines if x.status == "fail" and x.strength != "hint")

    @property
    def open(self) -> tuple[Finding, ...]:
        return tuple(x for x in self.lines if x.status not in ("pass", "fail", "not_applicable")
                     and x.strength != "hint")


def rows_of(committee: Committee) -> list[dict[str, str]]:
    """The committee as rows of the record 专家委员会成员."""
    seats = list(committee.seats.select_related("user").order_by("pk"))
    work = employers(s.user for s in seats)
    return [{"成员标识": s.user.public_id, "职务": POST_NAMES[s.post], "所在单位代码": work.get(s.user_id, ("", ""))[0]}
            for s in seats]


def composition_of(committee: Committee) -> Composition:
    """The answer for the committee as it stands, for a decision taken today."""
    policy, goal = goal_of(committee.round)
    rows, day = rows_of(committee), today()
    given: dict[str, Any] = {"专家委员会成员": [{k: v for k, v in r.items() if v} for r in rows],
                             "专家委员会决定日": day.isoformat()}
    if committee.formed_on:
        given["专家委员会组建日"] = committee.formed_on.isoformat()
    result = evaluate(policy, facts_from_mapping(given, policy.vocabulary), setting_for(policy, day), goal)
    it = result.interpreter
    lines = tuple(finding(c, it.status(c.node), it) for c in goal.conditions)
    until = add_months(committee.formed_on, TERM_MONTHS) if committee.formed_on else None
    return Composition(status_name(result.goals[goal.id]), lines, until, tuple(_same(committee, rows)),
                       until is not None and day > until)


def goal_of(round_: Round) -> tuple[Policy, Goal]:
    """The goal that the chart asks before the review begins."""
    chart = chart_for(round_)
    asked = chart.moves[BEGIN].goals[0]
    policy = chart.policies[asked.policy]
    return policy, next(g for g in policy.goals if g.id == asked.goal)


def _same(committee: Committee, rows: list[dict[str, str]]) -> list[str]:
    """Applicants of the round for which someone of the committee works."""
    codes = {r["所在单位代码"] for r in rows} - {""}
    found = committee.round.applications.filter(organisation__code__in=codes)
    return sorted(set(found.values_list("organisation__name", flat=True)))
