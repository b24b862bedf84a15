"""A straight line of numpy calls, written down step by step and then compiled: which columns each step reads, which it
makes, and in which buffer that stands as long as it is read. A result's name may have blanks; in the text it is r0 …"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

# What the values of a column are: the letter before its number in the text of a kernel.
DTYPES = {"t": np.bool_, "u": np.uint8, "i": np.int8, "w": np.int32, "l": np.int64, "d": np.float64}
LARGE = "d"
SMALL, WIDE = "tui", "dl"  # kinds of one byte a row and of eight, which buffers hold; "w" is only given
AT_ONCE = 64  # steps that are compiled together: Python takes some kilobytes for each


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A column of a block. `name`: of one that is given; what a step makes has none."""

    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A column of one byte a row, read as another kind of that size."""

    slot: Slot
    kind: str


Part = Slot | View | str | bool | int | float  # a text is the name of something fixed


@dataclass(frozen=True, slots=True)
class _Step:
    """`made`: the column that the call makes in a buffer; None where it makes `result`."""

    call: str
    parts: tuple[Part, ...]
    made: Slot | None
    result: str = ""

    def slots(self) -> list[Slot]:
        return [part.slot if isinstance(part, View) else part for part in self.parts if isinstance(part, Slot | View)]


@dataclass(frozen=True, slots=True)
class Compiled:
    """`blocks(given, words, results, small, large)`, one after another, work out one block: lists of its columns, of
    codes of words, of columns to fill, and of buffers. `small`, `large`: how many buffers of one and of eight bytes a
    row it needs."""

    blocks: tuple[Callable[..., None], ...]
    source: str
    small: int
    large: int


@dataclass(slots=True)
class Sketch:
    """`given`, `results`: the names of columns that are given, and of those to fill; `about`: what is given. `words`:
    the texts whose codes are given as w0, w1 …"""

    given: list[str] = field(default_factory=list)
    about: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    _steps: list[_Step] = field(default_factory=list)
    _made: dict[tuple[str, tuple[Part, ...], str], Slot] = field(default_factory=dict)
    _fixed: dict[str, Any] = field(default_factory=dict)
    _names: dict[tuple[str, tuple[Any, ...]], str] = field(default_factory=dict)

    def put(self, call: str, *parts: Part, kind: str) -> Slot:
        """One more step, if it is not there yet; the column that it makes."""
        key = (call, self._fix(call, kind, parts), kind)
        if key not in self._made:
            self._made[key] = Slot(kind)
            self._steps.append(_Step(call, key[1], self._made[key]))
        return self._made[key]

    def give(self, result: str, call: str, *parts: Part, kind: str) -> None:
        """One more step, which fills a result."""
        self.results.append(result)
        self._steps.append(_Step(call, self._fix(call, kind, parts), None, f"r{len(self.results) - 1}"))

    def prune(self) -> list[bool]:
        """Leave out steps whose columns nobody reads, and what is given to nobody; of what was given, which is read."""
        wanted: set[Slot] = set()
        kept = []
        for step in reversed(self._steps):
            if step.made is None or step.made in wanted:
                wanted.update(step.slots())
                kept.append(step)
        self._steps = kept[::-1]
        names = {slot.name for slot in wanted}
        read = [name in names for name in self.given]
        self.given = [name for name in self.given if name in names]
        return read

    def table(self, values: Sequence[Any], kind: str) -> str:
        """The name of a fixed column."""
        return self._name(kind, tuple(values), np.array(values, DTYPES[kind]))

    def _fix(self, call: str, kind: str, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Numbers become fixed arrays of the kind of what they are put together with: numpy would make them again for
        each block."""
        if call != "where":
            kind = next((p.kind for p in parts if isinstance(p, Slot | View)), kind)
        return tuple(p if isinstance(p, Slot | View | str) else self._name(kind, (p,), np.array(p, DTYPES[kind]))
                     for p in parts)

    def _name(self, kind: str, values: tuple[Any, ...], held: Any) -> str:
        name = self._names.setdefault((kind, values), f"c{len(self._names)}")
        self._fixed[name] = held
        return name

    def compiled(self, title: str) -> Compiled:
        lines, small, large = self._lines()
        results = [f"r{n}" for n in range(len(self.results))]
        lists = {"given": self.given, "words": [f"w{n}" for n in range(len(self.words))], "results": results,
                 "small": [f"(t{n}, u{n}, i{n})" for n in range(small)],
                 "large": [f"(d{n}, l{n})" for n in range(large)]}
        head = [f"({''.join(f'{name}, ' for name in names)}) = {held}" for held, names in lists.items() if names]
        fixed = [*(f"# {name}: {self.about[name]}" for name in self.given),
                 *(f"# {name} = {value.tolist()}" for name, value in self._fixed.items())]
        start = f"def block({', '.join(lists)}):"
        calls = {step.call for step in self._steps} | {"copyto"}
        space: dict[str, Any] = {call: getattr(np, call) for call in calls} | self._fixed
        blocks = []
        for first in range(0, len(lines), AT_ONCE):
            text = "\n    ".join([start, *head, *lines[first:first + AT_ONCE], "return"])
            exec(compile(text + "\n", f"<kernel {title}>", "exec"), space)  # nosec B102: the text is written by us
            blocks.append(space.pop("block"))
        source = "\n    ".join([start, f'"""{title}"""', *fixed, *head, *lines, "return"])
        return Compiled(tuple(blocks), source, small, large)

    def _lines(self) -> tuple[list[str], int, int]:
        """The steps as text; a buffer is free again after the last step that reads what it holds."""
        last = {slot: n for n, step in enumerate(self._steps) for slot in step.slots()}
        buffers = _Buffers()
        lines = []
        for n, step in enumerate(self._steps):
            parts = [buffers.text(part) for part in step.parts]
            spent = [slot for slot in dict.fromkeys(step.slots()) if last[slot] == n]
            if step.call == "take":  # reads where it has written already
                lines.append(_line(step, parts, buffers.made(step.made)))
                buffers.release(spent)
            else:
                buffers.release(spent)
                lines.append(_line(step, parts, buffers.made(step.made)))
            if step.made is not None and step.made not in last:
                buffers.release([step.made])
        return lines, buffers.count[False], buffers.count[True]


