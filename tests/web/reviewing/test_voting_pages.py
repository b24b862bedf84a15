"""The committee's meeting, secret ballots, the list, approval."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from reviewing_world import Clock, ReviewWorld, scored

from guiju.web.accounts.models import ExpertPost, User
from guiju.web.kit.numbers import short_percent
from guiju.web.notices.models import PublicNotice
from guiju.web.reviewing.models import Box, Hearing, Meeting

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
VOTES = ["yes"] * 9 + ["no"] * 2 + ["abstain"]


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def called(world: ReviewWorld, signed_in: SignedIn, present: int = 12) -> Hearing:
    """A meeting with so many present, at the first application; the vote is open."""
    office = signed_in(world.base.officer)
    office.post(f"/review/rounds/{world.round.public_id}/meeting/", {
        "title": "审议投票会", "begins": "2026-04-15T09:00", "place": "第一会议室", "agenda": "听取答辩\n投票",
        "application": [a.public_id for a in world.applications]})
    meeting = Meeting.objects.get()
    seats = list(meeting.committee.seats.order_by("pk"))[:present]
    office.post(f"/review/meetings/{meeting.public_id}/", {"do": "present", "seat": [s.pk for s in seats]})
    hearing = meeting.hearings.get(place=1)
    office.post(f"/review/hearings/{hearing.public_id}/", {"do": "note", "notes": "答辩清楚", "visited": "yes"})
    office.post(f"/review/hearings/{hearing.public_id}/", {"do": "open"})
    return Hearing.objects.get(pk=hearing.pk)


def voted(world: ReviewWorld, hearing: Hearing, signed_in: SignedIn, votes: list[str] | None = None) -> list[str]:
    pages = []
    for user, choice in zip(world.members, votes or VOTES, strict=False):
        pages.append(text(signed_in(user).post(f"/review/hearings/{hearing.public_id}/vote/", {"choice": choice})))
    return pages


def counted(world: ReviewWorld, signed_in: SignedIn, votes: list[str] | None = None) -> Hearing:
    hearing = called(world, signed_in)
    voted(world, hearing, signed_in, votes)
    signed_in(world.members[0]).post(f"/review/hearings/{hearing.public_id}/", {"do": "count"})
    return Hearing.objects.get(pk=hearing.pk)


def test_each_member_votes_in_his_own_session_and_gets_a_receipt(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on)
    hearing = called(world, signed_in)
    pages = voted(world, hearing, signed_in)
    assert all("您的票已投入票箱" in page for page in pages)
    assert "12</b> / 12" in text(signed_in(world.members[0]).get(f"/review/hearings/{hearing.public_id}/"))
    signed_in(world.members[0]).post(f"/review/hearings/{hearing.public_id}/", {"do": "count"})
    hearing.refresh_from_db()

    assert {k: hearing.tally[k] for k in ("yes", "no", "abstain", "present", "members", "percent", "decision")} == {
        "yes": 9, "no": 2, "abstain": 1, "present": 12, "members": 15, "percent": "75%", "decision": "carried"}
    page = text(signed_in(world.members[0]).get(f"/review/hearings/{hearing.public_id}/"))
    commitments = [p.split('class="digest">')[1].split("<")[0] for p in pages]
    assert all(c in page for c in commitments)


def test_a_second_vote_is_refused_and_counts_nothing(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = called(world, signed_in)
    client, address = signed_in(world.members[1]), f"/review/hearings/{hearing.public_id}/vote/"
    client.post(address, {"choice": "yes"})
    again = client.post(address, {"choice": "no"})

    assert (again.status_code, "已经投过票" in text(again)) == (409, True)
    assert "1</b> / 12" in text(signed_in(world.members[0]).get(f"/review/hearings/{hearing.public_id}/"))


def test_a_ballot_without_a_vote_is_not_counted_and_can_be_taken_back(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = called(world, signed_in)
    office, address = signed_in(world.base.officer), f"/review/hearings/{hearing.public_id}/"
    answer = text(office.post(address, {"do": "count", "with_missing": "yes"}, follow=True))
    hearing.refresh_from_db()
    assert ("还没有人投票，不能计票" in answer, hearing.state, hearing.tally) == (True, "voting", {})
    office.post(address, {"do": "unopen"})
    hearing.refresh_from_db()
    assert (hearing.state, hearing.opened, Box.objects.count()) == ("waiting", None, 0)
    assert "投票还没有开始" in text(signed_in(world.members[1]).post(f"{address}vote/", {"choice": "yes"}))

    office.post(address, {"do": "open"})
    voted(world, hearing, signed_in, ["yes"])
    assert "已经有人投票，不能收回" in text(office.post(address, {"do": "unopen"}, follow=True))
    assert "1</b> / 12" in text(office.get(address))


def test_a_ballot_with_missing_votes_is_counted_only_when_that_is_confirmed(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = called(world, signed_in)
    voted(world, hearing, signed_in, ["yes"] * 6 + ["abstain"])
    office, address = signed_in(world.base.officer), f"/review/hearings/{hearing.public_id}/"
    page = text(office.get(address))
    assert ('name="with_missing"' in page, "还有 5 人没有投票" in page) == (True, True)
    assert "投出的票数，弃权计入；没有投票的不在内" in page
    answer = text(office.post(address, {"do": "count"}, follow=True))
    hearing.refresh_from_db()
    assert ("还有 5 人没有投票，没有计票" in answer, hearing.state) == (True, "voting")
    office.post(address, {"do": "count", "with_missing": "yes"})
    hearing.refresh_from_db()

    assert {k: hearing.tally[k] for k in ("yes", "abstain", "not_voted", "present")} == {
        "yes": 6, "abstain": 1, "not_voted": 5, "present": 12}
    page = text(office.get(address))
    assert ("<dd>5</dd>" in page, "投出的票数，弃权计入；没有投票的不在内" in page) == (True, True)


def tasks(client: Client) -> str:
    """What waits on the desk, without the letters below."""
    return text(client.get("/desk/")).partition("最近通知")[0]


def test_who_conducts_finds_the_meeting_of_the_day_on_his_desk_until_it_is_ended(on: Clock, signed_in: SignedIn,
                                                                                 ) -> None:
    world = scored(on, 1)
    hearing = called(world, signed_in)
    meeting = f"/review/meetings/{hearing.meeting.public_id}/"
    on("2026-04-15T10:00")
    office, chair, member = (signed_in(u) for u in (world.base.officer, world.members[0], world.members[1]))
    ways = [f'href="{meeting}"', f'href="/review/hearings/{hearing.public_id}/"']
    desks = [tasks(client) for client in (office, chair, member)]
    assert [[way in desk for way in ways] for desk in desks] == [[True, True], [True, True], [False, False]]
    voted(world, hearing, signed_in)
    office.post(f"/review/hearings/{hearing.public_id}/", {"do": "count"})
    assert [way in tasks(office) for way in ways] == [True, False]
    office.post(meeting, {"do": "end", "minutes": "散会"})

    assert [way in tasks(office) for way in ways] == [False, False]


def test_a_meeting_is_on_no_desk_before_its_day(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    on("2026-04-10")
    office = signed_in(world.base.officer)
    office.post(f"/review/rounds/{world.round.public_id}/meeting/", {
        "begins": "2026-04-15T07:00", "application": world.applications[0].public_id})
    way = f'href="/review/meetings/{Meeting.objects.get().public_id}/"'
    on("2026-04-14T20:00")
    assert way not in tasks(signed_in(world.base.officer))
    on("2026-04-15T06:00")
    assert way in tasks(signed_in(world.base.officer))


def test_where_all_have_voted_nothing_is_asked(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = called(world, signed_in)
    voted(world, hearing, signed_in)
    office, address = signed_in(world.base.officer), f"/review/hearings/{hearing.public_id}/"
    page = text(office.get(address))
    assert ('name="with_missing"' in page, "到会可投票的委员都已投票" in page) == (False, True)
    office.post(address, {"do": "count"})
    hearing.refresh_from_db()

    assert (hearing.state, hearing.tally["not_voted"]) == ("closed", 0)


def test_who_is_not_there_or_is_no_member_can_not_vote(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = called(world, signed_in)
    address = f"/review/hearings/{hearing.public_id}/vote/"

    assert "到会名单上没有您" in text(signed_in(world.members[14]).post(address, {"choice": "yes"}))
    assert signed_in(world.base.officer).post(address, {"choice": "yes"}).status_code == 403
    assert signed_in(world.panel[0]).post(address, {"choice": "yes"}).status_code == 404
    assert "没有“maybe”这个选项" in text(signed_in(world.members[1]).post(address, {"choice": "maybe"}))


def test_nothing_in_the_database_joins_a_voter_to_his_vote(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = called(world, signed_in)
    pages = voted(world, hearing, signed_in, ["yes"] * 11 + ["no"])
    sealed = Box.objects.get().sealed
    assert '"yes"' not in sealed
    assert b'"yes"' not in base64.urlsafe_b64decode(sealed)
    assert Box.objects.count() == 1  # one value for all ballots: no row, no time, no number of a single vote
    dump = json.dumps([list(map(str, row)) for table in connection.introspection.table_names()
                       for row in _rows(table)], ensure_ascii=False)
    for page in pages:
        commitment, chance = (part.split("<")[0].strip() for part in page.split('class="digest">')[1:3])
        assert min(len(commitment), len(chance)) > 20
        assert commitment not in dump
        assert chance not in dump


def _rows(table: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return list(cursor.fetchall())


def test_a_member_who_must_keep_away_does_not_vote(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1, {"recused_count": False})
    ExpertPost.objects.filter(expert__user=world.members[2]).update(code=world.base.host.code)
    hearing = called(world, signed_in)
    answer = text(signed_in(world.members[2]).post(f"/review/hearings/{hearing.public_id}/vote/", {"choice": "yes"}))

    assert "须回避" in answer
    assert "0</b> / 11" in text(signed_in(world.members[0]).get(f"/review/hearings/{hearing.public_id}/"))


def test_what_the_round_does_not_set_is_said_and_nothing_is_listed(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1, {"quorum": None})
    hearing = counted(world, signed_in)
    page = text(signed_in(world.members[0]).post(f"/review/hearings/{hearing.public_id}/", {"do": "list"}, follow=True))

    assert "vote.quorum" in page
    assert hearing.tally["yes"] == 9
    assert world.round.applications.get().case.stage == "S13"


def test_the_chair_lists_what_was_carried_and_leaves_the_rest_off(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 2)
    hearing = counted(world, signed_in)
    chair = signed_in(world.members[0])
    assert signed_in(world.members[1]).post(f"/review/hearings/{hearing.public_id}/", {"do": "list"}).status_code == 403
    chair.post(f"/review/hearings/{hearing.public_id}/", {"do": "list"})
    other = hearing.meeting.hearings.get(place=2)
    office = signed_in(world.base.officer)
    office.post(f"/review/hearings/{other.public_id}/", {"do": "open"})
    voted(world, other, signed_in, ["no"] * 12)
    office.post(f"/review/hearings/{other.public_id}/", {"do": "count"})
    refused = chair.post(f"/review/hearings/{other.public_id}/", {"do": "list"})
    assert (refused.status_code, "得票达到评审细则的比例" in text(refused)) == (409, True)
    chair.post(f"/review/hearings/{other.public_id}/", {"do": "off"})

    assert [a.case.stage for a in world.round.applications.order_by("pk")] == ["S15", "S14"]


def test_without_any_visit_the_chair_is_asked_for_a_reason(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = called(world, signed_in)
    office = signed_in(world.base.officer)
    office.post(f"/review/hearings/{hearing.public_id}/", {"do": "note", "notes": "", "visited": "no"})
    voted(world, hearing, signed_in)
    office.post(f"/review/hearings/{hearing.public_id}/", {"do": "count"})
    chair, address = signed_in(world.members[0]), f"/review/hearings/{hearing.public_id}/"
    asked = chair.post(address, {"do": "list"})
    assert (asked.status_code, 'name="decide-T15-visit"' in text(asked)) == (409, True)
    chair.post(address, {"do": "list", "decide-T15-visit": "半年前已到场核验"})

    assert world.round.applications.get().case.stage == "S15"


def test_the_minutes_are_a_paper_with_the_count_and_nobodys_vote(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = counted(world, signed_in)
    chair, address = signed_in(world.members[0]), f"/review/meetings/{hearing.meeting.public_id}/"
    assert chair.get(f"{address}minutes.pdf").status_code == 404
    chair.post(address, {"do": "end", "minutes": "散会"})
    paper = chair.get(f"{address}minutes.docx")

    assert chair.get(f"{address}minutes.pdf").content.startswith(b"%PDF-")
    assert (paper.status_code, paper.content[:2]) == (200, b"PK")
    assert signed_in(world.panel[0]).get(f"{address}minutes.pdf").status_code == 404


def listed(on: Clock, signed_in: SignedIn, count: int = 1) -> ReviewWorld:
    world = scored(on, count)
    hearing = counted(world, signed_in)
    signed_in(world.members[0]).post(f"/review/hearings/{hearing.public_id}/", {"do": "list"})
    return world


def test_the_approver_publishes_the_list_and_approves_after_the_notice(on: Clock, signed_in: SignedIn) -> None:
    world = listed(on, signed_in)
    application = world.applications[0]
    samr, address = signed_in(world.base.officer), f"/review/rounds/{world.round.public_id}/approval/"
    assert signed_in(world.base.ministries).get(address).status_code == 404  # by this round's reading
    samr.post(address, {"do": "publish", "application": application.public_id})
    notice = PublicNotice.objects.get(notice="P2")
    assert [i.case_id for i in notice.items.all()] == [application.case_id]
    early = samr.post(address, {"do": "approve", "application": application.public_id, "planned_end": "2028-03-01"})
    assert (early.status_code, "名单公示" in text(early)) == (409, True)
    on(notice.ends.isoformat())
    asked = samr.post(address, {"do": "approve", "application": application.public_id, "planned_end": "2028-12-31"})
    assert "decide-T19-term" in text(asked)
    samr.post(address, {"do": "approve", "application": application.public_id, "planned_end": "2028-12-31",
                        "decide-T19-term": "大型装置安装周期长"})

    assert world.round.applications.get().case.stage == "S20"


def test_the_approver_turns_one_down_with_a_reason(on: Clock, signed_in: SignedIn) -> None:
    world = listed(on, signed_in)
    samr, address = signed_in(world.base.officer), f"/review/rounds/{world.round.public_id}/approval/"
    body = {"do": "reject", "application": world.applications[0].public_id}
    assert "写明审定未通过的理由" in text(samr.post(address, body, follow=True))
    samr.post(address, {**body, "reason": "与已建的重复"})

    assert world.round.applications.get().case.stage == "S18"


@pytest.mark.parametrize(("exact", "read"), [("66.666667%", "66.67%"), ("75%", "75%"), ("100%", "100%"),
                                             ("90.909091%", "90.91%"), ("0%", "0%"), ("", ""), ("—", "—")])
def test_a_share_is_read_to_two_places(exact: str, read: str) -> None:
    assert short_percent(exact) == read


def test_the_share_on_the_page_has_two_places_and_the_record_all(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    hearing = counted(world, signed_in, ["yes"] * 8 + ["no"] * 4)

    assert hearing.tally["percent"] == "66.666666%"
    address = f"/review/hearings/{hearing.public_id}/"
    assert "<dd>66.67%</dd>" in text(signed_in(world.members[0]).get(address))
