"""What record rows claim: how surely each qualifies, at which price, under which ceiling, in which groups.

The columns hold both cases of the one-applicant evaluation (`guiju.evaluate.settlement`), in the same order of steps.
Whose amounts doubles can't tell to the fen are left over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import inf
from typing import Any

import numpy as np

from guiju.language.ir import Node
from guiju.language.policy import Benefit, Limit
from guiju.population import quantities as q
from guiju.population.columns import Mask, Quantity
from guiju.population.frames import Frame
from guiju.population.groups import Numbers, Places
from guiju.population.people import TEXTS
from guiju.population.working import Working
from guiju.values import NO_TEXT

KNOWN, ALONE, LOOSE = 0, 1, 2  # a key that is known; known to be none; not known


@dataclass(slots=True)
class Key:
    """The parts of a key as numbers, and whether it is KNOWN, ALONE or LOOSE."""

    parts: tuple[Numbers, ...]
    state: Any


@dataclass(slots=True)
class Claims:
    """A benefit's claims, each with its owner. `low`, `high`: before ceilings, in fen; `least`, `most`: its ceilings;
    `unit`: the worth of one row where rows are not known, else NaN; `paid`, `held`: how surely anything is paid for,
    here or elsewhere, and here; `external`: whether a line may fit whose amount is set elsewhere. `merge`: the key of
    its series; for each limit of the benefit, `keys` and `inside`; `fulfils`: for each condition that a cap asks for,
    how surely the row fulfils it."""

    owners: Places
    status: Any
    low: Numbers
    high: Numbers
    cause: Any
    least: Numbers
    most: Numbers
    unit: Numbers
    paid: Any
    held: Any
    external: Any
    merge: Key
    keys: tuple[Key, ...]
    inside: tuple[Any, ...]
    fulfils: tuple[Any, ...]

    def taken(self, rows: Any) -> Claims:
        """The claims in these rows."""
        return Claims(*(_taken(getattr(self, part.name), rows) for part in fields(self)))


def _taken(part: Any, rows: Any) -> Any:
    if isinstance(part, Key):
        return Key(tuple(column[rows] for column in part.parts), part.state[rows])
    return tuple(_taken(p, rows) for p in part) if isinstance(part, tuple) else part[rows]


def side_by_side(parts: Sequence[Any]) -> Any:
    """Columns, keys or whole claims, one after the other."""
    first = parts[0]
    if len(parts) == 1:
        return first
    if isinstance(first, np.ndarray):
        return np.concatenate(parts)
    if isinstance(first, tuple):
        return tuple(side_by_side(column) for column in zip(*parts, strict=True))
    return type(first)(*(side_by_side([getattr(p, f.name) for p in parts]) for f in fields(first)))


class Reader:
    """Reads nodes in some rows of a frame; notes in `left` whose doubles are too near to tell."""

    def __init__(self, w: Working, frame: Frame, rows: Places, left: Mask) -> None:
        self.w, self.frame, self.rows, self.left = w, frame, rows, left
        self.count = len(rows)

    def only(self, rows: Places) -> Reader:
        """The same with fewer rows."""
        return Reader(self.w, self.frame, self.rows[rows], self.left)

    def status(self, node: Node) -> Any:
        return self._wide(self.w.status(node, self.frame).codes, np.uint8)

    def quantity(self, node: Node) -> Quantity:
        value = self.w.quantity(node, self.frame)
        low = self._wide(value.low, np.float64)
        high = low if value.low is value.high else self._wide(value.high, np.float64)
        error = value.error if isinstance(value.error, float) and not value.error else \
            self._wide(value.error, np.float64)
        return Quantity(low, high, self._wide(value.cause, np.uint8), error, value.sided)

    def amount(self, node: Node, asked: Any) -> Quantity:
        """A quantity that is looked at to the fen, in the rows that are `asked` for."""
        value = self.quantity(node)
        if not q.is_exact(value) and not value.sided:
            for end in (value.low, value.high):
                self.leave(asked & q.near(end, np.round(end), value.error))
        return value

    def leave(self, rows: Any) -> None:
        if np.any(rows):
            self.left[self.frame.owners[self.rows[np.broadcast_to(rows, self.count)]]] = True

    def key(self, nodes: tuple[Node, ...]) -> Key:
        """A part that is known to be no text makes the key none, whatever the parts after it."""
        parts, state = [], np.zeros(self.count, np.uint8)
        none = np.zeros(self.count, np.bool_)
        blank = float(self.w.people.texts.code(NO_TEXT))
        for node in nodes:
            if node.type.kind == "bool":
                codes = self.status(node)
                parts.append(codes.astype(np.float64))
                loose = codes & 7 > 0
            else:
                value = self.quantity(node)
                is_text = node.type.kind in TEXTS
                none |= (value.low == blank) if is_text else False
                parts.append(value.low + 0.5 if is_text else value.low)  # no text is the same as a number
                loose = (np.asarray(value.cause) > 0) | (value.low != value.high)
                self.leave(~loose & (np.asarray(value.error) > 0))
            state[loose] = LOOSE
        state[none] = ALONE
        return Key(tuple(parts), state)

    def _wide(self, values: Any, kind: Any) -> Any:
        return values[self.rows] if isinstance(values, np.ndarray) else \
            np.broadcast_to(kind(values), self.count)


def claims_of(w: Working, benefit: Benefit, limits: list[Limit], asked: Sequence[Node], heads: Mask,
              left: Mask) -> list[Claims]:
    """The claims of those whom `heads` marks: of the rows that are known, and of sets that are not."""
    found: list[Claims | None] = []
    known = w.known(benefit.record, w.top) if benefit.record else True
    if known is not False:
        frame = w.open(w.top, benefit.record) if benefit.record else w.top
        rows = np.flatnonzero(heads[frame.owners])
        if len(rows):
            found.append(_claims(Reader(w, frame, rows, left), benefit, limits, asked, True))
    if known is not True and not np.all(known):
        frame = w.open_blank(w.top, benefit.record)
        rows = np.flatnonzero(heads[frame.owners])
        if len(rows):
            found.append(_claims(Reader(w, frame, rows, left), benefit, limits, asked, False))
    return [claims for claims in found if claims is not None]


def _claims(read: Reader, benefit: Benefit, limits: list[Limit], asked: Sequence[Node], known: bool) -> Claims | None:
    """A claim for each row that may qualify; a set that is not known claims without bound, if any row could."""
    whens = _conditions(read, benefit)
    open_ = np.flatnonzero(whens & 8 == 0)
    if not len(open_):
        return None
    read = read.only(open_)
    price = _priced(read, benefit, whens[open_])
    here = np.flatnonzero((price.status & 8 == 0) & (known | (price.paid != 8)))
    if not len(here):
        return None
    if len(here) < read.count:
        read = read.only(here)
        price = _Price(*(getattr(price, part.name)[here] for part in fields(price)))
    count, every = read.count, np.ones(read.count, np.bool_)
    ceiling = read.amount(benefit.ceiling, every) if benefit.ceiling is not None else \
        Quantity(np.full(count, inf), np.full(count, inf), np.zeros(count, np.uint8))
    least, most = np.maximum(ceiling.low, 0.0), np.maximum(ceiling.high, 0.0)
    merge = read.key(benefit.merge.keys) if benefit.merge else Key((), np.zeros(count, np.uint8))
    if benefit.merge and not q.is_exact(ceiling):
        read.leave(np.asarray(ceiling.error) > 0)  # ceilings of a series are summed
    low, unit = _whole(read, benefit, price.low), np.full(count, np.nan)
    cause = price.cause | ceiling.cause
    status, high, paid, held = price.status, price.high, price.paid, price.held
    if not known:
        unit = high if benefit.merge else np.minimum(high, most)
        read.leave((unit != np.floor(unit)) & np.isfinite(unit))
        held = np.where(high > 0, 2, 8).astype(np.uint8, copy=False)
        high, low = np.where(high > 0, inf, 0.0), np.zeros(count)
        least, most = np.zeros(count), np.full(count, inf)
        status = cause = paid = np.full(count, 2, np.uint8)
    keys = tuple(read.key(limit.keys[benefit.id]) for limit in limits)
    inside = tuple(read.status(limit.where[benefit.id]) if benefit.id in limit.where else np.zeros(count, np.uint8)
                   for limit in limits)
    return Claims(read.frame.owners[read.rows], status, low, high, cause, least, most, unit, paid, held,
                  price.external, merge, keys, inside, _fulfilled(read, benefit, asked, held))


def _conditions(read: Reader, benefit: Benefit) -> Any:
    """The statuses of the benefit's conditions together, bit by bit, up to where no row is left."""
    joined: Any = np.zeros(read.count, np.uint8)
    for condition in benefit.when:
        if condition.counts:
            joined = joined | read.status(condition.node)
            if np.all(joined & 8):
                break
    return joined


