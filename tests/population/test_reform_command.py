"""A reform by the command, and what its documentation shows."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result
from reforms import LOOSER, PEOPLE, RAISED, REFORM, facts, kinds_of, one_by_one, outcome_of, simulation_in

from guiju.cli.main import cli
from guiju.evaluate.assess import payable
from guiju.evaluate.cases import read_cases
from guiju.evaluate.checks import check_policy
from guiju.evaluate.evaluation import setting_for
from guiju.evaluate.trial import evaluation_of
from guiju.facts.model import Facts
from guiju.language.compile.reform import read_reform
from guiju.language.library import installed_library
from guiju.language.policy import Policy
from guiju.population.reform.form import form_of
from guiju.population.reform.simulation import Simulation
from guiju.source.diagnostics import GuijuError

DOCS = Path(__file__).parents[2] / "docs/reforms.md"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
IN_FORCE = {"liaocheng": dt.date(2025, 6, 1), "sme-tiers": dt.date(2024, 3, 1), "tianjin": dt.date(2022, 3, 1)}


@pytest.mark.parametrize("text", EXAMPLES, ids=list(IN_FORCE))
def test_an_example_of_the_documentation_leaves_alone_whom_it_says(text: str, tmp_path: Path) -> None:
    (tmp_path / "reform.yaml").write_text(text, encoding="utf-8")
    library = installed_library()
    policy = library.policy(text.split()[1])
    day = next(day for word, day in IN_FORCE.items() if word in policy.id)
    reform = read_reform(tmp_path / "reform.yaml", policy, library.folder_of(policy))
    made = Simulation(reform, setting_for(policy, day))
    everybody = [*worked(policy)][::3]
    told = [kind for kind, _ in kinds_of(outcome_of(made, everybody)[1])]
    alone = [one for one, kind in zip(everybody, told, strict=True) if kind == "unchanged"]

    assert [d for d in check_policy(made.reform.after) if d.severity == "error"] == []
    assert made.cells.operations[2] > made.cells.operations[0] * 0.98
    assert 0 < len(alone) < len(everybody)
    for before, after in (one_by_one(made, one) for one in alone):
        assert list(before.goals.values()) == list(after.goals.values())
        assert payable(before) == payable(after)


def worked(policy: Policy) -> Iterator[Facts]:
    """The organisations of the policy's worked cases."""
    for case in read_cases(installed_library().folder_of(policy), policy):
        try:
            yield evaluation_of(case, policy).facts
        except GuijuError:
            continue  # a case of what is refused


def test_the_documentation_lists_the_keys_of_the_data(tmp_path: Path) -> None:
    form = form_of(outcome_of(simulation_in(tmp_path, RAISED), [facts(p) for p in PEOPLE])[0])
    listed = [key for row in DOCS.read_text(encoding="utf-8").splitlines() if row.startswith("| `")
              for key in re.findall(r"`(\w+)`", row.split("|")[1])]

    assert listed == list(form)


@pytest.fixture
def command(tmp_path: Path) -> Callable[..., Result]:
    data = tmp_path / "data"
    data.mkdir()
    (data / "organisations.csv").write_text(
        "organisation,注册地,上年度营业收入[万元],境内工商登记\n甲,120103,500,true\n乙,120103,60,true\n丙,370000,,true\n",
        encoding="utf-8")
    (data / "standard.csv").write_text("organisation,级别\n甲,国家标准\n甲,国家标准\n乙,国家标准\n丙,行业标准\n",
                                       encoding="utf-8")

    def run(text: str, *more: str) -> Result:
        simulation_in(tmp_path, text)
        return CliRunner().invoke(cli, [
            "population", "simulate", str(data), "--policy", "town/prize", "--policies", str(tmp_path), "--change",
            str(tmp_path / "reform.yaml"), "--out", str(tmp_path / "out"), "--on", "2024-06-30", *more])
    return run


