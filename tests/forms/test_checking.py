"""What a form refuses, where, and in which words."""

import pytest
from filled import FORM, SENTENCE, filled

from guiju.forms import check, check_value

ATTACHED = {"commitment"}


def found(**changes: object) -> list[tuple[str, int, str, str]]:
    faults = check(FORM, filled(**changes), joint=True, attachments=ATTACHED)
    return [(f.field, f.row, f.column, f.code) for f in faults]


def test_a_form_filled_in_rightly_has_no_fault() -> None:
    assert found() == []


def test_a_blank_form_lacks_what_the_ministry_asks_for_and_nothing_of_the_annex() -> None:
    faults = check(FORM, {}, joint=False)
    asked = {item.id for section in FORM.sections if not section.ours for item in section.items if item.required}

    assert {f.code for f in faults} == {"missing"}
    assert {f.field for f in faults} == asked - {"cover_partners", "joint_text"}


@pytest.mark.parametrize(("field", "text", "code"), [
    ("research_field", "国" * 101, "too_long"), ("purpose_text", "国" * 2001, "too_long"),
    ("plan_text", "国" * 8001, "too_long"),
    ("filled_on", "昨天", "not_a_date"), ("filled_on", "2024-02-30", "not_a_date"),
    ("filled_on", "2024-01", "not_a_date"),
    ("area", "很大", "not_a_number"), ("area", "-1", "not_a_number"), ("area", "3000 万元", "not_a_number"),
    ("equipment_value", "0.0000001", "not_a_number"), ("applicant_kind", "个人", "not_a_choice"),
    ("academic_committee", "也许", "not_yes_or_no"), ("industry", "采花", "bad_code"), ("region", "990000", "bad_code"),
    ("host_code", "911100001000069284", "bad_code"), ("host_code", "91110000", "bad_code"),
    ("host_phone", "无", "bad_phone"),
    ("host_email", "a@b", "bad_email"), ("host_postcode", "10008", "bad_postcode"),
    ("host_name", "甲\n乙", "bad_character"),
    ("host_name", "甲\u202e乙", "bad_character"), ("purpose_text", "甲\x00", "bad_character"),
    ("plan_text", "国" * 100_001, "too_large"),
    ("staff", "都在这里", "not_text")])
def test_one_wrong_answer_is_one_fault(field: str, text: str, code: str) -> None:
    assert found(**{field: text}) == [(field, 0, "", code)]


@pytest.mark.parametrize(("field", "text"), [
    ("research_field", "国 " * 100), ("plan_text", "国" * 8000), ("filled_on", "2024年1月20日"),
    ("area", "３,２００ 平方米"),
    ("equipment_value", "0.5 亿元"), ("host_code", "9111 0000 1000 0692 83"), ("host_code", "10000692-8"),
    ("host_phone", "(010) 8226 2222 转 5"),
    ("host_email", "a.b@c.gov.cn"), ("applicant_kind", "高校"), ("region", "天津市和平区"), ("staff", "无"),
    ("purpose_text", SENTENCE)])
def test_what_people_write_is_taken(field: str, text: str) -> None:
    assert check_value(FORM, field, text) == []


def test_too_long_says_how_much_is_over() -> None:
    assert check_value(FORM, "research_field", "国" * 103)[0].message.zh == "103 字，上限 100 字，多了 3 字"


def test_faults_of_a_table_name_row_and_column() -> None:
    rows = [{"name": "甲", "number": "P1", "started": "去年"}, {"name": "", "number": "P2", "amount": "x"},
            {"name": " "},
            {"name": "乙", "number": "Ｐ1"}]

    assert found(project_items=rows) == [
        ("project_items", 1, "started", "not_a_date"), ("project_items", 2, "name", "missing"),
        ("project_items", 2, "amount", "not_a_number"), ("project_items", 4, "number", "repeated")]


def test_shapes_that_no_page_sends_are_faults_and_not_crashes() -> None:
    for value in (None, 5, {"a": "b"}, ["x"], [{"name": 5}], [None]):
        assert {f.code for f in check_value(FORM, "staff", value)} <= {"not_text"}
        assert check_value(FORM, "purpose_text", value)[0].code == "not_text"
    assert found(nonsense="x") == [("nonsense", 0, "", "unknown_field")]
    assert found(staff=[{"category": "研究人员", "name": "张", "sex": "男", "born": "1980-01", "title": "研究员",
                         "speciality": "计量", "age": "44"}]) == [("staff", 1, "age", "unknown_field")]
    assert found(tasks=[{"name": "x"}] * 2001) == [("tasks", 0, "", "too_many_rows")]


def test_what_only_partners_fill_in_is_asked_of_joint_applications_alone() -> None:
    alone = filled(joint_text=None, cover_partners=None)

    assert check(FORM, alone, joint=False, attachments=ATTACHED) == []
    assert [f.field for f in check(FORM, alone, joint=True, attachments=ATTACHED)] == [
        "cover_partners", "joint_text"]


def test_an_attachment_counts_by_its_file_and_the_recommenders_opinion_is_not_the_applicants_to_give() -> None:
    assert [f.field for f in check(FORM, filled(), joint=True)] == ["commitment"]
    assert "recommender_opinion" not in filled()


def test_two_fields_of_one_name_are_told_apart_in_messages() -> None:
    messages = [f.message.zh for f in check(FORM, filled(host_name=None, recommender_name=None), True, ATTACHED)]

    assert messages == ["一(二) 依托单位基本信息：“单位名称”还没有填", "一(三) 推荐单位基本信息：“单位名称”还没有填"]
