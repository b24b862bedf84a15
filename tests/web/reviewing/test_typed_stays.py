"""What a person typed on a page of the review stays there when it was not taken, with what is wrong beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from reviewing_world import Clock, ReviewWorld, marked, reviewing, scored, taken_in
from test_voting_pages import called, voted

from guiju.web.accounts.models import User
from guiju.web.files.queries import attached_to
from guiju.web.reviewing.domain import leading
from guiju.web.reviewing.models import Hearing, Mark, Meeting, Sheet, VetoClaim, Visit
from guiju.web.reviewing.queries.marks import VISIT_HOLDER

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
Errors = list[str]
PDF = b"%PDF-1.4\nbody\n%%EOF\n"


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def fields(page: str) -> Iterator[tuple[str, Errors]]:
    """Each field of a form: what it holds now, and what is said beside it."""
    for part in re.split(r'<(?:div|fieldset) class="field', page)[1:]:
        errors = [unescape(e.strip()) for e in
                  re.findall(r'<ul class="errorlist"[^>]*>\s*<li>(.*?)</li>', part, re.DOTALL)]
        named = re.search(r'name="([a-z_]+)"', part)
        if named:
            yield named[1], errors


def shown(page: str, name: str) -> str:
    """What stands in a field: the first of that name that holds something."""
    areas = re.findall(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    inputs = [m for tag in re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
              for m in re.findall(r'value="([^"]*)"', tag) if 'type="radio"' not in tag or "checked" in tag]
    chosen = [m for s in re.findall(rf'<select[^>]*name="{name}"[^>]*>(.*?)</select>', page, re.DOTALL)
              for m in re.findall(r'value="([^"]*)" selected', s)]
    return next((unescape(x.strip()) for x in (*areas, *inputs, *chosen) if x.strip()), "")


def beside(page: str, name: str) -> Errors:
    return [e for field, errors in fields(page) if field == name for e in errors]


def kept(answer: Any, sent: dict[str, Any], wrong: str, words: str) -> None:
    """The page again, not another: what was sent stands in it, and what is wrong stands beside its field."""
    page = text(answer)
    assert answer.status_code in (400, 409)
    assert any(words in e for e in beside(page, wrong)), (wrong, words, beside(page, wrong))
    assert {k: shown(page, k) for k in sent} == {k: str(v).strip() for k, v in sent.items()}


OF_EXPERT = [
    ({"do": "declare"}, {"tie": "yes", "relation": "长" * 501}, "relation", "最多 500 字，现有 501 字"),
    ({"do": "declare"}, {"tie": "yes", "relation": ""}, "relation", "写明是什么关系"),
    ({"do": "declare"}, {"relation": "同门"}, "tie", "请选择有无利害关系"),
    ({"do": "decline"}, {"reason": "长" * 501}, "reason", "推辞的理由太长"),
    ({"do": "organisation"}, {"code": "不是代码", "relation": "顾问"}, "code", "统一社会信用代码"),
    ({"do": "veto"}, {"kind": "学术不端", "evidence": ""}, "evidence", "须写明依据"),
    ({"do": "veto"}, {"kind": "", "evidence": "第三篇论文的图与另一篇相同"}, "kind", "选一种否决情形"),
    ({"do": "opinion"}, {"opinion": "长" * 10_001}, "opinion", "评审意见太长"),
]


@pytest.mark.parametrize(("do", "typed", "wrong", "words"), OF_EXPERT)
def test_an_expert_types_nothing_twice(on: Clock, signed_in: SignedIn, do: dict[str, str], typed: dict[str, str],
                                       wrong: str, words: str) -> None:
    task = reviewing(on, 1).tasks[0]
    answer = signed_in(task.user).post(f"/review/mine/{task.public_id}/", {**do, **typed})

    kept(answer, typed, wrong, words)
    assert not VetoClaim.objects.exists()


def test_a_mark_that_was_not_saved_stays_without_a_script(on: Clock, signed_in: SignedIn) -> None:
    task = reviewing(on, 1).tasks[0]
    client, address = signed_in(task.user), f"/review/mine/{task.public_id}/marks/equipment/"
    refused = text(client.post(address, {"value": "101", "reason": "仪器极全", "version": "0"}))
    assert ('value="101"' in refused, "仪器极全" in refused, "打 0 到 100 分" in refused) == (True, True, True)

    client.post(address, {"value": "85", "reason": "", "version": "0"})
    late = text(client.post(address, {"value": "40", "reason": "看错了一页", "version": "0"}))
    assert ('value="40"' in late, "看错了一页" in late, "另一个窗口里已改为" in late) == (True, True, True)
    assert Mark.objects.get().value == 85


OF_LEADER = [
    ({"do": "visit"}, {"needed": "", "begins": "2026-05-08", "ends": "2026-05-09", "visitors": "甲、乙"}, "needed",
     "写明为什么有必要现场评审"),
    ({"do": "visit"}, {"needed": "核对设备", "begins": "2026-05-09", "ends": "2026-05-08", "visitors": "甲、乙"},
     "ends", "结束日不能早于开始日"),
    ({"do": "visit"}, {"needed": "核对设备", "visitors": "长" * 501}, "visitors",
     "参加人员太长：最多 500 字，现有 501 字"),
]


@pytest.mark.parametrize(("do", "typed", "wrong", "words"), OF_LEADER)
def test_a_visit_that_was_not_arranged_keeps_what_was_written(
        on: Clock, signed_in: SignedIn, do: dict[str, str], typed: dict[str, str], wrong: str, words: str) -> None:
    world = reviewing(on, 1, {"blind": False})
    answer = signed_in(world.panel[0]).post(f"/review/led/{world.applications[0].public_id}/", {**do, **typed})

    kept(answer, typed, wrong, words)
    assert not Visit.objects.exists()


def test_a_report_keeps_its_words_and_its_file(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1, {"blind": False})
    application, leader = world.applications[0], signed_in(world.panel[0])
    address = f"/review/led/{application.public_id}/"
    leader.post(address, {"do": "visit", "needed": "核对设备"})
    visit = Visit.objects.get()
    typed = {"conditions": "yes", "findings": "设备在位，台账齐全。"}
    refused = leader.post(address, {"do": "report", "visit": visit.public_id, **typed})
    kept(refused, typed, "direction", "两项认定都要选")

    leading.report_visit(visit, application.placement, world.panel[0], True, True, "已由另一窗口报告", None, False)
    late = leader.post(address, {"do": "report", "visit": visit.public_id, **typed, "direction": "yes",
                                 "file": SimpleUploadedFile("报告.pdf", PDF)})
    assert (late.status_code, "这次现场评审已经报告" in text(late)) == (409, True)
    assert (shown(text(late), "findings"), "已收到，不用再选：报告.pdf" in " ".join(text(late).split())) == (
        typed["findings"], True)
    assert not attached_to(VISIT_HOLDER, visit.public_id).exists()


def test_a_claim_that_was_not_settled_keeps_the_reason_that_was_given_for_another(on: Clock, signed_in: SignedIn
                                                                                   ) -> None:
    world = reviewing(on, 1, {"blind": False})
    for task, kind in zip(world.tasks, ("学术不端", "实验数据造假"), strict=False):
        marked(task, "80", kind)
    claim = VetoClaim.objects.first()
    assert claim is not None
    answer = signed_in(world.panel[0]).post(f"/review/led/{world.applications[0].public_id}/", {
        "do": "settle", "claim": claim.public_id, "upheld": "yes", "finding": "  "})

    assert (answer.status_code, text(answer).count("写明认定的理由")) == (400, 2)  # above the form, beside the field


def test_a_meeting_that_was_not_called_keeps_what_was_written(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 2)
    chosen, other = world.applications
    typed = {"title": "长" * 121, "place": "一会议室", "agenda": "听取答辩", "begins": "2026-06-08T09:30"}
    answer = signed_in(world.base.officer).post(f"/review/rounds/{world.round.public_id}/meeting/",
                                                {**typed, "application": chosen.public_id})

    kept(answer, typed, "title", "名称太长：最多 120 字，现有 121 字")
    assert ticked(text(answer)) == {chosen.public_id}
    assert other.public_id in text(answer)
    assert not Meeting.objects.exists()


def ticked(page: str) -> set[str]:
    return set(re.findall(r'name="application"\s+value="([^"]+)"[^>]*checked', page))


def test_notes_that_came_too_late_stay_on_the_page(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = called(world, signed_in)
    voted(world, hearing, signed_in)
    office, address = signed_in(world.base.officer), f"/review/hearings/{hearing.public_id}/"
    office.post(address, {"do": "count"})
    before = Hearing.objects.get().notes
    answer = office.post(address, {"do": "note", "notes": "补记：答辩人答非所问"})

    assert (answer.status_code, "已经计票，记录不能再改" in text(answer)) == (409, True)
    assert shown(text(answer), "notes") == "补记：答辩人答非所问"
    assert Hearing.objects.get().notes == before


def test_minutes_that_came_too_early_stay_on_the_page(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = called(world, signed_in)
    office = signed_in(world.base.officer)
    office.post(f"/review/hearings/{hearing.public_id}/", {"do": "open"})
    answer = office.post(f"/review/meetings/{hearing.meeting.public_id}/", {"do": "end", "minutes": "散会前议定三条"})

    assert (answer.status_code, "还有投票没有结束" in text(answer)) == (409, True)
    assert shown(text(answer), "minutes") == "散会前议定三条"


def test_a_ballot_that_was_not_taken_keeps_the_word(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = called(world, signed_in)
    signed_in(world.base.officer).post(f"/review/hearings/{hearing.public_id}/", {"do": "open"})
    voter = signed_in(world.members[1])
    typed = {"choice": "no", "word": "长" * 41}
    kept(voter.post(f"/review/hearings/{hearing.public_id}/vote/", typed), typed, "word", "最多 40 字，现有 41 字")
    kept(voter.post(f"/review/hearings/{hearing.public_id}/vote/", {"word": "一句话"}), {"word": "一句话"}, "choice",
         "选一项")


def test_an_approver_types_nothing_twice(on: Clock, signed_in: SignedIn) -> None:
    world = listed_round(on, signed_in)
    application = world.applications[0].public_id
    client, address = signed_in(world.base.officer), f"/review/rounds/{world.round.public_id}/approval/"
    for sent, wrong, words in (({"do": "publish", "days": "许多"}, "days", "公示天数写 1 到"),
                               ({"do": "reject", "reason": "长" * 501}, "reason", "理由太长：最多 500 字"),
                               ({"do": "reject", "days": "12", "reason": ""}, "reason", "写明审定未通过的理由")):
        answer = client.post(address, {**sent, "application": application})
        kept(answer, {k: v for k, v in sent.items() if k != "do"}, wrong, words)
        assert ticked(text(answer)) == {application}

    client.post(address, {"do": "publish", "application": application})
    answer = client.post(address, {"do": "approve", "application": application, "planned_end": "后年"})
    kept(answer, {"planned_end": "后年"}, "planned_end", "日期")


def listed_round(on: Clock, signed_in: SignedIn) -> ReviewWorld:
    from test_approving_pages import listed

    return listed(on, signed_in)


def test_an_officer_types_nothing_twice(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 2)
    office, base = signed_in(world.base.officer), f"/review/rounds/{world.round.public_id}"
    pair = {"application": world.applications[1].public_id, "expert": world.panel[1].public_id, "kind": "forbidden",
            "reason": "长" * 301}
    kept(office.post(f"{base}/assignment/", {"do": "pair", **pair}), pair, "reason",
         "理由太长：最多 300 字，现有 301 字")
    field = {"field": world.round.panels.all()[0].field}
    kept(office.post(f"{base}/panels/", {"do": "form", **field}), field, "field", "专家组")


def test_a_committee_keeps_its_name(on: Clock, signed_in: SignedIn) -> None:
    world = taken_in(on, 1)
    typed = {"name": "长" * 121}
    world.round.committees.all().delete()
    answer = signed_in(world.base.officer).post(f"/review/rounds/{world.round.public_id}/committee/",
                                                {"do": "begin", **typed})
    kept(answer, typed, "name", "名称太长：最多 120 字，现有 121 字")


def test_what_was_typed_before_is_not_taken_for_saved(on: Clock, signed_in: SignedIn) -> None:
    task = reviewing(on, 1).tasks[0]
    client, address = signed_in(task.user), f"/review/mine/{task.public_id}/"
    client.post(address, {"do": "opinion", "opinion": "长" * 10_001})

    assert shown(text(client.get(address)), "opinion") == ""
    assert not Sheet.objects.exclude(opinion="").exists()
