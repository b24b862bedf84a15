"""An outcome for which no move leaves the stage: every way out asks for another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from guiju.evaluate.cells import Answer, Cells
from guiju.language.ir import Node
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.expressions import facts_in, own_facts
from guiju.lifecycle.checks.views.givings import left_by, taken_by
from guiju.lifecycle.checks.views.together import cells_of
from guiju.source.diagnostics import Diagnostic

CODES = {"W570": "an outcome for which no move leaves the stage"}
MOST = 256  # combinations of guards to try; a stage with more is not judged


def check(chart: Chart) -> Iterator[Diagnostic]:
    cells = cells_of(chart)
    outcomes = frozenset(f.id for f in own_facts(chart).values() if f.type in ("bool", "enum"))
    for stage in chart.stages.values():
        leaving = chart.leaving(stage.id)
        ways_out = [m for m in leaving if m.target not in ("", stage.id)]
        settled = outcomes.difference(*(left_by(m) for m in leaving if m not in ways_out))
        closed = [_refusing(m, settled - taken_by(m)) for m in ways_out]
        stuck = _stuck(cells, closed) if ways_out and all(closed) else None
        if stuck is not None and stuck.exact:
            yield found("W570", stage.span,
                        f"在“{stage.id}”，{_words(chart, stuck)}时没有步骤可以离开；补上这种情形的步骤",
                        f"at '{stage.id}', no move leaves it where {_words(chart, stuck)}: add one for this outcome")


def _refusing(move: Move, settled: frozenset[str]) -> list[Node]:
    """The guards that may refuse the move for good: by an outcome settled before it, with no person to let it pass."""
    return [g.node for g in move.guards if g.strength == "hard" and set() < facts_in(g.node) <= settled]


def _stuck(cells: Cells, closed: list[list[Node]]) -> Answer | None:
    """What is so where each way out is refused by one of its guards."""
    for count, chosen in enumerate(product(*closed)):
        answer = cells.ask(*((node, False) for node in chosen))
        if answer.possible or count > MOST:
            return answer
    return None


def _words(chart: Chart, answer: Answer) -> str:
    said = []
    for variable, value in answer.cell.items():
        fact = chart.vocabulary.facts.get(str(variable.node.args[0])) if variable.node.op == "fact" else None
        if fact is not None:
            member = fact.enumeration.members[value].name if fact.enumeration is not None else "是" if value else "否"
            said.append(f"“{fact.name} = {member}”")
    return "、".join(said)
