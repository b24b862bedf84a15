"""Two versions of a policy: for whom the answer is another."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guiju.evaluate.semantic_diff import compare
from guiju.language.library import POLICIES
from guiju.vocabulary import load_vocabulary

TIANJIN = POLICIES / "tianjin/standardisation-fund-2021"
LABORATORY = POLICIES / "national/quality-standards-laboratory-2023"


def changed(tmp_path: Path, policy: Path, file: str, old: str, new: str) -> list[str]:
    """What the diff says after one edit, a line each."""
    copy = tmp_path / "new"
    shutil.copytree(policy, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    return [line for d in compare(policy, copy, load_vocabulary()) for line in (d.text.zh, *(c.zh for c in d.cells))]


def test_a_version_does_not_differ_from_itself() -> None:
    assert compare(TIANJIN, TIANJIN, load_vocabulary()) == ()


@pytest.mark.parametrize(("old", "new"), [
    ("conditions:\n", "conditions:  # a remark\n"), ("  - id: E1.2\n", "  - id:   E1.2\n")])
def test_layout_is_no_difference(tmp_path: Path, old: str, new: str) -> None:
    assert changed(tmp_path, LABORATORY, "eligibility.yaml", old, new) == []


def test_a_lower_bound_is_looser_and_shows_the_cell(tmp_path: Path) -> None:
    assert changed(tmp_path, LABORATORY, "eligibility.yaml", "3000 平方米", "2500 平方米") == [
        "E1.3 放宽", "原来不满足、现在满足：科研用房面积 = 2500 平方米"]


def test_one_more_of_five_is_stricter(tmp_path: Path) -> None:
    lines = changed(tmp_path, LABORATORY, "eligibility.yaml", "at_least: 3", "at_least: 4")

    assert lines[0] == "E4.K 收紧"
    assert lines[1].startswith("原来满足、现在不满足：")


def test_a_layer_beside_its_base_says_what_the_layer_changes() -> None:
    base, layer = POLICIES / "national/standard-leaders-2018", POLICIES / "shanxi/standard-leaders-2019"
    said = {d.rule: d.kind for d in compare(base, layer, load_vocabulary())}

    assert (said["C-SX-02"], said["C-SX-03"], said["three_year_window"]) == ("added", "added", "added")
    assert {"C-LR-01", "C-LR-02", "C-LR-03", "C-LR-12"} & set(said) == set()


def test_what_a_layer_inherits_with_its_parameters_is_no_difference() -> None:
    """C-LR-06 asks a parameter and the layer leaves both alone; C-LR-08 is the layer's own."""
    base, layer = POLICIES / "national/standard-leaders-2018", POLICIES / "shanxi/standard-leaders-2019"
    said = {d.rule: d.kind for d in compare(base, layer, load_vocabulary())}

    assert "C-LR-06" not in said
    assert said["C-LR-08"] == "changed"


def test_another_default_is_told_with_both(tmp_path: Path) -> None:
    old, new = "default: 同一标准归一\n    or: [同年主导合计一项]", "default: 同年主导合计一项\n    or: [同一标准归一]"
    lines = changed(tmp_path, TIANJIN, "policy.yaml", old, new)

    assert "参数 multipart：同一标准归一；同年主导合计一项 → 同年主导合计一项；同一标准归一" in lines


def test_a_price_moves_the_prices_that_hang_on_it(tmp_path: Path) -> None:
    lines = changed(tmp_path, TIANJIN, "benefits.yaml", "B-TJ-05", "B-TJ-05x")

    assert "价目 B-TJ-05 取消" in lines
    assert "价目 B-TJ-05x 新增" in lines


def test_a_limit_is_told_with_both_numbers(tmp_path: Path) -> None:
    assert changed(tmp_path, TIANJIN, "limits.yaml", "keep: 5", "keep: 6") == ["限额 K-TJ-02：keep 5 → keep 6"]
