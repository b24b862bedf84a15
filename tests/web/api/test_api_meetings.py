"""The review by the machine's door, from the call of the meeting to the approval."""

from __future__ import annotations

import pytest
from ballots import VOTES, counted, met, stages
from calling import Program
from reviewing_world import Clock, scored

from guiju.web.notices.models import PublicNotice
from guiju.web.reviewing.models import Hearing, Meeting

pytestmark = pytest.mark.django_db


def test_a_meeting_from_the_call_to_the_minutes(on: Clock) -> None:
    world = scored(on, 2)
    office, path, (one, two) = met(world)
    chair = Program(world.members[0])
    found = counted(world, office, one, VOTES)
    assert {k: found["tally"][k] for k in ("yes", "no", "abstain", "present", "percent", "decision")} == {
        "yes": 9, "no": 2, "abstain": 1, "present": 12, "percent": "75%", "decision": "carried"}
    assert len(found["papers"]) == 12
    office.sent("POST", f"{one}/listing", {}, 403)
    Program(world.members[1]).sent("POST", f"{one}/listing", {}, 403)
    chair.sent("POST", f"{one}/listing", {})
    assert counted(world, office, two, ["no"] * 12)["tally"]["decision"] == "lost"
    refused = chair.sent("POST", f"{two}/listing", {}, 409)
    assert refused["reasons"]
    chair.sent("POST", f"{two}/leaving-off")
    assert stages(world.round) == ["S15", "S14"]
    office.sent("GET", f"{path}/minutes/pdf", status=404)
    assert office.sent("POST", f"{path}/end", {"minutes": "散会"})["over"]
    assert chair.get(f"{path}/minutes/docx").content[:2] == b"PK"
    office.sent("PUT", f"{path}/presence", {"seats": []}, 409)


def test_a_ballot_with_missing_votes_is_counted_only_when_that_is_confirmed(on: Clock) -> None:
    world = scored(on, 1)
    office, _, (one,) = met(world)
    office.sent("POST", f"{one}/ballot")
    empty = office.sent("POST", f"{one}/tally", {"with_missing": True}, 409)
    assert "还没有人投票" in empty["zh"]
    office.sent("DELETE", f"{one}/ballot")
    assert office.sent("GET", one)["state"] == "waiting"
    office.sent("POST", f"{one}/ballot")
    for user in world.members[:7]:
        Program(user).sent("POST", f"{one}/vote", {"choice": "yes"})
    office.sent("DELETE", f"{one}/ballot", status=409)
    asked = office.sent("POST", f"{one}/tally", status=409)
    assert ("还有 5 人没有投票" in asked["zh"], "with_missing" in asked["zh"]) == (True, True)
    assert office.sent("POST", f"{one}/tally", {"with_missing": False}, 409)["zh"] == asked["zh"]
    assert office.sent("GET", one)["state"] == "voting"
    found = office.sent("POST", f"{one}/tally", {"with_missing": True})

    assert (found["state"], found["tally"]["yes"], found["tally"]["not_voted"]) == ("closed", 7, 5)
    assert "没有投票的不在内" in found["tally"]["base"]["zh"]


def test_a_written_reason_that_is_asked_for_is_sent_again(on: Clock) -> None:
    world = scored(on, 1)
    office, _, (one,) = met(world)
    counted(world, office, one, VOTES)
    Hearing.objects.update(visited=False)
    chair = Program(world.members[0])
    asked = chair.sent("POST", f"{one}/listing", {}, 409)["reasons"]
    assert {r["code"] for r in asked} == {"decision"}
    chair.sent("POST", f"{one}/listing", {"decisions": {r["about"]: "半年前已到场核验" for r in asked}})

    assert stages(world.round) == ["S15"]


def test_an_application_is_on_one_agenda_at_a_time(on: Clock) -> None:
    world = scored(on, 1)
    office, _, _ = met(world)
    again = office.sent("POST", f"organising/{world.round.public_id}/meetings", {
        "begins": "2026-04-16T09:00:00+08:00", "applications": [world.applications[0].public_id]}, 409)

    assert world.applications[0].public_id in again["zh"]
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("begins", ["0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59-12:00", "2026-04-15T09:00:00",
                                    "明天"])
def test_a_moment_that_is_none_is_named(on: Clock, begins: str) -> None:
    world = scored(on, 1)
    answer = Program(world.base.officer).sent("POST", f"organising/{world.round.public_id}/meetings", {
        "begins": begins, "applications": [world.applications[0].public_id]}, 422)

    assert [f["at"].rpartition(".")[2] for f in answer["faults"]] == ["begins"]


def test_results_tell_the_office_alone_who_gave_which_score(on: Clock) -> None:
    world = scored(on, 2)
    path = f"results/{world.round.public_id}"
    office, member = Program(world.base.officer), Program(world.members[3])
    rows = office.sent("GET", path)["rows"]
    names = {e.name for e in world.panel}

    assert [(r["rank"], r["score"], r["state"]) for r in rows] == [(1, "80", "scored"), (2, "70", "scored")]
    assert {e["name"] for r in rows for e in r["experts"]} <= names
    theirs = member.get(path).content.decode()
    assert '"score": "80"' in theirs
    assert not any(name in theirs for name in names)
    assert office.get(f"{path}/sheet").content[:2] == b"PK"
    for user in (world.base.applicant, world.panel[1], world.base.stranger):
        Program(user).sent("GET", path, status=404)


def test_the_approver_publishes_and_approves_after_the_notice(on: Clock) -> None:
    world = scored(on, 1)
    office, _, (one,) = met(world)
    counted(world, office, one, VOTES)
    Program(world.members[0]).sent("POST", f"{one}/listing", {})
    path, application = f"approval/{world.round.public_id}", world.applications[0].public_id
    assert [(r["application"], r["result"]["votes"]["percent"]) for r in office.sent("GET", path)] == [
        (application, "75%")]
    Program(world.base.ministries).sent("GET", path, status=404)  # by this round's reading
    notice = office.sent("POST", f"{path}/list", {"applications": [application], "days": 20})
    act = f"{path}/applications/{application}"
    early = office.sent("POST", f"{act}/approval", {"planned_end": "2028-03-01"}, 409)
    assert early["reasons"][0]["clauses"]
    office.sent("POST", f"{act}/inquiry", status=409)
    office.sent("POST", f"{act}/upheld-objection", status=409)
    on(PublicNotice.objects.get(public_id=notice["notice"]).ends.isoformat())
    office = Program(world.base.officer)  # the token of before may have run out
    asked = office.sent("POST", f"{act}/approval", {"planned_end": "2028-12-31"}, 409)
    assert [(r["code"], r["about"]) for r in asked["reasons"]] == [("decision", "T19-term")]
    office.sent("POST", f"{act}/approval", {"planned_end": "2028-12-31", "decisions": {"T19-term": "安装周期长"}})

    assert stages(world.round) == ["S20"]


def test_the_approver_turns_one_down(on: Clock) -> None:
    world = scored(on, 1)
    office, _, (one,) = met(world)
    counted(world, office, one, VOTES)
    Program(world.members[0]).sent("POST", f"{one}/listing", {})
    act = f"approval/{world.round.public_id}/applications/{world.applications[0].public_id}/rejection"
    assert "理由" in office.sent("POST", act, {"reason": " "}, 409)["zh"]
    office.sent("POST", act, {"reason": "与已建的重复"})

    assert stages(world.round) == ["S18"]
