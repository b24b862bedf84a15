"""Where a walk goes another way than was worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.calendar import Calendar, load_calendar
from guiju.lifecycle.automatic import case_at
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.options import allowed, everyone
from guiju.lifecycle.refusal import Refusal
from guiju.lifecycle.terms import deadlines, overruns
from guiju.lifecycle.timeline import Step, Timeline
from guiju.lifecycle.walk import Walk
from guiju.source.diagnostics import GuijuError, Span, Text


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a walk went another way."""

    walk: str
    span: Span
    text: Text


def differences(chart: Chart, timeline: Timeline, calendar: Calendar | None = None) -> list[Difference]:
    """Where the walk goes another way than the timeline says; none if all is as worked out."""
    walk = Walk(chart, timeline, calendar or load_calendar())
    found: list[Difference] = []
    for step in timeline.before:
        walk.take(step)
    for step in timeline.steps:
        try:
            result = walk.take(step)
        except GuijuError as error:
            found += [Difference(timeline.name, d.span, d.message) for d in error.diagnostics]
            break
        found += [Difference(timeline.name, step.span, Text(f"{step.on} {step.do or '看'}：{text.zh}",
                                                            f"{step.on} {step.do or 'look'}: {text.en}"))
                  for text in unmet(walk, step, result)]
    return found


def unmet(walk: Walk, step: Step, result: Case | Refusal | None) -> Iterator[Text]:
    """What a step should have come to and did not."""
    expected = step.expect
    if step.do:
        yield from _wrong_result(walk, expected, result)
    case = walk.case
    if case is None:
        return
    seen = case_at(case, step.on, walk.calendar)
    if "stage" in expected and seen.stage != expected["stage"]:
        yield Text(f"环节是 {seen.stage}，应是 {expected['stage']}", f"at {seen.stage}, not {expected['stage']}")
    yield from _wrong_times(seen, step, walk.calendar)
    yield from _wrong_options(case, step, walk)


def _wrong_result(walk: Walk, expected: Any, result: Case | Refusal | None) -> Iterator[Text]:
    if isinstance(result, Refusal):
        reasons = Text("；".join(f"{r.code} {r.about} {r.text.zh}（{'、'.join(r.clauses)}）" for r in result.reasons),
                       "; ".join(f"{r.code} {r.about} {r.text.en} ({', '.join(r.clauses)})" for r in result.reasons))
        if isinstance(expected.get("refused"), str):
            if expected["refused"] not in {r.code for r in result.reasons}:
                yield Text(f"拒绝的理由应有 {expected['refused']}，却是：{reasons.zh}",
                           f"refused, but not for {expected['refused']}: {reasons.en}")
            for about in _list(expected.get("because")):
                if about not in _abouts(walk.chart, result):
                    yield Text(f"拒绝的理由应涉及 {about}，却是：{reasons.zh}",
                               f"refused, but not because of {about}: {reasons.en}")
        else:
            yield Text(f"被拒绝：{reasons.zh}", f"refused: {reasons.en}")
    elif isinstance(expected.get("refused"), str):
        code = expected["refused"]
        yield Text(f"应被拒绝（{code}），却办成了", f"should be refused ({code}), but was made")


def _abouts(chart: Chart, result: Refusal) -> set[str]:
    """The ids that a refusal concerns, and the names of the facts among them."""
    charts = (chart, *(p.chart for p in chart.procedures.values()))
    names = {f.id: f.name for c in charts for f in c.facts.values()}
    return {word for r in result.reasons for word in (r.about, names.get(r.about, r.about))}


def _wrong_times(case: Case, step: Step, calendar: Calendar) -> Iterator[Text]:
    ends = {d.id: d.end.isoformat() for d in deadlines(case, step.on, calendar)}
    for id_, day in step.expect.get("due", {}).items():
        if ends.get(id_) != day:
            yield Text(f"{id_} 的末日是 {ends.get(id_, '（不在运行）')}，应是 {day}",
                       f"{id_} ends on {ends.get(id_, '(not running)')}, not {day}")
    marks = {m.id for m in (*case.marks, *overruns(case, step.on, calendar))}
    for id_ in _list(step.expect.get("marks")):
        if id_ not in marks:
            yield Text(f"没有登记 {id_} 的逾期；登记的有 {sorted(marks)}",
                       f"no overrun of {id_}; there are {sorted(marks)}")
    bans = {b.id: b.until.isoformat() for b in case.bans}
    for id_, day in step.expect.get("bans", {}).items():
        if bans.get(id_) != day:
            yield Text(f"禁限 {id_} 到 {bans.get(id_, '（没有）')}，应到 {day}",
                       f"ban {id_} until {bans.get(id_, '(none)')}, not {day}")


def _wrong_options(case: Case, step: Step, walk: Walk) -> Iterator[Text]:
    expected = step.expect
    refused = expected.get("refused") if isinstance(expected.get("refused"), dict) else {}
    wanted, unwanted = _list(expected.get("allowed")), _list(expected.get("not_allowed"))
    if not (refused or wanted or unwanted):
        return
    options = {o.name: o for o in allowed(case, everyone(walk.chart), max(step.on, case.last.date), walk.calendar)}
    for name in wanted:
        if name not in options or not options[name].ready:
            why = [f"{r.code} {r.about}" for r in options[name].reasons] if name in options else ["stage"]
            yield Text(f"{name} 应可办理，却不可：{why}", f"{name} should be allowed: {why}")
    for name in unwanted:
        if name in options and options[name].ready:
            yield Text(f"{name} 不应可办理", f"{name} should not be allowed")
    for name, code in (refused or {}).items():
        codes = [r.code for r in options[name].reasons] if name in options else ["stage"]
        if code not in codes:
            yield Text(f"{name} 应以 {code} 拒绝，却是 {codes}", f"{name} should be refused for {code}: {codes}")


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])
