"""Questions asked of one region alone: who is registered elsewhere, or nobody knows where, is counted and left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import cli
from guiju.language.library import load_library

ZAOZHUANG, TIERS = "shandong/zaozhuang-standardisation-fund-2018", "national/sme-tiers-2022"
LAW, LAW_OF_TIERS = ["--on", "2020-11-10", "--presume"], ["--on", "2022-09-01", "--goal", "specialised"]
REGIONS = {"丁": "370402", "丙": "370402", "乙": "3704", "己": None, "戊": "110101", "甲": "37"}
STANDARDS = ["丙", "乙", "乙", "戊", "甲", "甲", "甲", "己"]
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GUIJU_LANG", raising=False)
    monkeypatch.setattr("guiju.population.files.source.CHUNK", 2)
    return lambda *words: CliRunner().invoke(cli, ["population", *map(str, words)])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three in the city of Zaozhuang, one of them somewhere in it; one in Beijing; one somewhere in the province, one
    of whom nothing is known. Their standards are worth 20 万元 each."""
    folder, count = tmp_path / "data", len(STANDARDS)
    folder.mkdir()
    for record in {b.record for b in load_library().policy(ZAOZHUANG).benefits if b.record} - {"standard"}:
        pq.write_table(pa.table({"organisation": pa.array([], pa.string())}), folder / f"{record}.parquet")
    everybody = {"organisation": list(REGIONS), "region": list(REGIONS.values()), "employees": [5, 20, 30, 9, 5, 20]}
    standards = {"organisation": STANDARDS, "number": [f"N{n}" for n in range(count)], "level": ["industry"] * count,
                 "action": ["made"] * count, "rank": [1] * count, "published_on": ["2020-06-01"] * count,
                 "like_award": [0] * count}
    pq.write_table(pa.table(everybody), folder / "organisations.parquet")
    pq.write_table(pa.table(standards), folder / "standard.parquet")
    return folder


def asked(command: str, data: Path) -> list[object]:
    return {"near": ["near", ZAOZHUANG, data, *LAW], "rank": ["rank", TIERS, data, *LAW_OF_TIERS],
            "overlap": ["overlap", data, "-p", ZAOZHUANG, *LAW],
            "budget": ["budget", data, "-p", ZAOZHUANG, *LAW, "--by", "equal", "--budget", "100万元"]}[command]


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


QUESTIONS = ("near", "rank", "overlap", "budget")


@pytest.mark.parametrize("command", QUESTIONS)
def test_a_region_is_asked_alone_and_the_others_are_counted(run: Run, data: Path, command: str) -> None:
    found = document(run(*asked(command, data), "--region", "枣庄", "--format", "json"))

    assert found["region"] == {"code": "370400", "organisations": 3, "other_region": 1, "unknown": 2}
    everybody = found["goals"][0]["organisations"] if command == "near" else found["organisations"]
    assert everybody == 3


@pytest.mark.parametrize("command", QUESTIONS)
def test_without_a_region_everybody_is_asked(run: Run, data: Path, command: str) -> None:
    found = document(run(*asked(command, data), "--format", "json"))

    assert found["region"] is None
    assert (found["goals"][0]["organisations"] if command == "near" else found["organisations"]) == 6


@pytest.mark.parametrize("command", QUESTIONS)
def test_who_is_left_out_is_said_in_both_languages(run: Run, data: Path, command: str) -> None:
    zh, en = (run(*asked(command, data), "--region", "3704", "--lang", language) for language in ("zh", "en"))

    assert (zh.exit_code, en.exit_code) == (0, 0), zh.output + en.output
    assert "只看登记在山东省枣庄市的 3 家；没有算的：登记在外地的 1 家" in zh.output
    assert "另有 2 家登记地未知，或只知大概，也没有算：补上 region 再问" in zh.output
    assert "left out: 1 registered elsewhere" in en.output
    assert "left out, too: 2 whose place is not known, or not closely enough" in en.output


def test_a_region_is_answered_as_its_organisations_alone_would_be(run: Run, data: Path, tmp_path: Path) -> None:
    lists = []
    for name, more in (("all", []), ("city", ["--region", "370400"]), ("province", ["--region", "山东省"])):
        done = run(*asked("budget", data), "-o", tmp_path / f"{name}.csv", *more)
        assert done.exit_code == 0, done.output
        rows = pyarrow.csv.read_csv(tmp_path / f"{name}.csv").to_pylist()
        lists.append({row["organisation"]: row["claim_low"] // 10 ** 6 for row in rows})

    assert lists == [{"丙": 20, "乙": 40, "己": 20, "甲": 60}, {"丙": 20, "乙": 40}, {"丙": 20, "乙": 40, "甲": 60}]


def test_a_region_where_nobody_is_has_an_empty_answer(run: Run, data: Path) -> None:
    for command in QUESTIONS:
        found = document(run(*asked(command, data), "--region", "广东省", "--format", "json"))
        assert found["region"] == {"code": "440000", "organisations": 0, "other_region": 5, "unknown": 1}


def test_data_without_places_say_that_nobodys_is_known(run: Run, data: Path) -> None:
    pq.write_table(pq.read_table(data / "organisations.parquet").drop_columns(["region"]),
                   data / "organisations.parquet")
    found = document(run(*asked("near", data), "--region", "枣庄市", "--format", "json"))
    assert found["region"] == {"code": "370400", "organisations": 0, "other_region": 0, "unknown": 6}


@pytest.mark.parametrize(("word", "zh", "en"), [
    ("枣壮市", "是不是“枣庄市”", "did you mean"),
    ("999999", "不是行政区划代码", "no GB/T 2260 code"),
    ("120199", "代码表里没有“120199”", "the table of places does not hold '120199'"),
    ("河西区", "天津市河西区（120103）", "give the province or the code"),
])
def test_an_unknown_region_is_refused(run: Run, data: Path, word: str, zh: str, en: str) -> None:
    for language, words in (("zh", zh), ("en", en)):
        answer = run(*asked("rank", data), "--region", word, "--lang", language)
        assert (answer.exit_code, answer.stdout) == (2, "")
        assert f"--region {word}  E112" in answer.output
        assert words in answer.output
