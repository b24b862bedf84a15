"""Who may call for applications: the office that the chart names for it, as the platform's operator entered it, and
those below it. An office that nobody entered opens no rounds, whatever it calls itself."""

from __future__ import annotations

from typing import Any

from guiju.lifecycle.chart import Chart
from guiju.web.accounts.models import Organisation
from guiju.web.accounts.queries import ACTING, capacities, standing
from guiju.web.cases.charts import installed
from guiju.web.cases.models import RoleHolder
from guiju.web.kit.clock import today
from guiju.web.rounds.procedure import caller_role
from guiju.web.rounds.programmes import CHARTS


def callers_entered(chart: Chart) -> set[int]:
    """The organisations that hold the caller's role in the whole programme."""
    return set(_holders().filter(chart=chart.id, role=caller_role(chart)).values_list("organisation", flat=True))


def calls_in(office: Organisation, chart: Chart) -> bool:
    """Whether an office calls for applications of a chart: in its own name, or in that of one above it."""
    known, row = callers_entered(chart), office
    while row.pk not in known and row.above is not None:
        row = row.above
    return row.pk in known


def offices_that_call(user: Any) -> list[Organisation]:
    """Of the offices for which the person acts, those that may open a round of some programme."""
    offices = [c.organisation for c in capacities(user) if c.organisation.kind == "office" and c.role in ACTING]
    if not offices:
        return []
    entered = set(_holders().filter(chart__in=CHARTS).values_list("chart", "role"))
    charts = [chart for chart in map(installed, sorted({c for c, _ in entered}))
              if (chart.id, caller_role(chart)) in entered]
    return [o for o in offices if any(calls_in(o, chart) for chart in charts)]


def _holders() -> Any:
    return RoleHolder.objects.filter(standing(today()), case__isnull=True, round="", organisation__isnull=False)
