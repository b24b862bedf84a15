"""A store of two small texts of our own, a library that may be changed, and a search over both."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sample_texts import BRIDGES, LIGHTS, TIANJIN, UNDATED

from guiju.cli.main import cli
from guiju.documents.importing import import_file
from guiju.language.library import POLICIES

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data directory of its own, with no store yet."""
    monkeypatch.setenv("GUIJU_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GUIJU_LANG", raising=False)
    return tmp_path / "data"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library of one policy."""
    folder = tmp_path / "policies"
    shutil.copytree(POLICIES / TIANJIN, folder / TIANJIN)
    return folder


@pytest.fixture
def bring(data: Path, tmp_path: Path) -> Callable[[str, str], None]:
    """Import a text into the store: `bring("901", "…")`."""
    def bring_(name: str, text: str) -> None:
        file = tmp_path / f"{name}.txt"
        file.write_text(text, encoding="utf-8")
        import_file(file, data / "texts")

    return bring_


@pytest.fixture
def store(bring: Callable[[str, str], None]) -> None:
    bring("901", BRIDGES)
    bring("902", LIGHTS)
    bring("903", UNDATED)


@pytest.fixture
def run(library: Path) -> Run:
    def run_(*arguments: str, colour: bool = False) -> Result:
        return CliRunner().invoke(cli, ["search", "--policies", str(library), *arguments], color=colour)

    return run_


@pytest.fixture
def find(run: Run) -> Callable[..., dict[str, Any]]:
    """What `guiju search --json` says."""
    def find_(*arguments: str) -> dict[str, Any]:
        done = run("--json", *arguments)
        assert done.exit_code == 0, done.stderr
        return dict(json.loads(done.stdout))

    return find_


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The source texts: beside the repository, or where GUIJU_SEEDS says."""
    found = Path(os.environ.get("GUIJU_SEEDS") or Path(__file__).parents[3] / "shared" / "seeds")
    if not found.is_dir():
        pytest.skip("the source texts are not here: GUIJU_SEEDS names their folder")
    return found
