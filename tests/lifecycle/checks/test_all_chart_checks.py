"""All checks of charts together: codes, the installed charts, and the checks of worked timelines."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.lifecycle.checks import chart_checks, codes, findings, timeline_checks
from guiju.lifecycle.library import load_charts
from guiju.lifecycle.timeline import timelines
from guiju.source.diagnostics import Diagnostic

CHARTS = load_charts()
SENTENCE = re.compile(r".{8,}[^。.]$")
WALK = "- {name: 走一遍, covers: [%s], walk: [{on: 2024-03-01, do: begin}]}\n"


def test_each_code_belongs_to_one_check_and_has_a_test() -> None:
    listed = [code for module in (*chart_checks(), *timeline_checks()) for code in module.CODES]
    tests = "".join(p.read_text(encoding="utf-8") for p in Path(__file__).parent.glob("test_chart_*.py"))
    tests += Path(__file__).read_text(encoding="utf-8")

    assert sorted(listed) == list(codes())
    assert [code for code in listed if not re.match(r"[EWN]5\d\d$", code) or f'"{code} ' not in tests] == []


@pytest.mark.parametrize("chart", CHARTS.ids())
def test_the_installed_charts_have_no_errors(chart: str) -> None:
    found = findings(CHARTS.chart(chart), timelines(CHARTS.folder / chart))

    assert [d.render() for d in found if d.severity == "error"] == []


@pytest.mark.parametrize("chart", CHARTS.ids())
def test_the_installed_charts_respect_charts_that_there_are(chart: str) -> None:
    assert set(CHARTS.chart(chart).respects) <= set(CHARTS.ids())


def test_a_timeline_covers_what_the_chart_has(find: Callable[..., list[str]]) -> None:
    sections = {"moves": "end: {from: open, to: done, by: HOST, when: [{id: g, require: 今日 > 进入本环节日}]}"}

    assert find(**sections, files={"small/cases.yaml": WALK % "begin, fnish"}) == ["E565 走一遍"]
    assert find(**sections, files={"small/cases.yaml": WALK % "begin, finish, g"}) == []


def test_findings_come_in_file_order_and_speak_both_languages(diagnosed: Callable[..., list[Diagnostic]]) -> None:
    found = diagnosed(stages="lost: {}\nstuck: {}", roles="EXPERT: {}", facts="f: {name: 某事, type: bool}", moves="""
        a: {from: lost, to: stuck, by: EXPERT, when: [{require: 某事}]}
        b: {from: done, to: open, by: HOST}""", terms="T: {length: 3 日, from: 进入本环节日}")

    assert [d.code for d in found] == ["E548", "E541", "E542", "W570", "E541", "E542", "E549", "E543", "E544",
                                       "W553"]
    assert [d.span.line for d in found] == sorted(d.span.line for d in found)
    assert [d for d in found if not (SENTENCE.match(d.message.zh) and SENTENCE.match(d.message.en))] == []
