"""What the worked timelines of a chart teach a simulation: settings that fit, a first day, evidence that was taken."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from guiju.language.policy import Parameter
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.compile.document import folder_document
from guiju.lifecycle.library import Charts
from guiju.lifecycle.names import move_name, procedure_of
from guiju.lifecycle.timeline import Step, Timeline, timelines
from guiju.source.fields import text_of

_ISO = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Sample:
    """What came with one step that succeeded. `timeline`: the place of its timeline among the others."""

    timeline: int
    on: dt.date
    given: Map[str, Any]

    def moved(self, day: dt.date) -> dict[str, Any]:
        """The same on another day: every date as far from that day as it was from its own."""
        days = (day - self.on).days
        return {word: _shifted(value, days) for word, value in self.given.items()}


@dataclass(frozen=True, slots=True)
class Setting:
    """Under which round and settings a timeline began, and when."""

    round: str = ""
    parameters: Map[str, str] = field(default_factory=dict)
    start: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Samples:
    """The samples of each move, by name (`T12`, `objection:uphold`), and the settings of each timeline."""

    moves: Map[str, tuple[Sample, ...]] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()

    def openings(self, chart: Chart) -> list[Sample]:
        """What came with the openings of cases."""
        return [s for m in chart.opening() for s in self.moves.get(m.id, ())]

    def of(self, name: str, guide: int) -> list[Sample]:
        """The samples of a move, those of one timeline first."""
        return sorted(self.moves.get(name, ()), key=lambda s: s.timeline != guide)


def known_samples(library: Charts, chart: Chart) -> Samples:
    """What a chart's own timelines hold; for moves that they don't make, those of the charts that it is a variant of.

    Raises GuijuError as reading timelines does.
    """
    folder = library.folder / chart.id
    found = samples_of(chart, timelines(folder))
    while base := text_of(folder_document(folder), "amends"):
        folder = library.folder / base
        more = samples_of(chart, timelines(folder))
        found = Samples({**more.moves, **found.moves}, (*found.settings, *more.settings))
    return found


def samples_of(chart: Chart, walks: Iterable[Timeline]) -> Samples:
    """What the timelines of a chart hold. A step that another timeline goes on from is taken once."""
    moves: dict[str, list[Sample]] = {}
    settings, seen = [], set()
    known = {word for p in chart.parameters.values() for word in (p.id, p.name)}
    for place, walk in enumerate(walks):
        steps = (*walk.before, *walk.steps)
        words = {w: t for w, t in walk.settings.items() if w in known or w.partition(".")[0] in chart.procedures}
        settings.append(Setting(walk.round if walk.round in chart.rounds else "", words,
                                steps[0].on if steps else None))
        for step in steps:
            name = _general(step.do)
            opens = name in chart.moves and chart.moves[name].opens
            if not _succeeds(step) or (id(step) in seen and not opens):
                continue
            seen.add(id(step))
            given = {**walk.given, **step.give} if opens else step.give
            sample = Sample(place, step.on, given)
            if sample not in moves.setdefault(name, []):
                moves[name].append(sample)
    return Samples({name: tuple(found) for name, found in moves.items()}, tuple(settings))


def example_setting(chart: Chart, samples: Samples, round_id: str = "", words: Map[str, str] | None = None) -> Setting:
    """The setting of the timeline that settles most of what is open, with what only others settle; in one round, if
    one is asked for, and with `words` set besides."""
    words = words or {}
    fitting = [s for s in samples.settings if s.round == round_id or not round_id] or [Setting(round_id)]
    best = min(fitting, key=lambda s: len(unsettled(chart, Setting(s.round, {**s.parameters, **words}))))
    found = {**_without(chart, best.parameters, words), **words}
    for other in samples.settings:
        own = chart.rounds[other.round].sets if other.round in chart.rounds else {}
        for word, text in {**own, **other.parameters}.items():
            parameter = _parameter(chart, word)
            if parameter is not None and parameter.id in unsettled(chart, Setting(best.round, found)):
                found[word] = text
    return Setting(best.round, found, best.start)


def _without(chart: Chart, words: Map[str, str], others: Map[str, str]) -> dict[str, str]:
    """Settings but for the parameters that others set, under whichever name."""
    taken = {p.id for word in others if (p := _parameter(chart, word)) is not None}
    return {word: text for word, text in words.items()
            if (p := _parameter(chart, word)) is None or p.id not in taken}


def _parameter(chart: Chart, word: str) -> Parameter | None:
    return next((p for p in chart.parameters.values() if word in (p.id, p.name)), None)


def unsettled(chart: Chart, setting: Setting) -> list[str]:
    """The open parameters of a chart that a round and settings leave open, by id."""
    own = chart.rounds[setting.round].sets if setting.round in chart.rounds else {}
    words = {*own, *setting.parameters}
    return [p.id for p in chart.parameters.values()
            if p.default is None and not p.dated and not words & {p.id, p.name}]


def _general(name: str) -> str:
    """`objection#1:uphold` as `objection:uphold`."""
    thread, _, move = name.rpartition(":")
    return move_name(procedure_of(thread), move)


def _succeeds(step: Step) -> bool:
    return bool(step.do) and not isinstance(step.expect.get("refused"), str)


def _shifted(value: Any, days: int) -> Any:
    if isinstance(value, dict):
        return {key: _shifted(item, days) for key, item in value.items()}
    if isinstance(value, list):
        return [_shifted(item, days) for item in value]
    if isinstance(value, str) and _ISO.fullmatch(value):
        try:
            return (dt.date.fromisoformat(value) + dt.timedelta(days=days)).isoformat()
        except (ValueError, OverflowError):
            return value
    return value