def _line(step: _Step, parts: list[str], made: str) -> str:
    out = made or step.result
    if step.call == "take":
        return f"take({parts[0]}, {parts[1]}, None, {out}, 'clip')"
    if step.call == "copyto":
        return f"copyto({out}, {parts[0]})"
    if step.call == "where":
        where, fixed, rest = parts  # np.where has no way to fill a buffer
        return f"copyto({out}, {rest}); copyto({out}, {fixed}, where={where})"
    return f"{step.call}({', '.join(parts)}, out={out})"


class _Buffers:
    """Which buffer holds which column. `count`: how many there are, of one byte a row (False) and of eight (True)."""

    def __init__(self) -> None:
        self.count = {False: 0, True: 0}
        self._free: dict[bool, list[int]] = {False: [], True: []}
        self._place: dict[Slot, int] = {}

    def made(self, slot: Slot | None) -> str:
        """The name of a buffer for what a step makes; none for a result."""
        if slot is None:
            return ""
        large = slot.kind in WIDE
        if self._free[large]:
            self._place[slot] = self._free[large].pop()
        else:
            self._place[slot] = self.count[large]
            self.count[large] += 1
        return self.text(slot)

    def text(self, part: Part) -> str:
        if isinstance(part, View):
            if part.slot.name:
                return f"{part.slot.name}.view('{np.dtype(DTYPES[part.kind]).char}')"
            return f"{part.kind}{self._place[part.slot]}"
        if isinstance(part, Slot):
            return part.name or f"{part.kind}{self._place[part]}"
        return str(part)

    def release(self, slots: list[Slot]) -> None:
        for slot in slots:
            if not slot.name:
                self._free[slot.kind in WIDE].append(self._place.pop(slot))
