"""Results: exact, by the round's rules alone; a veto comes first; what is not set is named; evidence is evidence."""

from __future__ import annotations

import dataclasses
import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rounds_of_review import rubric, score

from guiju.review import NotComputable
from guiju.review.rubric import Rubric, Scale, load_rubric, open_rules, with_rules
from guiju.review.scores import (
    Calibration,
    Result,
    Ruling,
    Score,
    Veto,
    agreement,
    calibrate,
    ranking,
    result_of,
    rounded,
    stated,
)
from guiju.review.scores.agreement import alpha_of
from guiju.source.diagnostics import GuijuError

LABORATORY = "quality-standards-laboratory-2024"
CLAIM = Veto("v", "检测报告编号重复，见附件3")
marks = st.integers(0, 10)
panels = st.lists(st.tuples(marks, marks), min_size=2, max_size=7)
quick = settings(max_examples=100, deadline=None, derandomize=True, database=None)


def panel(given_: list[tuple[int, int]], about: str = "A") -> list[Score]:
    return [score(f"m{n}", a, b, about) for n, (a, b) in enumerate(given_)]


def result(given_: list[tuple[int, int]], about: str = "A", **rules: Any) -> Result:
    return result_of(rubric(**rules), about, panel(given_, about))


def test_the_laboratories_have_twelve_indicators_one_veto_and_no_figure() -> None:
    source = load_rubric(LABORATORY)

    assert (len(source.groups), len(source.indicators()), [i.name.zh for i in source.vetoes()]) == (5, 12, ["规范运行"])
    assert sum(len(i.points) for i in source.indicators()) == 27
    assert [m.parameter for m in open_rules(source)] == [*(f"weights.{i.id}" for i in source.marked()), "scale",
                                                         "aggregate", "least_scores"]
    assert source.full is None


def test_without_the_rounds_rules_there_is_no_total_and_the_rules_are_named() -> None:
    source = load_rubric(LABORATORY)

    got = result_of(source, "A", [Score("m1", "A", {i.id: Fraction(8) for i in source.marked()})])

    assert (got.state, got.total) == ("not_computable", None)
    assert got.unset is not None
    assert "weights.equipment" in [m.parameter for m in got.unset.missing]
    assert "评审细则没有定“科研实验设备和条件的分值”" in got.text.zh
    assert {i.mean for i in got.indicators} == {Fraction(8)}


@pytest.mark.parametrize("rule", ["scale", "aggregate", "least_scores"])
def test_each_rule_that_is_not_set_is_named(rule: str) -> None:
    got = result_of(rubric(**{rule: None}), "A", [score("m1", 1, 1), score("m2", 1, 1)])

    assert got.unset is not None
    assert [m.parameter for m in got.unset.missing] == [rule]


def test_a_trimmed_mean_needs_its_trim() -> None:
    assert [m.parameter for m in open_rules(rubric(aggregate="trimmed_mean"))] == ["trim"]


def test_the_rounds_figures_are_laid_over_the_source() -> None:
    source = load_rubric(LABORATORY)
    ours = with_rules(source, weights={i.id: Fraction(10) for i in source.marked()}, scale=Scale(), aggregate="mean",
                      least_scores=1)

    got = result_of(ours, "A", [Score("m1", "A", {i.id: Fraction(8) for i in ours.marked()})])

    assert open_rules(ours) == ()
    assert (ours.full, got.total, got.state) == (110, 88, "scored")
    assert ours.groups[0].weight == 30


def test_a_veto_indicator_is_marked_only_if_it_has_a_weight() -> None:
    source = load_rubric(LABORATORY)

    assert "conduct" not in [i.id for i in source.marked()]
    assert "conduct" in [i.id for i in with_rules(source, weights={"conduct": Fraction(5)}).marked()]


def test_a_total_is_the_weighted_sum_of_shares_of_the_highest_mark() -> None:
    got = result([(7, 9), (8, 8), (9, 4)])

    assert [e.total for e in got.experts] == [42 + 36, 48 + 32, 54 + 16]
    assert got.total == 76
    assert got.spread is not None
    assert (got.spread.range, got.spread.variance, got.scores) == (10, 28, 3)


