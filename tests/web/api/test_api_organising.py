"""The review by the machine's door, from the committee to what a leader sends on: the same acts as on the pages, by the
same people, under the same conditions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from ballots import stages
from calling import Program
from reviewing_world import Clock, ReviewWorld, expert, marked, reviewing, taken_in
from rounds_world import laboratory_world

from guiju.web.reviewing.domain import marking
from guiju.web.reviewing.models import Assigned, Committee, Panel

pytestmark = pytest.mark.django_db


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

    assert lacking in Program(world.base.officer, scope).sent(*ask(world), status=403)["zh"]
