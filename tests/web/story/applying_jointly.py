"""The application: begun jointly, written by two organisations, handed in against a receipt."""

from __future__ import annotations

import re

from cast import Story, examined, file, latest_mail, organisation, said, seen, told
from playwright.sync_api import Locator, Page, expect

WRITTEN: dict[str, dict[str, str]] = {
    "cover": {"cover_partners": "示例大学", "filled_on": "2026-03-05"},
    "laboratory": {"lab_name_zh": "先进陶瓷国家质量标准实验室",
                   "lab_name_en": "State Quality & Standards Laboratory of Advanced Ceramics", "industry": "C30",
                   "research_field": "先进陶瓷材料", "research_direction": "陶瓷基复合材料的质量与标准"},
    "host": {"host_name": "示例省材料研究院", "host_head": "钱院长", "host_head_post": "院长", "host_contact": "申申报",
             "host_contact_post": "主管", "host_phone": "0371-12345678", "host_email": "host@example.org",
             "host_postcode": "450000", "host_address": "示例市示例路 1 号"},
    "recommender": {"recommender_name": "示例省市场监管局", "recommender_contact": "推推荐",
                    "recommender_contact_post": "处长", "recommender_phone": "0371-87654321",
                    "recommender_postcode": "450001", "recommender_email": "amr@example.org",
                    "recommender_address": "示例市示例路 2 号"},
    "purpose": {"purpose_text": "补齐先进陶瓷的质量短板，建立可比对的数据和标准。"},
    "research": {"research_text": "研究测试方法，研制标准样品，验证关键指标。"},
    "state_of_the_art": {"state_of_the_art_text": "国外已有成套方法，国内尚无统一的验证平台。"},
    "foundation": {"foundation_text": "已有省级重点实验室，近五年主持国家标准三项。"},
    "team": {"team_text": "固定人员四十五人，其中高级职称二十人。"},
    "facilities": {"facilities_text": "科研用房三千二百平方米，设备现值六千万元。"},
    "operation": {"operation_text": "设学术委员会，仪器对外开放。"},
    "support": {"support_text": "依托单位每年安排运行经费。"},
    "plan": {"plan_text": "两年内建成验证平台，研制标准五项，培养骨干十人。"},
    "opinions": {"host_opinion": "同意申报，保证材料真实。"},
    "figures": {"applicant_kind": "科研院所", "affiliation": "地方", "region": "410100", "provincial_laboratory": "是",
                "operating_from": "2021-03-01", "area": "3200", "equipment_value": "6000", "academic_committee": "是",
                "domain": "关键基础软件及材料", "content": "标准验证及制定", "service_total": "800",
                "director_senior": "是", "chair_inside": "否", "heads_recommended": "是", "staff_appointed": "是"},
    "partners": {f"agreement_{what}": "是" for what in ("staff", "funds", "equipment", "projects", "ip")},
}
STAFF = {"category": "研究人员", "name": "赵钱孙", "sex": "男", "born": "1975-06", "title": "研究员",
         "speciality": "陶瓷"}
EMPTY = ("tasks", "awards", "results")
CONSORTIUM = "由示例省材料研究院牵头，示例大学负责现场验证；人员、资金、设备、项目和知识产权的责权见协议。"


def it_is_begun_and_the_partner_joins(story: Story) -> None:
    story.on("2026-03-03")
    page = story.of("applicant", f"/rounds/{story.round}/")
    page.get_by_role("link", name="申报", exact=True).click()
    page.select_option("[name=affiliation]", label="地方")
    page.get_by_label("联合申报（由主要承建方组织）").check()
    page.select_option("[name=body]", label="示例省市场监管局")
    seen(page, "application-begin")
    page.get_by_role("button", name="开始填写").click()
    said(page, "还没有加入")
    story.application = re.search(r"/apply/([\w-]+)/", page.url)[1]  # type: ignore[index]  # it is there
    page.get_by_role("link", name="邀请参建单位").click()
    page.get_by_label("邮箱").fill("partner@example.org")
    page.get_by_role("button", name="发出邀请").click()
    told(page, "邀请已发出")

    partner = story.visit()
    story.pages["partner"] = partner
    partner.goto(latest_mail("partner@example.org"))
    said(partner, "邀请贵单位参加联合申报")
    partner.get_by_role("link", name="登录后接受").click()
    story.sign_in(partner, "partner")
    expect(partner.locator("[name=code]")).to_have_value(organisation("示例大学").code)
    seen(partner, "invitation")
    partner.get_by_role("button", name="接受").click()
    said(partner, "已接受邀请")
    page.goto(f"/apply/{story.application}/")
    expect(page.locator("dl.facts").first).to_contain_text("示例大学")
    examined(page, "application")