def test_a_third_stays_a_third() -> None:
    got = result([(1, 0), (1, 0), (0, 0)])

    assert got.total == 4
    assert got.indicators[0].mean == Fraction(2, 3)


def test_a_trimmed_mean_leaves_out_the_ends_and_says_whose() -> None:
    got = result([(0, 0), (5, 5), (6, 6), (10, 10)], aggregate="trimmed_mean", trim=1, least_scores=3)

    assert got.total == 55
    assert [e.expert for e in got.experts if not e.counted] == ["m0", "m3"]


@quick
@given(panels, st.sampled_from([{}, {"aggregate": "trimmed_mean", "trim": 1, "least_scores": 3}]), st.randoms())
def test_a_total_lies_between_the_experts_totals_whatever_their_order(
        given_: list[tuple[int, int]], rules: dict[str, Any], random_: random.Random) -> None:
    scores = panel(given_)
    ours = rubric(**rules)
    got = result_of(ours, "A", scores)
    if len(scores) < (ours.least_scores or 0):
        assert got.state == "incomplete"
        return
    totals = [e.total for e in got.experts if e.total is not None]

    assert got.total is not None
    assert 0 <= min(totals) <= got.total <= max(totals) <= (ours.full or 0)
    random_.shuffle(scores)
    assert result_of(ours, "A", scores) == got


@quick
@given(panels, st.integers(0, 6), st.sampled_from([{}, {"aggregate": "trimmed_mean", "trim": 1, "least_scores": 3}]))
def test_a_higher_mark_never_lowers_a_total(given_: list[tuple[int, int]], place: int, rules: dict[str, Any]) -> None:
    n = place % len(given_)
    better = [(min(a + (i == n), 10), b) for i, (a, b) in enumerate(given_)]
    before, after = result(given_, **rules).total, result(better, **rules).total

    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert after >= before


def test_a_missing_mark_is_named_and_never_left_out() -> None:
    got = result_of(rubric(), "A", [score("m1", 7, 9), score("m2", 8, 8), score("m3", None, 4)])

    assert (got.state, got.total) == ("incomplete", None)
    assert [(e.expert, e.missing) for e in got.experts if e.missing] == [("m3", ("a",))]
    assert "m3（1 项）" in got.text.zh


def test_too_few_experts_are_too_few() -> None:
    got = result([(7, 9)])

    assert (got.state, got.text.zh) == ("incomplete", "已有 1 位专家打分，至少要 2 位")


@quick
@given(panels)
def test_an_upheld_veto_beats_every_mark(given_: list[tuple[int, int]]) -> None:
    scores = panel(given_)
    scores[0] = dataclasses.replace(scores[0], veto=CLAIM)
    ruling = Ruling("A", "v", True, "组长", "经核实属实", frozenset({"m0"}))

    claimed, vetoed = result_of(rubric(), "A", scores), result_of(rubric(), "A", scores, [ruling])

    assert (claimed.state, vetoed.state, claimed.claims) == ("veto_open", "vetoed", ("m0",))
    assert [r.rank for r in ranking([claimed])] == [r.rank for r in ranking([vetoed])] == [None]


def test_a_veto_holds_without_weights_and_without_marks() -> None:
    source = load_rubric(LABORATORY)
    claim = Score("m1", "A", {}, veto=Veto("conduct", "数据造假，见附件"))

    assert result_of(source, "A", [claim]).state == "veto_open"
    assert result_of(source, "A", [claim], [Ruling("A", "conduct", True, "组长", "属实")]).state == "vetoed"


def test_a_ruling_settles_the_claims_that_it_was_about_and_no_later_one() -> None:
    scores = [score("m1", 7, 9, veto=CLAIM), score("m2", 8, 8)]
    dismissed = Ruling("A", "v", False, "组长", "编号重复系笔误", frozenset({"m1"}))
    later = [scores[0], dataclasses.replace(scores[1], veto=CLAIM)]

    assert result_of(rubric(), "A", scores, [dismissed]).state == "scored"
    assert result_of(rubric(), "A", later, [dismissed]).state == "veto_open"


