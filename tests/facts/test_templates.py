"""Blank forms: what they show, and that as written they state nothing."""

import re
from pathlib import Path

import openpyxl
import pytest

from guiju.facts.model import Facts
from guiju.facts.read import facts_from_node, read_facts
from guiju.facts.template import template_yaml, write_template_xlsx
from guiju.source.document import parse_document
from guiju.values import known
from guiju.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="module", params=["small", "installed"])
def dictionary(request: pytest.FixtureRequest, vocabulary: Vocabulary) -> Vocabulary:
    return vocabulary if request.param == "small" else load_vocabulary()


@pytest.fixture
def form(tmp_path: Path, vocabulary: Vocabulary) -> Path:
    path = tmp_path / "form.xlsx"
    write_template_xlsx(path, vocabulary, vocabulary.all_facts(), vocabulary.all_records(), "申报表")
    return path


def test_a_yaml_form_states_nothing(dictionary: Vocabulary) -> None:
    text = template_yaml(dictionary, dictionary.all_facts(), dictionary.all_records(), "申报表\n第二行")

    facts = facts_from_node(parse_document(text), dictionary)

    assert facts == Facts()
    assert text.startswith("# 申报表\n# 第二行\n")


def test_a_yaml_form_says_what_goes_where(vocabulary: Vocabulary) -> None:
    text = template_yaml(vocabulary, [vocabulary.facts[i] for i in ("share", "leading", "level")],
                         [vocabulary.records["award"]], "x")

    assert "# 研发费用占比\n#   不小于 0%、不大于 100%；单位 %；来源 办法（share）\n研发占比:\n" in text
    assert "【人工判定】是、否；来源 办法（leading）\n水平领先: {值: , 判定人: , 日期: , 依据: }\n" in text
    assert "市级、省级、国家级" in text
    assert "奖项:\n#  - 日期:    # 日期，如 2024-01-24；获奖日期\n#    备注:    # 文字；备注；留空表示没有\n" in text


def test_the_rows_of_a_yaml_form_need_only_be_uncommented(vocabulary: Vocabulary) -> None:
    text = template_yaml(vocabulary, [], vocabulary.all_records(), "x")

    filled = re.sub(r"^#( +(?:- |  ).*:    #)", r"\1", text, flags=re.MULTILINE).replace("- 编号: ", "- 编号: GB 1 ")

    assert facts_from_node(parse_document(filled), vocabulary).records["standard"][0][0] == known("GB 1")


def test_a_form_without_entries_states_nothing(vocabulary: Vocabulary, tmp_path: Path) -> None:
    write_template_xlsx(tmp_path / "a.xlsx", vocabulary, [], [], "")

    assert facts_from_node(parse_document(template_yaml(vocabulary, [], [], "")), vocabulary) == Facts()
    assert read_facts(tmp_path / "a.xlsx", vocabulary) == Facts()


def test_a_workbook_form_states_nothing(dictionary: Vocabulary, tmp_path: Path) -> None:
    write_template_xlsx(tmp_path / "a.xlsx", dictionary, dictionary.all_facts(), dictionary.all_records(), "申报表")

    assert read_facts(tmp_path / "a.xlsx", dictionary) == Facts()


def test_a_workbook_form_has_the_same_bytes_each_time(form: Path, vocabulary: Vocabulary, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    write_template_xlsx(again, vocabulary, vocabulary.all_facts(), vocabulary.all_records(), "申报表")

    assert form.read_bytes() == again.read_bytes()


def test_a_workbook_form_shows_units_limits_meaning_and_source(form: Path) -> None:
    sheet = openpyxl.load_workbook(form)["事实"]
    lines = {row[1]: row for row in sheet.iter_rows(values_only=True)}

    assert lines["编号"] == ("名称", "编号", "值", "单位", "允许值", "含义", "来源", "判定人", "判定日", "依据")
    assert lines["share"][:7] == ("研发占比", "share", None, "%", "不小于 0%、不大于 100%", "研发费用占比", "办法")
    assert lines["leading"][4] == "【人工判定】是、否"
    assert lines["overseas"][4] == "是、否；可填 不适用"


def test_a_workbook_form_offers_the_allowed_values(form: Path) -> None:
    book = openpyxl.load_workbook(form)

    rules = {str(rule.sqref): rule.formula1 for rule in book["标准"].data_validations.dataValidation}
    found = re.fullmatch(r"'选项'!\$(\w)\$1:\$\w\$(\d)", rules["B2:B1000"])
    assert found is not None
    column, last = found.groups()

    assert [book["选项"][f"{column}{n}"].value for n in range(1, int(last) + 1)] == ["市级", "省级", "国家级"]
    assert book["选项"].sheet_state == "hidden"
    assert [c.value for c in book["标准"][1]] == ["编号", "级别", "费用", "系列", "废止日期", "属重点方向", "数量",
                                                  "判定人", "判定日", "依据"]


def test_a_filled_workbook_form_is_read(form: Path, vocabulary: Vocabulary) -> None:
    book = openpyxl.load_workbook(form)
    row = next(cell.row for cell in book["事实"]["B"] if cell.value == "floor_area")
    book["事实"].cell(row, 3, 3200)
    book["标准"]["A2"] = "GB 1"
    book["奖项"]["A2"] = "无"
    book.save(form)

    facts = read_facts(form, vocabulary)

    assert facts.values == {"floor_area": known(3200)}
    assert facts.provenance == {}
    assert facts.records["standard"][0][0] == known("GB 1")
    assert facts.records["award"] == ()
