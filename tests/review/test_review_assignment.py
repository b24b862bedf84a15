"""Who reviews what: as good as trying everything, the same for every order, in words where there is nothing."""

from __future__ import annotations

import dataclasses
import itertools
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rounds_of_review import any_fit, application, big_round, chosen_problem, expert

from guiju.review.assignment import (
    Assignment,
    Infeasible,
    Load,
    Pair,
    Problem,
    assign,
    breaches,
    explain,
    price_of,
    relaxation,
    replay,
)
from guiju.review.assignment.floor import worst
from guiju.review.assignment.reach import highest_conceivable
from guiju.review.assignment.summit import summit
from guiju.review.assignment.table import table_of
from guiju.review.conflicts import Conflict
from guiju.source.diagnostics import GuijuError, Text


def every_assignment(problem: Problem) -> list[tuple[int, int]]:
    """Floor and total of each way to fill all panels that breaks nothing, by trying them all."""
    assert problem.fit is not None
    panels = [[[(e.id, a.id) for e in panel] for panel in itertools.combinations(problem.experts, problem.panel)]
              for a in problem.applications]
    found = []
    for chosen in itertools.product(*panels):
        pairs = [pair for panel in chosen for pair in panel]
        if not breaches(problem, pairs):
            sums = [sum(problem.fit[pair] for pair in panel) for panel in chosen]
            found.append((min(sums), sum(sums)))
    return found


def solved(problem: Problem) -> Assignment:
    result = assign(problem)
    assert isinstance(result, Assignment)
    return result


def refused(problem: Problem) -> Infeasible:
    result = assign(problem)
    assert isinstance(result, Infeasible)
    return result


def bar(pair: Pair) -> Conflict:
    return Conflict("declared", *pair, "bars", Text("亲属", "family"), (), "细则第5条")


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 10**6))
def test_no_assignment_is_better_than_the_one_given_and_none_is_missed(seed: int) -> None:
    problem = chosen_problem(random.Random(seed))
    possible = every_assignment(problem)

    result = assign(problem)

    if not possible:
        assert isinstance(result, Infeasible)
        assert result.shortages or result.concessions
        return
    assert isinstance(result, Assignment)
    assert breaches(problem, result.pairs) == ()
    assert (result.floor, result.total) == max(possible)
    assert result.free_total == max(total for _, total in possible)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 10**6))
def test_pairs_priced_in_later_lose_nothing(seed: int) -> None:
    problem = chosen_problem(random.Random(seed), kinds={}, in_field=0)
    whole = assign(problem)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(relaxation, "SMALL", 0)
        patch.setattr(relaxation, "START", 1)
        assert assign(problem) == whole


@pytest.mark.parametrize(("experts", "applications", "panel", "load"), [
    (6, 5, 2, Load(1, 2)), (8, 8, 2, Load(2, 2)), (10, 12, 3, Load(3, 4))])
def test_the_floor_is_the_highest_in_one_integer_programme_too(experts: int, applications: int, panel: int,
                                                               load: Load) -> None:
    for seed in range(15):
        problem = any_fit(big_round(experts, applications, panel, load), seed)
        result, table = assign(problem), table_of(problem)
        found = summit(table, 0, highest_conceivable(table))

        assert (found is None) == isinstance(result, Infeasible)
        if found is not None:
            assert isinstance(result, Assignment)
            assert worst(table, found) == result.floor


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 10**6))
def test_the_order_of_the_lists_changes_nothing(seed: int) -> None:
    random_ = random.Random(seed)
    problem = chosen_problem(random_)
    other = dataclasses.replace(problem, experts=random_.sample(problem.experts, len(problem.experts)),
                                applications=random_.sample(problem.applications, len(problem.applications)))

    assert assign(other) == assign(problem)


def test_the_worst_served_comes_first_and_its_price_is_told() -> None:
    fit = {("e1", "a1"): 9, ("e1", "a2"): 5, ("e2", "a1"): 4, ("e2", "a2"): 1}
    problem = Problem([expert(1), expert(2)], [application(1), application(2)], 1, Load(1, 1), fit=fit)

    result = solved(problem)

    assert result.pairs == (("e2", "a1"), ("e1", "a2"))
    assert (result.floor, result.total) == (4, 9)
    assert (result.free_floor, result.free_total, result.price) == (1, 10, 1)


def test_another_seed_decides_between_equals_only() -> None:
    results = {seed: solved(big_round(6, 6, 2, Load(1, 3), in_field=0, seed=seed,
                                      fit={(f"e{e}", f"a{a}"): 1 for e in range(6) for a in range(6)}))
               for seed in ("甲", "乙", "丙")}

    assert len({r.pairs for r in results.values()}) > 1
    assert {(r.floor, r.total) for r in results.values()} == {(2, 12)}