def two_organisations_write_it(story: Story) -> None:
    story.on("2026-03-05")
    base = f"/apply/{story.application}/parts"
    page = story.of("applicant", f"{base}/cover/")
    for section, answers in WRITTEN.items():
        page.goto(f"{base}/{section}/")
        if section == "host":
            answers = {**answers, "host_code": organisation("示例省材料研究院").code}
        for field, value in answers.items():
            _write(page, field, value)
        for field in answers:
            expect(page.locator(f"#f-{field} [data-state]")).to_have_text(re.compile("已保存"))
    expect(page.locator(".panel")).to_contain_text("申报")
    _tables_and_attachments(page, base)

    partner = story.of("partner", f"{base}/joint/")
    _write(partner, "joint_text", CONSORTIUM)
    expect(partner.locator("#f-joint_text [data-state]")).to_have_text(re.compile("已保存"))
    partner.goto(f"{base}/partners/")
    row = partner.locator("#f-partner_items [data-row]").nth(1)
    for column, value in (("name", "示例大学"), ("code", organisation("示例大学").code), ("host", "否"),
                          ("builder", "否")):
        _fill(row.locator(f"[data-cell={column}]"), value)
    expect(partner.locator("#f-partner_items [data-state]")).to_have_text(re.compile("已保存"))
    seen(partner, "application-partners")
    partner.goto(f"{base}/joint/")
    partner.locator("#f-joint_text summary", has_text="意见").click()
    partner.locator("#c-joint_text").fill("请牵头单位核对责权表述。")
    partner.locator("#f-joint_text").get_by_role("button", name="发出").click()
    told(partner, "意见已发出")
    page.goto(f"/apply/{story.application}/comments/")
    said(page, "请牵头单位核对责权表述。")
    seen(page, "application-comments")
    page.get_by_role("button", name="已处理").click()
    page.goto(f"{base}/joint/")
    said(page, CONSORTIUM)
    page.locator("#u-joint_agreement").set_input_files(file("共建协议.pdf"))
    expect(page.locator("#files-joint_agreement")).to_contain_text("共建协议.pdf")


def _write(page: Page, field: str, value: str) -> None:
    _fill(page.locator(f"#i-{field}"), value)


def _fill(control: Locator, value: str) -> None:
    if control.evaluate("e => e.tagName") == "SELECT":
        control.select_option(value)
    else:
        control.fill(value)


def _tables_and_attachments(page: Page, base: str) -> None:
    page.goto(f"{base}/evidence/")
    staff = page.locator("#f-staff")
    for column, value in STAFF.items():
        _fill(staff.locator(f"[data-cell={column}]").first, value)
    page.locator("#f-equipment [data-cell=name]").first.evaluate(
        """(cell) => { const data = new DataTransfer();
        data.setData("text/plain", "万能试验机\\tA-1\\n扫描电镜\\tB-2\\n");
        cell.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""")
    expect(page.locator("#f-equipment [data-cell=name]").nth(1)).to_have_value("扫描电镜")
    for table in EMPTY:
        page.locator(f"#n-{table}").check()
    for table in ("staff", "equipment", *EMPTY):
        expect(page.locator(f"#f-{table} [data-state]")).to_have_text(re.compile("已保存"))
    page.locator("#f-commitment [data-drop]").evaluate(
        """(drop) => { const data = new DataTransfer();
        data.items.add(new File(["%PDF-1.4\\nx\\n%%EOF\\n"], "承诺书.pdf", { type: "application/pdf" }));
        drop.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })); }""")
    expect(page.locator("#files-commitment")).to_contain_text("承诺书.pdf")
    seen(page, "application-tables")


def it_is_handed_in(story: Story) -> None:
    story.on("2026-03-12")
    page = story.of("applicant", f"/apply/{story.application}/")
    seen(page, "application-written")
    page.get_by_role("link", name="核对并提交").first.click()
    said(page, "该填的都填了")
    said(page, "申报条件")
    page.get_by_label("打印的申报材料已盖依托单位公章").check()
    page.locator("[name=copies]").fill("3")
    page.get_by_label("封面已盖各联合共建单位公章").check()
    seen(page, "application-check")
    page.get_by_role("button", name="提交", exact=True).click()
    expect(page.locator("h1")).to_have_text("提交回执")
    said(page, "SHA-256")
    seen(page, "application-receipt")
    with page.expect_download() as got:
        page.locator("dd a").first.click()
    assert got.value.path().read_bytes().startswith(b"%PDF")