@pytest.mark.parametrize(("code", "scores"), [
    ("E808", [Score("m1", "A", {"z": Fraction(1)})]),
    ("E810", [score("m1", 11, 1)]),
    ("E810", [score("m1", -1, 1)]),
    ("E810", [Score("m1", "A", {"v": Fraction(1)})]),
    ("E810", [score("m1", 1, 1), score("m1", 2, 2)]),
    ("E810", [score("m1", 1, 1, "B")]),
    ("E810", [score("m1", 1, 1, veto=Veto("v", " "))]),
    ("E808", [score("m1", 1, 1, veto=Veto("a", "依据"))]),
])
def test_scores_that_can_not_be_are_refused(code: str, scores: list[Score]) -> None:
    with pytest.raises(GuijuError, match=code):
        result_of(rubric(), "A", scores)


def test_a_mark_keeps_to_the_steps() -> None:
    half = rubric(scale=Scale(Fraction(0), Fraction(10), Fraction(1, 2)))

    assert result_of(half, "A", [score("m1", Fraction(15, 2), 1), score("m2", 1, 1)]).state == "scored"
    with pytest.raises(GuijuError, match=r"每档 0\.5 分"):
        result_of(half, "A", [score("m1", Fraction(22, 3), 1)])


@pytest.mark.parametrize("rules", [
    {"weights": {"a": Fraction(0)}}, {"scale": Scale(Fraction(5), Fraction(5))}, {"scale": Scale(Fraction(-1))},
    {"scale": Scale(Fraction(0), Fraction(10), Fraction(3))}, {"aggregate": "median"},
    {"aggregate": "trimmed_mean", "trim": 0}, {"aggregate": "trimmed_mean", "trim": 1, "least_scores": 2},
    {"least_scores": 0}])
def test_rules_that_can_not_be_are_refused(rules: dict[str, Any]) -> None:
    with pytest.raises(GuijuError, match="E809"):
        with_rules(rubric(), **rules)


def test_a_weight_belongs_to_an_indicator() -> None:
    with pytest.raises(GuijuError, match="E808"):
        with_rules(rubric(), weights={"c": Fraction(1)})


def test_equal_totals_share_a_rank_and_what_has_none_comes_last() -> None:
    results = [result([(5, 5), (5, 5)], "A"), result([(9, 9), (9, 9)], "B"), result([(4, 6), (6, 4)], "C"),
               result([(1, 1), (1, 1)], "D"), result([(9, 9)], "E")]

    rows = ranking(results)

    assert [(r.rank, r.application, r.tied) for r in rows] == [(1, "B", 0), (2, "A", 1), (2, "C", 1), (4, "D", 0),
                                                               (None, "E", 0)]
    assert ranking(results[::-1]) == rows


def test_totals_that_look_equal_are_ranked_by_what_they_are() -> None:
    ours = rubric(scale=Scale(Fraction(0), Fraction(10), None))
    close = [score("m1", Fraction(50001, 10000), 5, "B"), score("m2", 5, 5, "B")]

    rows = ranking([result_of(ours, "A", panel([(5, 5), (5, 5)])), result_of(ours, "B", close)])

    assert [(r.rank, r.application, rounded(r.total or Fraction(0))) for r in rows] == [(1, "B", "50"), (2, "A", "50")]


@pytest.mark.parametrize(("value", "shown", "fact"), [
    (Fraction(250, 3), "83.33", "83.333333"), (Fraction(5, 1000), "0.01", "0.005"), (Fraction(88), "88", "88"),
    (Fraction(-5, 1000), "-0.01", "-0.005"), (Fraction(2, 3), "0.67", "0.666666"),
    (Fraction(-2, 3), "-0.67", "-0.666667")])
def test_figures_are_rounded_to_be_looked_at_and_cut_to_be_compared(value: Fraction, shown: str, fact: str) -> None:
    assert (rounded(value), stated(value)) == (shown, fact)


@quick
@given(st.fractions(0, 100, max_denominator=10**9), st.integers(0, 10**8))
def test_a_stated_total_reaches_a_pass_line_just_when_the_exact_one_does(value: Fraction, line: int) -> None:
    assert (Fraction(stated(value)) >= Fraction(line, 10**6)) == (value >= Fraction(line, 10**6))


