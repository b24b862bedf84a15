"""What a page is about, as far as clauses go: the programme under which they are cited, and the region in which they
have to hold. Each app says it of its own models."""

from __future__ import annotations

import functools

from guiju.lifecycle.chart import Chart


@functools.singledispatch
def chart_id_of(thing: object) -> str:
    """The id of the chart that something goes by; "" where it has none."""
    return ""


@functools.singledispatch
def region_of(thing: object) -> str:
    """The code of the region for which something is recommended; "" where that is not known."""
    return ""


@chart_id_of.register
def _(chart: Chart) -> str:
    return chart.id


@chart_id_of.register
def _(chart_id: str) -> str:
    return chart_id
