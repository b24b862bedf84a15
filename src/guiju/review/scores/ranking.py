"""The order of applications by their totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from guiju.review.faults import ids_given_once, refuse
from guiju.review.scores.result import Result, State
from guiju.source.diagnostics import Text


@dataclass(frozen=True, slots=True)
class Row:
    """An application's place. `rank` None: not ranked, `text` says why. `tied`: with how many others it shares it."""

    rank: int | None
    application: str
    total: Fraction | None
    state: State
    tied: int
    text: Text


def ranking(results: Sequence[Result]) -> tuple[Row, ...]:
    """The best first. Equal totals, exactly equal, share a rank, and the next rank is left out (1, 2, 2, 4): no source
    says what parts them. What has no result to be ranked comes last, by id. The order given does not count.

    Raises GuijuError E801 if an application comes twice.
    """
    refuse(ids_given_once("E801", "申报", "application", (r.application for r in results)))
    totals = Counter(r.total for r in results if r.state == "scored")
    ranked = sorted(results, key=lambda r: (r.state != "scored", _down(r), r.application))
    return tuple(_row(r, totals) for r in ranked)


def _down(result: Result) -> Fraction:
    return -result.total if result.state == "scored" and result.total is not None else Fraction(0)


def _row(result: Result, totals: Counter[Fraction | None]) -> Row:
    if result.state != "scored" or result.total is None:
        return Row(None, result.application, None, result.state, 0, result.text)
    rank = 1 + sum(n for other, n in totals.items() if other is not None and other > result.total)
    return Row(rank, result.application, result.total, result.state, totals[result.total] - 1, result.text)
