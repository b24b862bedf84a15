"""A term, ban, loop or sub-procedure that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.lifecycle.chart import START, Chart, Loop, Procedure, Term
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.expressions import every, facts_in
from guiju.source.diagnostics import Diagnostic

CODES = {"W553": "a term, ban, loop or procedure that nothing uses"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    moves = chart.moves.values()
    read = facts_in(*(saying.node for saying in every(chart)))
    begun = {ban for move in moves for ban in move.bans}
    awaited = {term for move in moves for term in (*move.within, *move.after)}
    unused = [t for t in chart.terms.values() if not (t.id in awaited or f"{t.id}_end" in read or _acts_itself(t))]
    idle: list[Term | Loop | Procedure] = [
        *unused, *(n for n in chart.loops.values() if n.most is None and n.id not in read),
        *(p for p in chart.procedures.values() if not chart.opened_in(p))]
    for rule in (*idle, *(b for b in chart.bans.values() if b.id not in begun)):
        if rule.id in chart.own:
            yield found("W553", rule.span, f"“{rule.id}”没有被任何步骤、公示或表达式用到，不起作用；用上它，或删去",
                        f"nothing uses '{rule.id}': let a move, a notice or an expression use it, or delete it")


def _acts_itself(term: Term) -> bool:
    """Whether something follows when the term runs out."""
    return bool(term.then) and term.stages != {START}
