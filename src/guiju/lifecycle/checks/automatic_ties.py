"""Two moves that the system would make by itself at the same moment from the same stage."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from guiju.evaluate.cells import Cells
from guiju.language.ir import Node
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.checks import found, listed
from guiju.lifecycle.checks.views.together import cells_of, exclude_each_other
from guiju.source.diagnostics import Diagnostic

CODES = {"E547": "two automatic moves at once"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    cells = cells_of(chart)
    automatic = [m for m in chart.moves.values() if m.auto]
    for first, second in combinations(automatic, 2):
        together = first.sources & second.sources
        if together and _moment(chart, first) == _moment(chart, second) and not _apart(chart, cells, first, second):
            names = listed(together)
            yield found("E547", second.span,
                        f"“{first.id}”与“{second.id}”会在{names.zh}同时自动办理；写互斥的 when，或合为一步",
                        f"'{first.id}' and '{second.id}' are both made by themselves in {names.en}: give them "
                        "conditions that exclude each other, or make them one")


def _moment(chart: Chart, move: Move) -> Any:
    """What decides when an automatic move falls due: the terms it waits for, and the days of duties not done."""
    duties = frozenset((d.every, d.unit, d.yearly, d.start) for d in chart.duties.values() if d.overdue == move.id)
    return frozenset(move.after), duties


def _apart(chart: Chart, cells: Cells, first: Move, second: Move) -> bool:
    return exclude_each_other(cells, [*_conditions(chart, first), *_conditions(chart, second)])


def _conditions(chart: Chart, move: Move) -> list[Node]:
    """What must hold for the move to be made by itself."""
    owed = [d.when for d in chart.duties.values() if d.overdue == move.id and d.when is not None]
    return [guard.node for guard in move.guards] + owed
