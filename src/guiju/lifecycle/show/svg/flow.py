"""What stands below what: which moves lead back, the main line, and the stages beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from guiju.lifecycle.chart import START
from guiju.lifecycle.show.view import Move, View

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """One arrow: the moves from a stage to another that are drawn alike."""

    source: str
    target: str
    moves: tuple[Move, ...]
    auto: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`main` is the longest way from the start without a move back; `beside` says next to which stage of it each
    other stage stands; `back` are the moves that lead back."""

    main: tuple[str, ...]
    beside: Mapping[str, str]
    back: frozenset[Edge]


def links_of(view: View) -> list[Link]:
    """Every arrow of a chart, in its order: from stage to stage, opening moves from the start."""
    found: dict[tuple[str, str, bool, bool], list[Move]] = {}
    for move in view.moves:
        for source in move.sources or (START,):
            if move.target not in ("", source):
                key = (source, move.target, move.auto, move.basis != "text")
                found.setdefault(key, []).append(move)
    return [Link(source, target, tuple(moves), auto, doubtful)
            for (source, target, auto, doubtful), moves in found.items()]


def arranged(nodes: Sequence[str], edges: Collection[Edge], finals: Collection[str] = ()) -> Arrangement:
    """Arranges a graph whose first node is the start. The order of `nodes` decides where nothing else does."""
    position = {node: i for i, node in enumerate(nodes)}
    following: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in sorted(set(edges), key=lambda e: (position[e[0]], position[e[1]])):
        if source != target:
            following[source].append(target)
    back, finished = _searched(nodes, following)
    main = _longest(nodes[0], following, back, finished)
    beside = _beside([n for n in nodes if n not in main], main, {e for e in edges if e[0] != e[1]}, finals)
    return Arrangement(tuple(main), beside, frozenset(back))


def _searched(nodes: Sequence[str], following: Mapping[str, list[str]]) -> tuple[set[Edge], list[str]]:
    """The edges that lead back to where a depth-first search came from, and the nodes as it left them."""
    back: set[Edge] = set()
    state: dict[str, str] = {}
    finished: list[str] = []
    for root in nodes:
        stack = [(root, iter(following[root]))] if root not in state else []
        while stack:
            node, rest = stack[-1]
            state[node] = "open"
            target = next(rest, None)
            if target is None:
                state[node] = "done"
                finished.append(node)
                stack.pop()
            elif state.get(target) == "open":
                back.add((node, target))
            elif target not in state:
                stack.append((target, iter(following[target])))
    return back, finished


def _longest(start: str, following: Mapping[str, list[str]], back: set[Edge], finished: list[str]) -> list[str]:
    """The longest way from the start; among equals the one that comes first."""
    length: dict[str, int] = {}
    chosen: dict[str, str] = {}
    for node in finished:
        length[node] = 0
        for target in following[node]:
            if (node, target) not in back and length[target] + 1 > length[node]:
                length[node], chosen[node] = length[target] + 1, target
    way = [start]
    while way[-1] in chosen:
        way.append(chosen[way[-1]])
    return way


def _beside(others: Sequence[str], main: Sequence[str], edges: Collection[Edge],
            finals: Collection[str]) -> dict[str, str]:
    """Where the other stages stand: a final one beside the last stage that leads to it, so that arrows run down;
    another one beside the first. What only other such stages lead to stands with them."""
    row = {node: i for i, node in enumerate(main)}
    found: dict[str, int] = {}
    waiting = list(others)
    while waiting:
        settled = {}
        for node in waiting:
            before = [row[s] for s, t in edges if t == node and s in row]
            through = [found[s] for s, t in edges if t == node and s in found]
            if before or through:
                settled[node] = (max if node in finals else min)(before or through)
        if not settled:
            after = [row[t] for s, t in edges if s == waiting[0] and t in row]
            settled = {waiting[0]: min(after, default=len(main) - 1)}
        found.update(settled)
        waiting = [node for node in waiting if node not in found]
    return {node: main[found[node]] for node in others}
