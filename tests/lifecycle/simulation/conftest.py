"""A small grant with two worked timelines, to be walked by chance."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from guiju.calendar import Calendar, load_calendar
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.library import Charts, load_charts
from guiju.lifecycle.simulation.samples import Samples, known_samples

sys.path.append(str(Path(__file__).parents[1]))
from small_charts import chart_of  # found only now

TIMELINES = """\
- name: 通过
  set: {quota: 2 项}
  given: {场地面积: 120 平方米}
  covers: [open]
  walk:
    - {on: 2024-02-01, do: open, as: HOST}
    - {on: 2024-03-01, do: submit, give: {推荐次序: 3 项}, refused: guard}
    - {on: 2024-03-01, do: submit, give: {推荐次序: 1 项}}
    - {on: 2024-03-02, do: judge, give: {评审认为可行: 是}}
- name: 建设
  continues: 通过
  covers: [approve]
  walk:
    - {on: 2024-03-12, do: approve}
    - {on: 2024-03-20, do: extend, give: {延期缘由: "自 2024-03-01 起停工", 备忘日: 2024-03-18}}
    - {on: 2024-03-21, do: "objection:raise", give: {异议理由: 名单有误}, refused: stage}
"""
VARIANT = """\
amends: demo/grant
id: demo/other
title: {zh: 另一地, en: elsewhere}
"""


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Charts:
    folder = tmp_path_factory.mktemp("charts")
    chart_of(folder)
    (folder / "demo/grant/cases.yaml").write_text(TIMELINES, "utf-8")
    (folder / "demo/other").mkdir()
    (folder / "demo/other/chart.yaml").write_text(VARIANT, "utf-8")
    return load_charts(folder)


@pytest.fixture(scope="session")
def chart(library: Charts) -> Chart:
    return library.chart("demo/grant")


@pytest.fixture(scope="session")
def samples(library: Charts, chart: Chart) -> Samples:
    return known_samples(library, chart)


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return load_calendar()


@pytest.fixture
def odds_file(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "odds.yaml"
        path.write_text(text, "utf-8")
        return path

    return write
