"""What is given with a move: read by the dictionary, and checked against what the move asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from guiju.facts.model import Facts, Provenance
from guiju.facts.read import facts_from_mapping
from guiju.lifecycle.chart import STAGE_SINCE, TODAY, Chart, Move
from guiju.lifecycle.events import Actor, Evidence
from guiju.lifecycle.obstacles import Attempt
from guiju.lifecycle.refusal import Reason
from guiju.source.diagnostics import GuijuError, Text


def given_facts(chart: Chart, step: Move, actor: Actor, evidence: Evidence, day: dt.date) -> tuple[Facts, list[Reason]]:
    """The facts that come with a move, judged by whoever acts; reasons where they can't be read."""
    if not evidence.given:
        return Facts(), []
    papers = "、".join(d.name for d in evidence.documents)
    recorded = Provenance(by=actor.name or actor.id, on=day, evidence=papers or step.label.zh)
    try:
        return facts_from_mapping(dict(evidence.given), chart.vocabulary, recorded=recorded), []
    except GuijuError as error:
        return Facts(), [Reason("input", step.id, d.message, step.clauses or chart.basis,
                                Text("改正所给的事实", "mend what is given")) for d in error.diagnostics]


def given_reasons(attempt: Attempt, given: Facts) -> Iterator[Reason]:
    """Facts that the move needs and that are not given; facts of the case that it does not take."""
    step, chart = attempt.move, attempt.chart
    for fact in step.gives:
        if fact not in given.values and fact not in given.records:
            name = chart.vocabulary.facts.get(fact) or chart.vocabulary.records[fact]
            yield attempt.reason("input", fact, Text(f"办理时要给出“{name.name}”", f"'{name.en}' must be given"),
                                 Text(f"给出“{name.name}”", f"give '{name.en}'"))
    own = {*chart.facts, TODAY, STAGE_SINCE}
    for fact in given.values:
        if fact in own and fact not in (*step.gives, *step.may_give):
            name = chart.vocabulary.facts[fact]
            yield attempt.reason("input", fact, Text(f"“{name.name}”不由这一步给出", f"'{name.en}' is not given here"),
                                 Text(f"删去“{name.name}”", f"leave out '{name.en}'"))
