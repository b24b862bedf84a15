"""The population of `runs` on disk, for all tests of its runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from population_tables import write
from runs import EVERYBODY, STANDARDS


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guiju.population.files.source.CHUNK", 5)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write(tmp_path, "parquet", organisations=EVERYBODY, standard=STANDARDS)
