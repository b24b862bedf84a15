"""A fact of the case that is read where no way gives it: what waits for it would wait for ever."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.language.ir import Node
from guiju.lifecycle.chart import START, Chart, Duty, Loop, Move, Notice, Procedure, Term
from guiju.lifecycle.checks import found, listed
from guiju.lifecycle.checks.views.expressions import asked_by, dates_of, facts_in, own_facts, said_by
from guiju.lifecycle.checks.views.givings import given_anywhere, known_in, left_by, taken_by
from guiju.source.diagnostics import Diagnostic, Span, Text

CODES = {"E549": "a fact that is read where nothing gives it"}


def check(chart: Chart) -> Iterator[Diagnostic]:
    own, known = own_facts(chart).keys(), known_in(chart)
    for move in chart.moves.values():
        for stage in sorted(move.sources) or [START]:
            before = known[stage] | taken_by(move)
            for node, what, span in _read_at(chart, move, stage):
                yield from _missing(chart, (facts_in(node) & own) - before, what, span, stage)
            for ban in (chart.bans[b] for b in move.bans):
                for saying in said_by(ban):
                    yield from _missing(chart, (facts_in(saying.node) & own) - before - left_by(move), saying.what,
                                        saying.span, stage)
    for rule in chart.rules():
        if isinstance(rule, Term | Notice | Duty | Loop | Procedure):
            there = _known_where_it_runs(chart, rule, known)
            for saying in said_by(rule):
                yield from _missing(chart, (facts_in(saying.node) & own) - there, saying.what, saying.span)


def _known_where_it_runs(chart: Chart, rule: Term | Notice | Duty | Loop | Procedure,
                         known: dict[str, frozenset[str]]) -> frozenset[str]:
    """What may be known in some stage where a rule runs; anywhere, if it names none or is awaited by a move, which
    may give it itself."""
    awaited = {t for move in chart.moves.values() for t in (*move.within, *move.after)}
    if isinstance(rule, Procedure):
        stages = chart.opened_in(rule)
    else:
        stages = frozenset() if isinstance(rule, Loop) or rule.id in awaited else rule.stages - {START}
    return frozenset().union(*(known[s] for s in stages)) if stages else given_anywhere(chart)


def _read_at(chart: Chart, move: Move, stage: str) -> Iterator[tuple[Node, Text, Span]]:
    """What is computed when a move is made: its tests and settings, and the times that it waits for."""
    for saying in asked_by(move):
        yield saying.node, saying.what, saying.span
    for setting in move.sets:
        yield setting.node, Text(f"“{move.id}”的 sets", f"'sets' of '{move.id}'"), move.span
    for id_ in (*move.within, *move.after):
        for node in dates_of(chart.terms.get(id_) or chart.notices[id_]):
            yield node, Text(f"“{move.id}”所等的“{id_}”", f"'{id_}', for which '{move.id}' waits,"), move.span
    for notice in chart.notices_of(stage):
        if move.id in notice.blocks:
            what = Text(f"“{move.id}”所等的“{notice.id}”", f"'{notice.id}', which blocks '{move.id}',")
            for node in (notice.start, notice.length):
                yield node, what, move.span


def _missing(chart: Chart, facts: frozenset[str], what: Text, span: Span, stage: str = "") -> Iterator[Diagnostic]:
    names = listed(facts)
    zh = "、".join(f"“{chart.facts[f].name}”" for f in sorted(facts))
    where = Text(f"在“{stage}”之前没有步骤给出", f"no way to '{stage}' gives") if stage else Text(
        "没有步骤在它运行之前给出", "no move before it runs gives")
    if facts:
        yield found("E549", span, f"{what.zh}要读{zh}，而{where.zh}；写进本步或前面某步的 gives、may_give 或 sets",
                    f"{what.en} reads {names.en}, which {where.en}: put it under 'gives', 'may_give' or 'sets' of this "
                    "move or one before it")
