"""The desk of a laboratory: what is kept beside its moves, for whom, through the pages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from laboratory_walks import APPROVED, FINISHED, OPERATING, Walk, act, desk, pdf, walked

from guiju.web.laboratories.models import Opinion
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]
SECTIONS = ("", "plan/", "reports/", "extension/", "acceptance/", "evaluation/", "changes/", "leaders/", "outputs/",
            "support/", "checks/")
PLAN = {"rows": "2", "seen": "0", "task-0-kind": "standards", "task-0-title": "阀门密封国家标准",
        "task-0-promised": "5", "task-0-unit": "项", "task-0-due": "2026-03-31",
        "task-1-kind": "people", "task-1-title": "培养博士",
        "task-1-promised": "10", "task-1-unit": "人"}


def planned(walk: Walk) -> None:
    answer = walk.client("HOST").post(f"{desk(walk)}plan/change/", PLAN)
    assert answer.status_code == 302, answer.content.decode()


@pytest.mark.parametrize("timeline", [APPROVED, OPERATING])
@pytest.mark.parametrize("role", ["HOST", "MINISTRIES", "COMMITTEE", "COORD"])
def test_every_section_opens_for_those_who_take_part(timeline: str, role: str, on: Clock) -> None:
    on("2026-08-03")
    walk = walked(timeline)
    client = walk.client(role)

    assert {s: client.get(f"{desk(walk)}{s}").status_code for s in SECTIONS} == dict.fromkeys(SECTIONS, 200)


@pytest.mark.parametrize("role", ["PUBLIC"])
def test_the_desk_is_not_there_for_others(role: str) -> None:
    walk = walked(OPERATING)
    client = walk.client(role)

    assert {client.get(f"{desk(walk)}{s}").status_code for s in (*SECTIONS, "do/T38/", "plan/change/")} == {404}


def test_the_plan_is_revised_for_a_reason_and_keeps_what_was_before(on: Clock) -> None:
    on("2025-01-06")
    walk = walked(APPROVED)
    planned(walk)
    change = {**PLAN, "seen": "1", "task-0-key": "t1", "task-1-key": "t2", "task-0-promised": "6"}
    client = walk.client("HOST")
    without = client.post(f"{desk(walk)}plan/change/", change)
    stale = client.post(f"{desk(walk)}plan/change/", {**change, "reason": "扩项", "seen": "0"})
    made = client.post(f"{desk(walk)}plan/change/", {**change, "reason": "扩项"})

    assert (without.status_code, stale.status_code, made.status_code) == (200, 200, 302)
    assert "计划刚被别人修订过" in stale.content.decode()
    plans = list(walk.laboratory.plans.order_by("number"))
    assert [[t["promised"] for t in p.tasks] for p in plans] == [["5", "10"], ["6", "10"]]
    page = client.get(f"{desk(walk)}plan/").content.decode()
    assert "阀门密封国家标准：目标由“5”改为“6”" in page
    assert walk.client("MINISTRIES").post(f"{desk(walk)}plan/change/", change).status_code == 403


def test_a_yearly_report_is_copied_to_the_host(on: Clock) -> None:
    on("2025-05-20")
    walk = walked(APPROVED)
    given = {"own-first": "2024-05-20", "own-last": "2025-05-19", "own-progress": "完成两项标准",
             "own-problems": "设备到货晚"}

    assert act(walk, "LAB", "T21", given) == 302
    report = walk.laboratory.reports.get()
    assert (report.kind, report.content["problems"]) == ("building", "设备到货晚")
    letters = Message.objects.filter(key__contains="/report/")
    assert [m.user for m in letters] == [walk.holders["HOST"]]
    assert "完成两项标准" in walk.client("COORD").get(f"{desk(walk)}reports/").content.decode()
    assert '"copied_to_host":"是"' in walk.record.events.order_by("-number")[0].line


def test_the_last_day_to_ask_for_an_extension_is_a_date(on: Clock) -> None:
    on("2026-02-01")
    walk = walked(APPROVED)
    page = walk.client("LAB").get(f"{desk(walk)}extension/").content.decode()
    assert "2026-02-20" in page

    assert act(walk, "LAB", "T22", {"fact-extension_reason": "设备进口受阻"}) == 302
    assert walk.record.stage == "S21"
    assert act(walk, "COORD", "T23", {"fact-extended_to": "2027-05-20"}) == 302
    assert (walk.record.stage, walk.laboratory.planned_end) == ("S22", dt.date(2027, 5, 20))


def test_a_late_request_is_refused_with_its_clause(on: Clock) -> None:
    on("2026-02-23")
    walk = walked(APPROVED)
    page = walk.client("LAB").get(f"{desk(walk)}extension/").content.decode()

    assert "现在还不能办" in page
    assert re.search(r'<a class="clause" href="/library/[^>]*title="国家质量标准实验室管理办法：[^>]*>办18</a>', page)


def test_acceptance_goes_task_by_task_and_the_laboratory_reads_only_what_it_is_told(on: Clock) -> None:
    on("2026-06-01")
    walk = walked(FINISHED)
    planned(walk)
    given = {"own-achieved-t1": "4", "own-done-t1": "part", "own-evidence-t1": "GB/T 1-2026", "own-achieved-t2": "12",
             "own-done-t2": "yes", "own-summary": "总体完成"}
    assert act(walk, "LAB", "T27", given) == 302
    on("2026-07-06")
    opinion = {"own-met-t1": "no", "own-remark-t1": "差一项", "own-met-t2": "yes", "own-text": "内部意见不外传",
               "own-told": "补齐一项国家标准", "fact-committee_formed_on": "2026-03-16"}
    assert act(walk, "COMMITTEE", "T32", opinion) == 302

    assert walk.record.stage == "S27"
    assert Opinion.objects.get().conclusion == "验收须整改"
    lab, ministries = (walk.client(r).get(f"{desk(walk)}acceptance/").content.decode() for r in ("LAB", "MINISTRIES"))
    assert "补齐一项国家标准" in lab
    assert [w for w in ("内部意见不外传", "差一项", "COMMITTEE的人") if w in lab] == []
    assert [w for w in ("内部意见不外传", "差一项", "补齐一项国家标准") if w not in ministries] == []
    assert "2027-01-06" in lab


def test_an_opinion_of_failed_is_kept_for_the_ministries_who_end_the_building(on: Clock) -> None:
    on("2026-07-06")
    walk = walked(FINISHED)
    on("2026-07-06")
    walk.client("LAB")
    assert act(walk, "LAB", "T27", {"own-summary": "做了一半"}) == 302
    told = {"own-conclusion": "未通过验收", "own-text": "差距太大", "own-told": "主要任务未完成"}
    address = f"{desk(walk)}acceptance/conclude/"
    assert walk.client("MINISTRIES").post(address, told).status_code == 403
    assert walk.client("COMMITTEE").post(address, told).status_code == 302
    again = walk.client("COMMITTEE").post(address, told)
    assert "已有评议意见" in again.content.decode()

    assert "差距太大" in walk.client("MINISTRIES").get(f"{desk(walk)}acceptance/").content.decode()
    assert act(walk, "MINISTRIES", "T37", {"fact-acceptance": "未通过验收", "fact-discretion": "任务未完成"}) == 302
    assert (walk.record.stage, walk.laboratory.state) == ("S28", "ended")


def test_an_evaluation_has_four_sides_and_no_total_unless_weights_are_set(on: Clock) -> None:
    on("2029-07-27")
    walk = walked(OPERATING)
    assert act(walk, "MINISTRIES", "T39", {}) == 302
    sides = {f"own-{f}-{s}": f"{s}的{f}" for s in ("research", "people", "openness", "service")
             for f in ("text", "evidence")}
    assert act(walk, "MINISTRIES", "T40", {**sides, "fact-lab_grade": "优秀"}) == 302

    evaluation = walk.laboratory.evaluations.get()
    assert (evaluation.grade, evaluation.sides["people"]["text"]) == ("优秀", "people的text")
    lab, ministries = (walk.client(r).get(f"{desk(walk)}evaluation/").content.decode() for r in ("LAB", "MINISTRIES"))
    assert "不合计" in ministries
    assert "people的text" not in lab
    assert "优秀" in lab
    assert "前提满足" in walk.client("LAB").get(f"{desk(walk)}support/").content.decode()


def test_a_new_name_has_the_form_that_the_measures_ask_and_is_borne_when_settled(on: Clock) -> None:
    on("2029-08-01")
    walk = walked(OPERATING)
    old = walk.laboratory.name
    given = {"own-kind": "更名", "own-new_name": "阀门实验室", "fact-change_text": "依托单位改名"}
    assert act(walk, "LAB", "major_change:T44", given) == 200
    assert not walk.laboratory.changes.exists()

    given["own-new_name"] = "特种阀门国家质量标准实验室"
    assert act(walk, "LAB", "major_change:T44", given) == 302
    assert walk.laboratory.name == old
    assert act(walk, "COORD", "major_change%231:T50", {"fact-review_needed": "否"}) == 302
    assert [n.name for n in walk.laboratory.names.order_by("pk")] == [old, "特种阀门国家质量标准实验室"]
    assert walk.laboratory.case.title == "特种阀门国家质量标准实验室"
    public = walk.client("PUBLIC").get(f"/laboratories/{walk.laboratory.public_id}/").content.decode()
    assert f"由“{old}”更名为“特种阀门国家质量标准实验室”" in public
    assert "依托单位改名" not in public


def test_a_button_pressed_twice_keeps_a_report_once(on: Clock) -> None:
    on("2025-05-20")
    walk = walked(APPROVED)
    client, address = walk.client("LAB"), f"{desk(walk)}do/T21/"
    html = client.get(address).content.decode()
    seen = html.partition('name="seen" value="')[2][:64]
    paper = re.search(r'name="(paper-[0-9a-f]{10})"', html)
    assert paper
    given = {"own-first": "2024-05-20", "own-last": "2025-05-19", "own-progress": "过半", "seen": seen}
    answers = [client.post(address, {**given, paper[1]: pdf()}).status_code for _ in range(2)]
    late = client.post(address, {**given, "own-progress": "另一份", "note": "改过", paper[1]: pdf()})

    assert (answers, late.status_code) == ([302, 302], 409)
    assert walk.laboratory.reports.count() == 1
    assert walk.record.events.filter(line__contains='"move":"T21"').count() == 1


def test_all_that_keeps_a_report_back_is_said_at_once(on: Clock) -> None:
    on("2026-08-03")
    walk = walked(OPERATING)
    client, address = walk.client("LAB"), f"{desk(walk)}do/T38/"
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', client.get(address).content.decode())
    before = walk.record.count
    report = {"own-first": "2026-07-01", "own-last": "2026-06-30", "own-progress": ""}
    answer = client.post(address, {**report, "seen": seen})
    html = answer.content.decode()
    walk.record.refresh_from_db()

    assert (answer.status_code, walk.record.count) == (409, before)
    assert [word in html for word in ("任务进展", "报告期止日早于起日", "年度运行报告", "没有办成")] == [True] * 4
    reasons = html.partition("没有办成")[2].partition("</ul>")[0]
    assert ("年度运行报告" in reasons, "办26" in reasons) == (True, True)
