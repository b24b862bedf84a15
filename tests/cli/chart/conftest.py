"""Charts, scripts and cases for the tests of `guiju chart`."""

from pathlib import Path

import pytest
from permit import COMPLAINT, permit_charts


@pytest.fixture
def charts(tmp_path) -> Path:
    return permit_charts(tmp_path)


@pytest.fixture
def script(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "script.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def case(run, script, tmp_path) -> Path:
    """A complaint that is being examined."""
    path = tmp_path / "c-1.jsonl"
    assert run("chart", "run", "complaint", "--script", script(COMPLAINT), "--case", path).exit_code == 0
    return path


@pytest.fixture
def permit(run, charts):
    """The dialogue about a permit."""
    def permit_(typed: str, *options: object):
        return run("chart", "run", "permit", "--charts", charts, "--round", "spring", "--as-of", "2024-09-02",
                   *options, typed=typed)

    return permit_
