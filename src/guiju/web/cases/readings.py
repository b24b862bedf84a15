"""How a parameter is read where its source can be read in more than one way."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from guiju.lifecycle.chart import Chart
from guiju.vocabulary.model import Member


def reading_in(chart: Chart, values: Map[str, Any], parameter: str) -> Member | None:
    """The reading that holds under the values of a chart's parameters; none where the chart has no such choice, or
    nobody has made it."""
    entry, value = chart.parameters.get(parameter), values.get(parameter)
    if isinstance(value, tuple):
        value = value[0]
    if entry is None or entry.enumeration is None or value is None:
        return None
    return entry.enumeration.members[int(value)]
