"""The registers of the plans of 2016 to 2019, and of Heilongjiang's and Hainan's, hold what their texts give."""

import datetime as dt
import re

import pytest

from guiju.registers.library import installed_registers
from guiju.registers.model import Register, Target

OLDER = ("national/equipment-standards-2016", "national/consumer-goods-meeting-2016", "national/consumer-goods-2016",
         "national/quality-improvement-2017", "national/standard-leaders-opinion-2018",
         "national/standardisation-reform-tasks-2019", "national/quality-standards-laboratories-2022",
         "heilongjiang/quality-certification-2018", "hainan/standards-outline-2022")


def register(id_: str) -> Register:
    return installed_registers().register(id_)


def target(id_: str, part: str) -> Target:
    """The only target whose indicator has these words."""
    [found] = [t for t in register(id_).targets if part in t.indicator.zh]
    return found


def test_twelve_items_of_the_reform_have_fourteen_marks_of_responsibility() -> None:
    tasks = register("national/standardisation-reform-tasks-2019").tasks
    items = [re.sub(r"第\d段$", "", task.clause) for task in tasks]
    assert len(tasks) == 14
    assert len(set(items)) == 12
    assert {item for item in items if items.count(item) > 1} == {"七", "九"}
    assert all(task.lead and task.due is None and task.horizon == 2020 for task in tasks)


def test_a_mark_without_a_lead_gives_all_its_bodies_the_task() -> None:
    tasks = {task.clause: task for task in register("national/standardisation-reform-tasks-2019").tasks}
    assert [c for c, task in tasks.items() if "各省级人民政府" in task.lead] == ["七第2段", "八", "九第2段"]
    assert tasks["三"].lead == ("市场监管总局", "民政部")
    assert tasks["三"].with_ == ("各有关部门", "各省级人民政府")
    assert [c for c, task in tasks.items() if not task.local] == ["六"]  # its bracket names no government


@pytest.mark.parametrize(("id_", "part", "value", "by"), [
    ("national/equipment-standards-2016", "重点领域国际标准转化率", ">= 90", "2020"),
    ("national/consumer-goods-2016", "抽查合格率", ">= 90", "2020"),
    ("national/consumer-goods-2016", "竞争力指数", ">= 84", "2020"),
    ("national/consumer-goods-2016", "重点消费品标准比对", ">= 1000", "2020"),
    ("national/consumer-goods-2016", "服务示范项目", "= 15", "2020"),
    ("national/consumer-goods-2016", "伤害监测点", ">= 100", "2020"),
    ("national/consumer-goods-2016", "示范区", "= 60", "2020"),
    ("national/consumer-goods-2016", "示范企业", "= 400", "2020"),
    ("national/consumer-goods-2016", "境外覆盖面", "= 30", "2020"),
    ("national/standard-leaders-opinion-2018", "严于", ">= 20", "2020"),
    ("national/standard-leaders-opinion-2018", "消费品领域", ">= 1000", "2020"),
    ("national/standard-leaders-opinion-2018", "装备制造", ">= 500", "2020"),
    ("national/standard-leaders-opinion-2018", "服务领域", ">= 200", "2020"),
    ("heilongjiang/quality-certification-2018", "转版", "= 4000", "2018-09"),
    ("hainan/standards-outline-2022", "采标审核", "= 100", "2025"),
    ("hainan/standards-outline-2022", "国际国内标准", ">= 400", "2025"),
    ("hainan/standards-outline-2022", "高级专家", ">= 100", "2025"),
])
def test_a_target_has_the_figure_and_the_year_of_the_text(id_: str, part: str, value: str, by: str) -> None:
    found = target(id_, part)
    assert found.kind == "target"
    assert (found.amount and found.amount.text, str(found.by)) == (value, by)


def test_what_is_only_striven_for_is_said_to_be_so() -> None:
    assert target("national/equipment-standards-2016", "重点领域国际标准转化率").strength == "strive"
    assert target("national/quality-standards-laboratories-2022", "的国家级质量标准实验室").strength == "strive"
    assert target("national/consumer-goods-2016", "抽查合格率").strength == ""


def test_a_year_that_the_sentence_does_not_have_is_marked_as_assumed() -> None:
    assert target("national/consumer-goods-2016", "抽查合格率").assumed.zh
    assert not target("national/consumer-goods-2016", "伤害监测点").assumed.zh


def test_the_state_of_2016_is_a_baseline_and_no_target() -> None:
    found = target("national/equipment-standards-2016", "国际标准转化率（现状）")
    assert (found.kind, found.amount and found.amount.text, found.by) == ("baseline", ">= 70", None)


def test_some_laboratories_are_no_number() -> None:
    found = target("national/quality-standards-laboratories-2022", "的国家级质量标准实验室")
    assert found.amount is None
    assert found.unverified.zh


def test_only_one_task_of_these_documents_has_an_end() -> None:
    ends = [(id_, task.due, task.due_text) for id_ in OLDER for task in register(id_).tasks if task.due is not None]
    assert ends == [("heilongjiang/quality-certification-2018", dt.date(2018, 9, 30), "2018年9月底前")]


def test_who_leads_in_heilongjiang() -> None:
    leads = {task.clause: task.lead for task in register("heilongjiang/quality-certification-2018").tasks}
    assert len(leads) == 24  # twenty key tasks and four safeguards
    assert {c for c, lead in leads.items() if lead == ("哈尔滨海关",)} == {"二(七)1", "二(七)2"}
    assert {c for c, lead in leads.items() if "省农委" in lead} == {"二(一)1", "二(一)2", "二(一)3"}
    assert {c for c, lead in leads.items() if "省工信委" in lead} == {"二(二)3"}
    assert sum(lead == ("省质监局",) for lead in leads.values()) == 18


def test_hainans_thirteen_actions_name_nobody_and_nobody_is_supposed() -> None:
    actions = [task for task in register("hainan/standards-outline-2022").tasks if task.clause.startswith("四(")]
    assert len({task.clause for task in actions}) == 13
    assert not any(task.lead or task.with_ for task in actions)


def test_the_opinion_of_2017_has_no_target_in_figures() -> None:
    targets = register("national/quality-improvement-2017").targets
    assert targets
    assert all(found.amount is None and str(found.by) == "2020" for found in targets)


def test_what_a_missing_page_leaves_unknown_is_marked() -> None:
    doubtful = [task.clause for task in register("national/standard-leaders-opinion-2018").tasks if task.unverified.zh]
    assert doubtful == ["五(二)", "残段"]
