"""What is written into the form's .docx is read from it again, whatever it is."""

import io
import zipfile
from typing import Any

import docx
import pytest
from filled import FORM, SENTENCE, filled
from hypothesis import example, given, settings
from hypothesis import strategies as st

from guiju.forms import NOTHING, Table, blank_docx, filled_docx, read_docx
from guiju.forms.layout import arranged
from guiju.papers.wordparts import xml_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    ["甲\n\n乙", "a\tb", "  两头有空 ", "国" * 8000, "一、基本信息", "单位名称：甲", "（另附）", "<w:p>&amp;", "=1+1",
     "无", "😀𠮷"])
FIELDS = ["cover_partners", "lab_name_zh", "research_field", "host_head_post", "host_contact_post", "purpose_text",
          "plan_text",
          "joint_text", "host_opinion", "area", "agreement_ip"]
TABLES = ["staff", "awards", "project_items", "partner_items"]


def expected(answers: dict[str, Any]) -> dict[str, Any]:
    """The answers as a document holds them: trimmed, without blanks, rows arranged."""
    found: dict[str, Any] = {}
    for id_, value in answers.items():
        if isinstance(value, str):
            found[id_] = xml_text(value).strip()
        elif isinstance(value, list):
            table = FORM.field(id_)
            assert isinstance(table, Table)
            rows = [{c: t for c, text in row.items() if (t := xml_text(text).strip())} for row in arranged(table,
                                                                                                           value)]
            found[id_] = [row for row in rows if row]
    return {id_: value for id_, value in found.items() if value}


@st.composite
def answered(draw: st.DrawFn) -> dict[str, Any]:
    answers: dict[str, Any] = draw(st.dictionaries(st.sampled_from(FIELDS), TEXTS))
    for id_ in draw(st.sets(st.sampled_from(TABLES))):
        table = FORM.field(id_)
        assert isinstance(table, Table)
        row = st.fixed_dictionaries(
            {c.id: st.sampled_from(["", *c.choices]) if c.choices else TEXTS for c in table.columns})
        answers[id_] = draw(st.just(NOTHING) | st.lists(row, max_size=3))
    return answers


@settings(max_examples=12, deadline=None)
@given(answered())
@example({"project_items": [{"name": "甲\n乙", "number": " "}, {"number": "=cmd"}]})
def test_the_answers_come_back(answers: dict[str, Any]) -> None:
    read = read_docx(FORM, filled_docx(FORM, answers, joint=True))

    alone = [id_ for id_ in TABLES if [list(row.values()) for row in expected({id_: answers.get(id_, "")}).get(
        id_, []) if isinstance(row, dict)] == [[NOTHING]]]  # a row that says only 无 is the answer 无
    wanted = expected(answers) | dict.fromkeys(alone, NOTHING)
    assert read.answers == wanted
    assert read.remarks == ()


def test_a_full_form_comes_back_and_names_no_remark() -> None:
    answers = filled()

    read = read_docx(FORM, filled_docx(FORM, answers, joint=True))

    assert read.answers == expected(answers)
    assert read.remarks == ()


def test_the_longest_form_comes_back() -> None:
    texts = {f.id: SENTENCE * (f.limit // len(SENTENCE)) for f in FORM.fields() if not isinstance(f, Table) and f.limit}
    staff = [{"category": "研究人员", "unit": f"单元{n % 7}", "name": f"人员{n}",
              "born": "1980-01"} for n in range(200)]
    answers: dict[str, Any] = {**texts, "staff": staff}

    assert read_docx(FORM, filled_docx(FORM, answers, joint=False)).answers == expected(answers)


@pytest.mark.parametrize("joint", [True, False])
def test_a_blank_form_holds_no_answer_and_its_guidance_is_no_remark(joint: bool) -> None:
    read = read_docx(FORM, blank_docx(FORM, joint))

    assert (read.answers, read.remarks) == ({}, ())


def test_what_only_partners_fill_in_is_only_in_the_form_of_joint_applications() -> None:
    def text(joint: bool) -> str:
        return zipfile.ZipFile(io.BytesIO(filled_docx(FORM, {}, joint))).read("word/document.xml").decode()

    assert [("关于联合申报的说明" in text(joint), "联合共建单位" in text(joint)) for joint in (True, False)] == [
        (True, True), (False, False)]


def test_equal_answers_give_equal_bytes() -> None:
    assert filled_docx(FORM, filled(), True) == filled_docx(FORM, filled(), True)
    assert blank_docx(FORM) == blank_docx(FORM)


def test_the_staff_stand_by_category_and_researchers_by_unit() -> None:
    rows = [{"category": c, "unit": u, "name": n} for c, u, n in [
        ("辅助人员", "", "甲"), ("研究人员", "二室", "乙"), ("研究人员", "一室", "丙"), ("技术人员", "", "丁"),
        ("研究人员", "二室", "戊")]]
    document = docx.Document(io.BytesIO(filled_docx(FORM, {"staff": rows}, joint=False)))
    staff = next(t for t in document.tables if "人员类别" in [c.text for c in t.rows[0].cells])

    assert [row.cells[3].text for row in staff.rows[1:]] == ["乙", "戊", "丙", "丁", "甲"]


def test_headings_seals_and_page_numbers_are_in_the_document() -> None:
    document = docx.Document(io.BytesIO(filled_docx(FORM, filled(), True)))
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    opinions = [t for t in document.tables if t.rows[0].cells[0].text in ("依托单位意见", "推荐单位意见")]

    assert headings[:3] == ["一、基本信息", "二、建设实验室的目的、意义（2000字以内）",
                            "三、实验室研究方向、主要研究内容（5000字以内）"]
    assert headings[-3:] == ["十二、其它需要提供的说明材料", "十三、申报意见", "条件核验附表"]
    assert [t.rows[0].cells[1].text.split("\n")[-3:] for t in opinions] == [
        ["单位（公章）", "负责人（签字）：", "年　　月　　日"]] * 2
    odd, even = document.sections[0].footer, document.sections[0].even_page_footer
    assert ["PAGE" in footer._element.xml for footer in (odd, even)] == [True, True]
    assert odd.paragraphs[0].alignment != even.paragraphs[0].alignment