def _whole(read: Reader, benefit: Benefit, low: Numbers) -> Numbers:
    """The least amount; none where something came off and what remains is a ceiling or a discretion."""
    for less in benefit.less:
        if less.rest:
            taken_off = read.quantity(less.amount)
            read.leave(q.near(taken_off.high, 0.0, taken_off.error))
            low = np.where(taken_off.high <= 0, low, 0.0)
    return low


def _fulfilled(read: Reader, benefit: Benefit, asked: Sequence[Node], held: Any) -> tuple[Any, ...]:
    """How surely each row that is paid for fulfils each condition that a cap asks for; 16: not its matter."""
    found = []
    for condition in (node.args[0] for node in asked):
        codes = read.status(condition) if condition.rows <= {benefit.record} else np.full(read.count, 16, np.uint8)
        joined = np.where(codes & 24, codes, (codes | held) & 7)
        found.append(np.where(held == 8, 16, joined).astype(np.uint8, copy=False))
    return tuple(found)


@dataclass(slots=True)
class _Price:
    """How surely a row qualifies (8: not), the least and the most that it is worth, why they differ, and whether a line
    may fit whose amount is set elsewhere."""

    status: Any
    low: Numbers
    high: Numbers
    cause: Any
    paid: Any
    held: Any
    external: Any


