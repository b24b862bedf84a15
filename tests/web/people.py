"""People, organisations and cases for tests."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from kept_worlds import built_once

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.events import CHINA, Evidence
from guiju.web.accounts.domain.organisations import add_member, create_organisation
from guiju.web.accounts.domain.people import register
from guiju.web.accounts.models import Organisation, User
from guiju.web.accounts.uscc import made_up
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign, begin_case, make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.rules import Part

LEADER = "national/leader-title"
PASSWORD = "云山苍苍-江水泱泱-2026"
ENTRY = Evidence({"参评标准已自我声明公开": "是", "参评标准属重点领域": "是"})
RESULT = Evidence({"参评标准水平": "严于国行标", "向企业收费额": "0 元", "评估机构独立于工作机构": "是"})
SETTINGS = {"ranking_days": "5 工作日", "list_days": "5 工作日", "places": "3 位"}


def true_day(later: int = 0) -> dt.date:
    """Today in China, where the site is, or so many days later: whatever zone the machine is in."""
    return dt.datetime.now(CHINA).date() + dt.timedelta(days=later)


@dataclass
class World:
    """`ours` and `theirs`: an enterprise each, with its manager and case; `evaluator`: who holds the chart's office."""

    chart: Chart
    ours: Organisation
    theirs: Organisation
    evaluator: Organisation
    manager: User
    agent: User
    reader: User
    stranger: User
    officer: User
    colleague: User
    operator: User
    case: CaseRecord
    secret: CaseRecord


def person(login: str, name: str, operator: bool = False) -> User:
    return register(login, name, PASSWORD, f"{login}@example.org", operator=operator)


@built_once
def build() -> World:
    chart = installed(LEADER)
    manager, agent, reader = person("zhang", "张经理"), person("wang", "王经办"), person("zhao", "赵查阅")
    stranger, officer, colleague = person("li", "李外人"), person("qian", "钱评估"), person("sun", "孙评估")
    ours = create_organisation(made_up(1), "甲公司", "enterprise", manager, region="110108")
    theirs = create_organisation(made_up(2), "乙公司机密", "enterprise", stranger)
    evaluator = create_organisation(made_up(3), "评估中心", "evaluator", officer)
    add_member(ours, agent, "agent")
    add_member(ours, reader, "reader")
    add_member(evaluator, colleague, "agent")
    assign(chart, "EVALUATOR", organisation=evaluator)
    return World(chart, ours, theirs, evaluator, manager, agent, reader, stranger, officer, colleague,
                 person("root", "平台管理员", operator=True), opened(chart, manager), opened(chart, stranger))


def opened(chart: Chart, user: User) -> CaseRecord:
    made = begin_case(chart, "enter", user, evidence=ENTRY, parameters=SETTINGS)
    assert isinstance(made, CaseRecord), made
    return made


def moved(record: CaseRecord, name: str, user: User, evidence: Evidence | None = None) -> CaseRecord:
    made = make_move(record, name, user, evidence=evidence)
    assert isinstance(made, CaseRecord), made
    return made


def part_of(parts: list[Part], organisation: Organisation) -> Part:
    return next(p for p in parts if p.organisation == organisation)
