"""Which facts of the case can be known in which stage, by the moves that lead there."""

from __future__ import annotations

from guiju.lifecycle.chart import START, Chart, Move
from guiju.lifecycle.checks.views.paths import ends_of


def taken_by(move: Move) -> frozenset[str]:
    """What comes with a move."""
    return frozenset({*move.gives, *move.may_give})


def left_by(move: Move) -> frozenset[str]:
    """What may be known because of a move."""
    return taken_by(move) | {setting.fact for setting in move.sets}


def known_in(chart: Chart) -> dict[str, frozenset[str]]:
    """For each stage, and for `start`, the facts that some way from an opening move to it gives."""
    known: dict[str, frozenset[str]] = dict.fromkeys((START, *chart.stages), frozenset())
    changed = True
    while changed:
        changed = False
        for move in chart.moves.values():
            for source in move.sources or (START,):
                after = known[source] | left_by(move)
                for end in ends_of(move) if move.target else (source,):
                    if not after <= known[end]:
                        known[end] |= after
                        changed = True
    return known


def given_anywhere(chart: Chart) -> frozenset[str]:
    """The facts that some move gives."""
    return frozenset().union(*map(left_by, chart.moves.values()))
