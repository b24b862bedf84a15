"""Chances and days: what is given, what is usual, what can't be read."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.simulation.odds import Exploring, Odds, Way, read_odds
from guiju.source.diagnostics import GuijuError

Write = Callable[[str], Path]


def ways(chart: Chart, *names: str) -> list[Way]:
    return [Way(name, "", chart.moves[name], chart) for name in names]


def test_each_kind_of_move_has_its_usual_share(chart: Chart) -> None:
    assert Odds().weights(ways(chart, "judge", "decline")) == pytest.approx([0.7 / 0.85, 0.15 / 0.85])
    assert Odds().weights(ways(chart, "withdraw", "finish", "report")) == pytest.approx([0.25, 0.25, 0.5])


def test_a_given_chance_is_taken_as_it_is_and_the_others_share_what_is_left(chart: Chart) -> None:
    assert Odds({"decline": 0.4}).weights(ways(chart, "judge", "decline")) == pytest.approx([0.6, 0.4])
    assert Odds({"judge": 1.0}).weights(ways(chart, "judge", "decline")) == pytest.approx([1.0, 0.0])
    assert Odds({"decline": 0.4}).weights(ways(chart, "decline")) == [0.4]


def test_a_chance_may_name_a_move_of_every_sub_procedure_or_of_one(chart: Chart) -> None:
    assert Odds({"uphold": 0.3}).chance("objection:uphold") == 0.3
    assert Odds({"objection:uphold": 0.3}).chance("objection:uphold") == 0.3
    assert Odds({"objection:uphold": 0.3}).chance("uphold") is None


def test_days_that_are_given_are_kept_to() -> None:
    odds, random = Odds(days={"draft": (5, 7)}), Random(1)
    assert {odds.wait("draft", 30, random).days for _ in range(100)} == {5, 6, 7}
    assert {odds.wait("review", 3, random).days for _ in range(100)} == {1, 2, 3}


def test_exploring_leads_to_what_has_not_been_made(chart: Chart) -> None:
    odds = Exploring()
    for name in ("open", "submit", "judge"):
        odds.made(name)
    judge, decline = odds.weights(ways(chart, "judge", "decline"))
    assert decline > judge
    odds.made("decline")
    judge, decline = odds.weights(ways(chart, "judge", "decline"))
    assert judge > decline


def test_odds_from_a_file(odds_file: Write, chart: Chart) -> None:
    path = odds_file("moves: {decline: 20%, 'objection:raise': 0.5}\ndays: {draft: [5, 20], upheld: 3}\nlate: 0\n")
    assert read_odds(path, chart) == Odds({"decline": 0.2, "objection:raise": 0.5},
                                          {"draft": (5, 20), "upheld": (3, 3)}, 0.0)


@pytest.mark.parametrize(("text", "code"), [
    ("moves: {declin: 0.2}", "E502"), ("days: {drft: 3}", "E501"), ("moves: {decline: 1.2}", "E528"),
    ("moves: {decline: 常常}", "E528"), ("moves: {decline: nan}", "E528"), ("days: {draft: [20, 5]}", "E528"),
    ("days: {draft: [1, 2, 3]}", "E528"), ("days: {draft: []}", "E528"), ("days: {draft: -1}", "E528"),
    ("late: 2", "E528"), ("odds: {}", "E022"), ("moves: decline", "E020"), ("moves: {decline: {}}", "E021"),
    ("days: {draft: 99999}", "E528")])
def test_what_is_no_odds_is_told_with_its_place(odds_file: Write, chart: Chart, text: str, code: str) -> None:
    with pytest.raises(GuijuError) as error:
        read_odds(odds_file(text), chart)
    assert error.value.diagnostics[0].code == code
    assert error.value.diagnostics[0].span.line == 1
