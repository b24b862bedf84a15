"""Which policies a kernel answers for a population, and the kernels that have been written so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from guiju.language.ir import Node
from guiju.population.columns import Status
from guiju.population.kernels.given import Given
from guiju.population.kernels.kernel import Kernel, kernel_of
from guiju.population.kernels.money import is_plain
from guiju.population.kernels.rules import LEAVES
from guiju.population.plan import Questions, nodes_of_money

if TYPE_CHECKING:
    from guiju.population.working import Working

MOST = 64  # kernels kept for one policy


@dataclass(frozen=True, slots=True)
class Found:
    """`goals`: with what is paid, if `money` is there: low, high (the same column where they are equal), and status.
    `reasons`: of the conditions and of it."""

    goals: tuple[Any, ...]
    scores: tuple[Any, ...]
    reasons: Any
    money: tuple[Any, Any, Any] | None


class Kernels:
    """The kernels of one policy's questions."""

    def __init__(self, asks: Questions) -> None:
        policy = asks.policy
        self.asks = asks
        self.pays = bool(policy.benefits) and is_plain(policy)
        roots = [*(g.node for g in policy.goals), *(s.node for s in policy.scores.values()),
                 *(c.node for c in asks.parts), *(nodes_of_money(policy) if self.pays else ())]
        self.leaves = tuple(_leaves([asks.same[root] for root in roots]))
        self._kept: dict[tuple[Given, ...], Kernel | None] = {}

    def written(self) -> list[Kernel]:
        return [kernel for kernel in self._kept.values() if kernel is not None]

    def kernel(self, w: Working) -> Kernel | None:
        """One for what is known of the columns that the policy looks at; none where any row is in doubt."""
        shape = []
        for node in self.leaves:
            held = w.given(node)
            if held is None:
                return None
            shape.append(held)
        key = tuple(shape)
        if key not in self._kept:
            if len(self._kept) >= MOST:
                self._kept.clear()
            known = dict(zip(self.leaves, shape, strict=True))
            self._kept[key] = kernel_of(self.asks, known, w.presuming, self.pays)
        return self._kept[key]

    def answer(self, w: Working) -> Found | None:
        """The policy's answers, but for what it pays where that is not a kernel's."""
        kernel = self.kernel(w)
        if kernel is None:
            return None
        count = w.people.count
        made = kernel([_column(w, node) for node in kernel.given], w.people.texts, count)
        reasons: Any = np.zeros(count, np.uint32)
        for byte in range(4):
            if (part := made.get(f"reasons{byte}")) is not None:
                reasons = part.astype(np.uint32) if byte == 0 else reasons | part.astype(np.uint32) << 8 * byte
        policy = self.asks.policy
        return Found(tuple(made[f"goal{n}"] for n in range(len(policy.goals))),
                     tuple(made[f"score{n}"] for n in range(len(policy.scores))), reasons,
                     (made["low"], made.get("high", made["low"]), made["paid"]) if self.pays else None)


def _column(w: Working, node: Node) -> Any:
    column = w.people.facts[node.args[0]].column if node.op == "fact" else w.value(node, w.top)
    return column.codes if isinstance(column, Status) else column.low


def _leaves(roots: list[Node]) -> list[Node]:
    """What the rules look at: facts, and what is counted over records."""
    seen: dict[Node, None] = {}
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        if node not in seen:
            seen[node] = None
            stack += () if node.op in LEAVES else reversed(node.children)
    # Facts first: whether one is in doubt is seen at once.
    return sorted((node for node in seen if node.op in LEAVES), key=lambda node: node.op != "fact")
