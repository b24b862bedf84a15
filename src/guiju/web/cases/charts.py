"""Charts as cases need them: the installed ones, and earlier revisions that running cases keep."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from guiju.calendar import Calendar, load_calendar
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.compile.document import folder_document
from guiju.lifecycle.compile.procedures import used_charts
from guiju.lifecycle.library import Charts, installed_charts, load_charts
from guiju.source.diagnostics import Span
from guiju.source.fields import text_of
from guiju.web.cases.models import ChartRevision, ChartText
from guiju.web.kit.clock import now


@functools.cache
def calendar() -> Calendar:
    return load_calendar()


def installed(chart_id: str) -> Chart:
    """The chart as it is in the library now. Raises GuijuError E500 for one that is not there."""
    return installed_charts().chart(chart_id)


def keep(chart: Chart, library: Charts | None = None) -> ChartRevision:
    """The chart's text, kept once a revision, in the caller's transaction."""
    found = ChartRevision.objects.filter(digest=chart.digest).first()
    if found is not None:
        return found
    files = source_files(library or installed_charts(), chart.id)
    made, _ = ChartRevision.objects.get_or_create(digest=chart.digest, defaults={
        "chart": chart.id, "revision": chart.revision, "kept": now()})
    ChartText.objects.get_or_create(revision=made, defaults={"files": files})
    return made


def source_files(library: Charts, chart_id: str) -> dict[str, str]:
    """All that a chart is compiled from: its own folder, those that it amends and those that it uses; and those whose
    bans it respects, which must be there."""
    files: dict[str, str] = {}
    waiting, seen = [chart_id, *library.chart(chart_id).respects], set[str]()
    while waiting:
        id_ = library.find(waiting.pop())
        if id_ in seen:
            continue
        seen.add(id_)
        folder = library.folder / id_
        for path in sorted([*folder.glob("*.yaml"), *folder.glob("rounds/*.yaml")]):
            if not path.name.startswith("cases"):
                files[f"{id_}/{path.relative_to(folder).as_posix()}"] = path.read_text(encoding="utf-8")
        own = folder_document(folder)
        waiting += [word for word in (text_of(own, "amends"),) if word]
        waiting += [use for use, _ in used_charts(library.document(id_, Span(id_)))]
    return files


def chart_of(revision: ChartRevision) -> Chart:
    """The chart that a case began with: the installed one if it is the same still, else the one that was kept."""
    return _chart(revision.digest)


def read_running() -> None:
    """Read the charts of the cases that are not over, to have them at hand."""
    calendar()
    for revision in ChartRevision.objects.filter(cases__final=False).distinct():
        chart_of(revision)


@functools.lru_cache(maxsize=256)
def _chart(digest: str) -> Chart:
    revision = ChartRevision.objects.get(digest=digest)
    library = installed_charts()
    if revision.chart in library.ids():
        chart = library.chart(revision.chart)
        if chart.digest == digest:
            return chart
    return rebuilt(revision)


def rebuilt(revision: ChartRevision) -> Chart:
    """The chart compiled from the text that was kept. Raises GuijuError where the policies that it cites have changed
    so that it no longer fits them; ValueError where the text is not what was kept."""
    with tempfile.TemporaryDirectory(prefix="guiju-chart-") as folder:
        for name, text in revision.files.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        chart = load_charts(Path(folder)).chart(revision.chart)
    if chart.digest != revision.digest:
        raise ValueError(f"{revision.chart}: the kept text has another digest")
    return chart
