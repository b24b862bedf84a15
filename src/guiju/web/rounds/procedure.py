"""What of a round's chart concerns the round: the move that calls for applications, the one that answers it, the
offices that have to be named."""

from __future__ import annotations

import datetime as dt

from guiju.lifecycle.chart import Chart, Move
from guiju.web.accounts.models import Organisation
from guiju.web.cases.charts import chart_of, installed
from guiju.web.cases.rules import roles_held_by
from guiju.web.kit.permissions import Refused
from guiju.web.rounds.models import Round


def chart_for(round_: Round) -> Chart:
    """The chart that the round keeps; before it is published, the installed one."""
    return chart_of(round_.revision) if round_.revision else installed(round_.chart)


def settings_day(round_: Round) -> dt.date:
    """The day on which the round's parameters are read: its first; while that is open, the first of its year."""
    return round_.opens or dt.date(round_.year, 1, 1)


def takes_applications(round_: Round, day: dt.date) -> bool:
    """Whether applications may be begun on a day."""
    return round_.state == "open" and round_.opens is not None and round_.closes is not None \
        and round_.opens <= day <= round_.closes


def is_for_rounds(chart: Chart) -> bool:
    """Whether an office calls for applications by a move of the chart."""
    return _call(chart) is not None


def call_of(chart: Chart) -> Move:
    """The move by which an office calls for applications. Raises Refused where the chart has none."""
    found = _call(chart)
    if found is None:
        raise Refused("这个流程图没有由主管部门发布申报通知的一步，不能按批次办",
                      "no office calls for applications in this chart: it has no rounds")
    return found


def answer_of(chart: Chart) -> Move:
    """The move by which an applicant answers the call."""
    return next(m for m in chart.leaving(call_of(chart).target) if _by(chart, m, "applicant"))


def _call(chart: Chart) -> Move | None:
    applicant = roles_held_by(chart, "applicant")
    for move in chart.opening():
        answered = any(use.role in applicant for m in chart.leaving(move.target) for use in m.roles)
        if _by(chart, move, "office") and answered:
            return move
    return None


def _by(chart: Chart, move: Move, kind: str) -> bool:
    return any(use.role in roles_held_by(chart, kind) for use in move.roles)


def caller_role(chart: Chart) -> str:
    """As whom the call is made."""
    return next(use.role for use in call_of(chart).roles if use.role in roles_held_by(chart, "office"))


def caller_name(round_: Round) -> str:
    """The office in whose name the call is made; while none is named, the one that runs the round."""
    named = round_.rules.get("offices", {}).get(caller_role(chart_for(round_)), "")
    caller = Organisation.objects.filter(public_id=named).first()
    return caller.name if caller else round_.office.name


def offices_of(chart: Chart) -> list[str]:
    """The roles for which a round names organisations, in the chart's order."""
    return [id_ for id_, role in chart.roles.items() if role.held_by == "office"]


def body_role(chart: Chart) -> str:
    """The role of the recommending body; "" where the chart has none."""
    return next((id_ for id_, role in chart.roles.items() if role.held_by == "round"), "")
