"""Who may do what with a laboratory. Moves are the chart's business: it says who makes which, and why not.

A laboratory and its host are one applicant to the chart (`held_by: applicant`): agents and managers of the host act
for both. A director who shall act for the laboratory is made an agent of the host first; see `models.Leader`.
"""

from __future__ import annotations

from typing import Any

from guiju.web.cases.charts import chart_of
from guiju.web.cases.rules import acts_for_applicant as acts_for_case
from guiju.web.cases.rules import parts_in
from guiju.web.kit.permissions import PERMISSIONS, rule
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.queries import my_laboratories, round_of
from guiju.web.rounds.rules import runs_it

OFFICES = frozenset({"SAMR", "QDB", "MINISTRIES", "COORD"})


def roles_in(user: Any, laboratory: Laboratory) -> frozenset[str]:
    """The chart's roles that the person holds towards a laboratory, in whatever capacity."""
    parts = parts_in(user, chart_of(laboratory.case.revision), laboratory.case)
    return frozenset().union(*(p.roles for p in parts)) - {"PUBLIC"}


@rule("只有依托单位、共建单位和主管部门的人能看", "only the host, its partners and the authorities see this")
def takes_part(user: Any, laboratory: Laboratory) -> bool:
    return my_laboratories(user).filter(pk=laboratory.pk).exists()


@rule("由依托单位的经办人或管理员办理", "an agent or manager of the host does this")
def acts_for_host(user: Any, laboratory: Laboratory) -> bool:
    return bool(acts_for_case(user, laboratory.case))


@rule("由主管部门办理", "an authority does this")
def is_office(user: Any, laboratory: Laboratory) -> bool:
    return bool(roles_in(user, laboratory) & OFFICES)


@rule("由专家技术委员会办理", "the expert committee does this")
def is_committee(user: Any, laboratory: Laboratory) -> bool:
    return "COMMITTEE" in roles_in(user, laboratory)


@rule("由办理这个批次的机关的经办人或管理员办理", "an agent or manager of the office that runs the round does this")
def runs_round(user: Any, laboratory: Laboratory) -> bool:
    found = round_of(laboratory)
    return found is not None and bool(runs_it(user, found))


PERMISSIONS.update({
    "laboratory.desk": takes_part,
    "laboratory.act": takes_part,  # the chart decides which move a role may make, and says why not
    "laboratory.plan": acts_for_host,
    "laboratory.leader": acts_for_host,
    "laboratory.output": acts_for_host,
    "laboratory.conclude": is_committee,
    "laboratory.entry": is_office,
    "laboratory.weights": runs_round,
})