def test_the_command_writes_table_picture_data_and_list(command: Callable[..., Result], tmp_path: Path) -> None:
    run = command(LOOSER, "--sweep", "least=50 万元:600 万元:250 万元")
    first = {p.name: p.read_bytes() for p in sorted((tmp_path / "out").iterdir())}
    form = json.loads(first["reform.json"])
    rows = pq.read_table(tmp_path / "out/changed.parquet").to_pylist()

    assert run.exit_code == 0, run.output
    assert list(first) == ["changed.parquet", "reform.json", "reform.svg", "sweep.svg"]
    assert (form["contract"], form["organisations"], form["changes"]["newly_eligible"]) == (1, 3, 1)
    assert form["cost"]["after"]["low"] - form["cost"]["before"]["low"] == 10_00_00_00
    assert [(p["value"], p["cost"]["low"], p["cost"]["high"]) for p in form["sweep"]["points"]] == [
        ("50 万元", 25_00_00_00, 29_00_00_00), ("300 万元", 15_00_00_00, 19_00_00_00),
        ("550 万元", 0, 4_00_00_00)]
    assert [(r["organisation"], r["change"], r["possible"], r["low_after"], r["rules"], r["perhaps_rules"])
            for r in rows] == [("丙", "undecided", ["newly_eligible"], 0, [], ["E1"]),
                               ("乙", "newly_eligible", [], 10_00_00_00, ["E1"], [])]
    assert first["reform.svg"].startswith(b"<svg")
    assert "试改".encode() in first["reform.svg"]
    command(LOOSER, "--sweep", "least=50 万元:600 万元:250 万元")
    assert {p.name: p.read_bytes() for p in sorted((tmp_path / "out").iterdir())} == first


def test_a_changed_rule_is_told_by_its_name(command: Callable[..., Result]) -> None:
    run = command(LOOSER.split("parameters")[0] + "conditions:\n"
                  "- {id: E4, name: 有过一笔收入, require: 上年度营业收入 >= 1 万元}\ngoals:\n"
                  "- {id: g, require: [E1, E2, E4]}\n")

    assert "- 条件 E4 新增（有过一笔收入）\n" in run.output


def test_the_checks_of_a_policy_are_the_checks_of_a_reform(command: Callable[..., Result], tmp_path: Path) -> None:
    never = "conditions:\n- {id: E1, require: 上年度营业收入 >= 300 万元 and 上年度营业收入 < 100 万元}\n"
    run = command(REFORM + never)

    assert run.exit_code == 2
    assert f"{tmp_path / 'reform.yaml'}:5" in run.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("amount", ["99999999999999999999 万元", "92233720368547758 元"])
def test_an_amount_that_no_fen_can_be_told_of_is_refused(amount: str, command: Callable[..., Result],
                                                         tmp_path: Path) -> None:
    run = command(RAISED.replace("12 万元", amount).replace("benefits", f"parameters: {{most: {amount}}}\nbenefits"))

    assert (run.exit_code, "E970  2 家的金额" in run.output) == (2, True), run.output
    assert not list((tmp_path / "out").glob("*.json"))


@pytest.mark.parametrize("blank", ["title: {zh: 试改, en: a try}", "proposed_by: 某处"])
def test_a_reform_says_what_it_is_and_whose(blank: str, tmp_path: Path) -> None:
    key = blank.split(":", maxsplit=1)[0]

    with pytest.raises(GuijuError, match=f"E023  “{key}”是空的"):
        simulation_in(tmp_path, RAISED.replace(blank, f"{key}: '  '"))


def test_a_title_can_not_break_the_pictures(command: Callable[..., Result], tmp_path: Path) -> None:
    run = command(RAISED.replace("试改", '"<b>\\e[31m"').replace(", en: a try", ""))

    assert run.exit_code == 0, run.output
    ElementTree.parse(tmp_path / "out/reform.svg")


def test_a_day_on_which_the_policy_is_not_in_force_is_refused(command: Callable[..., Result]) -> None:
    run = command(LOOSER, "--on", "2027-01-01")

    assert run.exit_code == 2
    assert "E918" in run.output


