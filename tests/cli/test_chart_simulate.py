"""`guiju chart simulate`: figures that say that they are none, the same for the same seed, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Run = Callable[..., Result]
CHART = "shanghai/chief-standards-officer"
LABORATORY = "national/quality-standards-laboratory"


def test_the_report_says_first_that_it_is_simulated(run: Run) -> None:
    lines = run("chart", "simulate", CHART, 5, "--example").output.splitlines()

    assert CHART in lines[0]
    assert lines[1].startswith("模拟，不是事实：5 个虚构案件，自 ")
    for heading in ("到了哪里", "从开始到终结的天数", "等在哪里", "各角色的工作量（步数）", "假设"):
        assert heading in lines


def test_the_same_in_english(run: Run) -> None:
    found = run("chart", "simulate", CHART, 5, "--example", "--lang", "en")
    lines = found.output.splitlines()

    assert lines[1].startswith("Simulated, not facts: 5 invented cases from ")
    for heading in ("Where cases came to", "Days from beginning to end", "Where cases wait", "Load by role (moves)",
                    "Assumptions"):
        assert heading in lines
    assert all(len(line) <= 100 for line in lines[1:])


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(run: Run) -> None:
    first = run("chart", "simulate", CHART, 8, "--example", "--json", "--seed", 3).output

    assert run("chart", "simulate", CHART, 8, "--example", "--json", "--seed", 3).output == first
    assert run("chart", "simulate", CHART, 8, "--example", "--json", "--seed", 4).output != first


def test_the_data_for_programs_adds_up(run: Run) -> None:
    found = json.loads(run("chart", "simulate", CHART, 8, "--example", "--start", "2024-03-01", "--json").output)

    assert (found["simulated"], found["cases"], found["start"]) == (True, 8, "2024-03-01")
    assert sum(found["ends"].values()) + sum(found["stuck"].values()) + sum(found["broken_off"].values()) == 8
    assert sum(found["made"].values()) == found["moves"]
    assert sum(sum(months.values()) for months in found["loads"].values()) == found["moves"]


def test_open_parameters_are_asked_for(run: Run) -> None:
    refused = run("chart", "simulate", LABORATORY, 1)

    assert refused.exit_code == 2
    assert "E532" in refused.output
    for word in ("pass_line（评审合格线）", "vote_majority（票决比例）", "--set", "--example"):
        assert word in refused.output


def test_a_round_may_leave_open_what_it_says_and_the_report_says_so(run: Run) -> None:
    found = run("chart", "simulate", LABORATORY, 3, "--round", "tibet-2024", "--lang", "en")

    assert found.exit_code == 0
    assert "from 2024-01-" in found.output  # the first day of a timeline of that round
    assert "Left open: pass_line, vote_majority" in found.output


def test_settings_and_odds_are_told_among_the_assumptions(run: Run, tmp_path: Path) -> None:
    odds = tmp_path / "odds.yaml"
    odds.write_text("moves: {T04: 0, T06: 25%}\ndays: {S04: [5, 20]}\nlate: 0\n", "utf-8")
    found = run("chart", "simulate", LABORATORY, 4, "--example", "--set", "pass_line=70 分", "--odds", odds)

    assert found.exit_code == 0
    told = found.output.replace("\n  ", "")
    for words in ("T04 0%、T06 25%；其余的", "S04 5–20；其余环节", "有 0% 不按时", "pass_line = 70 分"):
        assert words in told


def test_mistakes_in_what_was_typed_are_told(run: Run, tmp_path: Path) -> None:
    odds = tmp_path / "odds.yaml"
    odds.write_text("moves: {T04: 3}\n", "utf-8")

    assert "E528" in run("chart", "simulate", LABORATORY, 1, "--example", "--odds", odds).output
    assert "E001" in run("chart", "simulate", LABORATORY, 1, "--example", "--odds", tmp_path / "none.yaml").output
    assert "E524" in run("chart", "simulate", LABORATORY, 1, "--round", "nowhere").output
    assert "E141" in run("chart", "simulate", LABORATORY, 1, "--set", "nothing=1").output
    assert "E500" in run("chart", "simulate", "nowhere", 1).output
    assert run("chart", "simulate", LABORATORY, 0).exit_code == 2
