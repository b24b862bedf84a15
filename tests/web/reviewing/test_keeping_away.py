"""A member of the committee who has to keep away from an application gets nothing of it: no page, no file, no door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from reviewing_world import Clock, ReviewWorld, scored

from guiju.web.accounts.models import ExpertPost, User
from guiju.web.api.domain import issue
from guiju.web.api.models import SCOPES
from guiju.web.cases.store import case_of
from guiju.web.files.domain import attach, take_in
from guiju.web.files.models import Attachment
from guiju.web.kit.clock import now
from guiju.web.reviewing.domain import voting
from guiju.web.reviewing.models import Hearing

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
WHY, NOTES = "您对这份申报须回避", "答辩中谈到的工艺细节"
CHAIR, MEMBER, OTHER = 0, 5, 6


def heard(world: ReviewWorld) -> Hearing:
    """The first application before the committee; a member and the chair work where its applicant does."""
    ExpertPost.objects.filter(expert__user__in=[world.members[CHAIR], world.members[MEMBER]]).update(
        code=world.base.host.code)
    meeting = voting.call_meeting(world.round, "会", now(), "", "", world.applications, world.base.officer)
    voting.set_present(meeting, meeting.committee.seats.values_list("pk", flat=True))
    hearing = meeting.hearings.get(place=1)
    voting.note_hearing(hearing, NOTES, True)
    return Hearing.objects.get(pk=hearing.pk)


def page(client: Client, address: str) -> tuple[int, str]:
    answer: Any = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # read to its end, it closes
    return answer.status_code, content.decode()


def program(user: User) -> Client:
    return Client(headers={"Authorization": f"Bearer {issue(user, '测试', tuple(SCOPES), 30)}"})


@pytest.mark.parametrize("opened", [False, True])
def test_he_is_told_why_and_reads_nothing(on: Clock, signed_in: SignedIn, opened: bool) -> None:
    world = scored(on, 2)
    hearing = heard(world)
    if opened:
        voting.open_vote(hearing)
    other = hearing.meeting.hearings.get(place=2)
    member = signed_in(world.members[MEMBER])
    status, html = page(member, f"/review/hearings/{hearing.public_id}/")

    assert (status, WHY in html, NOTES in html) == (403, True, False)
    assert page(member, f"/review/hearings/{other.public_id}/")[0] == 200
    assert NOTES in page(signed_in(world.members[OTHER]), f"/review/hearings/{hearing.public_id}/")[1]
    meeting = page(member, f"/review/meetings/{hearing.meeting.public_id}/")[1]
    assert (f"/review/hearings/{hearing.public_id}/" in meeting, ">回避<" in meeting) == (False, True)


def test_what_was_settled_when_the_vote_opened_holds_though_the_tie_is_gone(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = heard(world)
    voting.open_vote(hearing)
    ExpertPost.objects.filter(expert__user=world.members[MEMBER]).update(code=world.base.province.code)

    assert page(signed_in(world.members[MEMBER]), f"/review/hearings/{hearing.public_id}/")[0] == 403


def test_his_program_is_refused_with_the_same_reason(on: Clock) -> None:
    world = scored(on, 1)
    hearing = heard(world)
    for way in ("", "/reading"):
        status, answer = page(program(world.members[MEMBER]), f"/api/v1/hearings/{hearing.public_id}{way}")
        assert (status, WHY in answer) == (403, True)
        assert page(program(world.members[OTHER]), f"/api/v1/hearings/{hearing.public_id}{way}")[0] == 200


def test_the_chair_who_keeps_away_conducts_the_ballot_and_reads_nothing(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = heard(world)
    chair, address = signed_in(world.members[CHAIR]), f"/review/hearings/{hearing.public_id}/"
    status, html = page(chair, address)
    noted = chair.post(address, {"do": "note", "notes": "另记"})
    chair.post(address, {"do": "open"})
    voting.vote(hearing, world.members[OTHER], "yes")
    counted = program(world.members[CHAIR]).post(f"/api/v1/hearings/{hearing.public_id}/tally",
                                                 {"with_missing": True}, content_type="application/json")
    hearing.refresh_from_db()

    assert (status, WHY in html, NOTES in html, "申报材料</summary>" in html) == (200, True, False, False)
    assert (noted.status_code, hearing.notes, hearing.state) == (403, NOTES, "closed")
    assert (counted.status_code, NOTES in counted.content.decode()) == (200, False)


def test_the_chair_who_keeps_away_gets_no_paper_of_the_case(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    record = world.applications[0].case
    handed_in = next(e for e in case_of(record).events if e.move == "T03")
    paper = take_in(SimpleUploadedFile("申报材料.pdf", b"%PDF-1.4\nbody\n%%EOF\n"), "国家质量标准实验室申报材料")
    attach([paper], "case", record.public_id, world.base.applicant, note=str(handed_in.number))
    file = f"/files/{Attachment.objects.get(holder='case').public_id}/"
    chair = signed_in(world.members[CHAIR])
    before = [page(chair, file)[0], "已交电子版" in page(chair, f"/cases/{record.public_id}/")[1]]
    heard(world)
    shown = page(chair, f"/cases/{record.public_id}/")

    assert before == [200, True]
    assert page(chair, file)[0] == 404
    assert (shown[0], "已交电子版" in shown[1]) == (200, False)
    assert page(signed_in(world.base.officer), file)[0] == 200
