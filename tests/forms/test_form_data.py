"""Every form that is there can be used; what is wrong with a form's data is said with its place."""

from pathlib import Path

import pytest

from guiju import forms
from guiju.forms import Table, form_ids, load_form
from guiju.forms.lint import lint
from guiju.forms.loader import read_form
from guiju.language.library import installed_library
from guiju.source.diagnostics import GuijuError
from guiju.vocabulary import load_vocabulary

LABORATORY = "national/quality-standards-laboratory-2024"


@pytest.mark.parametrize("form_id", form_ids())
def test_every_form_passes_the_static_check(form_id: str) -> None:
    assert lint(load_form(form_id), load_vocabulary()) == []


def test_the_ministrys_form_is_whole() -> None:
    form = load_form(LABORATORY)

    assert [s.number for s in form.sections if not s.ours] == [
        "封面", "一(一)", "一(二)", "一(三)", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二",
        "十三"]
    assert {s.number: item.limit for s in form.sections for item in s.items
            if not isinstance(item, Table) and item.limit} == {
        "一(一)": 100, "二": 2000, "三": 5000, "四": 2000, "五": 5000, "六": 2000, "七": 2000, "八": 2000, "九": 5000,
        "十": 8000}


def test_the_annex_is_marked_as_ours_and_asks_nothing_of_a_sole_applicant() -> None:
    annex = [s for s in load_form(LABORATORY).sections if s.ours]

    assert [s.number for s in annex] == ["附表一", "附表二", "附表三", "附表四", "附表五", "附表六", "附表七"]
    assert [item.id for s in annex for item in s.items if item.required and not item.only_joint] == []


def test_every_section_says_where_it_is_from() -> None:
    form = load_form(LABORATORY)
    policy = installed_library().policy("national/quality-standards-laboratory-2023")
    known = {clause.key for clause in form.clauses} | set(policy.clauses)

    assert [(s.number, key) for s in form.sections for key in s.clauses if key not in known] == []
    assert [s.number for s in form.sections if not s.clauses] == []


@pytest.mark.parametrize(("clauses", "words"), [("", "没有写出处"), ("clauses: 表9二", "没有“表9二”")])
def test_a_section_without_a_source_is_refused(tmp_path: Path, clauses: str, words: str) -> None:
    path = tmp_path / "form.yaml"
    path.write_text("id: x\ntitle: 表\nsource: 表9\nclauses: {表9一: {zh: 甲, lines: 1-2}}\nsections:\n"
                    "  - id: s\n    number: 一\n    title: {zh: 节, en: s}\n    items: []\n"
                    + (f"    {clauses}\n" if clauses else ""), "utf-8")

    found = lint(read_form(path, load_vocabulary()), load_vocabulary())

    assert [(d.code, words in d.message.zh) for d in found] == [("E658", True)]


def test_the_example_in_the_readme_is_a_form(tmp_path: Path) -> None:
    readme = Path(forms.__file__).with_name("README.md").read_text("utf-8")
    path = tmp_path / "example.yaml"
    path.write_text(readme.partition("```yaml\n")[2].partition("```")[0], "utf-8")

    assert lint(read_form(path, load_vocabulary()), load_vocabulary()) == []


def test_a_form_that_is_not_there_is_named_with_what_is_like_it() -> None:
    with pytest.raises(GuijuError, match="national/quality-standards-laboratory-2024”？"):
        load_form("national/quality-standards-laboratory-2042")


WRONG = {
    "没有这个词": ("{id: a, label: {zh: 甲, en: a}, kind: number, unit: 平方米, fact: 科研用房面称}", "E654",
              "科研用房面积"),
    "类型不合": ("{id: a, label: {zh: 甲, en: a}, kind: yesno, fact: 科研用房面积}", "E655", "number"),
    "上限为零": ("{id: a, label: {zh: 甲, en: a}, kind: text, limit: 0}", "E656", "大于 0"),
    "上限用错": ("{id: a, label: {zh: 甲, en: a}, kind: date, limit: 5}", "E656", "没有字数上限"),
    "没有选项": ("{id: a, label: {zh: 甲, en: a}, kind: choice}", "E657", "选项"),
    "选项重复": ("{id: a, label: {zh: 甲, en: a}, kind: choice, choices: [男, 男]}", "E657", "重复"),
    "不是成员": ("{id: a, label: {zh: 甲, en: a}, kind: choice, fact: 申报领域, choices: [种地]}", "E657", "没有的项"),
    "没有单位": ("{id: a, label: {zh: 甲, en: a}, kind: money}", "E655", "单位"),
    "单位不合": ("{id: a, label: {zh: 甲, en: a}, kind: money, unit: 平方米, fact: 仪器设备现值}", "E655", "不合适"),
    "没有码表": ("{id: a, label: {zh: 甲, en: a}, kind: code}", "E657", "codes"),
    "正则坏了": ("{id: a, label: {zh: 甲, en: a}, kind: code, pattern: '('}", "E657", "pattern"),
    "大写的名字": ("{id: A, label: {zh: 甲, en: a}, kind: line}", "E652", "小写"),
    "没有英文": ("{id: a, label: 甲, kind: line}", "E659", "中文和英文"),
    "指向空处": ("{id: a, label: {zh: 甲, en: a}, kind: line, same_as: b}", "E658", "same_as"),
    "没有记录": ("{id: a, label: {zh: 甲, en: a}, record: 承担科研项木, "
                 "columns: [{id: b, label: {zh: 乙, en: b}, kind: line}]}", "E654", "承担科研项目"),
    "没有列": ("{id: a, label: {zh: 甲, en: a}, columns: []}", "E655", "一列"),
    "列不能附件": ("{id: a, label: {zh: 甲, en: a}, columns: [{id: b, label: {zh: 乙, en: b}, kind: attachment}]}",
              "E655", "列不能是"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_form_is_said(tmp_path: Path, name: str) -> None:
    item, code, words = WRONG[name]
    path = tmp_path / "form.yaml"
    path.write_text(f"id: x\ntitle: {{zh: 表, en: form}}\nsections:\n"
                    f"  - id: s\n    number: 一\n    title: {{zh: 节, en: s}}\n    items:\n      - {item}\n", "utf-8")

    found = lint(read_form(path, load_vocabulary(), "form.yaml"), load_vocabulary())

    assert [d.code for d in found] == [code]
    assert (found[0].span.line, words in found[0].message.zh) == (8, True)


def test_two_fields_of_one_name_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    item = "{id: a, label: {zh: 甲, en: a}, kind: line}"
    path.write_text(f"id: x\ntitle: 表\nsections:\n  - id: s\n    number: 一\n    title: {{zh: 节, en: s}}\n"
                    f"    items:\n      - {item}\n      - {item}\n", "utf-8")

    assert [(d.code, d.span.line) for d in lint(read_form(path, load_vocabulary()), load_vocabulary())] == [("E652", 9)]


def test_a_key_that_no_field_has_is_an_error_with_line_and_hint(tmp_path: Path) -> None:
    path = tmp_path / "form.yaml"
    path.write_text("id: x\ntitle: 表\nsections:\n  - id: s\n    number: 一\n    title: 节\n    items:\n"
                    "      - {id: a, label: 甲, kind: line, limt: 5}\n", "utf-8")

    with pytest.raises(GuijuError, match=r"form.yaml:8:\d+  E022 .*limit"):
        read_form(path, load_vocabulary(), "form.yaml")