def test_agreement_is_krippendorffs_alpha_as_in_his_own_example() -> None:
    rows = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
    units = [[Fraction(row[n]) for row in rows if row[n] != "."] for n in range(12)]

    got = alpha_of([u for u in units if len(u) > 1])

    assert (got.applications, got.values) == (11, 40)
    assert got.alpha is not None
    assert rounded(got.alpha, 3) == "0.849"


@quick
@given(st.lists(panels, min_size=2, max_size=5), st.randoms())
def test_agreement_is_one_at_most_and_knows_no_order(rounds: list[list[tuple[int, int]]],
                                                     random_: random.Random) -> None:
    scores = [s for n, one in enumerate(rounds) for s in panel(one, f"A{n}")]
    got = agreement(rubric(), scores)
    random_.shuffle(scores)

    assert agreement(rubric(), scores) == got
    assert not isinstance(got, NotComputable)
    assert got.alpha is None or got.alpha <= 1


def test_agreement_is_whole_where_all_agree_and_told_for_single_indicators() -> None:
    scores = panel([(5, 1), (5, 9)], "A") + panel([(8, 4), (8, 2)], "B")
    whole, part = agreement(rubric(), scores, "a"), agreement(load_rubric(LABORATORY), [])

    assert not isinstance(whole, NotComputable)
    assert whole.alpha == 1
    assert isinstance(part, NotComputable)


@pytest.mark.parametrize("scores", [[], panel([(5, 5), (6, 6)]), panel([(5, 5)], "A") + panel([(6, 6)], "B"),
                                    panel([(5, 5), (5, 5)], "A") + panel([(5, 5), (5, 5)], "B")])
def test_there_is_no_agreement_where_nothing_can_be_compared(scores: list[Score]) -> None:
    got = agreement(rubric(), scores)

    assert not isinstance(got, NotComputable)
    assert got.alpha is None
    assert "无法计算一致性" in got.text.zh


def severe_round(reviews: int) -> list[Score]:
    """m0 gives 10 points less than the others, on so many applications."""
    return [s for n in range(reviews) for s in panel([(6, 6), (7, 7), (7, 7)], f"A{n}")]


def test_a_severe_expert_is_shown_the_more_surely_the_more_he_reviewed() -> None:
    severities = []
    for reviews in (1, 3, 27):
        got = calibrate(rubric(), severe_round(reviews))
        assert isinstance(got, Calibration)
        severities.append((got.experts[0].deviation, got.experts[0].severity))

    assert severities == [(-10, Fraction(-10, 4)), (-10, -5), (-10, -9)]


def test_one_odd_review_does_not_make_an_expert_severe() -> None:
    usual = [s for n in range(4) for s in panel([(7, 7), (7, 7), (7, 7)], f"A{n}")]
    scores = usual + panel([(0, 0), (7, 7), (7, 7)], "Z")

    got = calibrate(rubric(), scores)

    assert isinstance(got, Calibration)
    assert got.experts[0].severity == 0


def test_calibration_stands_beside_the_result_and_changes_nothing_of_it() -> None:
    first = panel([(6, 6), (7, 7), (7, 7)], "A")
    others = [score(who, 7, 7, about) for about in "BCDEF" for who in ("m1", "m2", "m3")]
    before = result_of(rubric(), "A", first)

    got = calibrate(rubric(), first + others)

    assert isinstance(got, Calibration)
    assert result_of(rubric(), "A", first) == before
    assert before.total is not None
    assert before.total < got.totals["A"] < got.totals["B"] == 70
    assert isinstance(calibrate(load_rubric(LABORATORY), []), NotComputable)


def test_a_rubric_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(GuijuError, match=LABORATORY):
        load_rubric("quality-standard-laboratory-2024")


def test_every_installed_rubric_reads() -> None:
    from guiju.review.rubric import rubric_ids

    assert [isinstance(load_rubric(i), Rubric) for i in rubric_ids()] == [True] * len(rubric_ids())
