"""Commands over the register of our own, and its text in a store."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sample_register import TEXT, write

from guiju.cli.main import cli
from guiju.documents.importing import import_file

Run = Callable[..., Result]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return write(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A text store with the register's document."""
    file = tmp_path / "900_own.txt"
    file.write_text(TEXT, encoding="utf-8")
    import_file(file, tmp_path / "texts")
    return tmp_path / "texts"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command in this process, on a page of 100 columns, in Chinese unless it says otherwise."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GUIJU_LANG", raising=False)
    return lambda *arguments: CliRunner().invoke(cli, [str(a) for a in arguments])


@pytest.fixture(scope="session")
def seed_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source texts imported, where they lie beside the repository or where GUIJU_SEEDS says."""
    seeds = Path(os.environ.get("GUIJU_SEEDS") or Path(__file__).parents[3] / "shared" / "seeds")
    files = sorted(seeds.glob("004_*.txt")) if seeds.is_dir() else []
    if not files:
        pytest.skip("the source texts are not here: GUIJU_SEEDS names their folder")
    store = tmp_path_factory.mktemp("seeds")
    import_file(files[0], store)
    return store
