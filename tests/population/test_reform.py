"""A reform tried on a population: what becomes of each organisation is what both policies say of it one by one."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import cli
from guiju.evaluate.assess import payable
from guiju.evaluate.cases import read_cases
from guiju.evaluate.checks import check_policy
from guiju.evaluate.evaluation import Evaluation, evaluate, setting_for
from guiju.evaluate.trial import evaluation_of
from guiju.facts.model import Facts
from guiju.facts.read import facts_from_node
from guiju.language.compile.reform import read_reform
from guiju.language.library import installed_library, load_library
from guiju.language.policy import Policy
from guiju.population import working
from guiju.population.match import match
from guiju.population.people import Population, population_of
from guiju.population.reform.form import form_of
from guiju.population.reform.sides import KINDS, POSSIBLE
from guiju.population.reform.simulation import Chunk, Simulation
from guiju.population.reform.simulation import Result as Simulated
from guiju.source.diagnostics import GuijuError
from guiju.source.document import parse_document
from guiju.values import FAIL, PASS
from guiju.vocabulary import load_vocabulary

DAY = dt.date(2024, 6, 30)
POLICY = """\
id: town/prize
title: 某市奖
in_force: {from: 2020-01-01, to: 2026-12-31, cite: "1"}
clauses: {"1": {zh: 条件}, "2": {zh: 金额}}
parameters:
  least: {name: 收入下限, type: money, default: 100 万元, cite: "1"}
  most: {name: 年度上限, type: money, default: 15 万元, cite: "2"}
  way: {name: 口径, type: choice, default: 从宽, or: [从严], cite: "1"}
goals:
- {id: g, name: 目标, main: true, require: [E1, E2], pays: true}
"""
RULES = """\
conditions:
- {id: E1, require: 上年度营业收入 >= 收入下限, cite: "1"}
- {id: E2, require: 境内工商登记 or 口径 = 从严, cite: "1"}
benefits:
- id: b
  each: 标准
  cite: "2"
  table: |
    id | 级别     | 金额
    B1 | 国家标准 | 10 万元
    B2 | 行业标准 | 4 万元
    B3 | 地方标准 | 外部规定
- id: c
  each: 标准
  cite: "2"
  kind: up_to
  table: |
    id | 级别     | 金额
    C1 | 国际标准 | 5 万元
