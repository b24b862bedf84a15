"""The charts tutorial is carried out step by step, from an empty folder."""

from pathlib import Path

import pytest
from builder import tutorial
from builder.tutorial import Step, matches, steps_of

TUTORIAL = Path(__file__).parents[2] / "docs/charts-tutorial.md"
TEXT = TUTORIAL.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[str]]:
    """What each command answers, by its line."""
    folder = tmp_path_factory.mktemp("charts-tutorial")
    return {step.line: actual for step, actual in tutorial.play(TUTORIAL, folder)}


def commands() -> list[Step]:
    return [step for step in steps_of(TEXT) if step.kind == "run"]


@pytest.mark.parametrize("step", commands(), ids=[f"{s.line} {s.lines[0][2:]}" for s in commands()])
def test_a_command_answers_what_the_tutorial_shows(step: Step, played: dict[int, list[str]]) -> None:
    actual = played[step.line]

    assert matches(list(step.lines[1:]), actual), "\n".join(actual)


@pytest.mark.parametrize("command", ["check", "show", "run", "test", "next", "verify", "calendar"])
def test_the_tutorial_runs(command: str) -> None:
    assert any(step.lines[0].startswith(f"$ guiju chart {command} ") for step in commands())


def test_the_tutorial_shows_a_refusal_an_objection_that_blocks_a_worked_saturday_a_reading_and_a_ban() -> None:
    shown = "\n".join(line for step in commands() for line in step.lines[1:])

    assert [word for word in ("申报期截至 2022-10-08，今天已过（第二条）", "异议还有 1 件未办结", "到 2023-01-28",
                              "另一种读法", "E531", "E530", "E542") if word not in shown] == []
    assert "refused: banned, because: three_years" in TEXT