def test_a_cap_is_swept(command: Callable[..., Result], tmp_path: Path) -> None:
    run = command(RAISED, "--sweep", "年度上限=6 万元:26 万元:10 万元")
    points = json.loads((tmp_path / "out/reform.json").read_text(encoding="utf-8"))["sweep"]["points"]

    assert run.exit_code == 0, run.output
    assert [(p["cost"]["low"], p["cost"]["high"], p["cost"]["doubtful"]) for p in points] == [
        (6_00_00_00, 10_00_00_00, 1), (16_00_00_00, 20_00_00_00, 1), (24_00_00_00, 28_00_00_00, 1)]


@pytest.mark.parametrize(("sweep", "code", "words"), [
    ("least=1 万元:9 万元", "E894", "起:止:步长"), ("leest=1 万元:9 万元:1 万元", "E141", "least"),
    ("way=1:9:1", "E894", "least"), ("least=9 万元:1 万元:1 万元", "E894", "止应大于起"),
    ("least=1 万元:9 万元:0 万元", "E894", "步长“0 万元”是零"),
    ("least=9 万元:1 万元:-1 万元", "E894", "步长“-1 万元”小于零"),
    ("least=1 万元:9 万元:1 元", "E894", "有 80,001 步，上限是 200；把步长放大到 403 倍以上"),
    ("least=0 元:1000000000 亿元:1 元", "E894", "步，上限是 200"), ("least=1 万元:9 万元:9 万元", "E894", "只有一步"),
    ("least=-1 万元:9 万元:1 万元", "E245", "“收入下限”不能小于零：“-1 万元”；写零或更大的数"),
    ("年度上限=-5 万元:-1 万元:1 万元", "E245", "“年度上限”不能小于零"),
    ("least=1 人:9 人:1 人", "E245", "单位"), ("idle=1 万元:9 万元:1 万元", "E894", "没有规则用到"),
])
def test_mistakes_of_a_sweep(command: Callable[..., Result], sweep: str, code: str, words: str) -> None:
    idle = "  idle: {name: 闲置, type: money, default: 1 万元}\n"
    run = command(f"{REFORM}parameters:\n  least: 50 万元\n{idle}", "--sweep", sweep)

    assert run.exit_code == 2
    assert f"--sweep {sweep}" in run.output
    assert code in run.output
    assert words in run.output


@pytest.mark.parametrize(("sweep", "words"), [
    ("least=-1 万元:9 万元:1 万元", "'least' can't be below zero: '-1 万元'; write zero or more"),
    ("least=1 万元:9 万元:-1 万元", "the step '-1 万元' is below zero"),
    ("least=1 万元:9 万元:0 元", "the step '0 元' is zero"),
    ("least=1 万元:9 万元:1 元", "80,001 steps, and the limit is 200: make the step 403 times as long"),
    ("least=9 万元:1 万元:1 万元", "swap them"), ("least=1 万元:9 万元:9 万元", "make it smaller")])
def test_mistakes_of_a_sweep_in_english(command: Callable[..., Result], sweep: str, words: str) -> None:
    run = command(LOOSER, "--sweep", sweep, "--lang", "en")

    assert (run.exit_code, run.stdout) == (2, "")
    assert words in run.output


def test_a_line_that_may_be_below_zero_is_swept_from_there(command: Callable[..., Result], tmp_path: Path) -> None:
    profit = ("parameters: {loss: {name: 利润下限, type: money, default: 0 元}}\n"
              "conditions: [{id: E9, name: 利润, require: 上年度净利润 >= 利润下限}]\n"
              "goals: [{id: g, require: [E1, E2, E9]}]\n")
    run = command(REFORM + profit, "--sweep", "利润下限=-10 万元:10 万元:10 万元")

    assert run.exit_code == 0, run.output
    points = json.loads((tmp_path / "out/reform.json").read_text(encoding="utf-8"))["sweep"]["points"]
    assert [point["value"] for point in points] == ["-10 万元", "0 元", "10 万元"]


def test_a_setting_below_zero_is_refused_where_it_can_not_be(command: Callable[..., Result]) -> None:
    run = command(LOOSER, "--set", "年度上限=-5 万元")

    assert run.exit_code == 2
    assert "--set 年度上限=-5 万元  E245  “年度上限”不能小于零" in run.output
