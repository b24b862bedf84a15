"""`guiju import`: a folder, what is left out of it, what can't be written, and the report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import cli

TEXT = "甲市桥梁检测奖励办法\n第一条 给予５万元。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "901.txt").write_text(TEXT, encoding="utf-8")
    return made


@pytest.fixture
def run(store: Path) -> Callable[..., Result]:
    return lambda *arguments: CliRunner().invoke(cli, ["import", *map(str, arguments), "--store", str(store)])


def test_a_folder_says_what_it_leaves_out(run, folder: Path) -> None:
    (folder / "old.doc").write_bytes(b"x")
    (folder / "more").mkdir()
    done = run(folder)

    assert done.exit_code == 0
    assert "没有读入：more（文件夹里的文件夹）" in done.stdout
    assert "没有读入：old.doc（不读这种格式）" in done.stdout
    assert "全角数字、字母 1" in done.stdout


def test_two_files_of_one_source_are_refused_before_anything_is_written(run, folder: Path, store: Path) -> None:
    (folder / "901_other.txt").write_text(TEXT, encoding="utf-8")
    done = run(folder)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E867" in done.stderr
    assert not store.exists()


def test_another_file_of_the_same_source_says_what_it_replaces(run, folder: Path) -> None:
    run(folder)
    other = folder.parent / "901_new.txt"
    other.write_text(TEXT, encoding="utf-8")

    assert "接替 901.txt" in run(other).stdout
    assert "接替" not in run(other).stdout


@pytest.mark.parametrize("kept", ["{", "[]", "{\"versions\": [{}]}", "{\"versions\": [3]}"])
def test_a_source_that_is_damaged_in_the_store(run, folder: Path, store: Path, kept: str) -> None:
    run(folder)
    (store / "901" / "source.json").write_text(kept, encoding="utf-8")
    done = run(folder / "901.txt")

    assert done.exit_code == 2
    assert "E871" in done.stderr
    assert list(store.glob(".*")) == []


def test_a_store_that_cannot_be_written(run, folder: Path, store: Path) -> None:
    store.write_text("a file where the store should be")
    done = run(folder / "901.txt")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E868" in done.stderr


def test_a_report_that_cannot_be_written(run, folder: Path) -> None:
    done = run(folder, "--report", folder / "none" / "report.txt")

    assert done.exit_code == 2
    assert "E001" in done.stderr


@pytest.mark.parametrize("name", ["none.txt", "."])
def test_nothing_to_import(run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    done = run(tmp_path / "empty" / name)

    assert done.exit_code == 2
    assert {"none.txt": "E001", ".": "E866"}[name] in done.stderr


def test_a_hash_for_each_clause(run, folder: Path, store: Path) -> None:
    run(folder)
    (clauses,) = store.glob("901/*/*/clauses.jsonl")
    rows = [json.loads(line) for line in clauses.read_text(encoding="utf-8").splitlines()]

    assert [(r["key"], r["text"], len(r["sha256"])) for r in rows] == [
        ("heading1", "甲市桥梁检测奖励办法", 64), ("第1条", "第一条 给予5万元。", 64)]
