"""What a form states answers the policy; what it leaves blank stays unknown."""

import datetime as dt
from typing import Any

import pytest
from filled import FORM, filled

from guiju.evaluate.evaluation import evaluate, setting_for
from guiju.facts.model import Provenance
from guiju.facts.read import facts_from_mapping
from guiju.forms import Field, Row, Table, facts_of
from guiju.language.library import installed_library
from guiju.values import status_name
from guiju.vocabulary import load_vocabulary

DAY = dt.date(2024, 1, 20)
CLAIMED = Provenance("申报材料", "依托单位（自述）", DAY, "申报材料附表")


def conditions(answers: dict[str, Any], recorded: Provenance | None = None) -> dict[str, str]:
    facts = facts_from_mapping(facts_of(FORM, answers), load_vocabulary(), recorded=recorded)
    policy = installed_library().policy("national/quality-standards-laboratory-2023")
    evaluation = evaluate(policy, facts, setting_for(policy, DAY))
    return {id_: status_name(evaluation.interpreter.status(c.node)) for id_, c in policy.conditions.items()
            if not c.node.rows}


def projects(count: int) -> list[Row]:
    return [{"name": f"项目{n}", "number": f"P{n}", "level": "国家级", "related": "是", "started": "2022-03-01",
             "ended": "2024-03-01", "amount": "10"} for n in range(count)]


def standards(count: int) -> list[Row]:
    return [{"number": f"GB/T {n}", "category": "国家标准", "role": "主导", "published": "2023-03-01", "related": "是"}
            for n in range(count)]


@pytest.mark.parametrize(("condition", "answers", "status"), [
    ("E0.1", {"applicant_kind": "科研院所"}, "pass"), ("E0.1", {"applicant_kind": "其他主体"}, "fail"),
    ("E0.1", {}, "unknown"),
    ("E1.3", {"area": "3000"}, "pass"), ("E1.3", {"area": "2999"}, "review"), ("E1.3", {"area": " "}, "unknown"),
    ("E1.3", {"area": "很大"}, "unknown"), ("E1.4", {"equipment_value": "5000"}, "pass"),
    ("E1.4", {"equipment_value": "0.6 亿元"}, "pass"),
    ("E1.4", {"equipment_value": "4999.99"}, "review"), ("E2.1a", {"academic_committee": "是"}, "pass"),
    ("E3.La", {"domain": "新材料"}, "pass"), ("N1", {"lab_name_zh": "量子计量国家质量标准实验室"}, "pass"),
    ("N1", {"lab_name_zh": "某实验室"}, "fail"),
    ("E3.1", {}, "unknown"), ("E3.1", {"project_items": []}, "unknown"),
    ("E3.1", {"project_items": [{"name": " "}]}, "unknown"),
    ("E3.1", {"project_items": "无"}, "fail"), ("E3.1", {"project_items": projects(15)}, "pass"),
    ("E3.1", {"project_items": projects(14)}, "fail"),
    ("E4.3b", {"standard_items": standards(5)}, "pass"), ("E4.3b", {"standard_items": standards(4)}, "fail"),
    ("E4.3b", {}, "unknown"),
    ("E4.4", {"transfer_items": "无", "service_items": "无"}, "fail"), ("E4.4", {"transfer_items": "无"}, "unknown"),
    ("E2.4", {"leader_posts": [{"body": "ISO", "related": "是", "technical": "是", "current": "是"}]}, "pass")])
def test_the_policy_is_answered_from_the_form(condition: str, answers: dict[str, object], status: str) -> None:
    assert conditions(answers, CLAIMED)[condition] == status


def test_what_a_person_must_judge_stays_open_on_the_applicants_word() -> None:
    assert conditions({"project_items": projects(15)})["E3.1"] == "review"


def test_a_row_written_twice_counts_once() -> None:
    assert conditions({"project_items": [*projects(14), projects(1)[0]]}, CLAIMED)["E3.1"] == "fail"


def test_a_wrong_code_states_no_code() -> None:
    assert facts_of(FORM, {"host_code": "911100001000069284"}) == {}
    assert facts_of(FORM, {"host_code": "9111 0000 1000 0692 83"}) == {"统一社会信用代码": "911100001000069283"}


def test_every_answer_of_a_full_form_is_read_by_the_dictionary_without_an_error() -> None:
    facts = facts_from_mapping(facts_of(FORM, filled()), load_vocabulary(), recorded=CLAIMED)
    fields, tables = ([f for f in FORM.fields() if isinstance(f, Table) is wanted] for wanted in (False, True))

    assert set(facts.values) == {f.fact for f in fields if isinstance(f, Field) and f.fact}
    assert set(facts.records) == {t.record for t in tables if isinstance(t, Table) and t.record}


def test_a_form_with_wrong_answers_still_states_the_right_ones() -> None:
    answers = filled(area="很大", filled_on="?", project_items=[{"number": "P1", "started": "昨天", "level": "国家级"}])
    stated = facts_of(FORM, answers)

    facts_from_mapping(stated, load_vocabulary(), recorded=CLAIMED)
    assert "科研用房面积" not in stated
    assert stated["承担科研项目"] == [{"项目编号": "P1", "项目级别": "国家级"}]
