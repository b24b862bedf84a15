"""An expert marks; the leader closes, visits, settles vetoes, and hands on."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from reviewing_world import TEXT, Clock, marked, reviewing

from guiju.web.accounts.models import User
from guiju.web.reviewing.models import Assigned, Declared, Mark, Sheet, VetoClaim, Visit

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PDF = b"%PDF-1.4\nbody\n%%EOF\n"


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def address_of(task: Assigned) -> str:
    return f"/review/mine/{task.public_id}/"


def test_a_mark_is_saved_as_it_is_written(on: Clock, signed_in: SignedIn) -> None:
    task = reviewing(on).tasks[0]
    answer = signed_in(task.user).post(f"{address_of(task)}marks/equipment/", {"value": "85", "reason": "仪器齐全",
                                       "version": "0"}, headers={"HX-Request": "true"})

    assert "已保存" in text(answer)
    assert 'name="version" value="1"' in text(answer)
    mark = Mark.objects.get()
    assert (mark.value, mark.reason, mark.indicator) == (85, "仪器齐全", "equipment")


def test_a_second_window_does_not_overwrite_unseen(on: Clock, signed_in: SignedIn) -> None:
    task = reviewing(on).tasks[0]
    client, address = signed_in(task.user), f"{address_of(task)}marks/equipment/"
    client.post(address, {"value": "85", "version": "0"})
    late = text(client.post(address, {"value": "40", "version": "0"}, headers={"HX-Request": "true"}))

    assert "另一个窗口里已改为" in late
    assert "85" in late
    assert Mark.objects.get().value == 85
    client.post(address, {"value": "40", "version": "1"})
    assert Mark.objects.get().value == 40


@pytest.mark.parametrize(("value", "why"), [("101", "打 0 到 100 分"), ("-1", "分数从 0 起"), ("很好", "不是数"),
                                            ("1e9", "分数从 0 起"), ("NaN", "分数从 0 起"), ("70.123", "最多两位小数")])
def test_what_is_no_mark_is_refused_in_words(on: Clock, signed_in: SignedIn, value: str, why: str) -> None:
    task = reviewing(on, 1).tasks[0]
    answer = signed_in(task.user).post(f"{address_of(task)}marks/equipment/", {"value": value, "version": "0"},
                                       headers={"HX-Request": "true"})

    assert "没有保存" in text(answer)
    assert why in text(answer)
    assert not Mark.objects.exists()


@pytest.mark.parametrize(("sent", "said"), [
    ({"do": "opinion", "opinion": "见" * 10_001}, "评审意见太长：最多 10000 字，现有 10001 字"),
    ({"do": "decline", "reason": "忙" * 501}, "推辞的理由太长：最多 500 字，现有 501 字"),
    ({"do": "declare", "tie": "yes", "relation": "师" * 501}, "利害关系太长：最多 500 字，现有 501 字"),
    ({"do": "organisation", "code": "91410000MA12345678", "relation": "师" * 501},
     "利害关系太长：最多 500 字，现有 501 字"),
])
def test_what_is_too_long_is_refused_and_never_cut(on: Clock, signed_in: SignedIn, sent: dict[str, str], said: str
                                                   ) -> None:
    task = reviewing(on, 1).tasks[0]
    before = Declared.objects.count()
    page = text(signed_in(task.user).post(address_of(task), sent, follow=True))

    assert said in page
    assert Declared.objects.count() == before
    assert Assigned.objects.get(pk=task.pk).state == "taken"
    assert not Sheet.objects.exclude(opinion="").exists()


def test_what_just_fits_is_kept_whole(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1, rules={"conflicts": {"declared": "bar"}})
    task, other = world.tasks[:2]
    signed_in(task.user).post(address_of(task), {"do": "opinion", "opinion": "见" * 10_000})
    signed_in(task.user).post(address_of(task), {"do": "declare", "tie": "yes", "relation": "师" * 500})
    signed_in(other.user).post(address_of(other), {"do": "decline", "reason": "忙" * 500})

    assert Sheet.objects.get(assigned=task).opinion == "见" * 10_000
    assert Declared.objects.filter(user=task.user, application=task.application).latest("pk").relation == "师" * 500
    assert Assigned.objects.get(pk=task.pk).state == "declined"
    assert Assigned.objects.get(pk=other.pk).reason == "忙" * 500


def test_a_saved_mark_takes_its_indicator_off_what_is_lacking(on: Clock, signed_in: SignedIn) -> None:
    task = reviewing(on).tasks[0]
    client, given = signed_in(task.user), {"value": "85", "reason": "仪器齐全", "version": "0"}
    opened = text(client.get(address_of(task))).partition('id="lacking"')[2].partition("</p>")[0]
    answer = text(client.post(f"{address_of(task)}marks/equipment/", given, headers={"HX-Request": "true"}))
    left = answer.partition('<p id="lacking" hx-swap-oob="true">')[2].partition("</p>")[0]

    assert "科研实验设备和条件、" in opened
    assert "科研人员整体水平" in left
    assert "科研实验设备和条件" not in left


def test_beside_a_mark_stands_how_it_counts(on: Clock, signed_in: SignedIn) -> None:
    task = reviewing(on, 1).tasks[0]

    assert re.search(r"分值 (\d+)；计入总分 = \1 × 分数 ÷ 100", text(signed_in(task.user).get(address_of(task))))


def test_nothing_is_handed_in_before_everything_has_a_mark_and_a_reason(on: Clock, signed_in: SignedIn) -> None:
    task = reviewing(on, 1).tasks[0]
    client = signed_in(task.user)
    client.post(f"{address_of(task)}marks/equipment/", {"value": "85", "reason": "", "version": "0"})
    page = text(client.post(address_of(task), {"do": "submit"}, follow=True))

    assert "还缺：科研实验设备和条件、科研人员整体水平" in page
    assert Sheet.objects.get().submitted is None


def test_what_was_handed_in_can_be_taken_back_until_the_panel_closes(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1)
    for task in world.tasks:
        marked(task, "80")
    task = world.tasks[0]
    client = signed_in(task.user)
    assert "已经提交" in text(client.post(f"{address_of(task)}marks/equipment/", {"value": "1", "version": "1"},
                                       headers={"HX-Request": "true"}))
    client.post(address_of(task), {"do": "take-back"})
    client.post(f"{address_of(task)}marks/equipment/", {"value": "60", "reason": "重看", "version": "1"})
    client.post(address_of(task), {"do": "submit"})
    leader = signed_in(world.panel[0])
    leader.post(f"/review/led/{world.applications[0].public_id}/", {"do": "close"})

    assert "评审已经结束" in text(client.post(address_of(task), {"do": "take-back"}, follow=True))
    assert Mark.objects.get(sheet__assigned=task, indicator="equipment").value == 60


def test_where_names_are_hidden_none_shows(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1, {"blind": True})
    task = world.tasks[0]
    for page in (text(signed_in(task.user).get(address_of(task))), text(signed_in(task.user).get("/review/"))):
        for name in (world.base.host.name, world.base.host.code, "赵钱孙", "周吴郑", "示例省市场监管局",
                     "zhao@example.cn"):
            assert name not in page
    page = text(signed_in(task.user).get(address_of(task)))
    assert "〔单位〕的〔人员〕带领团队" in page
    assert "附件（经核不含名称的除外）" in page


def test_where_names_are_shown_all_is_there(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1, {"blind": False})

    assert TEXT in text(signed_in(world.tasks[0].user).get(address_of(world.tasks[0])))


def test_without_weights_marks_are_kept_and_the_missing_rule_is_named(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1, {"weights": {}})
    page = text(signed_in(world.tasks[0].user).get(address_of(world.tasks[0])))
    assert "现在算不出得分" in page
    assert "weights.equipment" in page
    for task in world.tasks:
        marked(task, "80")
    leader, address = signed_in(world.panel[0]), f"/review/led/{world.applications[0].public_id}/"
    leader.post(address, {"do": "close"})
    refused = text(leader.post(address, {"do": "forward"}, follow=True))

    assert "无法计算" in refused
    assert world.round.applications.get().case.stage == "S11"


def led(world: Any) -> str:
    return f"/review/led/{world.applications[0].public_id}/"


def test_the_leader_hands_on_with_the_computed_score(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1)
    leader = signed_in(world.panel[0])
    assert "还没有提交打分" in text(leader.post(led(world), {"do": "close"}, follow=True))
    for task, value in zip(world.tasks, ("60", "80", "95"), strict=True):
        marked(task, value)
    assert "先结束打分" in text(leader.post(led(world), {"do": "forward"}, follow=True))
    leader.post(led(world), {"do": "close"})
    leader.post(led(world), {"do": "forward"})

    record = world.round.applications.get().case
    assert record.stage == "S13"
    assert '"评审得分":"80 分"' in record.events.order_by("-number")[0].line


def test_a_confirmed_veto_puts_it_out_whatever_the_marks(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1)
    task = world.tasks[0]
    client, leader = signed_in(task.user), signed_in(world.panel[0])
    assert "须写明依据" in text(client.post(address_of(task), {"do": "veto", "kind": "学术不端", "evidence": ""},
                                       follow=True))
    client.post(address_of(task), {"do": "veto", "kind": "学术不端", "evidence": "论文雷同",
                                   "file": SimpleUploadedFile("比对.pdf", PDF)})
    for one in world.tasks:
        marked(one, "99")
    claim = VetoClaim.objects.get()
    assert "还有否决项没有认定" in text(leader.post(led(world), {"do": "close"}, follow=True))
    assert "没有已确认的否决项" in text(leader.post(led(world), {"do": "veto"}, follow=True))
    assert "比对.pdf" in text(leader.get(led(world)))
    leader.post(led(world), {"do": "settle", "claim": claim.public_id, "upheld": "yes", "finding": "雷同率八成"})
    leader.post(led(world), {"do": "veto"})

    record = world.round.applications.get().case
    assert record.stage == "S14"
    assert '"学术不端":"是"' in record.events.order_by("-number")[0].line


def test_a_dismissed_claim_stands_in_nobodys_way(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1)
    for n, one in enumerate(world.tasks):
        marked(one, "80", "实验数据造假" if n == 0 else "")
    leader = signed_in(world.panel[0])
    leader.post(led(world), {"do": "settle", "claim": VetoClaim.objects.get().public_id, "upheld": "no",
                             "finding": "编号规则使然"})
    leader.post(led(world), {"do": "close"})
    leader.post(led(world), {"do": "forward"})

    assert world.round.applications.get().case.stage == "S13"


def test_a_visit_is_arranged_reported_and_followed_by_marks(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1, {"blind": False})
    leader = signed_in(world.panel[0])
    assert "写明为什么有必要现场评审" in text(leader.post(led(world), {"do": "visit", "needed": ""}, follow=True))
    leader.post(led(world), {"do": "visit", "needed": "设备状态存疑", "begins": "2026-03-25", "ends": "2026-03-26",
                             "visitors": "专家一、专家二"})
    visit = Visit.objects.get()
    assert world.round.applications.get().case.stage == "S12"
    report = {"do": "report", "visit": visit.public_id, "conditions": "yes", "findings": "设备完好", "onward": "no"}
    assert "两项认定都要选" in text(leader.post(led(world), report, follow=True))
    leader.post(led(world), {**report, "direction": "yes", "file": SimpleUploadedFile("报告.pdf", PDF)})
    visit.refresh_from_db()

    assert (visit.conditions, visit.direction, visit.findings) == (True, True, "设备完好")
    assert world.round.applications.get().case.stage == "S11"
    assert "报告.pdf" in text(leader.get(led(world)))


def test_after_a_visit_it_may_go_straight_to_the_committee(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1)
    for one in world.tasks:
        marked(one, "80")
    leader = signed_in(world.panel[0])
    leader.post(led(world), {"do": "close"})
    leader.post(led(world), {"do": "visit", "needed": "核对场地"})
    leader.post(led(world), {"do": "report", "visit": Visit.objects.get().public_id, "conditions": "yes",
                             "direction": "yes", "findings": "相符", "onward": "yes"})

    assert world.round.applications.get().case.stage == "S13"


def test_a_move_that_is_refused_leaves_nothing_behind(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1)
    for one in world.tasks:
        marked(one, "80")
    on("2028-03-02")  # the committee's term is over
    answer = signed_in(world.panel[0]).post(led(world), {"do": "visit", "needed": "核对场地"})

    assert answer.status_code == 409
    assert "委员会在任期内" in text(answer)
    assert not Visit.objects.exists()


def test_where_names_are_hidden_the_leader_marks_before_he_leads(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1, {"blind": True, "panel_size": 5, "load_most": 5})
    leader = signed_in(world.panel[0])
    page = text(leader.post(led(world), {"do": "visit", "needed": "核对场地"}, follow=True))

    assert "先提交您自己的打分" in page
    assert leader.get(f"/cases/{world.applications[0].case.public_id}/").status_code == 404
