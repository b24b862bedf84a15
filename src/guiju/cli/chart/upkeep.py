"""For those who keep charts: what is wrong with them, and whether their timelines go as they were worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import findings
from guiju.lifecycle.expectations import differences
from guiju.lifecycle.library import Charts
from guiju.lifecycle.timeline import Timeline, covered, ids_to_cover, timelines
from guiju.source.diagnostics import Diagnostic, GuijuError, Span, Text


@dataclass(frozen=True, slots=True)
class Trial:
    """The timelines of one chart, walked. `broken`: why it could not be tried at all; `wrong`: by timeline, where it
    went another way; `gaps`: what no timeline covers."""

    chart: str
    broken: tuple[Diagnostic, ...] = ()
    wrong: tuple[tuple[str, tuple[Diagnostic, ...]], ...] = ()
    gaps: tuple[Diagnostic, ...] = ()

    @property
    def failed(self) -> list[str]:
        return [name for name, found in self.wrong if found]

    @property
    def bad(self) -> bool:
        return bool(self.broken or self.failed or self.gaps)

    def diagnostics(self) -> Iterator[Diagnostic]:
        yield from self.broken
        for _, found in self.wrong:
            yield from found
        yield from self.gaps


def check_findings(library: Charts, ids: Iterable[str]) -> list[Diagnostic]:
    """Everything found in the charts: what keeps one or its timelines from compiling, and the static checks."""
    found: list[Diagnostic] = []
    for id_ in ids:
        try:
            chart = library.chart(id_)
            found += findings(chart, timelines(library.folder / id_))
        except GuijuError as error:
            found += error.diagnostics
    return list(dict.fromkeys(found))


def tried(library: Charts, id_: str, part: str = "") -> Trial:
    """The timelines of a chart whose names contain `part`; what is not covered is told only where all are walked."""
    try:
        chart, walks = library.chart(id_), timelines(library.folder / id_)
    except GuijuError as error:
        return Trial(id_, broken=error.diagnostics)
    wrong = tuple((walk.name, tuple(_differences(chart, walk))) for walk in walks if part in walk.name)
    return Trial(id_, wrong=wrong, gaps=() if part else tuple(_gaps(chart, walks)))


def _differences(chart: Chart, walk: Timeline) -> Iterator[Diagnostic]:
    try:
        found = differences(chart, walk)
    except GuijuError as error:
        yield from error.diagnostics
        return
    for difference in found:
        said = difference.text
        yield Diagnostic("E531", difference.span, Text(f"{walk.name}：{said.zh}", f"{walk.name}: {said.en}"))


def _gaps(chart: Chart, walks: Sequence[Timeline]) -> Iterator[Diagnostic]:
    missing = set(ids_to_cover(chart)) - covered(list(walks))
    for id_ in ids_to_cover(chart):
        if id_ in missing:
            yield Diagnostic("E530", place_of(chart, id_), Text(
                f"没有走法案例覆盖“{id_}”；在 cases.yaml 里加一例并写进 covers",
                f"no timeline covers '{id_}'; add one to cases.yaml and name it in covers"))


def place_of(chart: Chart, id_: str) -> Span:
    """Where an id is declared."""
    if id_ in chart.parameters:
        return chart.parameters[id_].span
    return next((r.span for r in chart.rules() if r.id == id_), chart.span)
