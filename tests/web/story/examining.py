"""The bureau: receives, examines, publishes the result (P1); the public objects; the objection is settled; accepted."""

from __future__ import annotations

from cast import Story, examined, said, seen
from playwright.sync_api import Page, expect


def the_bureau_examines_and_publishes(story: Story) -> None:
    story.on("2026-03-26")
    page = story.of("officer", "/intake/examine/")
    page.locator("main .card").get_by_role("link").first.click()
    seen(page, "examine-queue")
    _try_and_do(page, story, "收件并转形式审查")
    story.on("2026-04-10")
    page.goto(f"/intake/examine/application/{story.application}/")
    said(page, "系统核对")
    for form in page.locator("form.mark").all():
        form.get_by_label("通过", exact=True).check()
        expect(form.locator(".mark-state")).to_contain_text("已保存")
    conclusion = page.locator("form", has=page.get_by_role("button", name="保存结论"))
    conclusion.get_by_label("形审通过").check()
    conclusion.locator("[name=reasons]").fill("逐项核对，符合要求。")
    for reason in conclusion.locator("[name^=decide-]").all():
        reason.fill("已核对纸质件，予以认可。")
    examined(page, "examine-application")
    conclusion.get_by_role("button", name="保存结论").click()
    story.on("2026-04-20")
    page.goto(f"/intake/examine/{story.round}/?stage=S07")
    _try_and_do(page, story, "出结论并公示")
    page.get_by_role("link", name="已发布形式审查结果公示").click()
    story.notices["P1"] = page.url


def _try_and_do(page: Page, story: Story, move: str) -> None:
    """Rehearse a move, look at what it would do, then make it."""
    page.locator(f"input[name=chosen][value='{story.application}']").check()
    page.get_by_role("button", name="试办").filter(has_text=move).click()
    said(page, "什么也没有改动")
    said(page, "可办，转入")
    seen(page, "examine-trial")
    page.get_by_role("button", name="办理").click()
    expect(page.locator("h1")).to_contain_text("办成 1")


def somebody_objects_and_it_is_settled(story: Story) -> None:
    story.on("2026-04-21")
    public = story.public("/notices/")
    seen(public, "notices")
    public.get_by_role("link", name="形式审查").first.click()
    examined(public, "notice")
    public.locator("td a", has_text="提出异议").click()
    public.fill("[name=ground]", "设备清单里的一台仪器属于另一个单位。")
    public.check("[value=anonymous]")
    seen(public, "objection")
    public.get_by_role("button", name="提交异议").click()
    code = public.locator(".receipt .digest b").inner_text()

    page = story.of("officer", "/notices/desk/")
    page.locator("main table a, main li a").first.click()
    page.get_by_role("button", name="受理").click()
    page.fill("[name=finding]", "有共用协议，设备在申报单位名下使用。")
    seen(page, "objection-desk")
    page.get_by_role("button", name="不成立").click()
    said(page, "已办结")

    other = story.visit(phone=True)
    other.goto("/notices/lookup/")
    other.fill("[name=code]", code)
    other.get_by_role("button", name="查询").click()
    said(other, "有共用协议")
    other.context.close()


def it_is_accepted_when_the_notice_is_over(story: Story) -> None:
    page = story.of("officer", f"/intake/examine/{story.round}/?stage=S08")
    page.locator(f"input[name=chosen][value='{story.application}']").check()
    page.get_by_role("button", name="试办").filter(has_text="受理").click()
    said(page, "办不成")
    story.on("2026-04-29")
    page.goto(f"/intake/examine/{story.round}/?stage=S08")
    _try_and_do(page, story, "受理")
