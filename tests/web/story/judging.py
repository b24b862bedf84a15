"""The review: committee, panel, assignment; marks and a visit; the meeting and its secret ballot; the proposed list."""

from __future__ import annotations

import re

from cast import FIELD, JUDGES, SEATS, Story, examined, said, seen
from playwright.sync_api import Page, expect

PRESENT = 12
LABORATORY = "先进陶瓷国家质量标准实验室"


def the_committee_and_the_panel_are_composed(story: Story) -> None:
    story.on("2026-05-06")
    base = f"/review/rounds/{story.round}"
    page = story.of("officer", f"{base}/committee/")
    page.get_by_role("button", name="开始组成").click()
    page.fill("#formed_on", "2026-05-06")
    expect(page.locator("main")).to_contain_text("2028-05-06")
    for n in range(SEATS):
        page.select_option("#post", label="主任委员" if n == 0 else "副主任委员" if n < 4 else "委员")
        page.select_option("#user", label=f"{'陈主委' if n == 0 else f'委员{n:02}'} · 研究员 · {FIELD}")
        page.get_by_role("button", name="列入").click()
        expect(page.locator("table caption")).to_contain_text(f"（{n + 1}）")
    expect(page.locator(".conditions")).not_to_contain_text("不符合")
    seen(page, "committee")
    page.get_by_role("button", name="确认委员会").click()
    said(page, "已确认")
    page.goto(f"{base}/panels/")
    page.fill("#field", FIELD)
    page.get_by_role("button", name="设专家组").click()
    page.select_option("select[multiple]", label=[f"{'甲乙丙'[n]}专家 · {FIELD}" for n in range(JUDGES)])
    page.get_by_role("button", name="加入", exact=True).click()
    page.get_by_role("button", name="定为组长：甲专家").click()
    page.select_option("select[name^=panel-]", label=FIELD)
    page.get_by_role("button", name="保存归组").click()
    seen(page, "panels")


def the_chair_begins_and_experts_are_assigned(story: Story) -> None:
    story.on("2026-05-08")
    chair = story.of("chair", "/review/")
    chair.get_by_role("link", name="开始评审").click()
    chair.get_by_label("评审细则已由专家技术委员会通过").check()
    chair.get_by_role("button", name="设专家组并开始评审").click()
    said(chair, "1 份申报开始评审")
    page = story.of("officer", f"/review/rounds/{story.round}/assignment/")
    page.get_by_role("button", name="计算分配").click()
    said(page, "为什么不是别人")
    page.fill("#deadline", "2026-05-29")
    page.get_by_role("button", name="采用并发信给专家").click()
    said(page, "已采用")
    seen(page, "assignment")


def three_experts_mark(story: Story) -> None:
    story.on("2026-05-15")
    for n in range(JUDGES):
        page = story.of(f"expert{n}", "/review/")
        if n == 0:
            seen(page, "review-desk")
        page.locator("main table").first.get_by_role("link").first.click()
        expect(page.locator("main")).not_to_contain_text("示例省材料研究院")
        page.check("[name=tie][value=no]")
        page.get_by_role("button", name="声明", exact=True).click()
        said(page, "已声明：没有")
        _mark_everything(page, 78 + 4 * n)
        if n == 0:
            examined(page, "marking")
        page.get_by_role("button", name="提交打分").click()
        said(page, "已提交")
    story.leave("expert1", "expert2")


def _mark_everything(page: Page, value: int) -> None:
    for form in page.locator("form.mark").all():
        mark = form.locator("[name=value]")
        if mark.count():
            mark.fill(str(value))
            form.locator("[name=reason]").fill("材料与现状相符，佐证充分")
    for form in page.locator("form.mark").all():
        expect(form.locator(".state")).to_contain_text("已保存")


