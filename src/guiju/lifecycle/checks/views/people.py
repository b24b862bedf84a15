"""Who acts in a chart."""

from __future__ import annotations

from guiju.lifecycle.chart import Chart


def acting_roles(chart: Chart) -> frozenset[str]:
    """The roles that make some move, of the chart itself or of one of its sub-procedures."""
    charts = (chart, *(p.chart for p in chart.procedures.values()))
    return frozenset(use.role for c in charts for move in c.moves.values() for use in move.roles)
