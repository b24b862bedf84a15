"""Small texts of our own, a store for them, and the seeds where they lie beside the repository."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.documents.importing import Imported, import_file

ROOT = Path(__file__).parents[2]
SEEDS = Path(os.environ.get("GUIJU_SEEDS") or ROOT.parent / "shared" / "seeds")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The source texts: beside the repository, or where GUIJU_SEEDS says."""
    if not SEEDS.is_dir():
        pytest.skip("the source texts are not here: GUIJU_SEEDS names their folder")
    return SEEDS


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "texts"


@pytest.fixture
def bring(tmp_path: Path, store: Path) -> Callable[..., Imported]:
    """Import a text: `bring("…")`, or `bring(b"…", "other.html")`."""
    def bring_(text: str | bytes, name: str = "900_own.txt") -> Imported:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return import_file(file, store)

    return bring_
