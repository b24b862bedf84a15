"""A policy's answers by one straight line of numpy calls, block by block, where no row is in doubt.

A kernel is written for what is known of the columns it reads (`given`), and kept. Whatever it does not hold is answered
as before, node by node.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.language.ir import Node
from guiju.language.policy import Policy
from guiju.population.kernels.money import Money, money
from guiju.population.kernels.parts import Between, Beyond, Codes, Fails, Number, Table, Truth
from guiju.population.kernels.rules import Column, Rules, Told
from guiju.population.kernels.sketch import DTYPES, SMALL, WIDE, Compiled, Part, Sketch, Slot, View
from guiju.population.kernels.values import Values
from guiju.population.people import Texts
from guiju.population.plan import Questions
from guiju.population.reasons import OTHERS
from guiju.values import FAIL

BLOCK = 32_768  # rows whose columns stay in the processor's second cache
Buffers = tuple[Any, Any]


@dataclass(slots=True)
class Kernel:
    """`given`: the columns that it reads; `fixed`: results that are alike for all; `kinds`: of all results."""

    compiled: Compiled
    given: tuple[Column, ...]
    words: tuple[str, ...]
    kinds: Map[str, str]
    fixed: Map[str, float]
    results: tuple[str, ...]
    _spare: list[tuple[int, Buffers]] = field(default_factory=list)

    @property
    def source(self) -> str:
        """The kernel as text, to read."""
        return self.compiled.source

    def __call__(self, columns: list[Any], texts: Texts, rows: slice) -> dict[str, NDArray[Any]]:
        """All results of these rows by name; `columns`, of all rows, as `given` has them."""
        count = rows.stop - rows.start
        found: dict[str, NDArray[Any]] = {name: np.empty(count, DTYPES[kind]) for name, kind in self.kinds.items()}
        for name, value in self.fixed.items():
            found[name].fill(value)
        results = [found[name] for name in self.results]
        words = [float(texts.code(word)) for word in self.words]
        size, buffers = self._buffers(min(max(count, 1), BLOCK))
        for first in range(0, count, size):
            last = min(first + size, count)
            small, large = buffers if last - first == size else _cut(buffers, last - first)
            part = slice(rows.start + first, rows.start + last)
            held = [c[part] for c in columns], words, [r[first:last] for r in results], small, large
            for block in self.compiled.blocks:
                block(*held)
        self._spare.append((size, buffers))
        return found

    def _buffers(self, rows: int) -> tuple[int, Buffers]:
        """Of so many rows or more."""
        try:
            size, buffers = self._spare.pop()
        except IndexError:  # none yet, or all in other threads' hands
            size, buffers = 0, ([], [])
        if rows <= size:
            return size, buffers
        return rows, ([_views(np.empty(rows, np.uint8), SMALL) for _ in range(self.compiled.small)],
                      [_views(np.empty(rows), WIDE) for _ in range(self.compiled.large)])


def _views(buffer: NDArray[Any], kinds: str) -> tuple[NDArray[Any], ...]:
    return tuple(buffer.view(DTYPES[kind]) for kind in kinds)


def _cut(buffers: Buffers, count: int) -> Buffers:
    small, large = ([tuple(view[:count] for view in views) for views in held] for held in buffers)
    return small, large


def kernel_of(asks: Questions, told: Told, presuming: bool, pays: bool) -> Kernel:
    """A kernel for the policy's goals and reasons, and for those of its scores, and for what it pays, if asked, that
    it can hold."""
    sketch = Sketch()
    rules = Rules(Values(sketch), told, presuming, asks.same)
    results = _Results(rules).of(asks, pays)
    read = sketch.prune()
    used = [column for column, is_read in zip(rules.used, read, strict=True) if is_read]
    names = tuple(sketch.results)
    return Kernel(sketch.compiled(asks.policy.id), tuple(used), tuple(sketch.words), results.kinds, results.fixed,
                  names)


class _Results:
    """What a kernel answers: `goal0` …; `score0`, `score0 high`, `score0 cause` …, the last two where they may be
    others; `reasons0` … (of eight conditions each); `low`, `high` if it is another, `paid`."""

    def __init__(self, rules: Rules) -> None:
        self.rules, self.values, self.sketch = rules, rules.values, rules.values.sketch
        self.kinds: dict[str, str] = {}
        self.fixed: dict[str, float] = {}

    def of(self, asks: Questions, pays: bool) -> _Results:
        rules, policy = self.rules, asks.policy
        paid = self._money(policy) if pays else None
        for number, goal in enumerate(policy.goals):
            status = rules.status(goal.node)
            self._status(f"goal{number}", self.values.every([status, paid.paid]) if goal.pays and paid else status)
        for number, score in enumerate(policy.scores.values()):
            self._score(f"score{number}", score.node)
        bits = [rules.status(condition.node) for condition in asks.parts]
        self._reasons(bits, paid.paid if paid and asks.main is not None and asks.main.pays else None)
        if paid:
            self._number("low", paid.low)
            if paid.high != paid.low:
                self._number("high", paid.high)
            self._status("paid", paid.paid)
        return self

    def _money(self, policy: Policy) -> Money | None:
        try:
            return money(self.rules, policy)
        except Beyond:
            return None

    def _score(self, name: str, node: Node) -> None:
        try:
            number = self.rules.number(node)
            if isinstance(number, Between):
                self._end(name, number.low)
                self._end(f"{name} high", number.high)
                self._status(f"{name} cause", Codes(number.cause, number.bits))
            else:
                self._number(name, number)
        except Beyond:
            return

    def _end(self, name: str, end: Slot | float) -> None:
        self.kinds[name] = "d"
        if isinstance(end, Slot):
            self.sketch.give(name, "copyto", end, kind="d")
        else:
            self.fixed[name] = end

    def _status(self, name: str, status: Truth) -> None:
        self.kinds[name] = "u"
        if isinstance(status, Fails) and isinstance(status.at, Slot):
            self.sketch.give(name, "multiply", View(status.at, "u"), FAIL, kind="u")
        elif isinstance(code := self.values.tight(status).at, Slot):
            self.sketch.give(name, "copyto", code, kind="u")
        else:
            self.fixed[name] = code

    def _number(self, name: str, number: Number) -> None:
        if isinstance(number, Table):
            self.kinds[name] = "d"
            self.sketch.give(name, *self.values.looked_up(number), kind="d")
        else:
            self._end(name, self.values.whole(number).part)

    def _reasons(self, conditions: list[Truth], paid: Truth | None) -> None:
        bits = [(min(number, OTHERS), status) for number, status in enumerate(conditions)]
        bits += [(OTHERS, paid)] if paid is not None else []
        for byte in sorted({bit // 8 for bit, _ in bits}):
            self._byte(f"reasons{byte}", [(1 << bit % 8, status) for bit, status in bits if bit // 8 == byte])

    def _byte(self, name: str, bits: list[tuple[int, Truth]]) -> None:
        """The conditions that fail or wait for a person, eight in a byte."""
        self.kinds[name] = "u"
        fixed, columns = 0, list[Part]()
        for bit, status in bits:
            open_ = self.values.open(status)
            if isinstance(open_, Slot):
                where = View(open_, "u")
                columns.append(where if bit == 1 else self.sketch.put("multiply", where, bit, kind="u"))
            else:
                fixed |= bit * open_
        if not columns:
            self.fixed[name] = fixed
            return
        *columns, last = [*columns, fixed] if fixed else columns
        if not columns:
            self.sketch.give(name, "copyto", last, kind="u")
            return
        joined = reduce(lambda a, b: self.sketch.put("bitwise_or", a, b, kind="u"), columns)
        self.sketch.give(name, "bitwise_or", joined, last, kind="u")
