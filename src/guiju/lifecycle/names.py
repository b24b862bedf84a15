"""How moves and threads are called: `submit` is a move of the case, `objection:raise` opens a thread of a
sub-procedure, `objection#1:uphold` goes on with its first one."""

from __future__ import annotations

from guiju.lifecycle.chart import Chart, Move


def procedure_of(thread: str) -> str:
    """The sub-procedure to which a thread belongs (`objection` for `objection#1`); "" for the case itself."""
    return thread.partition("#")[0]


def thread_name(procedure: str, number: int) -> str:
    """The name of a sub-procedure's thread. Threads are counted from 1, in the order in which they were opened."""
    return f"{procedure}#{number}"


def move_name(thread: str, move: str) -> str:
    """By which name a move is called in a thread ("" for the case itself)."""
    return f"{thread}:{move}" if thread else move


def chart_of_thread(chart: Chart, thread: str) -> Chart | None:
    """The chart by which a thread goes: the small one, or the chart itself for ""; None for an unknown procedure."""
    if not thread:
        return chart
    procedure = chart.procedures.get(procedure_of(thread))
    return procedure.chart if procedure is not None else None


def find_move(chart: Chart, name: str) -> Move | None:
    """The move that a name means, whether or not such a thread is open."""
    thread, colon, move = name.rpartition(":")
    if not colon:
        return chart.moves.get(name)
    small = chart_of_thread(chart, thread) if thread else None
    return small.moves.get(move) if small is not None else None