limits:
- {id: K, cap: 年度上限, of: all, cite: "2"}
"""
REFORM = "amends: town/prize\ntitle: {zh: 试改, en: a try}\nproposed_by: 某处\n"
RAISED = REFORM + "benefits:\n- {id: B1, 金额: 12 万元}\n"
LOOSER = REFORM + "parameters: {least: 50 万元}\n"
CAPPED = REFORM + "parameters: {most: 11 万元}\n"
FREER = REFORM + "conditions:\n- {id: E2, drop: 是}\n"
NARROW = REFORM + "benefits:\n- {id: B2, drop: 是}\n"
STRICTER = REFORM + "conditions:\n- {id: E3, require: 上年度营业收入 >= 300 万元}\ngoals:\n" \
    "- {id: g, require: [E1, E2, E3]}\n"
HIGHER = REFORM + "benefits:\n- {id: C1, 金额: 9 万元}\n"
LOWER = REFORM + "benefits:\n- {id: C1, 金额: 3 万元}\n"
FIXED = REFORM + "benefits:\n- {id: c, kind: exact}\n"
LOOSE = REFORM + "benefits:\n- {id: b, kind: up_to}\n"
NUMBERED = REFORM + "benefits:\n- {id: B3, 金额: 2 万元}\n"
REFORMS = [pytest.param(text, id=name) for name, text in (
    ("raised", RAISED), ("looser", LOOSER), ("capped", CAPPED), ("freer", FREER), ("narrow", NARROW),
    ("stricter", STRICTER), ("higher", HIGHER), ("lower", LOWER), ("fixed", FIXED), ("loose", LOOSE),
    ("numbered", NUMBERED))]
NATIONAL, TRADE, WORLD, LOCAL = (f"{{级别: {level}}}" for level in ("国家标准", "行业标准", "国际标准", "地方标准"))
PEOPLE = [
    f"{{上年度营业收入: {revenue}, 境内工商登记: {registered}, 标准: [{rows}]}}"
    for revenue in ("40 万元", "60 万元", "100 万元", "500 万元") for registered in ("是", "否")
    for rows in ("", NATIONAL, TRADE, f"{NATIONAL}, {NATIONAL}, {TRADE}", WORLD, f"{WORLD}, {TRADE}", LOCAL)]


@dataclass(frozen=True)
class Crowd:
    names: Sequence[str]
    people: Population


def facts(text: str) -> Facts:
    return facts_from_node(parse_document(text), load_vocabulary())


def crowd(everybody: Sequence[Facts]) -> Crowd:
    return Crowd([f"o{n:03}" for n in range(len(everybody))], population_of(everybody, load_vocabulary()))


def hidden(whole: Facts, what: str) -> Facts:
    """The same organisation of which one thing is not known."""
    return Facts({k: v for k, v in whole.values.items() if k != what},
                 {k: v for k, v in whole.records.items() if k != what})


@pytest.fixture
def simulation(tmp_path: Path) -> Callable[[str], Simulation]:
    def make(text: str) -> Simulation:
        (tmp_path / "town/prize").mkdir(parents=True, exist_ok=True)
        (tmp_path / "town/prize/policy.yaml").write_text(POLICY, encoding="utf-8")
        (tmp_path / "town/prize/rules.yaml").write_text(RULES, encoding="utf-8")
        (tmp_path / "reform.yaml").write_text(text, encoding="utf-8")
        library = load_library(tmp_path)
        policy = library.policy("town/prize")
        return Simulation(read_reform(tmp_path / "reform.yaml", policy, library.folder_of(policy)),
                          setting_for(policy, DAY))
    return make


def outcome_of(simulation: Simulation, everybody: Sequence[Facts]) -> tuple[Simulated, list[Chunk]]:
    chunks: list[Chunk] = []
    half = len(everybody) // 2
    return simulation.run([crowd(everybody[:half]), crowd(everybody[half:])], chunks.append), chunks


def kinds_of(chunks: Sequence[Chunk]) -> list[tuple[str, set[str]]]:
    """What becomes of each, and what may."""
    return [(KINDS[kind], {k for k in POSSIBLE if chunk.change.possible[k][row]})
            for chunk in chunks for row, kind in enumerate(chunk.change.kind.tolist())]


def one_by_one(simulation: Simulation, one: Facts) -> tuple[Evaluation, Evaluation]:
    reform, (old, new) = simulation.reform, simulation.settings
    return evaluate(reform.before, one, old), evaluate(reform.after, one, new)


def granted(one: Evaluation) -> list[float]:
    """What may be granted to somebody of whom everything is known: of a ceiling anything up to it, and of what another
    document sets anything at all."""
    amount = payable(one)
    if amount.kind == "external":
        return [0, 10 ** 12]
    assert amount.high is not None
    return [amount.low, (amount.low + amount.high) / 2, amount.high]


def truths(before: Evaluation, after: Evaluation) -> set[str]:
    """What may become of him, from both answers by themselves."""
    if before.status != after.status:
        return {"newly_eligible" if after.status == PASS else "no_longer_eligible"}
    if before.status != PASS or items(before) == items(after):
        return {"unchanged"}
    return {"unchanged" if new == old else "gains" if new > old else "loses"
            for old in granted(before) for new in granted(after)}


def items(one: Evaluation) -> list[Any]:
    assert one.payment is not None
    return [(i.price and i.price.id, i.kind, i.low, i.high) for i in one.payment.items if i.status != FAIL]


def allowed(kind: str, possible: set[str]) -> set[str]:
    """What may be true of somebody who is told this."""
    if kind in ("ceiling_raised", "ceiling_lowered"):
        return {"gains", "loses", "unchanged"}
    return possible | {"unchanged"} if kind == "undecided" else {kind}


@pytest.mark.parametrize("text", REFORMS)
def test_of_those_who_are_known_each_is_what_both_answers_say(simulation: Callable[[str], Simulation],
                                                              text: str) -> None:
    made, everybody = simulation(text), [facts(p) for p in PEOPLE]
    result, chunks = outcome_of(made, everybody)
    told, ones = kinds_of(chunks), [one_by_one(made, one) for one in everybody]
    expected = [truths(*both) for both in ones]
    fixed = [all(payable(one).kind in ("exact", "none") for one in both) for both in ones]

    assert [(kind, true) for (kind, possible), true in zip(told, expected, strict=True)
            if not true <= allowed(kind, possible)] == []
    assert [kind for (kind, _), sure in zip(told, fixed, strict=True) if sure] == [
        true.pop() for true, sure in zip(expected, fixed, strict=True) if sure]
    assert result.totals.kinds == {name: [kind for kind, _ in told].count(name) for name in KINDS}
    assert len({kind for kind, _ in told}) > 1


@pytest.mark.parametrize("text", REFORMS)
@pytest.mark.parametrize("what", ["revenue_y1", "domestic_registration", "standard"])
def test_what_is_not_known_leaves_every_truth_possible(simulation: Callable[[str], Simulation], text: str,
                                                       what: str) -> None:
    made, everybody = simulation(text), [facts(p) for p in PEOPLE]
    expected = [truths(*one_by_one(made, one)) for one in everybody]
    told = kinds_of(outcome_of(made, [hidden(one, what) for one in everybody])[1])

    assert [(kind, true) for (kind, possible), true in zip(told, expected, strict=True)
            if not true <= allowed(kind, possible)] == []


@pytest.mark.parametrize("text", REFORMS)
@pytest.mark.parametrize("what", ["", "revenue_y1", "standard"])
def test_what_it_adds_to_the_cost_lies_between_the_ends(simulation: Callable[[str], Simulation], text: str,
                                                        what: str) -> None:
    made, everybody = simulation(text), [facts(p) for p in PEOPLE]
    added = outcome_of(made, [hidden(one, what) for one in everybody])[0].totals.difference
    ones = [one_by_one(made, one) for one in everybody]
    moved = [[granted(one) if one.status == PASS else [0] for one in both] for both in ones
             if truths(*both) != {"unchanged"} and "external" not in {payable(one).kind for one in both}]
    least, most = (sum(ends(after) - others(before) for before, after in moved)
                   for ends, others in ((min, max), (max, min)))

    assert added.low <= least <= most <= added.high
    assert what or added.open >= sum("external" in {payable(one).kind for one in both} for both in ones
                                     if truths(*both) != {"unchanged"})


@pytest.mark.parametrize(("text", "kind"), [(HIGHER, "ceiling_raised"), (LOWER, "ceiling_lowered"),
                                            (FIXED, "undecided"), (NUMBERED, "unchanged"), (RAISED, "unchanged")])
def test_a_ceiling_that_moves_is_no_gain_and_no_loss(simulation: Callable[[str], Simulation], text: str,
                                                     kind: str) -> None:
    one = facts(f"{{上年度营业收入: 500 万元, 境内工商登记: 是, 标准: [{WORLD}]}}")

    assert [told for told, _ in kinds_of(outcome_of(simulation(text), [one, one])[1])] == [kind, kind]


def test_a_loss_whatever_is_granted_is_told(simulation: Callable[[str], Simulation]) -> None:
    both = facts(f"{{上年度营业收入: 500 万元, 境内工商登记: 是, 标准: [{WORLD}, {NATIONAL}]}}")
    less = REFORM + "benefits:\n- {id: B1, 金额: 4 万元}\n"

    assert [kind for kind, _ in kinds_of(outcome_of(simulation(less), [both])[1])] == ["loses"]
    assert [kind for kind, _ in kinds_of(outcome_of(simulation(less.replace("4 万元", "6 万元")), [both])[1])] == [
        "ceiling_lowered"]


def test_what_another_document_sets_is_counted_apart(simulation: Callable[[str], Simulation]) -> None:
    one = facts(f"{{上年度营业收入: 500 万元, 境内工商登记: 是, 标准: [{LOCAL}]}}")
    result, chunks = outcome_of(simulation(NUMBERED), [one, one])

    assert kinds_of(chunks) == [("undecided", {"gains", "loses"})] * 2
    assert [(m.low, m.high, m.elsewhere, m.paid) for m in result.totals.money] == [
        (0, 0, 2, 0), (4_00_00_00, 4_00_00_00, 0, 2)]


def test_a_doubt_that_the_reform_does_not_touch_is_no_change(simulation: Callable[[str], Simulation]) -> None:
    everybody = [facts("{上年度营业收入: 500 万元, 标准: [{级别: 行业标准}]}"), facts("{标准: [{级别: 国家标准}]}")]
    told = kinds_of(outcome_of(simulation(RAISED), everybody)[1])

    assert told == [("unchanged", set()), ("undecided", {"gains", "loses"})]


def test_cost_counts_what_is_surely_paid_and_what_may_be(simulation: Callable[[str], Simulation]) -> None:
    sure = "{上年度营业收入: 500 万元, 境内工商登记: 是, 注册地: '120103', 标准: [{级别: 国家标准}]}"
    doubt = "{境内工商登记: 是, 注册地: '370000', 标准: [{级别: 国家标准}]}"
    totals = outcome_of(simulation(RAISED), [facts(sure), facts(doubt)])[0].totals
    groups = totals.groups["province"]

    assert [(m.low, m.high, m.doubtful) for m in totals.money] == [(10_00_00_00, 20_00_00_00, 1),
                                                                  (12_00_00_00, 24_00_00_00, 1)]
    assert {key: (g.count, g.after.low, g.after.high) for key, g in groups.items()} == {
        "120000": (1, 12_00_00_00, 12_00_00_00), "370000": (1, 0, 12_00_00_00)}
    assert [(q.percent, q.amount, q.budget) for q in totals.spread[1].quantiles()][2::5] == [
        (50, (0, 12_00_00_00), (0, 12_00_00_00)), (100, (12_00_00_00, 12_00_00_00), (12_00_00_00, 24_00_00_00))]


def test_changed_cells_name_who_sits_in_them(simulation: Callable[[str], Simulation]) -> None:
    result, _ = outcome_of(simulation(LOOSER), [facts(p) for p in PEOPLE])
    seats = [(s.cell.difference.rule, s.cell.what.en, s.surely, s.perhaps, s.samples) for s in result.seats]

    assert [(d.rule, d.kind) for d in result.cells.differences] == [("E1", "looser"), ("least", "parameter")]
    assert seats == [("E1", "was not met, is now", 14, 0, ["o014", "o015", "o016", "o017", "o018"])]


def test_what_changes_cites_the_reform_and_the_rest_its_clause(simulation: Callable[[str], Simulation]) -> None:
    after = simulation(RAISED + "parameters: {most: 20 万元}\n").reform.after

    assert [row.clauses for row in after.benefits[0].rows] == [("改革",), ("2",), ("2",)]
    assert (after.parameters["most"].clauses, after.parameters["least"].clauses) == (("改革",), ("1",))
    assert after.conditions["E1"].clauses == ("1",)


def test_what_the_reform_leaves_alone_is_worked_out_once(simulation: Callable[[str], Simulation],
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    made, people = simulation(FREER), crowd([facts(p) for p in PEOPLE]).people
    worked: list[str] = []
    for op, operation in working.OPERATIONS.items():
        def counted(*args: Any, op: str = op, operation: Any = operation) -> Any:
            worked.append(op)
            return operation(*args)
        monkeypatch.setitem(working.OPERATIONS, op, counted)
    asked = [(made.reform.before, made.settings[0]), (made.reform.after, made.settings[1])]
    counts = []
    for policies in (asked[:1], asked[1:], asked):
        worked.clear()
        match(people, policies)
        counts.append(len(worked))

    assert counts[2] < counts[0] + counts[1] / 2


@pytest.mark.parametrize(("text", "code", "line", "words"), [
    (REFORM + "parameters: {leest: 50 万元}\n", "E022", 4, "least"),
    (REFORM + "parameters: {leest: {default: 50 万元}}\n", "E023", 4, "least"),
    (REFORM + "limits:\n- {id: K1, cap: 9 万元}\n", "E023", 5, "“K”"),
    (REFORM + "benefits:\n- {id: B1, 数额: 9 万元}\n", "E022", 5, "金额"),
    (REFORM + "benefits:\n- {id: B1, 金额: 9 平方米}\n", "E272", 5, "金额"),
    (REFORM + "conditions:\n- {id: E9, drop: 是}\n", "E022", 5, "E9"),
    (REFORM + 'conditions:\n- {id: E1, require: 境内工商登记, cite: "1"}\n', "E891", 5, "依据"),
    (REFORM.replace("town/prize", "town/other") + "parameters: {most: 1 万元}\n", "E890", 1, "town/other"),
    (REFORM, "E892", 1, "没有改变"),
    (REFORM + "parameters: {most: 15 万元}\n", "E892", 1, "没有改变"),
    (REFORM.replace("proposed_by: 某处\n", ""), "E023", 1, "proposed_by"),
    (REFORM + "duties: []\n", "E022", 4, "duties"),
])
def test_mistakes_of_a_reform(simulation: Callable[[str], Simulation], text: str, code: str, line: int,
                              words: str) -> None:
    with pytest.raises(GuijuError) as caught:
        simulation(text)
    found = caught.value.diagnostics[0]

    assert (found.code, Path(found.span.file).name, found.span.line) == (code, "reform.yaml", line)
    assert words in found.message.zh


@pytest.mark.parametrize(("id_", "day", "change", "told"), [
    ("guangdong/foshan-standardisation-fund-2018", dt.date(2020, 6, 1), "benefits:\n- {id: FS-B06, 金额: 20 万元}\n",
     "FS-B06 金额 30 万元 → 20 万元"),
    ("henan/zhengzhou-quality-policy-2019", dt.date(2021, 6, 1),
     "limits:\n- {id: K-ZZ-02, cap: 200 万元 - 三年内已得销售奖励}\n", "限额 K-ZZ-02 算式里 500 万元 → 200 万元")])
def test_a_changed_amount_is_told_by_its_figures(id_: str, day: dt.date, change: str, told: str,
                                                 tmp_path: Path) -> None:
    (tmp_path / "reform.yaml").write_text(REFORM.replace("town/prize", id_) + change, encoding="utf-8")
    library = installed_library()
    policy = library.policy(id_)
    reform = read_reform(tmp_path / "reform.yaml", policy, library.folder_of(policy))

    assert [d.text.zh for d in Simulation(reform, setting_for(policy, day)).cells.differences] == [told]


# What the documentation shows

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


def test_the_documentation_lists_the_keys_of_the_data(simulation: Callable[[str], Simulation]) -> None:
    form = form_of(outcome_of(simulation(RAISED), [facts(p) for p in PEOPLE])[0])
    listed = [key for row in DOCS.read_text(encoding="utf-8").splitlines() if row.startswith("| `")
              for key in re.findall(r"`(\w+)`", row.split("|")[1])]

    assert listed == list(form)


# The command


@pytest.fixture
def command(tmp_path: Path, simulation: Callable[[str], Simulation]) -> Callable[..., Result]:
    data = tmp_path / "data"
    data.mkdir()
    (data / "organisations.csv").write_text(
        "organisation,注册地,上年度营业收入[万元],境内工商登记\n甲,120103,500,true\n乙,120103,60,true\n丙,370000,,true\n",
        encoding="utf-8")
    (data / "standard.csv").write_text("organisation,级别\n甲,国家标准\n甲,国家标准\n乙,国家标准\n丙,行业标准\n",
                                       encoding="utf-8")

    def run(text: str, *more: str) -> Result:
        simulation(text)
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


def test_the_checks_of_a_policy_are_the_checks_of_a_reform(command: Callable[..., Result], tmp_path: Path) -> None:
    never = "conditions:\n- {id: E1, require: 上年度营业收入 >= 300 万元 and 上年度营业收入 < 100 万元}\n"
    run = command(REFORM + never)

    assert run.exit_code == 2
    assert f"{tmp_path / 'reform.yaml'}:5" in run.output
    assert not (tmp_path / "out").exists()


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
    ("least=1 万元:9 万元:0 万元", "E894", "大于零"), ("least=1 万元:9 万元:1 元", "E894", "步长放大"),
    ("least=1 人:9 人:1 人", "E245", "单位"), ("idle=1 万元:9 万元:1 万元", "E894", "没有规则用到"),
])
def test_mistakes_of_a_sweep(command: Callable[..., Result], sweep: str, code: str, words: str) -> None:
    idle = "  idle: {name: 闲置, type: money, default: 1 万元}\n"
    run = command(f"{REFORM}parameters:\n  least: 50 万元\n{idle}", "--sweep", sweep)

    assert run.exit_code == 2
    assert code in run.output
    assert words in run.output
