"""The expressions of a chart: which rule says them, and which facts and parameters they read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guiju.language.ir import Node, walk
from guiju.lifecycle.chart import STAGE_SINCE, TODAY, BanRule, Chart, Duty, Loop, Move, Notice, Procedure, Term
from guiju.source.diagnostics import Span, Text
from guiju.vocabulary import Field

Rule = Move | Term | Notice | Duty | Loop | BanRule | Procedure


@dataclass(frozen=True, slots=True)
class Saying:
    """One expression: what it is to its rule, in words, and where the rule stands."""

    node: Node
    what: Text
    span: Span


def every(chart: Chart) -> list[Saying]:
    """Every expression of the chart itself; those of its sub-procedures' small charts are their own."""
    return [saying for rule in chart.rules() for saying in said_by(rule)]


def said_by(rule: Rule) -> Iterator[Saying]:
    """The expressions of one rule."""
    if isinstance(rule, Move):
        yield from asked_by(rule)
        for setting in rule.sets:
            yield Saying(setting.node, Text(f"“{rule.id}”的 sets", f"'sets' of '{rule.id}'"), rule.span)
        return
    for part in _PARTS:
        node = getattr(rule, part, None)
        if isinstance(node, Node):
            yield Saying(node, Text(f"“{rule.id}”", f"'{rule.id}'"), rule.span)
    if isinstance(rule, Procedure):
        for node in rule.passes.values():
            yield Saying(node, Text(f"“{rule.id}”的 passes", f"'passes' of '{rule.id}'"), rule.span)


_PARTS = ("length", "start", "before", "until", "when", "strength_when", "every", "most")


def asked_by(move: Move) -> Iterator[Saying]:
    """What is asked before a move is made: its guards, and for whom and with which papers."""
    for guard in move.guards:
        yield Saying(guard.node, Text(f"守卫“{guard.id}”", f"guard '{guard.id}'"), guard.span)
    for use in move.roles:
        if use.when is not None:
            yield Saying(use.when, Text(f"“{move.id}”的 by", f"'by' of '{move.id}'"), move.span)
    for paper in move.needs:
        if paper.when is not None:
            yield Saying(paper.when, Text(f"“{move.id}”的 needs", f"'needs' of '{move.id}'"), move.span)


def own_facts(chart: Chart) -> dict[str, Field]:
    """The facts that the chart declares: without built-in ones, counts and ends of terms."""
    kept = {TODAY, STAGE_SINCE, *chart.counts, *chart.ends}
    return {id_: field for id_, field in chart.facts.items() if id_ not in kept}


def facts_in(*nodes: Node) -> frozenset[str]:
    """The facts that expressions read: of the case, of the dictionary, built in."""
    return frozenset(str(n.args[0]) for n in walk(*nodes) if n.op == "fact")


def parameters_in(*nodes: Node) -> frozenset[str]:
    """The parameters that expressions read, by id."""
    return frozenset(str(n.args[0]).partition(":")[2] for n in walk(*nodes) if n.op == "param")


def dates_of(rule: Term | Notice) -> list[Node]:
    """The expressions from which a term's or a notice's end is computed."""
    nodes = (rule.length, rule.start, rule.until, rule.before if isinstance(rule, Term) else None)
    return [node for node in nodes if node is not None]
