"""The README's tour is carried out: every command answers what the README shows."""

from pathlib import Path

import pytest
from builder import tutorial
from builder.tutorial import matches

README = Path(__file__).parents[2] / "README.md"


def test_every_command_of_the_tour_answers_what_is_shown(tmp_path: Path) -> None:
    played = list(tutorial.play(README, tmp_path))

    assert len(played) >= 5
    assert [step.lines[0] for step, actual in played if not matches(list(step.lines[1:]), actual)] == []


@pytest.mark.parametrize("target", ["install", "run", "tour", "test", "check", "bench", "docs", "clean"])
def test_the_makefile_has_what_the_readme_speaks_of(target: str) -> None:
    makefile = (README.parent / "Makefile").read_text(encoding="utf-8")

    assert f"\n{target}:" in f"\n{makefile}"
