"""What comes with a move, read by the dictionary and judged by whoever acts."""

from __future__ import annotations

import datetime as dt

from guiju.facts.model import Facts, Provenance
from guiju.facts.read import facts_from_mapping
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.events import Actor, Evidence


def read_given(chart: Chart, step: Move, actor: Actor, evidence: Evidence, day: dt.date) -> Facts:
    """The facts that come with a move. Raises GuijuError E1xx for what can't be read."""
    if not evidence.given:
        return Facts()
    papers = "、".join(d.name for d in evidence.documents)
    recorded = Provenance(by=actor.name or actor.id, on=day, evidence=papers or step.label.zh)
    return facts_from_mapping(dict(evidence.given), chart.vocabulary, recorded=recorded)
