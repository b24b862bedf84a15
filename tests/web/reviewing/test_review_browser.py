"""The review in Chromium: marks saved as they are written, the committee live, every page wide and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from browser import Visits, accessible, fits, phone, picture
from playwright.sync_api import Page, Route, expect
from reviewing_world import Clock, expert, marked, reviewing, scored, taken_in

from guiju.web.accounts.models import User
from guiju.web.reviewing.domain import voting
from guiju.web.reviewing.models import Hearing, Mark

pytestmark = pytest.mark.django_db(transaction=True)


def held(page: Page, name: str) -> None:
    assert page.locator("h1").count() == 1
    for details in page.locator("main details").all():
        details.evaluate("d => { d.open = true }")
    accessible(page)
    picture(page, f"review/{name}")
    fits(page)
    phone(page)


def test_an_expert_marks_and_what_he_writes_is_kept(on: Clock, visit: Visits) -> None:
    world = reviewing(on)
    task = world.tasks[0]
    page = visit(task.user)
    page.goto("/review/")
    held(page, "desk-expert")
    page.goto(f"/review/mine/{task.public_id}/")
    page.fill("#value-equipment", "85")
    page.fill("#reason-equipment", "仪器齐全，用得充分")
    expect(page.locator("form.mark").first.locator(".state")).to_contain_text("已保存")
    page.fill("#value-staff", "101")
    expect(page.locator("form.mark").nth(1).locator(".state")).to_contain_text("没有保存")
    page.click("button:has-text('提交打分')")
    expect(page.locator(".notes")).to_contain_text("还缺")
    page.reload()

    assert page.input_value("#value-equipment") == "85"
    assert page.input_value("#reason-equipment") == "仪器齐全，用得充分"
    held(page, "marking")


def test_who_writes_and_presses_on_at_once_loses_nothing(on: Clock, visit: Visits) -> None:
    world = reviewing(on, 1)
    task = world.tasks[0]
    page = visit(task.user)
    page.goto(f"/review/mine/{task.public_id}/")
    page.route("**/equipment/", _late)
    page.fill("#value-equipment", "77")
    page.fill("#reason-equipment", "仪器齐全")
    page.click("button:has-text('提交打分')")
    expect(page.locator(".notes")).to_contain_text("还缺")

    mark = Mark.objects.get()
    assert (mark.value, mark.reason) == (77, "仪器齐全")


def test_what_cannot_be_saved_keeps_the_marks_from_being_handed_in(on: Clock, visit: Visits) -> None:
    world = reviewing(on, 1)
    task = world.tasks[0]
    page = visit(task.user)
    page.goto(f"/review/mine/{task.public_id}/")
    page.route("**/equipment/", lambda route: route.abort())
    page.fill("#value-equipment", "77")
    page.click("button:has-text('提交打分')")
    expect(page.get_by_role("alert")).to_contain_text("没有提交")

    assert not Mark.objects.exists()
    visit.faults[:] = [f for f in visit.faults if "htmx" not in f and "ERR_FAILED" not in f]


def _late(route: Route) -> None:
    """Answered when the page has asked again what it may send."""
    route.request.frame.page.wait_for_timeout(500)
    route.continue_()


def test_a_lost_connection_loses_no_mark(on: Clock, visit: Visits) -> None:
    world = reviewing(on, 1)
    task = world.tasks[0]
    page = visit(task.user)
    page.goto(f"/review/mine/{task.public_id}/")
    page.context.set_offline(True)
    page.fill("#value-equipment", "77")
    state = page.locator("form.mark").first.locator(".state")
    expect(state).to_contain_text("没有保存：连接断了")
    page.context.set_offline(False)
    expect(state).to_contain_text("已保存")

    assert Mark.objects.get().value == 77
    visit.faults[:] = [f for f in visit.faults if "htmx" not in f and "ERR_INTERNET" not in f]


def test_the_committee_is_checked_while_it_is_composed(on: Clock, visit: Visits) -> None:
    world = taken_in(on)
    extra = expert("late", "后来人", ("新材料",))
    page = visit(world.base.officer)
    address = f"/review/rounds/{world.round.public_id}"
    page.goto(f"{address}/committee/")
    page.click("button:has-text('另组一届')")
    expect(page.locator(".conditions")).to_contain_text("符合")
    page.select_option("#user", extra.public_id)
    page.click("button:has-text('列入')")
    expect(page.locator(".conditions li", has_text="C1")).to_contain_text("不符合")
    page.fill("#formed_on", "2026-03-18")
    expect(page.locator("main")).to_contain_text("2028-03-18")
    held(page, "committee")
    for name in ("", "panels/", "meeting/"):
        page.goto(f"{address}/{name}")
        held(page, f"round-{name.strip('/') or 'overview'}")


def meeting_of(world: Any, officer: User) -> Hearing:
    from guiju.web.kit.clock import now
    from guiju.web.reviewing.models import Meeting

    made: Meeting = voting.call_meeting(world.round, "审议投票会", now(), "第一会议室", "听取答辩\n投票",
                                        world.applications, officer)
    voting.set_present(made, made.committee.seats.values_list("pk", flat=True))
    return made.hearings.get(place=1)


def test_a_member_votes_and_takes_his_receipt_home(on: Clock, visit: Visits) -> None:
    world = scored(on)
    hearing = meeting_of(world, world.base.officer)
    voting.open_vote(hearing)
    page = visit(world.members[1])
    page.goto(f"/review/hearings/{hearing.public_id}/vote/")
    held(page, "vote")
    page.check("[name=choice][value=yes]")
    page.click("main form button")
    expect(page.locator("main")).to_contain_text("您的票已投入票箱")
    held(page, "receipt")
    chair = visit(world.members[0])
    chair.goto(f"/review/hearings/{hearing.public_id}/")
    expect(chair.locator("#turnout")).to_contain_text("1 / 15")
    for user in world.members[2:14]:
        voting.vote(hearing, user, "yes")
    expect(chair.locator("#turnout")).to_contain_text("13 / 15")  # by itself
    expect(chair.locator("#not-voted")).to_contain_text("还有 2 人没有投票")
    chair.check("#with-missing")
    chair.click("text=结束投票并计票")
    expect(chair.locator("main")).to_contain_text("100%")
    held(chair, "hearing")
    chair.goto(f"/review/meetings/{hearing.meeting.public_id}/")
    held(chair, "meeting")
    chair.goto(f"/review/rounds/{world.round.public_id}/results/")
    held(chair, "results")
    voting.put_on_list(hearing, world.members[0], {"T15-visit": "半年前已到场核验"})
    samr = visit(world.base.officer)
    samr.goto(f"/review/rounds/{world.round.public_id}/approval/")
    held(samr, "approval")
    samr.goto(f"/review/rounds/{world.round.public_id}/assignment/")
    held(samr, "assignment")


def test_the_leaders_page(on: Clock, visit: Visits) -> None:
    world = reviewing(on, 1)
    for n, task in enumerate(world.tasks):
        marked(task, "80", "学术不端" if n == 1 else "")
    page = visit(world.panel[0])
    page.goto(f"/review/led/{world.applications[0].public_id}/")

    held(page, "lead")
