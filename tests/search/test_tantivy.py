"""The second index: tantivy finds what FTS5 finds, follows the sources, and is asked for by name."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

QUERIES = ("检测机构 奖励 万元", "桥梁", "标准化试点 资助", "领跑者 评估机构", "“检测机构” -桥梁", "ISO 9001 认证")


def entries(found) -> set[tuple[str, str, str]]:
    return {(h["key"], h["ref"], h["place"]) for h in found["hits"]}


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("query", QUERIES)
def test_both_engines_find_the_same_entries(find, query: str) -> None:
    usual = find(query, "-n", "200")
    large = find(query, "-n", "200", "--engine", "tantivy")

    assert entries(large) == entries(usual)
    assert [h["whole"] for h in large["hits"]] == [h["whole"] for h in usual["hits"]]


@pytest.mark.usefixtures("store")
def test_filters_hold(find) -> None:
    found = find("奖励 万元", "--engine", "tantivy", "--kind", "clause", "-n", "200")

    assert {h["kind"] for h in found["hits"]} == {"clause"}
    assert entries(found) == entries(find("奖励 万元", "--kind", "clause", "-n", "200"))


def test_it_follows_the_store(bring, find, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUIJU_SEARCH_ENGINE", "tantivy")
    bring("901", "路灯维护办法\n第一条 路灯由区里维护。\n")
    assert entries(find("融雪盐")) == set()
    bring("902", "桥面养护办法\n第一条 冬季融雪盐不得过量。\n")

    assert {place for _, _, place in entries(find("融雪盐"))} == {"902:2"}
    assert len(list(data.rglob("*.tantivy"))) == 1


def test_an_engine_that_is_not_there_is_named(run, monkeypatch: pytest.MonkeyPatch) -> None:
    unknown = run("公示", "--engine", "lucene")
    assert (unknown.exit_code, "E886" in unknown.stderr, "fts5、tantivy" in unknown.stderr) == (2, True, True)

    monkeypatch.setitem(sys.modules, "tantivy", None)
    without = run("公示", "--engine", "tantivy")
    assert (without.exit_code, "guiju[tantivy]" in without.stderr) == (2, True)


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("damage", [
    lambda folder: (folder / "meta.json").unlink(),
    lambda folder: [file.write_bytes(b"") for file in folder.glob("*.term")],
    lambda folder: (shutil.rmtree(folder), folder.mkdir()),
    lambda folder: (shutil.rmtree(folder), folder.write_text("a file", encoding="utf-8")),
], ids=["no meta", "a file emptied", "nothing in it", "no folder"])
def test_a_second_index_that_cannot_be_opened_is_made_again(find, data: Path, damage: Callable[[Path], object]) -> None:
    whole = find("奖励 万元", "--engine", "tantivy")
    damage(next(data.rglob("*.tantivy")))

    assert find("奖励 万元", "--engine", "tantivy") == whole


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize("ending", ["store", "term"])
def test_damage_that_shows_while_reading_is_taken_away(run, find, data: Path, ending: str) -> None:
    whole = find("奖励 万元", "--engine", "tantivy")
    spoil(next(next(data.rglob("*.tantivy")).glob(f"*.{ending}")))

    refused = run("奖励 万元", "--engine", "tantivy")

    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "E888  索引损坏了，已经删去；请再找一次" in refused.stderr
    assert find("奖励 万元", "--engine", "tantivy") == whole


def spoil(file: Path) -> None:
    """Everything but the ends, where what is checked at opening stands."""
    held = file.read_bytes()
    edge = len(held) // 8
    file.chmod(0o600)
    file.write_bytes(held[:edge] + b"\xa5" * (len(held) - edge - 200) + held[-200:])
