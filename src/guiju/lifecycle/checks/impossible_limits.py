"""A limit that can never be met, whatever the dates are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from guiju.calendar import load_calendar
from guiju.evaluate.interpreter import Interpreter
from guiju.lifecycle.chart import Chart, Move, Notice, Term
from guiju.lifecycle.checks import found
from guiju.lifecycle.checks.views.anchors import stretches_behind
from guiju.lifecycle.checks.views.spans import Stretch, sample, stretch_of, without_facts
from guiju.lifecycle.terms import ONE_DAY
from guiju.source.diagnostics import Diagnostic

CODES = {"E545": "a limit that can never be met"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    it = without_facts(chart)
    for move in chart.moves.values():
        for limit in (chart.terms[t] for t in move.within):
            for wait in _waits(chart, move):
                if _is_never(limit, wait, it):
                    yield found("E545", move.span,
                                f"“{move.id}”须在“{limit.id}”之内、又须等“{wait.id}”期满，两者永远不能同时满足；改正其一",
                                f"'{move.id}' must be made within '{limit.id}' and after '{wait.id}', which never go "
                                "together: mend one of them")
    for term in chart.terms.values():
        if term.before is not None and _ends_before_it_begins(chart, term, it):
            yield found("E545", term.span,
                        f"倒推的“{term.id}”比定下其基准日的时长还长，一开始就已过；改正长度或基准日",
                        f"'{term.id}' counts back beyond the day from which its anchor is counted: mend its length")


def _waits(chart: Chart, move: Move) -> list[Term | Notice]:
    """What a move must wait for, wherever it is made."""
    waits: list[Term | Notice] = [chart.terms.get(w) or chart.notices[w] for w in move.after]
    return waits + [n for n in chart.notices.values() if move.id in n.blocks and n.when is None
                    and move.sources <= n.stages and n not in waits]


def _is_never(limit: Term, wait: Term | Notice, it: Interpreter) -> bool:
    if limit.strength == "principle" or wait.strength == "principle":
        return False  # a person may go on with a reason
    if limit is wait:
        return limit.kind == "limit"
    last, first = stretch_of(limit, it), stretch_of(wait, it)
    if last is None or first is None or last.anchor is not first.anchor:
        return False
    calendar = load_calendar()
    later = ONE_DAY if isinstance(wait, Term) and wait.kind == "limit" else dt.timedelta()
    if isinstance(wait, Notice):  # counted with both ends, it may close a day earlier, with a reason
        first = Stretch(first.anchor, max(first.length - 1, 0), first.unit)
    return all(first.end(day, calendar) + later > last.end(day, calendar) for day in sample())


def _ends_before_it_begins(chart: Chart, term: Term, it: Interpreter) -> bool:
    back = stretch_of(term, it)
    behind = stretches_behind(chart, term.before, it) if term.before is not None else []
    calendar = load_calendar()
    return back is not None and bool(behind) and all(
        back.end(forward.end(day, calendar), calendar) < day for forward in behind for day in sample())
