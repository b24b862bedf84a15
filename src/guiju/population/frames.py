"""Frames: which rows stand open when a node is worked out. The outermost frame has one row an organisation; inside a
record set it has one a record; inside two, one a pair of records of the same organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guiju.language.ir import AROUND

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """`record`: the set whose row stands open innermost, empty at the outermost. `outer`: for each row, its row in
    `parent`, None where they are the same; `inner`: its row in the table of `record`, None where it is a row of which
    nothing is known. `owners`: whose it is."""

    count: int
    owners: Rows
    record: str = ""
    parent: Frame | None = None
    outer: Rows | None = None
    inner: Rows | None = None

    @property
    def blank(self) -> bool:
        """The innermost row is one of which nothing is known."""
        return bool(self.record) and self.inner is None

    def depth(self) -> int:
        return 0 if self.parent is None else 1 + self.parent.depth()

    def is_within(self, frame: Frame) -> bool:
        """Whether it is the frame, or inside it."""
        return self is frame or (self.parent is not None and self.parent.is_within(frame))

    def home(self, rows: frozenset[str]) -> Frame:
        """The outermost frame in which a value that depends on these rows can be worked out alike."""
        if self.parent is None or self.record in rows or (AROUND + self.record in rows):
            return self
        return self.parent.home(rows)


def within(frame: Frame, record: str, starts: Rows) -> Frame:
    """The frame of the record's rows beside each row of `frame`; `starts` says where an organisation's rows begin."""
    first, last = starts[frame.owners], starts[frame.owners + 1]
    sizes = last - first
    outer = np.repeat(np.arange(frame.count), sizes)
    ends = np.cumsum(sizes)
    inner = np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - sizes, sizes) + np.repeat(first, sizes)
    return Frame(len(inner), frame.owners[outer], record, frame, outer, inner)


def with_blank(frame: Frame, record: str, rows: Rows | None) -> Frame:
    """The frame with one row beside each of the given rows of `frame` (None: beside all), of which nothing is known."""
    if rows is None:
        return Frame(frame.count, frame.owners, record, frame, None, None)
    return Frame(len(rows), frame.owners[rows], record, frame, rows, None)


def narrowed(frame: Frame, rows: Rows) -> Frame:
    """The given rows of a frame that stands beside the outermost one, or of that one."""
    inner = None if frame.inner is None else frame.inner[rows]
    owners = frame.owners[rows]
    return Frame(len(rows), owners, frame.record, frame.parent or frame, owners, inner)


def sums(values: Any, frame: Frame) -> Any:
    """The sum over the frame's rows for each row of its parent."""
    assert frame.parent is not None
    assert frame.outer is not None
    if not isinstance(values, np.ndarray):
        values = np.full(frame.count, values)
    return np.bincount(frame.outer, weights=values, minlength=frame.parent.count)


def joined(codes: Any, frame: Frame) -> Any:
    """The codes of the frame's rows together, by bits, for each row of its parent."""
    assert frame.parent is not None
    assert frame.outer is not None
    result = np.zeros(frame.parent.count, np.uint8)
    if isinstance(codes, int):
        codes = np.full(frame.count, codes, np.uint8)
    for bit in (1, 2, 4, 8, 16):
        marked = codes & bit
        if marked.any():
            result[frame.outer[marked > 0]] |= bit
    return result


def extremes(values: Any, frame: Frame, highest: bool) -> Any:
    """The highest or the lowest of the frame's rows for each row of its parent; an infinity where it has none."""
    assert frame.parent is not None
    assert frame.outer is not None
    result = np.full(frame.parent.count, -np.inf if highest else np.inf)
    (np.maximum if highest else np.minimum).at(result, frame.outer, values)
    return result
