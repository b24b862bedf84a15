"""The laboratory is built: plan, yearly report, an extension, the end of the term; acceptance, after rectification."""

from __future__ import annotations

from cast import Story, daily_round, examined, file, said, seen
from playwright.sync_api import Locator, Page, expect

TASKS = (("标准研制", "先进陶瓷国家标准", "5", "项"), ("人才培养", "培养技术骨干", "10", "人"))


def desk(story: Story, login: str, section: str = "") -> Page:
    return story.of(login, f"/laboratories/{story.laboratory}/desk/{section and f'{section}/'}")


def done(story: Story, login: str, section: str, move: str, given: dict[str, str], look: str = "",
         other: str = "") -> None:
    """Make a move from the desk: every paper that it asks for goes with it. `given`: by the ends of the fields' names,
    or by their labels; `other`: another paper, by its file's name."""
    page = desk(story, login, section)
    page.get_by_role("link", name=move, exact=True).click()
    form = page.locator("main form.card")
    expect(form.get_by_role("button", name=move)).to_be_visible()
    for name, value in given.items():
        _give(form, name, value)
    papers = form.locator("[type=file]").all()
    for paper in papers[:-1]:
        paper.set_input_files(file())
    if other:
        papers[-1].set_input_files(file(other))
    if look:
        seen(page, look)
    form.get_by_role("button", name=move).click()
    expect(page.locator(".notes")).to_be_visible()


def _give(form: Locator, name: str, value: str) -> None:
    choice = form.locator("fieldset.field", has_text=name)
    if choice.count():
        choice.get_by_label(value, exact=True).check()
        return
    control = form.locator(f"[name$='{name}']")
    control = control if control.count() else form.get_by_label(name)
    if control.evaluate("e => e.tagName") == "SELECT":
        control.select_option(label=value)
    else:
        control.fill(value)


def it_is_on_the_register(story: Story) -> None:
    public = story.public("/laboratories/")
    public.get_by_role("link", name="先进陶瓷国家质量标准实验室").click()
    story.laboratory = public.url.rstrip("/").rpartition("/")[2]
    said(public, "批准建设，进入建设期")
    examined(public, "laboratory")


def the_director_plans_and_reports(story: Story) -> None:
    story.on("2026-07-10")
    page = desk(story, "director", "leaders")
    page.get_by_role("link", name="登记实验室主任").click()
    for name, value in (("name", "任主任"), ("unit", "示例省材料研究院"), ("position", "副院长、研究员")):
        page.fill(f"[name={name}]", value)
    page.select_option("[name=account]", label="任主任")
    page.get_by_role("button", name="登记").click()
    said(page, "现任")
    page = desk(story, "director", "plan")
    page.get_by_role("link", name="编制计划").click()
    for n, (kind, title, promised, unit) in enumerate(TASKS):
        page.select_option(f"[name=task-{n}-kind]", label=kind)
        for name, value in (("title", title), ("promised", promised), ("unit", unit), ("due", "2027-05-31")):
            page.fill(f"[name=task-{n}-{name}]", value)
    page.get_by_role("button", name="定稿").click()
    said(page, "先进陶瓷国家标准")
    seen(page, "laboratory-plan")
    story.on("2027-02-26")
    done(story, "director", "reports", "报送建设期年报", {"own-progress": "按计划推进，完成国家标准三项。"},
         "laboratory-report")
    said(story.of("director"), "按计划推进")


def the_extension_is_asked_for_and_granted(story: Story) -> None:
    story.on("2027-03-15")
    done(story, "director", "extension", "申请延期", {"延期原因": "验证试验周期延长。"})
    story.on("2027-04-06")
    done(story, "ministries", "extension", "批准延期", {"延期至": "2027-12-31"}, "laboratory-extension")
    said(desk(story, "director"), "2027-12-31")


def the_term_ends_by_itself_and_acceptance_is_applied_for(story: Story) -> None:
    story.on("2028-01-02")
    daily_round()
    said(desk(story, "director"), "待验收")
    story.on("2028-01-10")
    done(story, "director", "acceptance", "申请验收", {
        "achieved-t1": "4 项", "done-t1": "部分完成", "evidence-t1": "标准号清单", "achieved-t2": "12 人",
        "done-t2": "已完成", "evidence-t2": "聘书", "summary": "除一项标准外均已完成。"}, "laboratory-acceptance-form")


def it_has_to_be_rectified_first(story: Story) -> None:
    story.on("2028-02-15")
    done(story, "chair", "acceptance", "评议结论为整改", {
        "met-t1": "未达到", "met-t2": "达到", "own-text": "一项标准没有完成。", "own-told": "请完成第五项标准。",
        "decide-T32-extended": "差一项，延期之后仍可整改。"}, "laboratory-opinion")
    said(desk(story, "director", "acceptance"), "请完成第五项标准。")
    expect(story.of("director").locator("main")).not_to_contain_text("一项标准没有完成。")
    story.on("2028-04-10")
    done(story, "director", "acceptance", "整改后再次申请验收", {
        "achieved-t1": "5 项", "done-t1": "已完成", "own-summary": "第五项标准已发布。", "验收整改已按期完成": "是",
        "验收整改完成日": "2028-04-05"})
    story.on("2028-04-20")
    done(story, "chair", "acceptance", "复验通过", {
        "met-t1": "达到", "met-t2": "达到", "own-text": "任务全部完成。"})


def the_ministries_accept_it_after_the_notice(story: Story) -> None:
    story.on("2028-04-24")
    done(story, "ministries", "acceptance", "审核通过并公示", {})
    public = story.public("/notices/")
    public.get_by_role("link", name="验收").first.click()
    said(public, "先进陶瓷国家质量标准实验室")
    story.notices["P3"] = public.url
    story.on("2028-05-10")
    done(story, "ministries", "acceptance", "进入正式运行", {})
    page = desk(story, "director", "acceptance")
    said(page, "正式运行")
    examined(page, "laboratory-acceptance")
