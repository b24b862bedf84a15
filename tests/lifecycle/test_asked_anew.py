"""What a move must be given is not yet known, whatever was given before."""

from __future__ import annotations

from pathlib import Path

from small_charts import actor, chart_of, day, evidence, made

from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.options import allowed

GRADES = """
id: demo/grades
title: {zh: 逐年评价, en: grades year by year}
cite: "1"
clauses: {"1": {zh: 评价, en: grades}}
facts: {grade: {name: 评定等次, type: choice, of: [优, 劣]}}
roles: {OFFICE: {label: {zh: 机关, en: office}, held_by: office}}
stages: {open: {label: {zh: 在册, en: listed}}, over: {label: {zh: 除名, en: off the list}, final: 是}}
moves:
  enter: {label: {zh: 列入, en: enter}, from: start, to: open, by: OFFICE}
  keep: {label: {zh: 评优, en: keep}, from: open, by: OFFICE, gives: [评定等次], when: [评定等次 = 优]}
  remove: {label: {zh: 评劣, en: remove}, from: open, to: over, by: OFFICE, gives: [评定等次], when: [评定等次 = 劣]}
  praise: {label: {zh: 表扬, en: praise}, from: open, by: OFFICE, when: [评定等次 = 劣]}
"""


def test_last_years_grade_does_not_keep_back_this_years(tmp_path: Path) -> None:
    office, chart = actor("OFFICE"), chart_of(tmp_path, GRADES, "demo/grades")
    case = made(begin(chart, "1", "enter", office, evidence(), day("2024-01-01")))
    case = made(move(case, "keep", office, evidence({"评定等次": "优"}), day("2025-01-01")))

    options = {o.name: o for o in allowed(case, office, day("2026-01-01"))}
    assert {name: o.ready for name, o in options.items()} == {"keep": True, "remove": True, "praise": False}
    assert [w.id for w in options["remove"].wants] == ["grade"]
    assert made(move(case, "remove", office, evidence({"评定等次": "劣"}), day("2026-01-01"))).stage == "over"