def the_leader_visits_and_closes(story: Story) -> None:
    story.on("2026-05-20")
    page = story.of("expert0", "/review/")
    page.locator(f"a[href='/review/led/{story.application}/']").click()
    page.locator("summary", has_text="有必要现场评审").click()
    page.fill("#needed", "核对大型设备的开放共享。")
    page.fill("#begins", "2026-05-25")
    page.fill("#ends", "2026-05-26")
    page.fill("#visitors", "甲专家、乙专家")
    page.get_by_role("button", name="安排现场评审").click()
    said(page, "甲专家、乙专家")
    story.on("2026-05-27")
    page.reload()
    page.check("[name=conditions][value=yes]")
    page.check("[name=direction][value=yes]")
    page.fill("#findings", "设备在位，开放共享台账齐全。")
    page.get_by_role("button", name="回到打分").click()
    said(page, "设备在位")
    page.get_by_role("button", name="结束打分").click()
    said(page, "打分已结束")
    examined(page, "lead")
    page.get_by_role("button", name="提交审议").click()
    said(page, "审议")


def the_committee_meets_and_votes(story: Story) -> None:
    story.on("2026-06-01")
    page = story.of("officer", f"/review/rounds/{story.round}/meeting/")
    page.fill("#begins", "2026-06-08T09:30")
    page.fill("#place", "第一会议室")
    page.fill("#agenda", "听取答辩\n投票")
    page.get_by_role("button", name="召集", exact=True).click()
    story.on("2026-06-08T10:00")
    page.get_by_role("link", name="审议投票会").click()
    said(page, "第一会议室")
    meeting = page.url
    for box in page.locator("[name=seat]").all()[:PRESENT]:
        box.check()
    page.get_by_role("button", name="登记到会").click()
    said(page, f"到会（{PRESENT} / {SEATS}）")
    page.get_by_role("link", name=LABORATORY).click()
    hearing = page.url
    page.fill("#notes", "答辩清楚。")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="开始投票").click()
    said(page, f"已投 0 / {PRESENT}")
    for n in range(PRESENT):
        _vote(story, "chair" if n == 0 else f"member{n:02}", hearing, "no" if n == 7 else "yes", n == 1)
    page.reload()
    said(page, f"已投 {PRESENT} / {PRESENT}")
    page.get_by_role("button", name="结束投票并计票").click()
    said(page, "91")
    chair = story.of("chair", hearing)
    seen(chair, "hearing")
    chair.get_by_role("button", name="列入建议名单").click()
    page.goto(meeting)
    page.fill("#minutes", "到会委员过三分之二。")
    page.get_by_role("button", name="结束会议").click()
    said(page, "会议纪要")
    seen(page, "meeting")
    with page.expect_download() as got:
        page.get_by_role("link", name="PDF").click()
    assert got.value.path().read_bytes().startswith(b"%PDF")


def _vote(story: Story, login: str, hearing: str, choice: str, look: bool) -> None:
    page = story.of(login, f"{hearing}vote/")
    page.check(f"[name=choice][value={choice}]")
    page.get_by_role("button", name="投票", exact=True).click()
    said(page, "您的票已投入票箱")
    if look:
        seen(page, "vote-receipt")
    if login != "chair":
        story.leave(login)


def the_list_is_published_and_the_building_approved(story: Story) -> None:
    story.on("2026-06-10")
    page = story.of("officer", f"/review/rounds/{story.round}/results/")
    said(page, "建设建议名单")
    seen(page, "results")
    with page.expect_download() as got:
        page.get_by_role("link", name="导出 .xlsx").click()
    assert got.value.path().read_bytes().startswith(b"PK")
    page.goto(f"/review/rounds/{story.round}/approval/")
    page.get_by_label(LABORATORY).check()
    seen(page, "approval")
    page.get_by_role("button", name="审定通过并公示选中的").click()
    said(page, "公示期满，批准建设")

    public = story.public("/notices/")
    public.get_by_role("link", name=re.compile("名单")).first.click()
    said(public, LABORATORY)
    story.notices["P2"] = public.url
    page.fill("[name=planned_end]", "2027-06-30")
    page.get_by_role("button", name="公示期满，批准建设").click()
    expect(page.locator("main")).not_to_contain_text("已批准建设")
    story.on("2026-07-01")
    page.goto(f"/review/rounds/{story.round}/approval/")
    page.fill("[name=planned_end]", "2027-06-30")
    page.get_by_role("button", name="公示期满，批准建设").click()
    said(page, "已批准建设")
    public.goto("/laboratories/")
    said(public, LABORATORY)
    seen(public, "laboratories")
