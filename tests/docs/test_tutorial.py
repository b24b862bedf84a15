"""The tutorial is carried out step by step: its files are written, its commands run, its outputs compared."""

from pathlib import Path

import pytest
from builder import tutorial
from builder.tutorial import Step, matches, steps_of

TUTORIAL = Path(__file__).parents[2] / "docs/tutorial.md"


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """What each command answers, by its line."""
    folder = tmp_path_factory.mktemp("tutorial")
    return {step.line: actual for step, actual in tutorial.play(TUTORIAL, folder)}


def commands() -> list[Step]:
    return [step for step in steps_of(TUTORIAL.read_text(encoding="utf-8")) if step.kind == "run"]


@pytest.mark.parametrize("step", commands(), ids=[f"{s.line} {s.lines[0][2:]}" for s in commands()])
def test_a_command_answers_what_the_tutorial_shows(step: Step, played: dict[int, list[str]]) -> None:
    actual = played[step.line]

    assert matches(list(step.lines[1:]), actual), "\n".join(actual)


def test_the_tutorial_shows_a_mistake_a_missing_fact_a_reading_and_a_boundary() -> None:
    text = TUTORIAL.read_text(encoding="utf-8")

    assert [word for word in ("E220", "E212", "尚缺事实", "歧义", "59.99", "E401", "E406") if word not in text] == []


def test_every_file_and_command_of_the_tutorial_is_a_step() -> None:
    steps = list(steps_of(TUTORIAL.read_text(encoding="utf-8")))

    assert [s.kind for s in steps].count("run") >= 8
    assert {s.path.rsplit("/", 1)[-1] for s in steps if s.path} == {
        "policy.yaml", "applicants.yaml", "benefits.yaml", "cases.yaml", "company.yaml"}


@pytest.mark.parametrize(("shown", "actual", "same"), [
    (["可得  8 万元"], ["可得 8 万元"], True),
    (["可得 8 万元"], ["可得 9 万元"], False),
    (["头", "[…]", "尾"], ["头", "中间", "尾"], True),
    (["头", "[…]"], ["头"], True),
    (["头", "[…]"], ["另一行", "头"], False),
    (["a.c"], ["abc"], False),
])
def test_outputs_match_but_for_space_and_what_is_left_out(shown: list[str], actual: list[str], same: bool) -> None:
    assert matches(shown, actual) is same
