"""Who may do what, where: stage × move × role, as one table that a person can review line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.language.ir import Node
from guiju.lifecycle.chart import START, Chart, Move, Procedure

COLUMNS = ("stage", "move", "label", "roles", "target", "auto", "basis", "clauses")
STAYS = "="


@dataclass(frozen=True, slots=True)
class Row:
    """One move in one stage. A thread's stage is `procedure#stage`, its move `procedure:move`; what opens a thread
    stands in the stages of the case. `roles`: each with its condition in words, "" where there is none. `target`: `=`
    where the stage stays."""

    stage: str
    move: str
    label: str
    roles: tuple[tuple[str, str], ...]
    target: str
    auto: bool
    basis: str
    clauses: tuple[str, ...]


def matrix(chart: Chart) -> list[Row]:
    """Every row of a chart: what opens a case, then stage by stage in the order of the chart, then its threads."""
    return [*_of_the_case(chart), *(row for p in chart.procedures.values() for row in _of_threads(p))]


def table(chart: Chart) -> str:
    """The matrix as text, one row a line: stable as long as the chart says the same."""
    lines = [f"# {chart.id} {chart.revision}", " | ".join(COLUMNS)]
    for row in matrix(chart):
        roles = ", ".join(f"{role} ({when})" if when else role for role, when in row.roles)
        cells = (row.stage, row.move, row.label, roles, row.target, "auto" if row.auto else "-", row.basis,
                 "、".join(row.clauses))
        lines.append(" | ".join(cells))
    return "\n".join(lines) + "\n"


def _of_the_case(chart: Chart) -> Iterator[Row]:
    for move in chart.opening():
        yield _row(chart, move, START, move.id, move.target)
    for stage in chart.stages:
        for move in chart.leaving(stage):
            yield _row(chart, move, stage, move.id, move.target or STAYS)
        for procedure in chart.procedures.values():
            if stage in chart.opened_in(procedure) and not chart.stages[stage].final:
                for move in procedure.chart.opening():
                    yield _row(procedure.chart, move, stage, f"{procedure.id}:{move.id}",
                               f"{procedure.id}#{move.target}", procedure)


def _of_threads(procedure: Procedure) -> Iterator[Row]:
    small = procedure.chart
    for stage in small.stages:
        for move in small.leaving(stage):
            yield _row(small, move, f"{procedure.id}#{stage}", f"{procedure.id}:{move.id}",
                       f"{procedure.id}#{move.target}" if move.target else STAYS, procedure)


def _row(chart: Chart, move: Move, stage: str, name: str, target: str, procedure: Procedure | None = None) -> Row:
    roles = tuple((use.role, "" if use.when is None else _words(chart, use.when)) for use in move.roles)
    clauses = move.clauses or (procedure.clauses if procedure is not None else ()) or chart.basis
    return Row(stage, name, move.label.zh, roles, target, move.auto, move.basis, clauses)


def _words(chart: Chart, node: Node) -> str:
    """A condition as it was written."""
    origins = chart.graph.origins.get(node, [])
    return next((o.text for o in origins if o.sugar == "expression"), repr(node))
