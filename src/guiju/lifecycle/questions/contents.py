"""What comes with a move: facts, written reasons, papers."""

from __future__ import annotations

from collections.abc import Mapping as Map

from guiju.lifecycle.attempt import Attempt, Reasons
from guiju.source.diagnostics import Text
from guiju.values import FAIL, NOT_APPLICABLE, PASS
from guiju.vocabulary import Field, RecordType


def given(a: Attempt) -> Reasons:
    """Facts that the move needs and that are not given; facts of the case that it does not take."""
    named: Map[str, Field | RecordType] = {**a.chart.vocabulary.facts, **a.chart.vocabulary.records}
    for fact in a.move.gives:
        if fact not in a.given.values and fact not in a.given.records:
            name = named[fact]
            yield a.reason("input", fact, Text(f"办理时要给出“{name.name}”", f"'{name.en}' must be given"),
                           Text(f"给出“{name.name}”", f"give '{name.en}'"))
    for fact in a.given.values:
        if fact in a.chart.facts and fact not in (*a.move.gives, *a.move.may_give):
            name = named[fact]
            yield a.reason("input", fact, Text(f"“{name.name}”不由这一步给出", f"'{name.en}' is not given here"),
                           Text(f"删去“{name.name}”", f"leave out '{name.en}'"))


def decided(a: Attempt) -> Reasons:
    """Written reasons for what nobody asks about here: the actor means something else."""
    asked = {*(g.id for g in a.move.guards), *(f"{g.policy}:{g.goal}" for g in a.move.goals), *a.move.within,
             *a.move.after, *(n.id for n in a.chart.notices.values())}
    for about in a.evidence.decisions:
        if about not in asked:
            yield a.reason("input", about, Text(f"“{a.move.label.zh}”没有“{about}”这一项要写明理由",
                                                f"'{a.move.label.en}' asks no reason for '{about}'"),
                           Text(f"删去“{about}”", f"leave out '{about}'"))


def papers(a: Attempt) -> Reasons:
    handed_in = {d.name for d in a.evidence.documents}
    for paper in a.move.needs:
        needed = PASS if paper.when is None else a.it.status(paper.when)
        if needed in (FAIL, NOT_APPLICABLE) or {paper.name.zh, paper.name.en} & handed_in:
            continue
        yield a.reason("documents", paper.name.zh, Text(f"缺少“{paper.name.zh}”", f"'{paper.name.en}' is missing"),
                       Text(f"交来“{paper.name.zh}”", f"hand in '{paper.name.en}'"))
