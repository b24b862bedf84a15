"""Each policy's kernels: which has been written for what is known of its columns, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import proxy

import numpy as np

from guiju.language.ir import Node
from guiju.language.policy import Policy
from guiju.population.kernels.given import Given, Span
from guiju.population.kernels.kernel import Kernel, kernel_of
from guiju.population.kernels.money import is_plain
from guiju.population.kernels.rules import Column
from guiju.population.people import Texts
from guiju.population.plan import Questions

if TYPE_CHECKING:
    from guiju.population.working import Working

MOST = 64  # kernels kept for one policy


@dataclass(frozen=True, slots=True)
class Found:
    """`goals`: with what is paid, if `money` is there: low, high (the same column where they are equal), and status.
    `scores`: low, high (likewise) and causes; None of one that no kernel holds. `reasons`: of the conditions, and of
    the money."""

    goals: tuple[Any, ...]
    scores: tuple[tuple[Any, Any, Any] | None, ...]
    reasons: Any
    money: tuple[Any, Any, Any] | None


@dataclass(slots=True)
class _Asked:
    """Of which node something had to be known next, the column's kind or what its `ends` lie between; and what was
    written for each answer: more to ask, or a kernel."""

    node: Node
    ends: bool
    then: dict[Given | Span | None, _Asked | Kernel] = field(default_factory=dict)


class Kernels:
    """The kernels of one policy's questions."""

    def __init__(self, asks: Questions) -> None:
        self.asks = asks
        self.pays = bool(asks.policy.benefits) and is_plain(asks.policy)
        self._first: _Asked | Kernel | None = None
        self._written: list[Kernel] = []

    def written(self) -> list[Kernel]:
        return list(self._written)

    def kernel(self, w: Working) -> Kernel:
        """The one for what is known of the columns that it looks at."""
        step = self._first
        while isinstance(step, _Asked):
            step = step.then.get(_told(w, step.node, step.ends))
        return self._write(w) if step is None else step

    def _write(self, w: Working) -> Kernel:
        if len(self._written) >= MOST:
            self._first, self._written = None, []
        asked: dict[tuple[Node, bool], Given | Span | None] = {}
        whose = proxy(w)  # rules hang in circles, and would keep all columns until the collector comes

        def told(node: Node, ends: bool) -> Given | Span | None:
            if (node, ends) not in asked:
                asked[node, ends] = _told(whose, node, ends)
            return asked[node, ends]

        made = kernel_of(self.asks, told, w.presuming, self.pays)
        self._written.append(made)
        self._keep(asked, made)
        return made

    def _keep(self, asked: dict[tuple[Node, bool], Given | Span | None], kernel: Kernel) -> None:
        """So that the same answers to the same questions, in their order, lead to it."""
        steps: list[_Asked | Kernel] = [*(_Asked(node, ends) for node, ends in asked), kernel]
        step = self._first = self._first or steps[0]
        for answer, following in zip(asked.values(), steps[1:], strict=True):
            assert isinstance(step, _Asked)
            step = step.then.setdefault(answer, following)

    def ready(self, w: Working) -> Ready:
        """The policy's answers, to be had for any rows."""
        kernel = self.kernel(w)
        return Ready(self.asks.policy, kernel, [_column(w, column) for column in kernel.given], w.people.texts)


@dataclass(frozen=True, slots=True)
class Ready:
    """A kernel with all that it reads."""

    policy: Policy
    kernel: Kernel
    columns: list[Any]
    texts: Texts

    @property
    def holds_all(self) -> bool:
        """Nothing that the policy answers is left to others."""
        return all(f"score{n}" in self.kernel.kinds for n in range(len(self.policy.scores))) and \
            (not self.policy.benefits or "paid" in self.kernel.kinds)

    def __call__(self, rows: slice) -> Found:
        """The answers of these rows, but for what no kernel holds."""
        made = self.kernel(self.columns, self.texts, rows)
        return Found(tuple(made[f"goal{n}"] for n in range(len(self.policy.goals))),
                     tuple(_score(made, f"score{n}") for n in range(len(self.policy.scores))),
                     _reasons(made, rows.stop - rows.start),
                     (made["low"], made.get("high", made["low"]), made["paid"]) if "paid" in made else None)


def _reasons(made: dict[str, Any], count: int) -> Any:
    reasons: Any = None
    for byte in range(4):
        if (part := made.get(f"reasons{byte}")) is not None:
            bits = part.astype(np.uint32)
            bits = np.left_shift(bits, 8 * byte, out=bits) if byte else bits
            reasons = bits if reasons is None else np.bitwise_or(reasons, bits, out=reasons)
    return np.zeros(count, np.uint32) if reasons is None else reasons


def _score(made: dict[str, Any], name: str) -> tuple[Any, Any, Any] | None:
    if name not in made:
        return None
    low = made[name]
    return (low, made[f"{name} high"], made[f"{name} cause"]) if f"{name} cause" in made else \
        (low, low, np.zeros(len(low), np.uint8))


def _told(w: Working, node: Node, ends: bool) -> Given | Span | None:
    return w.reading.span(node) if ends else w.reading.given(node)


def _column(w: Working, column: Column) -> Any:
    return getattr(w.reading.column(column.node), column.part)
