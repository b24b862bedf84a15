"""Who sees what of a review. In every test the thing that could leak exists."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from reviewing_world import Clock, ReviewWorld, marked, reviewing, scored
from test_voting_pages import counted

from guiju.web.accounts.models import User
from guiju.web.applications.queries import HOLDER
from guiju.web.files.domain import attach, take_in
from guiju.web.files.models import Attachment
from guiju.web.outbox.models import Message
from guiju.web.reviewing.models import Hearing

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PDF = b"%PDF-1.4\nbody\n%%EOF\n"


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def held(world: ReviewWorld) -> tuple[User, Any, Any]:
    """An expert with a task, that task, and one of another expert."""
    mine = world.tasks[0]
    return mine.user, mine, next(t for t in world.tasks if t.user != mine.user)


def test_an_expert_sees_his_own_tasks_and_no_others(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on)
    user, mine, other = held(world)
    client = signed_in(user)

    assert client.get(f"/review/mine/{mine.public_id}/").status_code == 200
    for address in (f"/review/mine/{other.public_id}/", f"/review/mine/{other.public_id}/files/x/",
                    f"/review/mine/{world.applications[0].public_id}/"):
        assert client.get(address).status_code == 404
    assert client.post(f"/review/mine/{other.public_id}/marks/equipment/", {"value": "1"}).status_code == 404
    desk = text(client.get("/review/"))
    own = [t for t in world.tasks if t.user == user]
    assert desk.count("/review/mine/") == len(own)


def test_an_expert_sees_no_case_no_results_and_no_assignment(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on)
    user = next(u for u in world.panel[1:] if any(t.user == u for t in world.tasks))
    client, id_ = signed_in(user), world.round.public_id
    record = world.applications[0].case.public_id
    for address in (f"/review/rounds/{id_}/results/", f"/review/rounds/{id_}/results.xlsx",
                    f"/review/rounds/{id_}/assignment/", f"/review/led/{world.applications[0].public_id}/",
                    f"/cases/{record}/", f"/cases/{record}/file.jsonl"):
        assert client.get(address).status_code == 404
    assert record not in text(client.get("/cases/"))


@pytest.mark.parametrize("who", ["applicant", "recommender", "partner", "stranger", "operator"])
def test_outside_the_review_nothing_of_it_shows(on: Clock, signed_in: SignedIn, who: str) -> None:
    world = scored(on)
    hearing = counted(world, signed_in)
    client, id_ = signed_in(getattr(world.base, who)), world.round.public_id
    experts = [u.name for u in world.panel + world.members]
    for address in ("/review/", "/cases/", "/inbox/", f"/cases/{world.applications[0].case.public_id}/"):
        page = text(client.get(address))
        assert [n for n in (*experts, "的理由", "80 分", "75%") if n in page] == []
    for address in (f"/review/rounds/{id_}/results/", f"/review/rounds/{id_}/results.xlsx",
                    f"/review/rounds/{id_}/approval/", f"/review/rounds/{id_}/assignment/",
                    f"/review/mine/{world.tasks[0].public_id}/", f"/review/hearings/{hearing.public_id}/",
                    f"/review/meetings/{hearing.meeting.public_id}/",
                    f"/review/led/{world.applications[0].public_id}/"):
        assert client.get(address).status_code == 404
    letters = Message.objects.filter(user=getattr(world.base, who)).values_list("subject_zh", "body_zh")
    assert [n for n in experts if n in json.dumps(list(letters), ensure_ascii=False)] == []


def test_experts_do_not_see_each_others_marks(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1)
    marked(world.tasks[0], "93.5")
    other = world.tasks[1]
    page = text(signed_in(other.user).get(f"/review/mine/{other.public_id}/"))

    assert "93.5" not in page
    assert world.tasks[0].user.name not in page


def test_a_leader_who_marks_sees_others_only_after_his_own(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1, {"panel_size": 5, "load_most": 5})
    own = next(t for t in world.tasks if t.user == world.panel[0])
    for task in world.tasks:
        if task != own:
            marked(task, "93.5")
    leader, address = signed_in(world.panel[0]), f"/review/led/{world.applications[0].public_id}/"
    assert "93.5" not in text(leader.get(address))
    marked(own, "50")

    assert "93.5" in text(leader.get(address))


def test_evidence_of_a_veto_is_for_its_expert_the_leader_and_the_office(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1)
    task = world.tasks[1]
    signed_in(task.user).post(f"/review/mine/{task.public_id}/", {
        "do": "veto", "kind": "学术不端", "evidence": "雷同", "file": SimpleUploadedFile("比对.pdf", PDF)})
    address = f"/files/{Attachment.objects.get(holder='veto').public_id}/"
    others = [t.user for t in world.tasks if t.user not in (task.user, world.panel[0])]

    for user in (task.user, world.panel[0], world.base.officer):
        assert b"".join(signed_in(user).get(address).streaming_content) == PDF  # type: ignore[attr-defined]  # a file is sent
    for user in (*others, world.base.applicant, world.base.recommender, world.members[1], world.base.operator):
        assert signed_in(user).get(address).status_code == 404


@pytest.mark.parametrize(("blind", "status"), [(True, 404), (False, 200)])
def test_attachments_are_for_reviewers_only_where_names_are_shown(on: Clock, signed_in: SignedIn, blind: bool,
                                                                  status: int) -> None:
    world = reviewing(on, 1, {"blind": blind})
    upload = take_in(SimpleUploadedFile("承诺-示例省材料研究院.pdf", PDF), "commitment")
    attach([upload], HOLDER, world.applications[0].public_id, world.base.applicant)
    file = Attachment.objects.get(holder=HOLDER)
    task = world.tasks[0]
    client = signed_in(task.user)

    assert ("承诺-" in text(client.get(f"/review/mine/{task.public_id}/"))) is not blind
    answer = client.get(f"/review/mine/{task.public_id}/files/{file.public_id}/")
    assert answer.status_code == status
    assert blind or b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a file is sent
    assert client.get(f"/files/{file.public_id}/").status_code == 404


def test_an_attachment_that_names_nobody_is_shown_under_a_number(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1, {"blind": True})
    application, task = world.applications[0], world.tasks[0]
    attach([take_in(SimpleUploadedFile("示例省材料研究院-设备.pdf", PDF), "other_material")], HOLDER,
           application.public_id, world.base.applicant)
    file = Attachment.objects.get(holder=HOLDER)
    address = f"/review/rounds/{world.round.public_id}/"
    assert "示例省材料研究院-设备.pdf" in text(signed_in(world.base.officer).get(address))
    signed_in(world.base.officer).post(address, {"application": application.public_id, "file": file.public_id})
    client = signed_in(task.user)
    page, answer = text(client.get(f"/review/mine/{task.public_id}/")), client.get(
        f"/review/mine/{task.public_id}/files/{file.public_id}/")

    assert ("附件1.pdf" in page, world.base.host.name in page) == (True, False)
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a file is sent
    assert "%E7%A4%BA" not in answer["Content-Disposition"]


def test_who_declined_sees_nothing_more(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1)
    task = world.tasks[0]
    client = signed_in(task.user)
    client.post(f"/review/mine/{task.public_id}/", {"do": "decline", "reason": "住院"})

    assert client.get(f"/review/mine/{task.public_id}/").status_code == 404
    assert task.public_id not in text(client.get("/review/"))


def test_members_see_scores_without_the_names_of_those_who_gave_them(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on)
    address = f"/review/rounds/{world.round.public_id}/results"
    names = {t.user.name for t in world.tasks}
    page = text(signed_in(world.members[5]).get(f"{address}/"))
    sheet = cells(signed_in(world.members[5]).get(f"{address}.xlsx"))

    assert "80 分（3 位专家）" in page
    assert [n for n in names if n in page or n in sheet] == []
    assert all(n in text(signed_in(world.base.officer).get(f"{address}/")) for n in names)


def cells(answer: Any) -> str:
    book = load_workbook(io.BytesIO(answer.content))
    return json.dumps([[str(c) for c in row] for row in book.active.iter_rows(values_only=True)], ensure_ascii=False)


def test_the_sheet_has_scores_ranks_and_votes_and_runs_no_formula(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on)
    counted(world, signed_in)
    host = world.applications[0].organisation
    host.name = "=1+1"
    host.save()
    answer = signed_in(world.base.officer).get(f"/review/rounds/{world.round.public_id}/results.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    rows = list(book.active.iter_rows())

    assert [(r[0].value, r[5].value) for r in rows[1:]] == [(1, 80), (2, 70)]
    assert (rows[1][3].value, rows[1][3].data_type) == ("=1+1", "s")
    assert [c.value for c in rows[1]][-5:-1] == [9, 2, 1, "75%"]


def test_live_turnout_is_a_number_without_names(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = counted(world, signed_in)
    page = text(signed_in(world.base.officer).get(f"/review/hearings/{hearing.public_id}/"))

    assert Hearing.objects.get().tally["yes"] == 9
    assert [u.name for u in world.members if u.name in page] == []


def test_the_result_sheet_takes_as_many_queries_for_many_applications_as_for_few(
        on: Clock, signed_in: SignedIn, django_assert_max_num_queries: Any) -> None:
    world = scored(on, 4)
    client = signed_in(world.members[1])
    address = f"/review/rounds/{world.round.public_id}/results/"
    client.get(address)
    with django_assert_max_num_queries(24):
        client.get(address)
