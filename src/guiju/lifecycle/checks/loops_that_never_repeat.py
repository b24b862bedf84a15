"""A most number of times for what can happen once only."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.paths import can_follow
from guiju.source.diagnostics import Diagnostic

CODES = {"E552": "a loop over moves none of which can repeat"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    """A loop without `most` only counts: whether something happened at all is a count, too."""
    for loop in chart.loops.values():
        moves = [chart.moves[m] for m in loop.moves]
        if loop.most is not None and not any(can_follow(chart, a, b) for a, b in product(moves, repeat=2)):
            yield found("E552", loop.span,
                        f"“{loop.id}”限制次数，但其中的步骤至多办一次，限制不起作用；改正 moves，或去掉 most",
                        f"'{loop.id}' bounds moves that can be made only once anyway: mend 'moves' or drop 'most'")
