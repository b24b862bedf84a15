"""A document of one place is a basis there only: a case elsewhere, or of no known place, cites it as that place's."""

from __future__ import annotations

from pathlib import Path

import pytest

LABORATORY = "national/quality-standards-laboratory"
REFUSED = """
- name: 逾期一例
  {under}
  walk:
    - {{on: 2024-01-12, do: T01}}
    - {{on: 2024-01-15, do: T02, give: {{申报主体类别: 企业主体, 依托单位隶属: 地方, 联合申报: 否}}}}
    - {{on: 2024-02-05, do: T03, give: {{材料盖依托单位公章: 是, 纸质材料份数: 3 份, 已交电子版: 是,
       组织申报部门: 科技厅, 部门组织申报数: 1 个}}}}
    - {{on: 2024-02-06, do: T05, refused: guard, because: T05-in-time}}
"""
LATE = REFUSED.rstrip() + """
    - {{on: 2024-02-06, do: T04, stage: S05}}
"""


@pytest.mark.parametrize(("under", "late", "refused"), [
    ("round: tibet-2024", "推荐单位；藏函二(二)", "（藏函二(二)）"),
    ("round: example-2024", "推荐单位；藏函二(二)〔限西藏自治区〕", "（藏函二(二)〔限西藏自治区〕）"),
    ("set: {recommender_deadline: 2024-01-31, recommender_copies: 3 份}", "推荐单位；藏函二(二)〔限西藏自治区〕",
     "（藏函二(二)〔限西藏自治区〕）")])
def test_the_letter_of_tibet_is_cited_as_such_outside_tibet(run, tmp_path: Path, under: str, late: str, refused: str
                                                            ) -> None:
    script, case = tmp_path / "walk.yaml", tmp_path / "case"
    script.write_text(LATE.format(under=under), encoding="utf-8")
    done = run("chart", "run", LABORATORY, "--script", script, "--case", case)
    lines = [line.strip() for line in done.stdout.splitlines()]

    assert (done.exit_code, late in lines) == (0, True), done.output
    assert any(line.startswith("guard") and line.endswith(refused) for line in lines)


def test_a_case_that_was_kept_says_it_too(run, tmp_path: Path) -> None:
    script, case = tmp_path / "walk.yaml", tmp_path / "case"
    for round_id, cited in (("tibet-2024", "藏函二(二)"), ("example-2024", "藏函二(二)〔限西藏自治区〕")):
        script.write_text(REFUSED.format(under=f"round: {round_id}"), encoding="utf-8")
        case.unlink(missing_ok=True)
        run("chart", "run", LABORATORY, "--script", script, "--case", case)
        shown = run("chart", "next", case, "--on", "2024-02-07").stdout

        assert f"逾期不予受理（T04）  推荐单位  {cited}\n" in shown


def test_a_chart_by_itself_is_of_no_place(run) -> None:
    line = next(x for x in run("chart", "show", LABORATORY, "--lang", "en").stdout.splitlines()
                if x.strip().startswith("T04: refuse"))

    assert line.endswith("藏函二(二) [西藏自治区 only]")
