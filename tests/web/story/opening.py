"""The round: an officer of the bureau makes it, sets what the source leaves open, publishes it; the public reads it."""

from __future__ import annotations

import re

from cast import Story, examined, said, seen
from playwright.sync_api import Page, expect

DATES = {"opens": "2026-03-02", "closes": "2026-03-31", "plan_P1": "2026-04-20"}
OFFICES = {"SAMR": "示例市场监管总局", "QDB": "示例质量发展局", "MINISTRIES": "示例两部门联合办公室",
           "COORD": "示例两部门联合办公室"}
PARAMETERS = {"pass_line": "60 分", "vote_majority": "60%", "acceptance_notice": "5 工作日"}
WEIGHTS = {"equipment": "10", "staff": "10", "leader": "10", "analysis": "10", "planning": "10", "ability": "10",
           "expected": "10", "investment": "10", "mechanism": "10", "value": "5", "management": "5"}
FIGURES = {"scale": "100", "least_scores": "3", "quorum": "2/3", "panel_size": "3", "in_field": "1", "load_least": "0",
           "load_most": "5", "objection_days": "10", "reminders": "7、1"}
CHOICES = {"aggregate": "平均", "blind": "是", "abstentions_count": "是", "one_per_institution": "是",
           "visit_required": "否",
           "anonymous_objections": "是", "conflict_same_institution": "回避", "conflict_declared": "回避"}
TEXTS = {"call": "请符合条件的单位按《规矩》示例批次的要求申报。\n材料一式三份。",
         "contact": "示例质量发展局 010-00000000",
         "P1": "现将形式审查结果予以公示。"}


def the_round_is_opened(story: Story) -> None:
    story.on("2026-02-24")
    page = story.of("officer", "/rounds/")
    page.get_by_role("link", name="新建批次").click()
    page.select_option("[name=chart]", label="国家质量标准实验室：申报、建设与运行")
    page.fill("[name=title]", "2026 年度国家质量标准实验室")
    page.select_option("[name=office]", label="示例质量发展局")
    page.select_option("[name=form]", label="国家质量标准实验室申报材料")
    seen(page, "round-new")
    page.get_by_role("button", name="建草稿").click()
    said(page, "不定不能发布")
    story.round = re.search(r"/rounds/([\w-]+)/", page.url)[1]  # type: ignore[index]  # it is there
    _set_everything(page)
    said(page, "都定了。")
    examined(page, "round-manage")
    page.get_by_role("button", name="发布").click()
    said(page, "已发布")

    public = story.public("/rounds/")
    seen(public, "rounds")
    public.get_by_role("link", name="2026 年度国家质量标准实验室").click()
    said(public, "请符合条件的单位")
    examined(public, "round")


def _set_everything(page: Page) -> None:
    _part(page, "名称和日程")
    for name, value in DATES.items():
        page.fill(f"[name={name}]", value)
    _kept(page, "round-dates")
    _part(page, "主管部门和审批")
    for name, value in OFFICES.items():
        page.select_option(f"[name={name}]", label=value)
    _kept(page, "round-offices")
    _part(page, "推荐单位")
    page.get_by_label("示例省市场监管局参加").check()
    page.get_by_label("示例省市场监管局纸质份数").fill("3")
    page.get_by_label("示例省市场监管局名额").fill("5")
    _kept(page, "round-bodies")
    _part(page, "参数和读法")
    for name, value in PARAMETERS.items():
        page.fill(f"[name={name}]", value)
    _kept(page, "round-parameters")
    _part(page, "评审细则")
    for name, value in WEIGHTS.items():
        page.fill(f"[name=weight_{name}]", value)
    for name, value in FIGURES.items():
        page.fill(f"[name={name}]", value)
    for name, value in CHOICES.items():
        page.select_option(f"[name={name}]", label=value)
    _kept(page, "round-rules")
    _part(page, "通知和公示文字")
    for name, value in TEXTS.items():
        page.fill(f"[name={name}]", value)
    _kept(page, "round-texts")


def _part(page: Page, name: str) -> None:
    page.locator("section", has_text="各部分").get_by_role("link", name=name).click()


def _kept(page: Page, name: str) -> None:
    seen(page, name)
    page.get_by_role("button", name="保存").click()
    expect(page.locator(".notes")).to_contain_text("已保存")
