"""A budget over what `match` wrote: as over the data, byte for byte; ceilings and what is set elsewhere said for what
they are; results of another question refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from test_payable import POLICY, RULES

from guiju.cli.main import cli

WAN = 1_000_000  # fen
Run = Callable[..., Result]
STANDARDS = {"甲": ["国家标准"], "乙": ["国际标准", "国家标准"], "丙": ["国际标准"], "丁": ["行业标准"], "戊": [""],
             "己": []}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command about populations, with a prize of one town as all policies."""
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.delenv("GUIJU_LANG", raising=False)
    monkeypatch.setattr("guiju.population.files.source.CHUNK", 2)
    (tmp_path / "town/prize").mkdir(parents=True)
    scored = POLICY + "region: '12'\n"
    (tmp_path / "town/prize/policy.yaml").write_text(scored, encoding="utf-8")
    (tmp_path / "town/prize/rules.yaml").write_text(RULES, encoding="utf-8")

    def invoke(command: str, *words: object, on: str = "2024-06-30") -> Result:
        day = ["--on", on] if on else []
        return CliRunner().invoke(cli, ["population", command, *map(str, words), "--policies", str(tmp_path), *day])
    return invoke


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Six organisations: 10 万元 fixed; 10 万元 and a ceiling of 20; a ceiling of 20; set elsewhere; in doubt; nothing.
    丙 is registered in another region."""
    folder = tmp_path / "data"
    folder.mkdir()
    heading = "organisation,注册地,上年度营业收入[万元],职工总数,境内工商登记\n"
    (folder / "organisations.csv").write_text(heading + "".join(
        f"{name},{'370000' if name == '丙' else '120103'},600,{50 + place},true\n"
        for place, name in enumerate(STANDARDS)), encoding="utf-8")
    (folder / "standard.csv").write_text("organisation,级别\n" + "".join(
        f"{name},{level}\n" for name, levels in STANDARDS.items() for level in levels), encoding="utf-8")
    return folder


@pytest.fixture
def results(run: Run, data: Path, tmp_path: Path) -> Path:
    done = run("match", data, "--out", tmp_path / "out", "--policy", "town/prize", "--workers", 1)
    assert done.exit_code == 0, done.output
    return tmp_path / "out"


def asked(*how: object) -> list[object]:
    return ["-p", "town/prize", *how]


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_the_screen_and_the_receipt_of_match_tell_ceilings_and_what_is_set_elsewhere(run: Run, data: Path,
                                                                                     tmp_path: Path) -> None:
    done = run("match", data, "--out", tmp_path / "out", "--policy", "town/prize", "--workers", 1)
    count = json.loads((tmp_path / "out/run.json").read_text("utf-8"))["policies"]["town/prize"]

    assert (count["low"], count["high"], count["ceilings"], count["elsewhere"]) == (20 * WAN, 90 * WAN, 2, 1)
    said = "".join(done.output.split())
    assert "共20万元至90万元（2家的是上限，实际由评审定，1家的金额由别的文件定、不在内）" in said


@pytest.mark.parametrize("how", [
    ["--by", "equal", "--budget", "45万元"], ["--by", "pro-rata", "--budget", "33.33万元"],
    ["--by", "equal", "--budget", "45万元", "--reserve"], ["--by", "rank", "--rank-by", "amount", "--budget", "10万元"],
    ["--by", "rank", "--ranking", "RANKING", "--budget", "25万元"],
    ["--by", "quota", "--ranking", "RANKING", "--quota", "2"]], ids=" ".join)
def test_results_are_shared_as_the_data_are_byte_for_byte(run: Run, data: Path, results: Path, tmp_path: Path,
                                                          how: list[str]) -> None:
    (tmp_path / "ranking.csv").write_text("甲,80\n乙,90\n丙,80\n", encoding="utf-8")
    words = asked(*(str(tmp_path / "ranking.csv") if word == "RANKING" else word for word in how))
    answers = []
    for source in (data, results):
        listed = tmp_path / f"{source.name}.parquet"
        done = [run("budget", source, *words, "-o", listed, *form)
                for form in (["--format", "json"], [], ["--lang", "en"])]
        answers.append(([(d.exit_code, d.output) for d in done], listed.read_bytes()))

    assert answers[0] == answers[1]
    assert [code for code, _ in answers[0][0]] == [0, 0, 0]


def test_a_ceiling_is_kept_and_not_granted_in_full(run: Run, results: Path, tmp_path: Path) -> None:
    how = asked("--by", "equal", "--budget", "45万元", "-o", tmp_path / "list.parquet")
    found = document(run("budget", results, *how, "--format", "json"))
    words = run("budget", results, *how).output
    rows = {row["organisation"]: row for row in pq.read_table(tmp_path / "list.parquet").to_pylist()}

    assert found["ceilings"] == {"claimants": 2, "claimed": 50 * WAN, "granted_to": 2, "granted": 35 * WAN}
    assert (found["claimed"], found["granted"], found["elsewhere"], found["refused"]) == (60 * WAN, 45 * WAN, 1, 1)
    assert "（其中 2 家是上限，最多 35 万元，实际由评审定）" in words
    assert {name: (row["ceiling"], row["state"], row["granted"]) for name, row in rows.items()} == {
        "甲": (False, "full", 10 * WAN), "乙": (True, "part", 17 * WAN + WAN // 2),
        "丙": (True, "part", 17 * WAN + WAN // 2), "戊": (False, "undecided", 0)}


def test_a_ceiling_that_the_budget_holds_is_worded_so(run: Run, results: Path) -> None:
    how = asked("--by", "rank", "--rank-by", "amount", "--budget", "90万元")
    words = run("budget", results, *asked("--by", "equal", "--budget", "90万元")).output
    undecided = document(run("budget", results, *how, "--format", "json"))

    assert ["按上限留足，实际由评审定", "2"] in [line.split() for line in words.splitlines()]
    assert "乙  按上限留足，实际由评审定  30 万元 / 至多 30 万元" in words
    assert undecided["counts"]["undecided"] == 3  # of a ceiling nobody knows the amount: it can't be ranked by


def test_who_was_not_asked_is_said(run: Run, data: Path, tmp_path: Path) -> None:
    run("match", data, "--out", tmp_path / "all", "--workers", 1)  # no policy is named: other regions are set apart
    how = asked("--by", "equal", "--budget", "90万元", "--format", "json")
    everybody, asked_then = document(run("budget", data, *how)), document(run("budget", tmp_path / "all", *how))

    assert (everybody["other_region"], everybody["claimed"]) == (0, 60 * WAN)
    assert (asked_then["other_region"], asked_then["claimed"], asked_then["refused"]) == (1, 40 * WAN, 1)


def test_the_day_of_results_is_that_of_their_run(run: Run, results: Path) -> None:
    done = run("budget", results, *asked("--by", "equal", "--budget", "90万元", "--format", "json"), on="")

    assert document(done)["as_of"] == "2024-06-30"


@pytest.mark.parametrize(("how", "on", "words"), [
    ([], "2024-07-01", "日子"), (["--presume"], "2024-06-30", "--presume"),
    (["--by", "pool", "--pool", "K", "--share", "equal"], "2024-06-30", "E976")])
def test_results_of_another_question_are_refused(run: Run, results: Path, how: list[str], on: str, words: str) -> None:
    usual = ["--by", "rank", "--budget", "90万元", "--rank-by", "amount"]
    done = run("budget", results, *asked(*([] if "--by" in how else usual), *how), on=on)

    assert done.exit_code == 2
    assert words in done.output


@pytest.mark.parametrize(("how", "zh", "en"), [
    (["--by", "rank", "--rank-by", "职工总数"], "没有“职工总数”", "not 'employees'"),
    (["--by", "equal", "--region", "天津市"], "没有各单位的登记地", "not where organisations are registered")])
def test_what_results_do_not_hold_is_had_from_the_data_as_the_refusal_says(run: Run, data: Path, results: Path,
                                                                           how: list[str], zh: str, en: str) -> None:
    words = asked("--budget", "90万元", *how)
    for language, said in (("zh", zh), ("en", en)):
        refused = run("budget", results, *words, "--lang", language, on="")
        assert (refused.exit_code, refused.stdout, "E978" in refused.output) == (2, "", True)
        for word in (said, "organisations.csv", "standard.csv", str(results), "--on 2024-06-30"):
            assert word in refused.output
    assert run("budget", data, *words).exit_code == 0


def test_only_a_budget_takes_results(run: Run, results: Path) -> None:
    for language, said in (("zh", "这里是 match 的结果"), ("en", "these are results of match")):
        done = run("near", "town/prize", results, "--lang", language)
        assert (done.exit_code, "E900" in done.output, said in done.output) == (2, True, True)


def test_results_of_other_rules_are_refused(run: Run, results: Path, tmp_path: Path) -> None:
    rules = tmp_path / "town/prize/rules.yaml"
    rules.write_text(rules.read_text("utf-8").replace("10 万元", "11 万元"), encoding="utf-8")
    done = run("budget", results, *asked("--by", "equal", "--budget", "90万元"))

    assert (done.exit_code, "E922" in done.output, "规则" in done.output) == (2, True, True)


def test_results_that_are_not_whole_or_were_changed_are_refused(run: Run, results: Path) -> None:
    how = asked("--by", "equal", "--budget", "90万元")
    chunk = results / "chunks/00001.parquet"
    written = chunk.read_bytes()
    chunk.write_bytes(written + b" ")
    changed = run("budget", results, *how)
    chunk.write_bytes(written)
    receipt = results / "run.json"
    said = receipt.read_text("utf-8")
    receipt.write_text(said.replace('"presuming": false', '"presuming": true'), "utf-8")
    forged = run("budget", results, *how)
    receipt.unlink()
    unfinished = run("budget", results, *how)

    for done, words in ((changed, "00001.parquet"), (forged, "凭据"), (unfinished, "没有做完")):
        assert (done.exit_code, "E922" in done.output) == (2, True)
        assert words in done.output
