"""How long a term or a notice runs, on what is known of the case."""

from __future__ import annotations

import datetime as dt

from guiju.calendar import Calendar, End, add_days, end_of
from guiju.evaluate.interpreter import Interpreter
from guiju.language.ir import Node
from guiju.lifecycle.chart import Notice, Term


def term_end(term: Term, it: Interpreter, calendar: Calendar) -> tuple[End | None, int]:
    """The last day of a term; None with the causes of the doubt while its anchor or length is not known."""
    if term.until is not None:
        date, cause = exact_date(it, term.until)
        return (End(date, date) if date else None), cause
    assert term.length is not None
    length, open_length = exact_length(it, term.length)
    anchor, open_anchor = exact_date(it, term.start or term.before or term.length)
    if anchor is None or length is None:
        return None, open_length | open_anchor
    return end_of(anchor, length, term.unit, calendar, backward=term.before is not None, rolls=term.rolls), 0


def notice_end(notice: Notice, it: Interpreter, calendar: Calendar) -> tuple[End | None, int]:
    """The first day on which a notice may close, not counting the day on which it was published; or its stated end."""
    start, unknown_start = exact_date(it, notice.start)
    if notice.until is not None:
        stated, _ = exact_date(it, notice.until)
        if stated is not None:
            return End(stated, stated), 0
    length, open_length = exact_length(it, notice.length)
    if start is None or length is None:
        return None, unknown_start | open_length
    return end_of(start, length, notice.unit, calendar), 0


def free_from(rule: Term | Notice, end: dt.date) -> dt.date:
    """The first day on which what ends on `end` holds nothing back any more: the day after a limit; the last day of a
    minimum or a notice itself."""
    return add_days(end, 1) if isinstance(rule, Term) and rule.kind == "limit" else end


def exact_date(it: Interpreter, node: Node) -> tuple[dt.date | None, int]:
    """The date that a node is known to be, or None with the causes of the doubt."""
    low, high, cause = it.quantity(node)
    if low == high and not cause:
        return dt.date.fromordinal(int(low)), 0
    return None, cause


def exact_length(it: Interpreter, node: Node) -> tuple[int | None, int]:
    """The length of time that a node is known to be; what comes to less than nothing is used up, so 0."""
    length, cause = exact_number(it, node)
    return (None if length is None else max(length, 0)), cause


def exact_number(it: Interpreter, node: Node) -> tuple[int | None, int]:
    """The whole number that a node is known to be, or None with the causes of the doubt."""
    low, high, cause = it.quantity(node)
    return (int(low), 0) if low == high and not cause else (None, cause)
