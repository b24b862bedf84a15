"""How likely what is: which move is made, how long a stage waits. What nobody says is usual, which is an assumption."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.names import move_name
from guiju.source.diagnostics import Span, fail
from guiju.source.document import Mapping, Node, Scalar, read_document
from guiju.source.document import Sequence as Items
from guiju.source.fields import as_items, as_mapping, as_scalar, check_keys, suggestion

LATE = 0.1
SHARES = {"on": 0.7, "ends": 0.15, "stays": 0.15}
THREAD = 0.05
MONTH = 30  # the longest usual wait
_NOWHERE = 50
_MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Way:
    """A move that may come next, in a thread ("" for the case itself); `name` as in `T12` or `objection:uphold`."""

    name: str
    thread: str
    move: Move
    chart: Chart

    @property
    def kind(self) -> str:
        """Where it leads: on to another stage, to an end, or nowhere."""
        if not self.move.target or self.move.target in self.move.sources:
            return "stays"
        return "ends" if self.chart.stages[self.move.target].final else "on"

    @property
    def waits_for_neglect(self) -> bool:
        """Whether it may be made only once someone has missed what he owes."""
        return any(d.overdue == self.move.id for d in self.chart.duties.values())


@dataclass(slots=True)
class Odds:
    """`moves`: the chance of each move where it may be made, by name; what is left is shared by the others.
    `days`: how long each stage waits for its next move, from and to. `late`: the share of limits and duties that are
    missed."""

    moves: Map[str, float] = field(default_factory=dict)
    days: Map[str, tuple[int, int]] = field(default_factory=dict)
    late: float = LATE

    def chance(self, name: str) -> float | None:
        return self.moves.get(name, self.moves.get(name.rpartition(":")[2]))

    def weights(self, ways: Sequence[Way]) -> list[float]:
        """The weight of each way: those that are given first, the usual ones share what is left."""
        given = [self.chance(w.name) for w in ways]
        usual = self.usual(ways)
        rest = sum(u for u, g in zip(usual, given, strict=True) if g is None)
        left = max(1 - sum(g for g in given if g is not None), 0.0) if rest else 0.0
        return [u / rest * left if g is None else g for u, g in zip(usual, given, strict=True)]

    def usual(self, ways: Sequence[Way]) -> list[float]:
        """The weights of ways where nobody says otherwise: each kind has its share, which its ways have in equal
        parts; what waits for neglect is rarer by as much as neglect is rare."""
        kinds = Counter(w.kind for w in ways)
        return [SHARES[w.kind] / kinds[w.kind] * (self.late if w.waits_for_neglect else 1) for w in ways]

    def opens(self, name: str, dice: Random) -> bool:
        """Whether a sub-procedure is opened where it may be."""
        chance = self.chance(name)
        return dice.random() < (THREAD if chance is None else chance)

    def wait(self, stage: str, usual_most: int, dice: Random) -> dt.timedelta:
        """How long a stage waits for its next move; from one to `usual_most` days where nothing is given."""
        return dt.timedelta(days=dice.randint(*self.days.get(stage, (1, usual_most))))

    def is_late(self, dice: Random) -> bool:
        return dice.random() < self.late

    def made(self, name: str) -> None:
        """A move was made; nothing follows from it here."""


@dataclass(slots=True)
class Exploring(Odds):
    """Odds that lead to what has not been made yet: for tests, not for figures. `times`: how often each was made."""

    late: float = 0.15
    times: Counter[str] = field(default_factory=Counter)
    _far: dict[tuple[str, str, int], int] = field(default_factory=dict)

    def usual(self, ways: Sequence[Way]) -> list[float]:
        return [1.0 if not self.times[w.name] else 0.5 ** (1 + self._distance(w)) + 0.02 for w in ways]

    def _distance(self, way: Way) -> int:
        """How many moves from where a way leads to the next move that has not been made."""
        prefix = way.name.removesuffix(way.move.id)
        stages = [way.move.target] if way.move.target else sorted(way.move.sources)
        key = (way.chart.id, stages[0], len(self.times))
        if key not in self._far:
            seen, distance = set(stages), 0
            while stages and all(self.times[prefix + m.id] for s in stages for m in way.chart.leaving(s)):
                onward = {m.target for s in stages for m in way.chart.leaving(s)} - seen - {""}
                seen |= onward
                stages, distance = sorted(onward), distance + 1
            self._far[key] = distance if stages else _NOWHERE
        return self._far[key]

    def opens(self, name: str, dice: Random) -> bool:
        return dice.random() < max(0.5 / (1 + self.times[name]), 0.1)

    def made(self, name: str) -> None:
        self.times[name] += 1


def read_odds(path: Path, chart: Chart) -> Odds:
    """Odds from a file `{moves: {T11: 0.2}, days: {S04: [5, 20]}, late: 0.1}`.

    Raises GuijuError E020, E022 for shape, E501, E502 for names that the chart does not have, E528 for a chance that
    is not between 0 and 1, or days that are not from few to many.
    """
    document = as_mapping(read_document(path), Span(str(path)), "odds")
    check_keys(document, {"moves", "days", "late"})
    moves = {key.text: _chance(value, key.text) for key, value in _entries(document, "moves")}
    days = {key.text: _days(value, key.text) for key, value in _entries(document, "days")}
    for key, _ in _entries(document, "moves"):
        _known(key.text, move_names(chart), key.span, "E502", "步骤", "move")
    for key, _ in _entries(document, "days"):
        _known(key.text, stage_names(chart), key.span, "E501", "环节", "stage")
    late = document.get("late")
    return Odds(moves, days, LATE if late is None else _chance(late, "late"))


def move_names(chart: Chart) -> set[str]:
    """Every name by which odds may call a move: its id, or `procedure:id`; a bare id means it in any procedure."""
    small = {move_name(p.id, m) for p in chart.procedures.values() for m in p.chart.moves}
    return {*chart.moves, *small, *(name.rpartition(":")[2] for name in small)}


def stage_names(chart: Chart) -> set[str]:
    return {*chart.stages, *(s for p in chart.procedures.values() for s in p.chart.stages)}


def _entries(document: Mapping, key: str) -> list[tuple[Scalar, Node]]:
    node = document.get(key)
    return [] if node is None else list(as_mapping(node, document.span, key).entries)


def _known(word: str, names: set[str], span: Span, code: str, zh: str, en: str) -> None:
    if word not in names:
        hint = suggestion(word, names)
        raise fail(code, span, f"没有{zh}“{word}”{hint.zh}", f"there is no {en} '{word}'{hint.en}")


def _chance(node: Node, key: str) -> float:
    word = as_scalar(node, key).text
    try:
        number = float(word.removesuffix("%")) / (100 if word.endswith("%") else 1)
    except ValueError:
        number = -1
    if not 0 <= number <= 1:
        raise fail("E528", node.span, f"“{key}”的可能性应在 0 与 1 之间，不是“{word}”",
                   f"the chance of '{key}' must be between 0 and 1, not '{word}'")
    return number


def _days(node: Node, key: str) -> tuple[int, int]:
    items = [as_scalar(i, key).text for i in as_items(node)] if isinstance(node, Items) else [as_scalar(node, key).text]
    if len(items) in (1, 2) and all(i.isascii() and i.isdigit() for i in items):
        least, most = int(items[0]), int(items[-1])
        if least <= most <= _MOST_DAYS:
            return least, most
    said = ", ".join(items)
    raise fail("E528", node.span, f"“{key}”的天数应写成 [最少, 最多]，不是“{said}”",
               f"the days of '{key}' are written [least, most], not '{said}'")
