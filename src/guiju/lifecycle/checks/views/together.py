"""Which tests of a chart can hold together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from guiju.evaluate.cells import Cells
from guiju.language.ir import Node
from guiju.language.policy import Policy
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.environment import choice_sizes
from guiju.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class _Rules:
    """As much of a policy as the search for cells looks at."""

    vocabulary: Vocabulary
    sizes: dict[str, int]

    def choice_sizes(self) -> dict[str, int]:
        return self.sizes


def cells_of(chart: Chart) -> Cells:
    """The critical cells of the chart's tests, over all readings of its parameters."""
    return Cells(cast(Policy, _Rules(chart.vocabulary, choice_sizes(chart))))


def exclude_each_other(cells: Cells, tests: list[Node]) -> bool:
    """Whether the tests surely can't all hold at once."""
    return cells.ask(*((test, True) for test in tests)).impossible