def test_a_real_round_takes_seconds_and_keeps_every_rule() -> None:
    problem = big_round(30, 60, 5, Load(6, 14), kinds={"财务": 1, "技术": 1, "管理": 1, "法律": 1})
    begin = time.process_time()

    results = [solved(dataclasses.replace(problem, seed=str(n))) for n in range(5)]

    assert time.process_time() - begin < 30
    assert [breaches(problem, r.pairs) for r in results] == [()] * 5
    assert all(len(r.pairs) == 300 for r in results)
    assert len({(r.floor, r.total) for r in results}) == 1


def test_a_record_is_replayed_and_every_change_is_found() -> None:
    problem = big_round(10, 8, 3, Load(1, 4))
    result = solved(problem)
    record = result.record

    assert replay(record, problem).same
    changes = [
        (record, dataclasses.replace(problem, seed="2024-B"), "种子"),
        (record, dataclasses.replace(problem, load=Load(0, 4)), "输入"),
        (dataclasses.replace(record, result="0" * 64), problem, "配对"),
        (dataclasses.replace(record, total=record.total + 1), problem, "总分"),
        (dataclasses.replace(record, solver="HiGHS (scipy 0.1)"), problem, "求解器"),
    ]
    for changed, with_problem, word in changes:
        again = replay(changed, with_problem)
        assert not again.same
        assert word in "；".join(t.zh for t in again.findings)


def test_pairs_changed_by_hand_are_checked_by_counting() -> None:
    problem = Problem([expert(1, 7), expert(2, 7), expert(3)], [application(1)], 2, Load(0, 1))

    assert breaches(problem, [("e1", "a1"), ("e3", "a1")]) == ()
    assert [t.zh[-6:] for t in breaches(problem, [("e1", "a1"), ("e2", "a1")])] == [expert(1, 7).organisation.key[-6:]]
    assert len(breaches(problem, [("e1", "a1"), ("e1", "a1")])) == 2
    assert [t.en for t in breaches(problem, [("e9", "a1"), ("e1", "a1"), ("e3", "a1")])] == [
        "there is no expert 'e9' or application 'a1'"]


@pytest.mark.parametrize(("problem", "said"), [
    (Problem([expert(1)], [application(1), application(2)], 1, Load(0, 1)),
     "专家 1 人 × 1 份 = 1 份 < 需要 2 份（2 份申报 × 1 人）"),
    (Problem([expert(1), expert(2)], [application(1)], 2, Load(0, 1), conflicts=[bar(("e1", "a1"))]),
     "“申报1”需要专家 2 人，可评的只有 1 人；另有回避 1 人"),
    (Problem([expert(1, 7), expert(2, 7)], [application(1)], 2, Load(0, 1)),
     "“申报1”需要专家 2 人，可评的只有 2 人，分属 1 个单位（每单位至多 1 人）"),
    (Problem([expert(1, kinds=frozenset({"财务"})), *(expert(n) for n in range(2, 9))],
             [application(n) for n in range(4)], 2, Load(0, 3), kinds={"财务": 1}),
     "财务类专家 1 人 × 3 份 = 3 份 < 需要 4 份（4 份申报 × 1 人）"),
    (Problem([expert(1, specialities=frozenset("f"))], [application(1, field="g")], 1, Load(0, 1), in_field=1),
     "“申报1”需要本领域专家 1 人，可评的只有 0 人"),
    (Problem([expert(1), expert(2)], [application(1)], 1, Load(1, 1)),
     "专家最少份数合计 2 > 共有 1 份（1 份申报 × 1 人）"),
    (Problem([expert(1), expert(2)], [application(1)], 1, Load(0, 1), fixed=frozenset({("e1", "a1"), ("e2", "a1")})),
     "“申报1”已指定 2 人 > 每份 1 人"),
    (Problem([expert(1), expert(2)], [application(1)], 2, Load(0, 1), least_fit=50,
             fit={("e1", "a1"): 60, ("e2", "a1"): 40}),
     "“申报1”需要专家 2 人，可评的只有 1 人；另有匹配度低于 50 的 1 人"),
])
def test_what_is_too_few_is_named(problem: Problem, said: str) -> None:
    assert refused(problem).text.zh.startswith(said)


def test_demands_that_only_clash_together_are_met_with_the_least_concession() -> None:
    both = frozenset({"财务", "技术"})
    problem = Problem([expert(1, kinds=both), expert(2), expert(3)], [application(1), application(2)], 1, Load(0, 2),
                      kinds={"财务": 1}, forbidden=frozenset({("e1", "a2")}))
    single = refused(problem)
    mixed = refused(Problem(
        [expert(1, kinds=frozenset({"财务"})), expert(2, kinds=frozenset({"技术"}))], [application(1)], 1, Load(0, 1),
        kinds={"财务": 1, "技术": 1}))

    assert [s.family for s in single.shortages] == ["kind:财务"]
    assert mixed.shortages == ()
    assert len(mixed.concessions) == 1
    assert "各项要求单独都能满足，合起来不能" in mixed.text.zh