def _priced(read: Reader, benefit: Benefit, whens: Any) -> _Price:
    """The lines of the price table that may fit, up to the first that surely does."""
    count = read.count
    low, high = np.full(count, inf), np.zeros(count)
    cause, undecided = np.zeros(count, np.uint8), np.zeros(count, np.uint8)
    open_ = np.ones(count, np.bool_)
    here, anywhere, external, hit = (np.full(count, value) for value in (True, True, False, False))
    for line in benefit.rows:
        status = read.status(line.test)
        fits = open_ & (status & 24 == 0)
        if not fits.any():
            continue
        amount = read.amount(line.net, fits) if line.net is not None else Quantity(0.0, 0.0)
        least = np.maximum(amount.low, 0.0)
        low = np.where(fits, np.minimum(low, least), low)
        high = np.where(fits, np.maximum(high, amount.high), high)
        cause |= np.where(fits, amount.cause | status, 0).astype(np.uint8, copy=False)
        undecided |= np.where(fits, status, 0).astype(np.uint8, copy=False)
        here &= ~fits | (least > 0)
        if line.amount is None:
            external |= fits
        else:
            anywhere &= ~fits | (least > 0)
        hit |= fits & (status == 0)
        open_ &= ~hit
    lines = np.where(hit, 0, np.where(undecided > 0, undecided, 8))
    joined = (lines | whens).astype(np.uint8, copy=False)
    status = np.where(joined & 8, 8, joined & 7).astype(np.uint8, copy=False)
    doubt = (status | cause) & 7
    doubt = np.where(doubt > 0, doubt, 2)
    held = np.where(high <= 0, 8, np.where(here, status, doubt)).astype(np.uint8, copy=False)
    paid = np.where((high <= 0) & ~external, 8, np.where(anywhere, status, doubt)).astype(np.uint8, copy=False)
    return _Price(status, np.where(hit & (status == 0), low, 0.0), high, cause | status & 7, paid, held, external)
