"""`guiju population budget`, `rank`, `near`, `overlap`: from tables on disk to words, JSON and lists."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import cli
from guiju.language.ir import walk
from guiju.language.library import load_library
from guiju.language.policy import Policy

ZAOZHUANG = "shandong/zaozhuang-standardisation-fund-2018"
HUANGPU, TIERS = "guangdong/huangpu-quality-fund-2019", "national/sme-tiers-2022"
WAN = 1_000_000  # fen
BASE = ["--on", "2020-11-10", "--presume"]
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("GUIJU_LANG", raising=False)
    return lambda *arguments: CliRunner().invoke(cli, ["population", *map(str, arguments)])


def write(folder: Path, policy: Policy, organisations: dict[str, list[Any]], **records: dict[str, list[Any]]) -> Path:
    """Tables of a population; record sets that are not given are known to be empty."""
    for record in {b.record for b in policy.benefits if b.record} - set(records):
        pq.write_table(pa.table({"organisation": pa.array([], pa.string())}), folder / f"{record}.parquet")
    for name, columns in {"organisations": organisations, **records}.items():
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    return folder


@pytest.fixture
def fund(tmp_path: Path) -> Path:
    """Four organisations and their industry standards of 2020, worth 20 万元 each in Zaozhuang: 3, 2, 1 and none; and
    one that is registered elsewhere."""
    owners = ["丙", "乙", "乙", "戊", "甲", "甲", "甲"]
    count = len(owners)
    folder = tmp_path / "data"
    folder.mkdir()
    return write(folder, load_library().policy(ZAOZHUANG),
                 {"organisation": ["丁", "丙", "乙", "戊", "甲"], "region": ["370402"] * 3 + ["110101", "370402"],
                  "employees": [5, 20, 30, 5, 20]},
                 standard={"organisation": owners, "number": [f"N{n}" for n in range(count)],
                           "level": ["industry"] * count, "action": ["made"] * count, "rank": [1] * count,
                           "published_on": ["2020-06-01"] * count, "like_award": [0] * count})


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def rows(path: Path) -> dict[str, dict[str, Any]]:
    return {row["organisation"]: row for row in pyarrow.csv.read_csv(path).to_pylist()}


def test_a_budget_is_shared_to_the_fen_and_listed(run: Run, fund: Path, tmp_path: Path) -> None:
    out = tmp_path / "shares.csv"
    found = document(run("budget", fund, "-p", ZAOZHUANG, *BASE, "--budget", "100万元", "--by", "equal", "-o", out,
                         "--format", "json"))

    assert (found["contract"], found["claimed"], found["granted"], found["left"]) == (1, 120 * WAN, 100 * WAN, 0)
    assert (found["organisations"], found["refused"], found["rule"]["chosen_by"]) == (5, 2, "officer")
    assert {name: (row["state"], row["granted"]) for name, row in rows(out).items()} == {
        "丙": ("full", 20 * WAN), "乙": ("full", 40 * WAN), "甲": ("part", 40 * WAN)}


def test_equals_on_the_line_wait_for_a_decision_or_go_as_chosen(run: Run, fund: Path) -> None:
    asked = ["budget", fund, "-p", ZAOZHUANG, *BASE, "--budget", "100万元", "--by", "rank", "--rank-by", "employees",
             "--format", "json"]
    held, shared = document(run(*asked)), document(run(*asked, "--line", "pro-rata"))

    assert (held["granted"], held["held"], held["counts"]["open"]) == (40 * WAN, 60 * WAN, 2)
    assert [(r["organisation"], r["granted"]) for r in shared["shown"]] == [
        ("乙", 40 * WAN), ("丙", 15 * WAN), ("甲", 45 * WAN)]


def test_a_list_of_the_reviewers_ranks_and_who_is_not_on_it_stays_undecided(run: Run, fund: Path,
                                                                            tmp_path: Path) -> None:
    ranking = tmp_path / "ranking.csv"
    ranking.write_text("单位,得分\n甲,88.5\n丙,91\n庚,99\n", encoding="utf-8")
    done = run("budget", fund, "-p", ZAOZHUANG, *BASE, "--by", "quota", "--quota", 1, "--ranking", ranking, "--format",
               "json")
    found = document(done)

    assert "有 1 家不在数据里" in done.stderr
    assert [(r["organisation"], r["state"]) for r in found["shown"]] == [("丙", "full"), ("甲", "beyond")]
    assert (found["counts"]["undecided"], found["undecided"]["high"]) == (1, 40 * WAN)


def test_money_is_kept_for_the_undecided_where_that_is_asked(run: Run, fund: Path) -> None:
    rows = pq.read_table(fund / "standard.parquet").to_pydict()
    rows["like_award"][1] = None  # what 乙 received before for one standard is not known any more
    pq.write_table(pa.table(rows), fund / "standard.parquet")
    asked = ["budget", fund, "-p", ZAOZHUANG, *BASE, "--budget", "100万元", "--by", "equal", "--format", "json"]
    apart, kept = document(run(*asked)), document(run(*asked, "--reserve"))

    assert (apart["granted"], apart["undecided"]["high"], apart["counts"]["undecided"]) == (80 * WAN, 40 * WAN, 1)
    assert (kept["granted"], kept["reserved"], kept["left"]) == (60 * WAN, 40 * WAN, 0)


def test_no_money_can_be_kept_for_what_nothing_bounds(run: Run, fund: Path) -> None:
    (fund / "pilot.parquet").unlink()  # nobody's pilots are known: any number of them
    done = run("budget", fund, "-p", ZAOZHUANG, *BASE, "--budget", "100万元", "--by", "equal", "--reserve")

    assert (done.exit_code, "E977" in done.stderr) == (2, True)


def test_the_words_say_whose_choice_it_was(run: Run, fund: Path) -> None:
    asked = ["budget", fund, "-p", ZAOZHUANG, *BASE, "--budget", "30万元", "--by", "pro-rata"]
    zh, en = run(*asked).stdout, run(*asked, "--lang", "en").stdout

    assert "分法：按比例（分法由经办人选定，条文没有规定；没有一条规定按比例压减）" in zh
    assert "各家分得：按单位编号的前几家" in zh  # nobody has a place, so there is no last one
    assert "末一名" not in zh
    assert re.findall("  (.)  一部分", zh) == ["丙", "乙", "甲"]
    assert "no clause cuts in proportion" in en


def test_a_pool_of_the_policy_pays_from_its_own_room(run: Run, tmp_path: Path) -> None:
    owners = [f"U{n:02}" for n in range(12)]
    out = tmp_path / "out"
    write(tmp_path, load_library().policy(HUANGPU), {"organisation": owners, "region": ["440112"] * 12},
          quality_promotion={"organisation": owners, "title": owners, "selected": [True] * 12,
                             "promoter": ["park"] * 12, "done_on": ["2021-03-01"] * 12,
                             "district_money": [0] * 12})
    asked = ["budget", tmp_path, "-p", HUANGPU, "--on", "2021-06-01", "--presume", "--by", "pool", "--pool",
             "K-HP-14", "--format", "json"]
    found = document(run(*asked, "--share", "equal"))

    assert (found["claimed"], found["granted"], found["rule"]["clauses"]) == (120 * WAN, 100 * WAN, ["九(四)3"])
    assert run(*asked).exit_code == 2  # the text says a total and not how it is shared
    assert re.search(r"还要给 --pool；可用：.*K-HP-14（", run(*asked[:9]).output)
    assert run("match", tmp_path, "--out", out, "-p", HUANGPU, "--on", "2021-06-01", "--presume").exit_code == 0
    of_results = run("budget", out, *asked[2:], "--share", "equal")
    assert (of_results.exit_code, "E978" in of_results.output) == (2, True)
    assert "organisations.parquet" in of_results.output


@pytest.mark.parametrize(("options", "words"), [
    (["--by", "equal"], "--budget"), (["--by", "quota"], "--quota"), (["--by", "pool", "--pool", "K"], "--share"),
    (["--by", "rank", "--budget", "1万元"], "--rank-by"), (["--by", "equal", "--budget", "一堆"], "一堆"),
    (["--by", "equal", "--budget", "1万元", "--quota", "3"], "--quota"),
    (["--by", "equal", "--budget", "5000000"], "E107  没有单位；写成 5000000元 或 5000000万元"),
    (["--by", "rank", "--budget", "1万元", "--rank-by", "organisation_name"], "organisation_name")])
def test_what_a_way_of_sharing_lacks_is_said(run: Run, fund: Path, options: list[str], words: str) -> None:
    done = run("budget", fund, "-p", ZAOZHUANG, *BASE, *options)

    assert done.exit_code == 2
    assert words in done.output


def test_one_more_record_is_a_change(run: Run, fund: Path, tmp_path: Path) -> None:
    out = tmp_path / "near.csv"
    found = document(run("near", ZAOZHUANG, fund, *BASE, "-o", out, "--format", "json"))["goals"][0]
    words = run("near", ZAOZHUANG, fund, *BASE).stdout

    assert (found["holding"], found["failing"], found["near"]) == (3, 2, 1)
    assert {row["organisation"] for row in found["shown"]} == {"丁"}
    assert {c["target"]: c["surely"] + c["possibly"] for c in found["changes"]}["standard"] == 1
    assert "丁  多 1 项标准：" in words
    assert "；补上：有了可付钱的一条（" in words
    listed = pyarrow.csv.read_csv(out).to_pylist()
    assert sorted(row["target"] for row in listed) == sorted(c["target"] for c in found["changes"])
    assert {(row["mends"], row["mends_en"], bool(row["clauses"])) for row in [*listed, *found["shown"]]} == {
        ("有了可付钱的一条", "there is something to pay for", True)}


def test_records_that_one_policy_pays_for_are_counted(run: Run, fund: Path) -> None:
    found = document(run("overlap", fund, "-p", ZAOZHUANG, *BASE, "--format", "json"))

    assert {(r["record"], r["surely"]) for r in found["records"] if r["surely"]} == {("standard", 6)}
    assert found["pairs"] == []
    assert "付钱的记录" in run("overlap", fund, "-p", ZAOZHUANG, *BASE).stdout


def test_records_on_which_an_exclusion_bites_are_listed_with_rule_and_clause(run: Run, fund: Path,
                                                                            tmp_path: Path) -> None:
    table = pq.read_table(fund / "standard.parquet").to_pydict()
    table["like_award"][0] = 3 * WAN
    pq.write_table(pa.table(table), fund / "standard.parquet")
    out = tmp_path / "overlap.csv"
    done = run("overlap", fund, "-p", ZAOZHUANG, *BASE, "-o", out)

    assert pyarrow.csv.read_csv(out).to_pylist() == [
        {"organisation": "丙", "record": "standard", "key": "N0", "policy": ZAOZHUANG, "how": "reduced", "surely": True,
         "low": 3 * WAN, "high": 3 * WAN, "rules": "ZAO-C05a", "clauses": "第八条"}]
    assert "枣庄市标准化战略奖励办法：ZAO-C05a 标准已获同类资助（第八条）" in done.stdout
    assert "扣减 1 条，可能另有 0 条；3 万元" in done.stdout


def test_a_list_by_score_has_the_policys_line_or_the_one_that_is_given(run: Run, tmp_path: Path) -> None:
    policy = load_library().policy(TIERS)
    write(tmp_path, policy, {"organisation": ["A", "B", "C"], "revenue_y1": [10 ** 9] * 3,
                             "rd_y1": [5 * 10 ** 7, 10 ** 7, 5 * 10 ** 7]})
    (tmp_path / "lists").mkdir()
    out = tmp_path / "lists" / "rank.csv"
    asked = ["rank", TIERS, tmp_path, "--on", "2022-09-01", "--goal", "innovative", "--format", "json", "-o", out]
    own, given = document(run(*asked)), document(run(*asked, "--places", "1"))

    assert own["line"] == {"points": 60, "reached": True, "condition": "I1.total", "clauses": ["附1一"]}
    assert [row["organisation"] for row in own["top"]] == ["A", "C", "B"]
    assert own["top"][0]["points_high"] > own["top"][2]["points_high"]
    assert (given["above"], given["possibly_above"], given["places"], given["line"]) == (0, 3, 1, None)
    assert [(name, row["side"], row["place_first"]) for name, row in rows(out).items()] == [
        ("A", "possibly", 1), ("B", "possibly", 1), ("C", "possibly", 1)]
    assert run(*asked, "--places", "1", "--line", "60").exit_code == 2
    words = run("rank", TIERS, tmp_path, "--on", "2022-09-01", "--goal", "innovative", "--line", "20").stdout
    assert re.findall("线的附近：(.*)的\n", words) == ["一定在线上", "可能在线上"]


def test_who_is_one_step_away_is_told_with_the_condition_and_its_clause(run: Run, tmp_path: Path) -> None:
    policy = load_library().policy(TIERS)
    goal = next(g for g in policy.goals if g.id == "innovative")
    facts = {node.args[0] for node in walk(goal.node) if node.op == "fact"}
    known = {"on_abnormal_list": [True]} | {id_: [False] for id_ in (
        "on_serious_violation_list", "false_material") if id_ in facts}
    write(tmp_path, policy, {"organisation": ["A"], **known})
    asked = ["near", TIERS, tmp_path, "--on", "2022-09-01", "--goal", "innovative", "--presume"]
    found = document(run(*asked, "--format", "json"))["goals"][0]

    assert [(row["target"], row["clauses"]) for row in found["shown"]] == [("on_abnormal_list", "第三条")]
    assert found["changes"][0]["mends"]
    assert "基本条件（第三条）" in run(*asked).stdout
    assert "basic conditions (art. 3)" in run(*asked, "--lang", "en").stdout


def test_a_day_on_which_the_policy_does_not_hold_is_refused(run: Run, fund: Path) -> None:
    done = run("near", ZAOZHUANG, fund, "--on", "2030-01-01")

    assert (done.exit_code, "E918" in done.output) == (2, True)


def test_a_day_before_the_policy_is_refused_with_the_option_that_the_command_has(run: Run, fund: Path) -> None:
    done = run("rank", TIERS, fund, "--on", "2000-01-01")

    assert done.exit_code == 2
    assert "E142" in done.output
    assert "用 --on 换一个日期" in done.output


@pytest.mark.parametrize(("options", "words"), [
    (["rank", TIERS, "DATA", "--places", "0"], "--places 不对：应是整数，至少为 1"),
    (["budget", "DATA", "-p", TIERS, "--by", "quota", "--quota", "0"], "--quota 不对：应是整数，至少为 1"),
    (["rank", TIERS, "DATA", "--top", "2000"], "--top 不对：应是 0 到 1000 的整数")])
def test_a_number_out_of_its_range_is_told_the_range(run: Run, options: list[str], words: str) -> None:
    done = run(*options)

    assert done.exit_code == 2
    assert words in done.output
