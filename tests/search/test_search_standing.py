"""The index as it stands: who may not wait is told where there is none yet, also while the first is being made."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from guiju.search.index import index_path, open_index
from guiju.search.sources import Sources
from guiju.search.standing import standing_index
from guiju.source.diagnostics import GuijuError


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sources:
    """No policies and no texts, in a data directory of this test's own."""
    monkeypatch.setenv("GUIJU_DATA", str(tmp_path / "data"))
    (tmp_path / "policies").mkdir()
    return Sources(tmp_path / "nothing", tmp_path / "policies")


def refusal(sources: Sources) -> str:
    with pytest.raises(GuijuError) as caught, standing_index(sources):
        pytest.fail("there is no index to open")
    return caught.value.diagnostics[0].code


def test_without_an_index_that_is_said(sources: Sources) -> None:
    assert refusal(sources) == "E887"


def test_while_the_first_is_being_made_there_is_none(sources: Sources) -> None:
    path = index_path(sources)
    path.parent.mkdir(parents=True)
    making = sqlite3.connect(path, isolation_level=None)
    making.execute("BEGIN IMMEDIATE")
    making.execute("CREATE TABLE part (name TEXT PRIMARY KEY, mark TEXT NOT NULL)")

    assert refusal(sources) == "E887"
    making.execute("ROLLBACK")
    making.close()
    assert refusal(sources) == "E887"


def test_one_that_is_made_is_read_while_it_is_made_anew(sources: Sources) -> None:
    with open_index(sources):
        pass
    making = sqlite3.connect(index_path(sources), isolation_level=None)
    making.execute("BEGIN IMMEDIATE")
    making.execute("DELETE FROM part")
    with standing_index(sources) as index:
        assert index.sizes() == (0, 0, 0)
    making.execute("ROLLBACK")
    making.close()


@pytest.fixture
def asks_tantivy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIJU_SEARCH_ENGINE", "tantivy")


@pytest.mark.usefixtures("asks_tantivy")
def test_the_second_index_is_read_where_it_is_made(sources: Sources) -> None:
    with open_index(sources):
        pass
    with standing_index(sources) as index:
        assert index.large is not None


@pytest.mark.usefixtures("asks_tantivy")
def test_who_may_not_wait_never_makes_the_second_index(sources: Sources) -> None:
    """The index has changed since, or the second was never made: FTS5 finds meanwhile."""
    with open_index(sources, engine="fts5"):
        pass
    with standing_index(sources) as index:
        assert index.large is None
    assert list(index_path(sources).parent.glob("*.tantivy")) == []


@pytest.mark.usefixtures("asks_tantivy")
def test_a_damaged_second_index_is_left_to_who_makes_it(sources: Sources) -> None:
    with open_index(sources):
        pass
    next(index_path(sources).parent.glob("*.tantivy/meta.json")).unlink()
    with standing_index(sources) as index:
        assert index.large is None
    with open_index(sources):
        pass
    with standing_index(sources) as index:
        assert index.large is not None


def test_an_engine_that_there_is_not_is_said_not_replaced(sources: Sources, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_index(sources):
        pass
    monkeypatch.setenv("GUIJU_SEARCH_ENGINE", "lucene")

    assert refusal(sources) == "E886"
