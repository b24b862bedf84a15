"""Drawing by lot: as likely as told, never above the cap, the same for the same seed."""

from __future__ import annotations

import dataclasses
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiju.review.draw import Drawn, Lots, TooFew, chances_of, draw, redraw
from guiju.source.diagnostics import GuijuError

PEOPLE = frozenset(f"e{n}" for n in range(10))


def drawn(lots: Lots, seed: str) -> Drawn:
    result = draw(lots, seed)
    assert isinstance(result, Drawn)
    return result


def test_the_same_seed_draws_the_same_and_another_one_another() -> None:
    lots = Lots(PEOPLE, 3)

    assert drawn(lots, "2024") == drawn(lots, "2024")
    assert drawn(lots, "2024").text.zh == "从 10 人中抽 3 人，每人抽中的概率至多 3/10；种子“2024”"
    assert len({drawn(lots, str(n)).chosen for n in range(20)}) > 10


def test_everyone_has_the_chance_that_is_told() -> None:
    lots = Lots(PEOPLE, 3, Fraction(1, 2), {one: 5 if one < "e4" else 1 for one in PEOPLE})
    told = chances_of(lots)

    counts = Counter(one for n in range(2000) for one in drawn(lots, str(n)).chosen)

    assert told["e0"] == Fraction(1, 2)
    assert told["e9"] == Fraction(1, 6)
    assert all(abs(counts[one] / 2000 - told[one]) < 0.04 for one in PEOPLE)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.integers(1, 6), st.sampled_from([None, Fraction(1), Fraction(1, 2), Fraction(2, 5)]),
       st.none() | st.lists(st.integers(0, 3), min_size=10, max_size=10), st.text(min_size=1))
def test_chances_sum_to_the_count_and_keep_to_the_cap(count: int, cap: Fraction | None, fit: list[int] | None,
                                                      seed: str) -> None:
    lots = Lots(PEOPLE, count, cap, fit and dict(zip(sorted(PEOPLE), fit, strict=True)))
    result = draw(lots, seed)
    if isinstance(result, TooFew):
        assert cap is not None
        assert result.have < result.need
        return

    assert sum(result.chances.values()) == count == len(set(result.chosen))
    assert max(result.chances.values()) <= (cap or 1)
    assert redraw(result, lots) == ()


def test_too_few_candidates_for_a_cap_are_named() -> None:
    result = draw(Lots(PEOPLE, 4, Fraction(1, 3)), "2024")

    assert isinstance(result, TooFew)
    assert (result.need, result.have) == (12, 10)
    assert result.text.zh == "要抽 4 人，每人抽中的概率不超过 1/3，至少须有 12 名候选人，只有 10 名"


def test_a_changed_record_or_pool_is_found() -> None:
    lots = Lots(PEOPLE, 3)
    record = drawn(lots, "2024")

    assert "重抽的结果不同" in redraw(dataclasses.replace(record, chosen=("e1", "e2", "e3")), lots)[-1].zh
    assert "摘要不同" in redraw(record, Lots(PEOPLE | {"e10"}, 3))[0].zh


@pytest.mark.parametrize(("lots", "seed"), [
    (Lots(PEOPLE, 0), "s"), (Lots(PEOPLE, 1), ""), (Lots(PEOPLE, 1, Fraction(0)), "s"),
    (Lots(PEOPLE, 1, Fraction(2)), "s"),
    (Lots(PEOPLE, 1, None, {"e1": 1}), "s"),
    (Lots(frozenset({"e1"}), 1, None, {"e1": 1, "e2": 1}), "s")])
def test_a_draw_without_sense_is_refused(lots: Lots, seed: str) -> None:
    with pytest.raises(GuijuError, match="E817"):
        draw(lots, seed)
