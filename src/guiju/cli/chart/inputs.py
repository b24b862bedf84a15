"""What was typed, as days, roles and settings of a chart; or why it can't be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.cli.chart.words import holder
from guiju.facts.dates import read_day
from guiju.facts.read import read_facts
from guiju.facts.reading import Refusal
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import SYSTEM, Chart
from guiju.lifecycle.compile.folder import plain
from guiju.lifecycle.environment import own_settings, parameter_values
from guiju.lifecycle.events import Actor
from guiju.lifecycle.library import Charts
from guiju.source.diagnostics import Span, fail
from guiju.source.document import read_document
from guiju.source.fields import as_mapping, suggestion


@dataclass(frozen=True, slots=True)
class Course:
    """Which chart is walked, and under which terms. `given`: facts that come with the first move; `path`: the file
    of the case."""

    library: Charts
    chart: Chart
    round: str
    settings: Mapping[str, str]
    given: Mapping[str, Any]
    path: Path | None
    day: dt.date | None


def read_day_option(text: str, name: str = "--on") -> dt.date | None:
    """The day that was typed. Raises E114."""
    try:
        return read_day(text) if text else None
    except Refusal as refusal:
        raise fail(refusal.code, Span(name), refusal.message.zh, refusal.message.en) from None


def not_before(day: dt.date, case: Case) -> None:
    """Raises E527 for a day before the last event: a case is looked at as it stands."""
    if day < case.last.date:
        raise fail("E527", Span("--on"), f"案件最后一步在 {case.last.date}；{day} 早于它",
                   f"{day} is before the case's last event, {case.last.date}")


def actor_named(case: Case, word: str) -> Actor:
    """Who holds a role, named by its id or label. Raises E504."""
    charts = (case.chart, *(p.chart for p in case.chart.procedures.values()))
    roles = {role.id: role for chart in charts for role in chart.roles.values() if role.id != SYSTEM}
    named = next((r.id for r in roles.values() if word in (r.id, r.label.zh, r.label.en)), None)
    if named is None:
        listed = [f"{r.id}（{r.label.zh}）" for r in roles.values()]
        raise fail("E504", Span("--role"), f"没有角色“{word}”；有：{'、'.join(listed)}",
                   f"there is no role '{word}'; there are: {', '.join(roles)}")
    return holder(case.chart, case.opening.round, named)


def read_given(path: Path | None, chart: Chart) -> dict[str, Any]:
    """A facts file as data that can come with a move. Raises GuijuError as `read_facts`."""
    if path is None:
        return {}
    if path.suffix.lower() not in (".yaml", ".yml", ".json"):
        raise fail("E101", Span(str(path)), "随步骤给出的事实用 .yaml 或 .json", "facts for a move are .yaml or .json")
    read_facts(path, chart.vocabulary)
    given: dict[str, Any] = plain(as_mapping(read_document(path), Span(str(path)), path.name))
    return given


def read_settings(chart: Chart, round_id: str, settings: Sequence[str]) -> dict[str, str]:
    """PARAM=VALUE as typed. Raises E131 for what is not that, E141, E245 for what the chart can't take, E524."""
    words: dict[str, str] = {}
    for setting in settings:
        name, equals, value = (part.strip() for part in setting.partition("="))
        if not (name and equals and value):
            raise fail("E131", Span(f"--set {setting}"), "写成 --set 参数=值", "write --set PARAM=VALUE")
        words[name] = value
    if round_id and round_id not in chart.rounds:
        hint = suggestion(round_id, chart.rounds)
        raise fail("E524", Span("--round"), f"{chart.id} 没有批次“{round_id}”{hint.zh}",
                   f"{chart.id} has no round '{round_id}'{hint.en}")
    parameter_values(chart, own_settings(words), dt.date.today())
    for name, value in words.items():
        owner, dot, word = name.partition(".")
        if dot and owner in chart.procedures:
            parameter_values(chart.procedures[owner].chart, {word: value}, dt.date.today())
        elif dot:
            hint = suggestion(owner, chart.procedures)
            raise fail("E141", Span(f"--set {name}"), f"没有子程序“{owner}”{hint.zh}",
                       f"there is no sub-procedure '{owner}'{hint.en}")
    return words
