"""`guiju compare`: rules of some policies side by side."""

import re
from typing import Any

import pytest
from click.testing import CliRunner

from guiju.cli.main import cli

TIANJIN, BEIJING = "tianjin/standardisation-fund-2021", "beijing/capital-standardisation-fund-2020"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, ["compare", *arguments], env={"COLUMNS": "100"})


def test_prices_of_one_kind_stand_in_one_row() -> None:
    text = run(TIANJIN, BEIJING).stdout

    assert re.search(r"^工作组 +国际 召集人 5 万元 +至多 20 万元$", text, re.MULTILINE)
    assert re.search(r"^省级 +3 万元 +—$", text, re.MULTILINE)


def test_conditions_that_ask_of_the_same_thing_stand_in_one_row() -> None:
    text = run(TIANJIN, BEIJING).stdout

    assert re.search(r"^注册地 +C-TJ-02 注册地 在 天津市 +C-BJ-01 注册地 在 北京市$", text, re.MULTILINE)


def test_the_other_way_round_columns_change_places() -> None:
    assert re.search(r"^注册地 +C-BJ-01 注册地 在 北京市 +C-TJ-02 注册地 在 天津市$", run(BEIJING, TIANJIN).stdout,
                     re.MULTILINE)


@pytest.mark.parametrize(("arguments", "says"), [
    ((TIANJIN,), "至少两项"), ((TIANJIN, TIANJIN), "至少两项"), ((), "POLICY"),
    ((TIANJIN, "nowhere"), "没有政策“nowhere”")])
def test_what_can_not_be_compared_is_said(arguments: tuple[str, ...], says: str) -> None:
    done = run(*arguments)

    assert (done.exit_code, done.stdout, says in done.stderr) == (2, "", True), done.stderr
