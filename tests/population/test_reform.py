"""A reform tried on a population: what becomes of each organisation is what both policies say of it one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from reforms import (
    FIXED,
    FREER,
    HIGHER,
    LOCAL,
    LOOSER,
    LOWER,
    NATIONAL,
    NUMBERED,
    PEOPLE,
    RAISED,
    REFORM,
    REFORMS,
    WORLD,
    crowd,
    facts,
    hidden,
    kinds_of,
    one_by_one,
    outcome_of,
    simulation_in,
)

from guiju.evaluate.assess import payable
from guiju.evaluate.evaluation import Evaluation, setting_for
from guiju.language.compile.reform import read_reform
from guiju.language.library import installed_library
from guiju.population import working
from guiju.population.match import match
from guiju.population.reform.sides import KINDS
from guiju.population.reform.simulation import Simulation
from guiju.source.diagnostics import GuijuError
from guiju.values import FAIL, PASS


@pytest.fixture
def simulation(tmp_path: Path) -> Callable[[str], Simulation]:
    return lambda text: simulation_in(tmp_path, text)


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


@pytest.mark.parametrize("text", REFORMS.values(), ids=REFORMS)
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


@pytest.mark.parametrize("text", REFORMS.values(), ids=REFORMS)
@pytest.mark.parametrize("what", ["revenue_y1", "domestic_registration", "standard"])
def test_what_is_not_known_leaves_every_truth_possible(simulation: Callable[[str], Simulation], text: str,
                                                       what: str) -> None:
    made, everybody = simulation(text), [facts(p) for p in PEOPLE]
    expected = [truths(*one_by_one(made, one)) for one in everybody]
    told = kinds_of(outcome_of(made, [hidden(one, what) for one in everybody])[1])

    assert [(kind, true) for (kind, possible), true in zip(told, expected, strict=True)
            if not true <= allowed(kind, possible)] == []


@pytest.mark.parametrize("text", REFORMS.values(), ids=REFORMS)
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
