"""What the invented applications say. Every name is 示例 or 虚构; the figures mean nothing."""

from __future__ import annotations

import random
from typing import Any

from guiju.forms import Field, Table, asked, load_form
from guiju.web.applications.models import Application

NONE = "无"
_SHORT = {"line": "示例", "phone": "010-00000000", "email": "demo@example.org", "postcode": "100000",
          "date": "2026-01-05",
          "yesno": "是", "number": "12", "money": "360", "opinion": "同意申报（示例意见，非真实意见）。"}
_TOPICS = {
    "purpose_text": "面向{topic}的质量与标准短板，建成从测试方法、标准验证到应用服务的完整能力，"
                    "为产业提供可比对、可追溯的依据。",
    "research_text": "方向一：{topic}关键指标的测试方法与不确定度评定；方向二：先进适用标准的研制与验证；"
                     "方向三：质量数据的采集、比对与共享。",
    "state_of_the_art_text": "{topic}的同类能力分散在少数机构，方法不统一、数据不可比。"
                             "近年的趋势是由单项检测转向全链条质量控制。",
    "foundation_text": "已连续多年开展{topic}研究（示例），形成方法、标准样品和数据集若干，服务上下游单位；"
                       "以下数字均为虚构。",
    "team_text": "现有固定人员四十二人（虚构），其中研究人员二十六人、技术人员十二人、辅助人员四人，学术带头人一名。",
    "facilities_text": "科研用房四千二百平方米（虚构），主要仪器设备一百余台（套），设备台账与附表一致。",
    "operation_text": "实行主任负责制，设学术委员会；人员、设备、项目、经费各有制度，仪器对外开放共享，"
                      "按年公布开放情况。",
    "support_text": "依托单位给予编制、场地和配套经费支持；推荐单位把{topic}列入年度重点（示例，非真实政策）。",
    "plan_text": "第一年完成平台建设与方法验证；第二年形成标准草案并组织比对；"
                 "建成后每年开放服务不少于二百次（虚构目标）。",
    "joint_text": "依托单位负责总体和方法研究，参建单位负责现场验证与应用；人员、资金、设备、"
                  "项目和知识产权的责权见协议（示例）。",
    "research_field": "{topic}的质量与标准", "research_direction": "测试方法、标准验证、质量数据"}
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "甲乙丙丁戊己庚辛壬癸"


def invented_name(number: int) -> str:
    """A person's name that says that there is no such person."""
    return f"{_SURNAMES[number % 16]}虚{_GIVEN[number // 16 % 10]}"


def answers_for(application: Application, topic: str, english: str, domain: str, number: int) -> dict[str, Any]:
    """Everything that must be filled in, beside what already stands there."""
    chance = random.Random(number)  # nosec B311  # the same story each time
    found: dict[str, Any] = {
        "lab_name_zh": f"示例{topic}国家质量标准实验室",
        "lab_name_en": f"State Quality & Standards Laboratory of {english} (Example)", "industry": "C30",
        "domain": domain,
        "host_head": invented_name(number), "host_contact": invented_name(number + 7),
        "recommender_contact": invented_name(number + 11), "area": str(3000 + 50 * number),
        "equipment_value": str(2000 + 10 * number), "academic_committee": "是", "director_senior": "是",
        "chair_inside": "否", "heads_recommended": "是", "staff_appointed": "是", "content": "标准验证及制定",
        "staff": _staff(number), "equipment": _equipment(chance), "results": _results(topic, number, chance)}
    for item in asked(load_form(application.form), application.joint):
        if item.id not in found and (item.required or item.id.startswith("agreement_")):
            value = _value(item, topic)
            if value:
                found[item.id] = value
    for known in ("host_name", "host_code", "recommender_name", "filled_on", "partner_items"):
        found.pop(known, None)
    return found


def _value(item: Field | Table, topic: str) -> str:
    if isinstance(item, Table):
        return NONE
    if item.kind == "attachment" or item.same_as or item.by_recommender:
        return ""
    if item.id in _TOPICS:
        return _TOPICS[item.id].format(topic=topic)
    return item.choices[0] if item.choices else _SHORT.get(item.kind, "示例文字，内容虚构。")


def _staff(number: int) -> list[dict[str, str]]:
    rows = []
    for n, (category, title) in enumerate((("研究人员", "研究员"), ("研究人员", "副研究员"), ("技术人员", "高级工程师"),
                                           ("辅助人员", "工程师"))):
        rows.append({"category": category, "unit": "第一研究单元" if category == "研究人员" else "",
                     "sex": "男" if n % 2 else "女",
                     "name": invented_name(number * 4 + n), "born": f"19{70 + n * 4}-0{n + 1}", "title": title,
                     "speciality": "质量与标准"})
    return rows


def _equipment(chance: random.Random) -> list[dict[str, str]]:
    return [{"name": f"示例{kind}", "model": f"X-{chance.randint(100, 999)}", "pieces": str(chance.randint(1, 6)),
             "use": "开放共享，按预约使用"} for kind in ("环境试验箱", "精密测量仪", "材料试验机")]


def _results(topic: str, number: int, chance: random.Random) -> list[dict[str, str]]:
    return [{"category": "标准成果", "name": f"{topic}测试方法（示例标准）",
             "number": f"示例 {chance.randint(1000, 9999)}",
             "completed": "2025-06", "authors": f"{invented_name(number * 4)}、{invented_name(number * 4 + 1)}"},
            {"category": "技术成果", "name": f"{topic}比对数据集（示例）", "completed": "2025-10",
             "authors": invented_name(number * 4)}]