def test_a_fixed_pair_stays_and_a_barred_one_is_never_made() -> None:
    problem = big_round(10, 6, 3, Load(1, 4), fixed=frozenset({("e0", "a0")}), conflicts=[bar(("e1", "a0"))])

    panel = solved(problem).panel("a0")

    assert "e0" in panel
    assert "e1" not in panel


def test_every_pair_has_its_reason_and_every_better_expert_was_passed_over_for_one() -> None:
    problem = big_round(12, 10, 3, Load(1, 4))
    result = solved(problem)

    for case in problem.applications:
        reason = explain(problem, result, case.id)
        assert tuple(p.expert for p in reason.pairs) == result.panel(case.id)
        assert reason.fit >= result.floor
        assert all(p.why.zh and all(i.because for i in p.instead) for p in reason.pairs)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.integers(0, 10**6))
def test_no_better_expert_was_left_out_without_something_that_stood_against_it(seed: int) -> None:
    problem = chosen_problem(random.Random(seed), kinds={}, in_field=0, load=Load(0, 3))
    result = assign(problem)
    if isinstance(result, Infeasible):
        return
    for case in problem.applications:
        for pair in explain(problem, result, case.id).pairs:
            better = [i for i in pair.instead if i.fit > pair.fit]
            assert all(i.because and not any(t.zh.startswith("匹配度低 ") for t in i.because) for i in better)


def test_what_stood_against_the_better_one_is_named() -> None:
    fields = {"specialities": frozenset({"f"})}
    experts = [expert(1, 7, **fields, kinds=frozenset({"财务"})), expert(2, 7, **fields), expert(3, **fields),
               expert(4, **fields), expert(5), expert(6)]
    cases = [application(1, field="f"), application(2, field="f")]
    problem = Problem(experts, cases, 2, Load(0, 1), kinds={"财务": 0}, in_field=1, forbidden=frozenset({("e4", "a1")}),
                      conflicts=[bar(("e3", "a2"))], fixed=frozenset({("e1", "a1"), ("e5", "a1"), ("e6", "a2")}))
    result = solved(problem)

    first, second = explain(problem, result, "a1"), explain(problem, result, "a2")
    pairs = [*first.pairs, *second.pairs]
    said = {(p.expert, i.expert): [t.zh for t in i.because] for p in pairs for i in p.instead}

    assert "专家5是指定的" in said["e5", "e2"]
    assert "与专家1同属单位7" in said["e5", "e2"]
    assert said["e5", "e4"][0] == "已被禁止"
    assert said["e6", "e3"][0] == "须回避：亲属"
    assert first.pairs[0].why.zh == "熟悉领域“f”"
    assert first.text.zh == "匹配度合计 100（底线 100），与不设底线时相同"


def test_what_a_wish_costs_is_told_before_it_is_granted() -> None:
    fit = {("e1", "a1"): 9, ("e1", "a2"): 5, ("e2", "a1"): 4, ("e2", "a2"): 1}
    problem = Problem([expert(1), expert(2)], [application(1), application(2)], 1, Load(1, 1), fit=fit)
    result = solved(problem)

    price = price_of(problem, result, ("e1", "a1"))

    assert price is not None
    assert (price.floor, price.total) == (3, -1)


@pytest.mark.parametrize(("code", "changes"), [
    ("E801", {"experts": [expert(1), expert(1)]}),
    ("E805", {"fixed": frozenset({("e9", "a1")})}),
    ("E806", {"panel": 0}),
    ("E806", {"load": Load(2, 1)}),
    ("E806", {"kinds": {"财务": 3}}),
    ("E806", {"fit": {("e1", "a1"): -1, ("e2", "a1"): 1}}),
    ("E806", {"fit": {("e1", "a1"): 1}}),
    ("E806", {"applications": []}),
    ("E807", {"fixed": frozenset({("e1", "a1")}), "forbidden": frozenset({("e1", "a1")})}),
    ("E807", {"fixed": frozenset({("e1", "a1")}), "conflicts": [bar(("e1", "a1"))]}),
])
def test_a_problem_without_sense_is_refused_with_its_code(code: str, changes: dict[str, object]) -> None:
    problem = dataclasses.replace(Problem([expert(1), expert(2)], [application(1)], 1, Load(0, 1)), **changes)

    with pytest.raises(GuijuError) as refusal:
        assign(problem)

    assert {d.code for d in refusal.value.diagnostics} == {code}
