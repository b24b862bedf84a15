"""What worked timelines teach: settings, evidence that was taken, on other days."""

import datetime as dt

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.library import Charts
from guiju.lifecycle.simulation.samples import Samples, Setting, example_setting, known_samples, unsettled


def test_only_what_succeeded_is_taken_and_a_step_that_others_go_on_from_once(samples: Samples) -> None:
    assert {name: len(found) for name, found in samples.moves.items()} == {
        "open": 2, "submit": 1, "judge": 1, "approve": 1, "extend": 1}


def test_what_is_given_from_the_start_comes_with_the_opening(samples: Samples) -> None:
    assert samples.moves["open"][0].given == {"场地面积": "120 平方米"}


def test_dates_keep_their_distance_from_the_day(samples: Samples) -> None:
    assert samples.moves["extend"][0].moved(dt.date(2030, 1, 3)) == {
        "延期缘由": "自 2024-03-01 起停工", "备忘日": "2030-01-01"}


def test_an_example_settles_what_is_open_and_says_when_it_began(chart: Chart, samples: Samples) -> None:
    assert unsettled(chart, Setting()) == ["quota"]
    assert example_setting(chart, samples) == Setting("", {"quota": "2 项"}, dt.date(2024, 2, 1))
    assert unsettled(chart, example_setting(chart, samples)) == []


def test_what_is_asked_for_goes_before_the_example(chart: Chart, samples: Samples) -> None:
    assert example_setting(chart, samples, words={"名额": "5 项"}).parameters == {"名额": "5 项"}


def test_a_variant_learns_from_the_chart_that_it_amends(library: Charts, samples: Samples) -> None:
    variant = library.chart("demo/other")
    assert known_samples(library, variant).moves == samples.moves
    assert example_setting(variant, known_samples(library, variant)).parameters == {"quota": "2 项"}
