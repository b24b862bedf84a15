"""`guiju compare`: rules of some policies side by side."""

import re
from typing import Any

import pytest
from click.testing import CliRunner

from guiju.book.sidebyside import side_by_side
from guiju.cli.main import cli
from guiju.language.library import installed_library

TIANJIN, BEIJING = "tianjin/standardisation-fund-2021", "beijing/capital-standardisation-fund-2020"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(cli, ["compare", *arguments], env={"COLUMNS": "100"})


def test_prices_of_one_kind_stand_in_one_row() -> None:
    text = run(TIANJIN, BEIJING).stdout

    assert re.search(r"^工作组 +国际 召集人 5 万元 +至多 20 万元$", text, re.MULTILINE)
    assert re.search(r"^省级 +3 万元 +—$", text, re.MULTILINE)


def cells(*policies: str) -> list[str]:
    """Everything that stands in the table, without its layout."""
    library = installed_library()
    return [words for part in side_by_side([(library.policy(p), library.folder / p) for p in policies])
            for row in part.rows for words in (row.name, *row.cells)]


ZHENGZHOU, LABORATORY = "henan/zhengzhou-quality-policy-2019", "national/quality-standards-laboratory-2023"


@pytest.mark.parametrize("words", [
    "修订 是主导 8 万元的 50%", "支持次序 1 至 2 10 万元", "国家下拨经费，不超过 20 万元",
    "年销售收入的 5%", "每组项数",
    "C-TJ-11a 国家标准代号", "E1.3 科研用房面积 ≥ 3000 平方米", "E3.1 近五年国家级科研项目（≥ 15 项，≥ 2000 万元）"])
def test_what_is_paid_and_asked_is_told_as_people_say_it(words: str) -> None:
    assert [found for found in cells(TIANJIN, ZHENGZHOU, LABORATORY) if words in found] != []


def test_no_formula_and_no_pattern_stands_in_a_comparison() -> None:
    every = cells(*(p.id for p in installed_library()))

    assert [words for words in every if re.search(r"[*^]|\.\.|\b(keep|highest|best|cap|elect)\b|% B-", words)] == []


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
