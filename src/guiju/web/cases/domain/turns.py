"""Whose turn it is before a day that counts: by the chart, not by what could be done besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guiju.lifecycle.chart import Chart, Move, Term
from guiju.lifecycle.names import chart_of_thread
from guiju.web.cases.models import AgendaItem, CaseRecord
from guiju.web.cases.rules import roles_held_by


def turn_of(record: CaseRecord, chart: Chart, item: AgendaItem) -> frozenset[str]:
    """The roles that have something to do by then: who makes the move that is limited, owed, or kept back till then.

    The applicant is concerned as well where his case would end, and where nobody else is. What may be done at any time
    (an inspection, say) makes it nobody's turn.
    """
    small = chart_of_thread(chart, item.thread) or chart
    stage = "" if item.thread else record.stage
    roles = {use.role for move in _moves(small, item, stage) for use in move.roles}
    roles -= roles_held_by(chart, "anyone", "system")
    applicants = roles_held_by(chart, "applicant")
    ends = any(m.target and small.stages[m.target].final for m in _named(small, item.then))
    if not roles or (ends and not roles & applicants):
        roles |= applicants
    return frozenset(roles)


def _moves(chart: Chart, item: AgendaItem, stage: str) -> Iterator[Move]:
    if item.kind == "duty" and item.ref in chart.duties:
        yield from _named(chart, [chart.duties[item.ref].move])
    elif item.kind == "notice" and item.ref in chart.notices:
        yield from (m for m in _named(chart, chart.notices[item.ref].blocks) if not stage or stage in m.sources)
    elif item.ref in chart.terms:
        yield from _of_term(chart, chart.terms[item.ref], stage)


def _of_term(chart: Chart, term: Term, stage: str) -> Iterator[Move]:
    """The moves that a term limits; where it limits none, those by which its stages are left before it is over."""
    limited = [m for m in chart.moves.values() if term.id in m.within]
    leaving = [m for m in chart.moves.values() if not m.auto and term.id not in m.after and m.sources
               and m.sources <= term.stages and (not stage or stage in m.sources)]
    yield from limited or leaving


def _named(chart: Chart, names: Iterable[str]) -> list[Move]:
    return [chart.moves[name] for name in names if name in chart.moves]
