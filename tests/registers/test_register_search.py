"""Search over registers: what is found, under which kind, and that the index follows the files."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_register import WHOLE, write

from guiju.search.index import open_index
from guiju.search.query import read_query
from guiju.search.ranking import Filters, Hit, search
from guiju.search.sources import Sources, broken_words
from guiju.search.words import Cutter


@pytest.fixture
def sources(tmp_path: Path, library: Path) -> Sources:
    """The register of our own, no policies, no texts."""
    (tmp_path / "policies").mkdir()
    return Sources(tmp_path / "nothing", tmp_path / "policies", library)


def hits(sources: Sources, words: str, *kinds: str, region: str = "", path: Path | None = None) -> list[Hit]:
    again = Sources(sources.store, sources.folder, sources.registers)
    with open_index(again, path=path or sources.folder.parent / "index.sqlite") as index:
        query = read_query(words, Cutter(index.dictionary))
        return search(index, query, Filters(kinds, region, None, None), 10)


def test_a_task_and_a_target_are_found_in_their_words(sources: Sources) -> None:
    (task,) = hits(sources, "“桥梁检测规程”", "task")
    first = hits(sources, "检测合格率", "target")[0]

    assert (task.key, task.ref, task.place, task.region) == ("own/bridges-2021", "T1", "900:7", "11")
    assert "市质监局" in task.context.text
    assert (first.kind, first.ref) == ("target", "K1")
    assert "≥ 95%" in first.context.text


def test_the_document_and_its_clauses_are_found_where_there_is_no_text(sources: Sources) -> None:
    assert [(h.kind, h.ref) for h in hits(sources, "三年计划", "register")] == [("register", "own/bridges-2021")]
    assert [h.ref for h in hits(sources, "规程", "summary")] == ["二(一)"]


def test_where_there_is_a_text_its_own_clauses_are_found_and_not_our_names_of_them(sources: Sources,
                                                                                   store: Path) -> None:
    with_texts = Sources(store, sources.folder, sources.registers)

    assert hits(with_texts, "规程", "summary") == []
    assert {h.kind for h in hits(with_texts, "“检测规程”")} == {"clause", "task"}


def test_a_region_chooses_among_registers_too(sources: Sources) -> None:
    assert hits(sources, "检测合格率", region="11")
    assert hits(sources, "检测合格率", region="46") == []


def test_the_index_follows_the_files_and_names_what_it_could_not_read(sources: Sources, tmp_path: Path) -> None:
    assert len(hits(sources, "“桥梁检测规程”", "task")) == 1
    write(tmp_path, WHOLE.replace("桥梁检测规程", "隧道检测规程"))
    assert hits(sources, "“隧道检测规程”", "task")[0].ref == "T1"
    write(tmp_path, WHOLE.replace("verb: 制定, ", ""))
    assert hits(sources, "“隧道检测规程”", "task") == []
    with open_index(sources, path=sources.folder.parent / "index.sqlite") as index:
        (told,) = broken_words(index.broken, index.unread)
    assert "guiju register check own/bridges-2021" in told.zh
