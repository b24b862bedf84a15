"""Whoever stands exactly on a threshold of a ratio is told in columns: nobody is left over to be answered alone."""

from __future__ import annotations

from crowds import LIBRARY, usual

from guiju.evaluate.evaluation import quick
from guiju.facts.read import facts_from_mapping
from guiju.population.match import match
from guiju.population.people import population_of

TIERS = LIBRARY.policy("national/sme-tiers-2022")
SETTING = usual(TIERS, "2022-09-01")


def growing(before: str, after: str, share: str) -> dict[str, object]:
    financing = {"到账日": "2022-01-01", "实缴额": "500 万元", "出让股权比例": share, "合格机构投资者": "是",
                 "增资扩股": "是"}
    return {"上上年度主营业务收入": before, "上年度主营业务收入": after, "股权融资": [financing]}


def test_a_growth_and_a_share_of_a_record_on_their_thresholds_are_told_in_columns() -> None:
    everybody = [facts_from_mapping(growing(*cells), LIBRARY.vocabulary) for cells in (
        ("3000 万元", "3450 万元", "30%"), ("3000 万元", "3449.999999 万元", "30.1%"), ("0 元", "1 元", "29.9%"))]
    found = match(population_of(everybody, LIBRARY.vocabulary), [(TIERS, SETTING)])[0]

    assert not found.left.any()
    for number, facts in enumerate(everybody):
        alone = quick(TIERS, facts, SETTING)
        assert tuple(codes[number] for codes in found.goals) == alone.goals
        assert [(low[number], high[number]) for low, high, _ in found.scores] == [
            tuple(map(float, score[:2])) for score in alone.scores]
