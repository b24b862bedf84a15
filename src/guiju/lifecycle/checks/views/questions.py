"""Which open parameters the moves of a chart wait for."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map

from guiju.evaluate.doubts import Doubts
from guiju.evaluate.interpreter import Interpreter
from guiju.language.ir import Node
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.checks.views.expressions import asked_by, dates_of
from guiju.lifecycle.checks.views.settings import unfit
from guiju.lifecycle.checks.views.spans import without_facts
from guiju.values import UNDECIDED


def awaited(chart: Chart, words: Map[str, str]) -> dict[str, list[str]]:
    """The parameters left open by some settings that moves wait for, each with the moves: by id, those of a
    sub-procedure as `procedure.id`. Goals are not asked."""
    fit = _fit(chart, words)
    found = _awaited(chart, {word: text for word, text in fit.items() if "." not in word})
    for procedure in chart.procedures.values():
        mine = f"{procedure.id}."
        inner = _fit(procedure.chart, procedure.sets)
        inner.update({word.removeprefix(mine): text for word, text in fit.items() if word.startswith(mine)})
        found.update({mine + id_: [f"{procedure.id}:{m}" for m in moves]
                      for id_, moves in _awaited(procedure.chart, inner).items()})
    return found


def _fit(chart: Chart, words: Map[str, str]) -> dict[str, str]:
    bad = {word for word, _ in unfit(chart, words)}
    return {word: text for word, text in words.items() if word not in bad}


def _awaited(chart: Chart, settings: dict[str, str]) -> dict[str, list[str]]:
    it = without_facts(chart, settings)
    found: dict[str, list[str]] = {}
    for move in chart.moves.values():
        doubts = Doubts(chart.parameters, it)
        for node in _decisive(chart, move):
            if _is_undecided(node, it):
                doubts.add(node)
        for doubt in doubts.found():
            if doubt.kind == "parameter":
                found.setdefault(doubt.id, []).append(move.id)
    return found


def _decisive(chart: Chart, move: Move) -> Iterator[Node]:
    """What decides whether a move may be made."""
    yield from (saying.node for saying in asked_by(move))
    for id_ in (*move.within, *move.after):
        yield from dates_of(chart.terms.get(id_) or chart.notices[id_])
    for notice in chart.notices.values():
        if move.id in notice.blocks:
            yield from (notice.start, notice.length)
    for loop in chart.loops.values():
        if move.id in loop.moves and loop.most is not None:
            yield loop.most


def _is_undecided(node: Node, it: Interpreter) -> bool:
    value = it.value(node)
    return bool((value[2] if isinstance(value, tuple) else value) & UNDECIDED)
