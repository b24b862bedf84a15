"""Equal numbers are equal doubles: whatever sums led to them, and however a chunk keeps them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa
from crowds import LIBRARY, crowds
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.evaluate.evaluation import setting_for
from guiju.facts.read import facts_from_mapping
from guiju.language.compile.folder import compile_policy
from guiju.population.columns import Quantity
from guiju.population.files.results import points_of
from guiju.population.nearest import nearest_ends, on_lattice
from guiju.population.payable import Payable
from guiju.population.people import Population, Stored, Texts
from guiju.population.questions.claimants import Claims, by_score_or_fact
from guiju.population.questions.ranks import contest, pass_line, ranking, scored_goal

POLICY = """\
id: town/tenths
title: 某市评分
in_force: {from: 2020-01-01, to: 2026-12-31, cite: "1"}
clauses: {"1": {zh: 评分}}
goals:
- {id: g, name: 目标, main: true, require: [E1], score: s}
"""
RULES = """\
conditions:
- {id: E1, require: s >= 0.3 分, cite: "1"}
scores:
- id: s
  full: 0.6
  cite: "1"
  items:
  - id: a
    full: 0.1
    first: |
      境内工商登记 | 0.1
      其余         | 0
  - id: b
    full: 0.2
    first: |
      列入经营异常名录 | 0
      其余             | 0.2
  - id: c
    full: 0.3
    first: |
      列入严重失信主体名单 | 0
      其余                 | 0.3
"""
YES, NO = "是", "否"


def test_sums_of_tenths_that_come_to_the_same_are_a_tie_and_reach_the_line(tmp_path: Path) -> None:
    """0.1 + 0.2 is another double than 0.3."""
    for name, text in (("policy.yaml", POLICY), ("rules.yaml", RULES)):
        (tmp_path / name).write_text(text, "utf-8")
    policy = compile_policy(tmp_path, LIBRARY.vocabulary)
    asked = ("境内工商登记", "列入经营异常名录", "列入严重失信主体名单")
    everybody = [facts_from_mapping(dict(zip(asked, told, strict=True)), LIBRARY.vocabulary)
                 for told in ((YES, NO, YES), (NO, YES, NO), (YES, YES, YES))]
    goal, setting = scored_goal(policy), setting_for(policy, dt.date(2024, 1, 1))
    found = ranking(contest(crowds(everybody, size=1), policy, goal, setting), pass_line(policy, goal), None)

    assert found.contest.low.tolist() == [0.3, 0.3, 0.1]
    assert (found.first.tolist(), found.above, found.below) == ([1, 1, 3], 2, 1)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(st.integers(-10 ** 6, 10 ** 6), min_size=1, max_size=8), st.integers(1, 10 ** 6))
def test_a_sum_of_parts_is_the_double_nearest_to_it(parts: list[int], over: int) -> None:
    total, error = 0.0, 0.0
    for part in parts:
        total += part / over
        error += (abs(part / over) + abs(total)) * 2.0 ** -52
    value, open_ = on_lattice(Quantity(np.array([total]), np.array([total]), 0, np.array([error])), over, 1)

    assert open_.tolist() == [False]
    assert value.low.tolist() == [float(Fraction(sum(parts), over))]


def test_what_the_error_leaves_open_is_left_to_be_told_alone() -> None:
    value = Quantity(np.array([0.3, 0.3]), np.array([0.3, 0.3]), 0, np.array([0.06, 1e-16]))

    assert on_lattice(value, 10, 2)[1].tolist() == [True, False]
    assert on_lattice(value, None, 2)[1].tolist() == [True, True]


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.decimals(-10 ** 6, 10 ** 6, places=4), st.sampled_from([1, 100, 10_000]))
def test_a_number_is_the_same_double_however_its_chunk_keeps_it(value: object, per: int) -> None:
    exact = Fraction(str(value)) / per
    whole = Stored(Quantity(*[np.array([float(Fraction(str(value)) * 10_000)])] * 2), 10_000 * per)
    printed = Stored(Quantity(*[np.array([float(str(value))])] * 2), 1, Fraction(1, per))

    assert nearest_ends(whole)[0].tolist() == nearest_ends(printed)[0].tolist() == [float(exact)]


def test_equals_in_two_chunks_are_equal_when_a_share_ranks_them() -> None:
    """One chunk keeps a share in hundredths of a per cent, the other as a double that stands for its decimal."""
    policy = LIBRARY.policy("national/sme-tiers-2022")
    share = next(f for f in LIBRARY.vocabulary.all_facts() if f.type == "ratio")
    scoring = by_score_or_fact(policy, share.id, lowest_first=False)
    points = []
    for percent in range(1, 300):
        ends = np.array([float(percent * 10 + 3)]), np.array([(percent * 10 + 3) / 10])
        for column in (Stored(Quantity(ends[0], ends[0]), 1000),
                       Stored(Quantity(ends[1], ends[1]), 1, Fraction(1, 100))):
            people = Population(1, {share.id: column}, {}, Texts(), LIBRARY.vocabulary)
            points.append(float(scoring(claims_of(people))[0]))

    assert points[::2] == points[1::2]


def claims_of(people: Population) -> Claims:
    amounts, codes, none = np.zeros(people.count), np.zeros(people.count, np.uint8), np.zeros(people.count, np.bool_)
    return Claims(pa.array(["甲"]), Payable(codes, amounts, amounts, codes, none), {}, people, none)


def test_points_in_a_file_lie_around_the_true_ones() -> None:
    third, tenth = np.array([1 / 3, 0.1, 0.7]), np.array([2 / 3, 0.1, 0.7])

    low, high = points_of(third, np.floor), points_of(tenth, np.ceil)

    assert low.to_pylist() == [3333, 1000, 7000]
    assert high.to_pylist() == [6667, 1000, 7000]
    assert points_of(np.array([0.30000001]), np.floor).to_pylist() == [3000]
    assert points_of(np.array([0.30000001]), np.ceil).to_pylist() == [3001]
