"""The review by the machine's door, from the committee to the approval: the same acts as on the pages, by the same
people, under the same conditions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from reviewing_world import Clock, ReviewWorld, expert, marked, reviewing, scored, taken_in
from rounds_world import laboratory_world
from test_api_cases import Caller

from guiju.web.accounts.models import User
from guiju.web.notices.models import PublicNotice
from guiju.web.reviewing.domain import marking
from guiju.web.reviewing.models import Assigned, Committee, Hearing, Meeting, Panel
from guiju.web.rounds.models import Round

pytestmark = pytest.mark.django_db
VOTES = ["yes"] * 9 + ["no"] * 2 + ["abstain"]


class Program(Caller):
    """A caller who can also put and delete; an answer that is not 2xx fails, unless it is asked for."""

    def sent(self, method: str, path: str, content: Any = None, status: int = 0) -> Any:
        data = json.dumps(content) if content is not None else ""
        answer = self.client.generic(method, f"/api/v1/{path}", data, "application/json",
                                     headers={"Authorization": f"Bearer {self.token}"})
        assert answer.status_code == status or (not status and answer.status_code < 300), answer.content.decode()
        return answer.json() if answer.content else None


def stages(round_: Round) -> list[str]:
    return [a.case.stage for a in round_.applications.order_by("pk").select_related("case")]


def test_a_committee_is_composed_under_the_laws_own_conditions(on: Clock) -> None:
    on("2026-03-02")
    base = laboratory_world()
    people = [expert(f"m{n:02}", f"委员{n:02}") for n in range(15)]
    program, path = Program(base.officer), f"organising/{base.round.public_id}/committee"
    assert program.sent("GET", path)["committee"] is None
    program.sent("PUT", f"{path}/formed-on", {"day": "2026-03-01"}, 409)
    program.sent("POST", path, {"name": "专家技术委员会"})
    assert {e["name"] for e in program.sent("GET", f"organising/{base.round.public_id}/experts?words=委员")} >= {
        p.name for p in people}
    for n, user in enumerate(people):
        found = program.sent("POST", f"{path}/seats", {"user": user.public_id, "post": "chair" if n < 2 else "member"})

    failing = {c["id"] for c in found["conditions"] if c["status"] == "fail"}
    assert failing
    assert all(c["clauses"] for c in found["conditions"])
    program.sent("POST", f"{path}/confirmation", {}, 409)
    program.sent("PUT", f"{path}/formed-on", {"day": "2026-03-01"})
    refused = program.sent("POST", f"{path}/confirmation", {}, 409)
    assert "一名主任委员" in refused["zh"]
    for seat in found["seats"][1:4]:
        program.sent("DELETE", f"{path}/seats/{seat['seat']}")
    for user in people[1:4]:
        program.sent("POST", f"{path}/seats", {"user": user.public_id, "post": "vice"})
    done = program.sent("POST", f"{path}/confirmation", {})
    assert (done["state"], done["until"], [c for c in done["conditions"] if c["status"] == "fail"]) == (
        "confirmed", "2028-03-01", [])


def test_an_empty_committee_is_not_confirmed_by_a_reason(on: Clock) -> None:
    on("2026-03-02")
    base = laboratory_world()
    program, path = Program(base.officer), f"organising/{base.round.public_id}/committee"
    program.sent("POST", path, {})
    program.sent("PUT", f"{path}/formed-on", {"day": "2026-03-01"})

    program.sent("POST", f"{path}/confirmation", {"reason": "先这样"}, 409)
    assert Committee.objects.get().state == "draft"


def test_panels_are_formed_and_applications_placed(on: Clock) -> None:
    world = taken_in(on)
    program, path = Program(world.base.officer), f"organising/{world.round.public_id}"
    made = program.sent("POST", f"{path}/panels", {"field": "计量"})
    program.sent("POST", f"{path}/panels", {"field": "计量"}, 409)
    one, other = world.panel[1], world.panel[2]
    program.sent("PUT", f"{path}/panels/{made['id']}/leader", {"user": one.public_id}, 409)
    program.sent("POST", f"{path}/panels/{made['id']}/members", {"users": [one.public_id, other.public_id]})
    led = program.sent("PUT", f"{path}/panels/{made['id']}/leader", {"user": one.public_id})
    assert (led["leader"], len(led["members"])) == (one.public_id, 2)
    program.sent("DELETE", f"{path}/panels/{made['id']}/members/{one.public_id}", status=409)
    program.sent("DELETE", f"{path}/panels/{made['id']}/members/{other.public_id}")
    application = world.applications[0].public_id
    program.sent("PUT", f"{path}/applications/{application}/panel", {"panel": made["id"]})
    program.sent("PUT", f"{path}/applications/{application}/nameless", {"files": ["none"]})

    rows = {a["id"]: a for a in program.sent("GET", path)["applications"]}
    assert (rows[application]["panel"], rows[application]["nameless"]) == (made["id"], [])
    assert [p["field"] for p in program.sent("GET", f"{path}/panels")] == ["新材料", "人工智能", "计量"]


def test_the_chair_begins_a_batch_and_each_refusal_is_told(on: Clock) -> None:
    world = taken_in(on)
    chair, path = Program(world.members[0]), f"presiding/{world.round.public_id}/beginning"
    ids = [a["id"] for a in chair.sent("GET", path)]
    assert ids == [a.public_id for a in world.applications]
    first = chair.sent("POST", path, {"applications": ids, "rules_adopted": False})
    assert all("评审细则已通过" in json.dumps(b["problem"]["reasons"], ensure_ascii=False) for b in first)
    Program(world.base.officer).sent("POST", path, {"applications": ids, "rules_adopted": True}, 403)

    done = chair.sent("POST", path, {"applications": ids, "rules_adopted": True})
    assert [b["problem"] for b in done] == [None, None]
    assert stages(world.round) == ["S11", "S11"]
    chair.sent("POST", path, {"applications": ids, "rules_adopted": True}, 409)


def begun(on: Clock, rules: dict[str, Any] | None = None) -> tuple[ReviewWorld, Program, str]:
    world = taken_in(on, rules=rules)
    Program(world.members[0]).sent("POST", f"presiding/{world.round.public_id}/beginning", {
        "applications": [a.public_id for a in world.applications], "rules_adopted": True})
    return world, Program(world.base.officer), f"organising/{world.round.public_id}/assignment"


def test_a_proposal_is_read_with_its_reasons_replayed_and_accepted(on: Clock) -> None:
    world, program, path = begun(on)
    one, barred = world.applications[0].public_id, world.panel[4].public_id
    program.sent("PUT", f"{path}/pairs", {"application": one, "expert": barred, "kind": "forbidden"}, 409)
    program.sent("PUT", f"{path}/pairs", {"application": one, "expert": barred, "kind": "forbidden", "reason": "同门"})
    made = program.sent("POST", path)
    pairs = {p["application"]: p["pairs"] for p in made["panels"]}

    assert made["state"] == "proposed"
    assert {len(p) for p in pairs.values()} == {3}
    assert barred not in {p["expert"] for p in pairs[one]}
    assert all(p["why"]["zh"] for p in pairs[one])
    assert program.sent("GET", f"{path}/{made['id']}/replay") == {"same": True, "findings": []}
    assert program.sent("POST", f"{path}/{made['id']}/acceptance", {"deadline": "2026-04-10"}) == {"asked": 6}
    program.sent("POST", f"{path}/{made['id']}/acceptance", {}, 409)
    whole = program.sent("GET", path)
    assert [(r["kind"], r["reason"]) for r in whole["rules"]] == [("forbidden", "同门")]
    assert {(t["state"], t["deadline"]) for t in whole["tasks"]} == {("asked", "2026-04-10")}


def test_where_no_assignment_is_possible_it_says_what_is_short(on: Clock) -> None:
    _, program, path = begun(on, {"panel_size": 6})
    made = program.sent("POST", path)

    assert (made["state"], made["panels"]) == ("infeasible", [])
    assert made["why"][0]["zh"]
    program.sent("GET", f"{path}/{made['id']}/replay", status=404)
    program.sent("POST", f"{path}/{made['id']}/acceptance", {}, 404)


def test_what_the_rules_do_not_set_keeps_the_assignment_back(on: Clock) -> None:
    _, program, path = begun(on, {"panel_size": None})

    assert "panel_size" in program.sent("GET", path)["unset"][0]["zh"]
    assert "panel_size" in program.sent("POST", path, status=409)["zh"]


def test_a_leader_sees_no_marks_before_his_own_are_in(on: Clock) -> None:
    world = reviewing(on, 1)
    own = next((t for t in world.tasks if t.user == world.panel[0]), None)
    others = [t for t in world.tasks if t != own]
    marked(others[0], "61.75")
    if own is None:
        own = others[1]
        Panel.objects.update(leader=own.user)
    leader, path = Program(own.user), f"leading/{world.applications[0].public_id}"

    before = leader.sent("GET", path)
    assert (before["waits"], before["sheets"], before["result"]) == (True, [], None)
    assert "61.75" not in json.dumps(before)
    marked(own, "80")
    after = leader.sent("GET", path)
    assert (after["waits"], len(after["sheets"])) == (False, 2)
    assert "61.75" in json.dumps(after)


def test_a_leader_settles_vetoes_closes_visits_and_sends_on(on: Clock) -> None:
    world = reviewing(on, 1)
    leader, path = Program(world.panel[0]), f"leading/{world.applications[0].public_id}"
    for n, task in enumerate(world.tasks):
        marked(task, "80", "学术不端" if n == 0 else "")
    claim = leader.sent("GET", path)["claims"][0]
    assert "没有认定" in leader.sent("POST", f"{path}/closing", status=409)["zh"]
    leader.sent("POST", f"{path}/claims/{claim['id']}", {"upheld": False, "finding": "查无实据"})
    assert "先结束打分" in leader.sent("POST", f"{path}/forwarding", status=409)["zh"]
    leader.sent("POST", f"{path}/closing")
    leader.sent("DELETE", f"{path}/closing")
    leader.sent("POST", f"{path}/closing")
    leader.sent("POST", f"{path}/visits", {"needed": "设备多在外地", "begins": "2026-04-02", "ends": "2026-04-03"})
    visit = leader.sent("GET", path)["visits"][0]
    leader.sent("POST", f"{path}/visits/{visit['id']}/report",
                {"conditions": True, "direction": True, "findings": "符合"})
    leader.sent("POST", f"{path}/veto", status=409)
    leader.sent("POST", f"{path}/forwarding")

    assert stages(world.round) == ["S13"]
    assert leader.sent("GET", "leading")[0]["handed_in"] == 3


def test_a_veto_that_was_upheld_ends_it(on: Clock) -> None:
    world = reviewing(on, 1)
    leader, path = Program(world.panel[0]), f"leading/{world.applications[0].public_id}"
    for task in world.tasks:
        if task.user == world.panel[0]:  # where names are hidden, a leader acts once his own marks are in
            marked(task, "80")
    other = next(t for t in world.tasks if t.user != world.panel[0])
    marking.claim_veto(other, "学术不端", "重复发表", None)
    claim = leader.sent("GET", path)["claims"][0]
    leader.sent("POST", f"{path}/claims/{claim['id']}", {"upheld": True, "finding": "属实"})
    leader.sent("POST", f"{path}/veto")

    assert stages(world.round) == ["S14"]


def test_without_weights_nothing_is_sent_on_and_the_rule_is_named(on: Clock) -> None:
    world = reviewing(on, 1, {"weights": {}})
    leader, path = Program(world.panel[0]), f"leading/{world.applications[0].public_id}"
    for task in world.tasks:
        marked(task, "80")
    leader.sent("POST", f"{path}/closing")
    refused = leader.sent("POST", f"{path}/forwarding", status=409)
    results = Program(world.base.officer).sent("GET", f"results/{world.round.public_id}")

    assert "weights" in refused["zh"]
    assert results["rows"][0]["state"] == "not_computable"
    assert any("weights" in u["zh"] for u in results["unset"])
    assert results["rows"][0]["score"] == ""


def met(world: ReviewWorld, present: int = 12) -> tuple[Program, str, list[str]]:
    """The office's program, the meeting's path, the paths of its hearings."""
    office = Program(world.base.officer)
    there = office.sent("GET", f"organising/{world.round.public_id}/to-be-heard")
    made = office.sent("POST", f"organising/{world.round.public_id}/meetings", {
        "title": "审议投票会", "begins": "2026-04-15T09:00:00+08:00", "place": "第一会议室",
        "applications": [a["id"] for a in there]})
    path = f"meetings/{made['id']}"
    seats = [x["seat"] for x in office.sent("GET", path)["seats"]]
    found = office.sent("PUT", f"{path}/presence", {"seats": seats[:present]})
    assert sum(x["present"] for x in found["seats"]) == present
    return office, path, [f"hearings/{h['id']}" for h in found["hearings"]]


def counted(world: ReviewWorld, office: Program, hearing: str, votes: list[str]) -> Any:
    office.sent("PUT", f"{hearing}/notes", {"notes": "答辩清楚", "visited": True})
    office.sent("POST", f"{hearing}/ballot")
    for user, choice in zip(world.members, votes, strict=False):
        Program(user).sent("POST", f"{hearing}/vote", {"choice": choice})
    assert office.sent("GET", hearing)["papers"] == []
    return office.sent("POST", f"{hearing}/tally")


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


@pytest.mark.parametrize("who", ["applicant", "stranger", "recommender", "chair"])
def test_nobody_else_learns_that_there_is_anything(on: Clock, who: str) -> None:
    world = reviewing(on, 1)
    program, id_ = Program(getattr(world.base, who)), world.round.public_id
    for path in (f"organising/{id_}", f"organising/{id_}/committee", f"organising/{id_}/panels",
                 f"organising/{id_}/assignment", f"organising/{id_}/experts", f"organising/{id_}/to-be-heard",
                 f"presiding/{id_}/beginning", f"results/{id_}", f"approval/{id_}",
                 f"leading/{world.applications[0].public_id}"):
        real, invented = program.get(path), program.get(path.replace(id_, "AAAA-BBBB-CCCC"))
        assert (real.status_code, real.content) == (404, invented.content)
    assert program.sent("GET", "leading") == []
    assert program.sent("GET", "reviewing/rounds") == {"run": [], "approved": [], "sat": [], "chaired": []}
    assert Assigned.objects.filter(state="taken").count() == 3


@pytest.mark.parametrize(("scope", "lacking", "ask"), [
    ("review:write", "rounds:write", lambda w: ("POST", f"organising/{w.round.public_id}/assignment")),
    ("rounds:write", "review:write", lambda w: ("POST", f"leading/{w.applications[0].public_id}/closing")),
    ("rounds:write", "review:read", lambda w: ("GET", f"organising/{w.round.public_id}")),
])
def test_a_token_for_one_part_is_none_for_another(on: Clock, scope: str, lacking: str,
                                                 ask: Callable[[ReviewWorld], tuple[str, str]]) -> None:
    world = reviewing(on, 1)
    user: User = world.base.officer
    program = Program(user)
    program.token = Caller(user, scope).token
    program.client = Client()

    assert lacking in program.sent(*ask(world), status=403)["zh"]
