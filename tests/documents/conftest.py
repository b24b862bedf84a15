"""Small texts of our own, a store for them, and the seeds where they lie beside the repository."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.documents.importing import Imported, import_file

ROOT = Path(__file__).parents[2]
PLACES = (ROOT.parent / "shared" / "seeds", Path("/work/shared/seeds"))


@pytest.fixture
def seeds() -> Path:
    found = next((p for p in PLACES if p.is_dir()), None)
    if found is None:
        pytest.skip("the source texts (../shared/seeds) are not here")
    return found


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
