"""The registers of the plans and notices of 2021 and 2022 hold what their texts give, and nothing that they do not."""

import datetime as dt
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from guiju.cli.main import cli
from guiju.registers.library import installed_registers
from guiju.registers.model import Register, Task
from guiju.registers.wording import value_of

SMALL = """\
guiju: 1
register:
  id: place/thirds-2022
  kind: 意见
  title: {zh: 三分之一, en: Thirds}
  source: {document: "004-20", lines: 1-9}
  summary: {zh: 一个目标, en: One target}
clauses:
  - {id: 一, name: {zh: 目标, en: goal}, lines: 1-9}
targets:
  - {id: K01, clause: 一, indicator: {zh: 比例, en: share}, kind: target, value: "VALUE"}
"""


def register(name: str) -> Register:
    return installed_registers().register(f"national/{name}")


def items(name: str) -> list[Task]:
    """The tasks that the text itself numbers."""
    return [task for task in register(name).tasks if task.id.startswith("T")]


@pytest.mark.parametrize(("name", "count"), [
    ("market-system-2021", 51), ("quality-action-2022", 22), ("standards-work-2022", 88)])
def test_each_numbered_item_is_one_task_of_its_own_clause(name: str, count: int) -> None:
    clauses = [task.clause for task in items(name)]
    assert len(clauses) == count
    assert len(set(clauses)) == count


@pytest.mark.parametrize("name", ["market-system-2021", "standards-work-2022"])
def test_where_the_text_names_nobody_and_no_end_there_is_none(name: str) -> None:
    assert all(not task.lead and not task.with_ and task.due is None for task in items(name))


def test_the_market_system_is_co_ordinated_by_three() -> None:
    assert register("market-system-2021").leads[-3:] == ("国家发展改革委", "市场监管总局", "商务部")


def test_local_governments_carry_out_every_item_of_the_quality_plan() -> None:
    assert all(task.local and task.lead and task.horizon == 2025 and task.due is None
               for task in items("quality-action-2022"))


def test_the_year_of_the_work_points_is_no_end() -> None:
    assert {(task.horizon, task.due) for task in items("standards-work-2022")} == {(2022, None)}


def test_key_fields_are_to_be_returned_by_a_day() -> None:
    assert [task.due for task in items("leader-fields-call-2022")] == [None, dt.date(2022, 4, 20), None]


def test_who_answers_for_packaging_is_said_for_each_pair_of_brackets() -> None:
    tasks = items("excessive-packaging-2022")
    assert len(tasks) == 36
    assert all(task.lead for task in tasks)
    assert all(task.local == ("各地方人民政府" in task.lead) for task in tasks)


def test_the_shares_of_skilled_people_are_those_of_the_text() -> None:
    targets = {target.id: value_of(target).zh for target in register("skilled-workforce-2022").targets}
    assert (targets["K01"], targets["K02"], targets["K03"]) == ("≥ 30%", "1/3", "35%")


@pytest.mark.parametrize(("value", "shown"), [("= 1/3", "1/3"), (">= 2/4", "≥ 0.5"), ("1/3..2/3", "1/3–2/3")])
def test_a_value_may_be_a_fraction(tmp_path: Path, value: str, shown: str) -> None:
    done = show(tmp_path, value)
    assert done.exit_code == 0, done.output
    assert any(line.split()[-2:-1] == shown.split()[-1:] for line in done.output.splitlines() if "K01" in line)


def test_a_fraction_of_nothing_is_refused(tmp_path: Path) -> None:
    done = show(tmp_path, "= 1/0")
    assert done.exit_code != 0
    assert "E704" in done.output


def show(tmp_path: Path, value: str) -> Result:
    place = tmp_path / "place"
    place.mkdir()
    (place / "thirds-2022.yaml").write_text(SMALL.replace("VALUE", value), encoding="utf-8")
    return CliRunner().invoke(cli, ["register", "show", "thirds-2022", "--registers", str(tmp_path)])
