"""The source texts, where they lie beside the repository: what they hold is known, and must be found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guiju.documents.importing import Imported, import_file
from guiju.documents.report import survey
from guiju.documents.store import documents, original_lines


@pytest.fixture
def compilation(seeds: Path, store: Path) -> Imported:
    return import_file(next(seeds.glob("004_*.txt")), store)


def test_the_compilation_says_42_lists_38_heads_42_and_holds_43(compilation: Imported) -> None:
    found = survey(compilation)
    assert found["stated"] == [[10, 42]] or found["stated"] == [(10, 42)]
    assert (found["listed"], found["numbered"], found["found"]) == (38, 42, 43)
    assert found["contents"] == [{"count": 16, "missing": [8, 12, 13, 14, 18], "twice": [20]},
                                 {"count": 22, "missing": [], "twice": []}]
    assert found["headings"] == [{"count": 20, "missing": [14], "twice": [20]},
                                 {"count": 22, "missing": [], "twice": []}]
    assert [line for line, _ in found["unnumbered"]] == [1917]
    kinds = [d["kind"] for d in compilation.documents]
    assert (kinds.count("document"), kinds.count("front")) == (43, 1)
    assert len([d for d in compilation.documents if "published" in d["dates"]]) == 41
    assert [d["number"] for d in compilation.documents if d["number"]] == [
        "国市监标准〔2018〕84号", "国标委联〔2022〕6号", "市监标创函[2022]399号"]


def test_articles_of_the_four_policies(compilation: Imported) -> None:
    articles = {d["title"]: d["clauses"].get("条", 0) for d in compilation.documents}
    assert articles["标准化资助项目与资金管理办法（试行）"] == 33
    assert articles["优质中小企业梯度培育管理暂行办法"] == 23
    assert articles["国家标准管理办法"] == 46
    assert articles["海南省标准化管理办法"] == 53


def test_every_line_of_every_seed_can_be_had_back(seeds: Path, store: Path) -> None:
    for seed in sorted(seeds.glob("*.txt")):
        import_file(seed, store)
    got: dict[str, dict[int, str]] = {}
    for document in documents(store):
        got.setdefault(document.source, {}).update(original_lines(document))
    for seed in sorted(seeds.glob("*.txt")):
        lines = seed.read_text(encoding="utf-8").split("\n")
        assert [got[seed.name[:3]].get(n, "") for n in range(1, len(lines) + 1)] == lines


def test_the_advertisement_loses_its_pinyin_and_traditional_characters(seeds: Path, store: Path) -> None:
    pytest.importorskip("opencc")
    done = import_file(next(seeds.glob("003_*.txt")), store)
    assert done.repairs["pinyin"] == 170
    (document,) = documents(store)
    text = "".join(c.text for c in document.clauses())
    assert [c for c in "發設質標準實驗關" if c in text] == []
    assert json.loads((document.folder / "document.json").read_text())["number"] == ""
