"""`guiju register` and `guiju cover` as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from sample_register import WHOLE, write

from guiju.registers.library import installed_registers

Run = Callable[..., Result]


def groups(run: Run, library: Path, *more: str) -> dict[str, list[str]]:
    """The ids that `due` puts into each of its groups."""
    said = json.loads(run("register", "due", "--registers", library, "--json", *more).stdout)
    return {name: [(item["task"] or item["target"])["id"] for item in said[name]]
            for name in ("ahead", "passed", "without_end")}


def test_the_list_says_what_each_document_holds(run: Run, library: Path) -> None:
    said = run("register", "list", "--registers", library).stdout

    assert "甲市桥梁检测三年计划" in said
    assert "北京市 · 规划 · 3 条款，3 项任务，3 个目标" in said
    assert "2021-03-01 发布" in said


@pytest.mark.parametrize(("option", "value", "there"), [
    ("--place", "own", True), ("--place", "北京市", True), ("--kind", "规划", True), ("--kind", "plan", True),
    ("--kind", "意见", False), ("--year", "2021", True), ("--year", "2020", False), ("--lead", "市质监局", True),
    ("--lead", "质监", True)])
def test_the_list_is_filtered(run: Run, library: Path, option: str, value: str, there: bool) -> None:
    done = run("register", "list", "--registers", library, "--json", option, value)

    assert [r["id"] for r in json.loads(done.stdout)["registers"]] == (["own/bridges-2021"] if there else [])


@pytest.mark.parametrize(("arguments", "said"), [
    (["list", "--place", "zhejiang"], "E721"), (["list", "--kind", "法律"], "E722"),
    (["list", "--lead", "水利"], "E723"), (["list", "--year", "21"], "1949"), (["due", "--lead", "水利"], "E723"),
    (["due", "--on", "2021-02-30"], "2021-02-30"),
    (["show", "roads"], "E720"), (["check", "roads"], "E720"), (["lists"], "list")])
def test_what_there_is_not_is_refused_with_words(run: Run, library: Path, arguments: list[str], said: str) -> None:
    more = ["--registers", library] if arguments[0] != "lists" else []
    done = run("register", *arguments, *more)

    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_a_document_is_shown_with_clauses_tasks_and_targets(run: Run, library: Path) -> None:
    said = run("register", "show", "bridges", "--registers", library).stdout

    for words in ("条款目录（3）", "任务（3）", "〔制定〕桥梁检测规程", "牵头：市质监局；参与：市交通局",
                  "2021-06-30（2021年6月底前）", "未载期限（规划至 2023 年，不是期限）", "未载牵头；地方落实",
                  "目标（3）", "≥ 95%", "30 家", "检测合格率（力争目标）", "检测合格率（现状）"):
        assert words in said


def test_a_document_is_shown_in_english(run: Run, library: Path) -> None:
    said = run("register", "show", "bridges", "--registers", library, "--lang", "en").stdout

    for words in ("three-year plan for testing bridges", "issued 2021-03-01", "a procedure", "no end given",
                  "tests passed"):
        assert words in said


def test_an_end_is_ahead_until_its_last_day_has_passed(run: Run, library: Path) -> None:
    assert groups(run, library, "--on", "2021-06-30") == {
        "ahead": ["T1", "K1", "K2"], "passed": [], "without_end": ["T2", "T3"]}
    assert groups(run, library, "--on", "2021-07-01")["passed"] == ["T1"]
    assert groups(run, library, "--on", "2023-12-31")["ahead"] == ["K1", "K2"]
    assert groups(run, library, "--on", "2024-01-01") == {
        "ahead": [], "passed": ["K1", "K2", "T1"], "without_end": ["T2", "T3"]}


def test_a_plan_s_year_is_named_and_is_no_end(run: Run, library: Path) -> None:
    said = run("register", "due", "--on", "2030-01-01", "--all", "--registers", library).stdout

    assert "规划至 2023" in said.split("没有期限：2 项")[1]
    assert "检测人员" not in said.split("没有期限")[0]


def test_a_body_s_own_ends_are_those_of_the_tasks_that_it_leads(run: Run, library: Path) -> None:
    assert groups(run, library, "--on", "2021-04-01", "--lead", "质监") == {
        "ahead": ["T1"], "passed": [], "without_end": []}


def test_what_is_not_issued_yet_does_not_count(run: Run, library: Path) -> None:
    done = json.loads(run("register", "due", "--on", "2021-02-28", "--registers", library, "--json").stdout)

    assert (done["ahead"], done["without_end"], done["issued_later"]) == ([], [], ["own/bridges-2021"])


def test_a_check_ends_with_1_where_something_is_wrong(run: Run, tmp_path: Path) -> None:
    good = run("register", "check", "--registers", write(tmp_path))
    bad = run("register", "check", "--registers", write(tmp_path, WHOLE.replace('">= 95"', "viel")), "--json")

    assert (good.exit_code, good.stdout) == (0, "1 份台账：0 处错误，0 处警告\n")
    assert bad.exit_code == 1
    assert [(f["code"], f["place"]) for f in json.loads(bad.stdout)["findings"]] == [
        ("E704", "registers/own/bridges-2021.yaml:20:88")]


def test_every_figure_of_a_text_is_accounted_for(run: Run, library: Path, store: Path) -> None:
    done = run("cover", "own/bridges-2021", "--registers", library, "--text", store, "--json")
    said = json.loads(done.stdout)

    assert (done.exit_code, said["register"], said["complete"], said["unindexed"]) == (0, "own/bridges-2021", True, [])
    assert {f["text"]: f["rules"] for f in said["figures"] if f["status"] in ("target", "task")} == {
        "2023年": ["K1", "K2"], "95%": ["K1"], "30家": ["K2"], "80%": ["K3"], "200名": ["T2"], "2021年": ["T1"],
        "6月底": ["T1"]}


@pytest.mark.parametrize(("before", "after", "told"), [
    ("figure: 2019年", "figure: 2018年", "2019年  未交代"),
    ("figure: 2019年", "figure: 2018年", "没有对上任何数字"),
    (", figure: 200名", "", "200名  未交代"),
    ('">= 95"', '">= 96"', "K1 96"),
    ("figure: 200名", "figure: 300名", "T2 300"),
    ("by: 2023}", "by: 2024}", "K2 2024"),
    ("{id: 二, name: {zh: 任务, en: tasks}, lines: 6-9}", "{id: 二, name: {zh: 任务, en: tasks}, lines: 6-8}", "9"),
])
def test_what_is_not_accounted_for_is_told(run: Run, tmp_path: Path, store: Path, before: str, after: str,
                                           told: str) -> None:
    library = write(tmp_path, WHOLE.replace(before, after))
    done = run("cover", "bridges-2021", "--registers", library, "--text", store)

    assert done.exit_code == 1
    assert told in done.stdout


def test_a_year_that_is_assumed_need_not_stand_in_the_text(run: Run, tmp_path: Path, store: Path) -> None:
    library = write(tmp_path, WHOLE.replace("by: 2023}", "by: 2024, by_assumed: 另有规定}"))

    assert run("cover", "bridges-2021", "--registers", library, "--text", store).exit_code == 0


def test_a_text_that_the_store_lacks_is_named(run: Run, library: Path, tmp_path: Path, store: Path) -> None:
    other = write(tmp_path, WHOLE.replace('"900-0"', '"901-0"'))
    done = run("cover", "bridges-2021", "--registers", other, "--text", store)

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E874" in done.stderr


@pytest.mark.parametrize("id_", installed_registers().ids())
def test_every_shipped_register_accounts_for_every_figure_of_its_text(run: Run, id_: str, seed_store: Path) -> None:
    done = run("cover", id_, "--text", seed_store)

    assert (done.exit_code, done.stdout if done.exit_code else "") == (0, "")


@pytest.mark.parametrize(("words", "kind", "register", "ref"), [
    ("医院产品伤害监测点", "target", "national/consumer-goods-2016", "K21"),
    ("修订评价指标 领跑者 排行榜", "任务", "", ""),
    ("装备制造业标准化和质量提升规划", "台账", "national/equipment-standards-2016",
     "national/equipment-standards-2016")])
def test_search_finds_tasks_targets_and_registers(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str,
                                                  kind: str, register: str, ref: str) -> None:
    monkeypatch.setenv("GUIJU_DATA", str(tmp_path / "data"))
    hits = json.loads(run("search", words, "--kind", kind, "--json").stdout)["hits"]

    assert {hit["kind"] for hit in hits} == {{"任务": "task", "台账": "register"}.get(kind, kind)}
    if register:
        assert (hits[0]["key"], hits[0]["ref"]) == (register, ref)


@pytest.mark.parametrize("command", ["list", "due"])
def test_a_register_with_errors_is_left_out_and_said(run: Run, library: Path, command: str) -> None:
    whole = run("register", command, "--registers", library, "--json")
    (library / "own" / "roads-2022.yaml").write_text(WHOLE.replace('">= 95"', "viel"), encoding="utf-8")
    done = run("register", command, "--registers", library, "--json")

    assert (done.exit_code, done.stdout) == (0, whole.stdout)
    assert done.stderr == "own/roads-2022 有错，没有列入；看哪里要改：guiju register check own/roads-2022\n"
