"""The recommending body: takes the application in, checks it, asks the department, forwards it with its opinion."""

from __future__ import annotations

from cast import Story, examined, file, latest_mail, said, seen
from playwright.sync_api import expect

QUALITIES = ("scientific", "systematic", "complete", "truthful", "accurate", "lawful")


def the_body_takes_it_in_and_checks_it(story: Story) -> None:
    story.on("2026-03-13")
    page = story.of("recommender", "/intake/recommend/")
    page.locator("main .card").get_by_role("link").first.click()
    seen(page, "recommend-queue")
    page.get_by_role("link", name="先进陶瓷国家质量标准实验室").click()
    page.get_by_role("link", name="收件", exact=True).click()
    page.get_by_role("button", name="收件").click()
    said(page, "怎样办")
    for quality in QUALITIES:
        form = page.locator("form.mark", has=page.locator(f"input[value={quality}]"))
        form.get_by_label("通过", exact=True).check()
        expect(form.locator(".mark-state")).to_contain_text("已保存")
    page.reload()
    said(page, "已保存 · 推推荐")


def the_department_is_asked_and_answers(story: Story) -> None:
    page = story.of("recommender")
    page.fill("[name=ask-department]", "示例省科技厅")
    page.fill("[name=ask-question]", "请对该领域提出意见。")
    page.fill("[name=ask-asked_on]", "2026-03-13")
    page.fill("[name=ask-address]", "department@example.org")
    page.fill("[name=ask-until]", "2026-03-19")
    page.get_by_role("button", name="登记", exact=True).click()
    said(page, "未答复")
    story.on("2026-03-17")
    department = story.visit()
    department.goto(latest_mail("department@example.org"))
    department.fill("[name=answer]", "属本省重点领域，支持申报。")
    department.fill("[name=name]", "高新处 宋处长")
    examined(department, "department-answers")
    department.get_by_role("button", name="提交意见").click()
    said(department, "答复已收到")
    department.context.close()


def it_is_forwarded_with_the_opinion(story: Story) -> None:
    story.on("2026-03-20")
    page = story.of("recommender", f"/intake/recommend/application/{story.application}/")
    said(page, "属本省重点领域，支持申报。")
    opinion = page.locator("form", has=page.get_by_role("button", name="保存推荐意见"))
    opinion.locator("[name=text]").fill("材料属实，同意推荐。")
    opinion.locator("[name=head]").fill("黄局长")
    opinion.locator("[name=signed_on]").fill("2026-03-20")
    opinion.locator("[type=file]").set_input_files(file("推荐意见（盖章）.pdf"))
    opinion.locator("[name=sealed]").check()
    if opinion.locator("[name=joined]").count():
        opinion.locator("[name=joined]").check()
    opinion.get_by_role("button", name="保存推荐意见").click()
    said(page, "推荐意见（盖章）.pdf")
    examined(page, "recommend-application")
    page.get_by_role("link", name="推荐并报送总局").click()
    seen(page, "recommend-forward")
    page.locator("main form button").click()
    said(page, "已经不在推荐环节")
