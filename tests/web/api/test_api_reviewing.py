"""An expert's whole work by the machine's door, what the leader and the committee read, and files by token."""

from __future__ import annotations

import json
from typing import Any

import pytest
from applying import PDF
from ballots import VOTES, counted, met
from calling import Program
from django.core.files.uploadedfile import SimpleUploadedFile
from reviewing_world import Clock, ReviewWorld, marked, reviewing, scored

from guiju.web.applications.queries import HOLDER
from guiju.web.cases.domain import assign
from guiju.web.cases.models import CaseRecord
from guiju.web.files.domain import attach, take_in
from guiju.web.files.models import Attachment
from guiju.web.reviewing.domain import committees
from guiju.web.reviewing.models import Assigned, Committee, Declared, Hearing, Sheet, VetoClaim
from guiju.web.rounds.procedure import chart_for

pytestmark = pytest.mark.django_db
VETO = {"kind": "学术不端", "evidence": "与他人论文雷同"}


def task_of(world: ReviewWorld, leads: bool = False) -> Assigned:
    """A task of an expert who does not lead the panel; or of him who does."""
    return next(t for t in world.tasks if (t.user == world.panel[0]) is leads)


def status_of(program: Program, path: str) -> int:
    found: int = program.get(path).status_code
    return found


def test_an_opinion_is_written_until_it_is_handed_in(on: Clock) -> None:
    world = reviewing(on, 1)
    task = task_of(world)
    expert, path = Program(task.user), f"reviews/{task.public_id}"

    assert expert.put(f"{path}/opinion", {"text": "基础扎实，建议支持。"}).status_code == 204
    assert expert.get(path).json()["opinion"] == "基础扎实，建议支持。"
    assert expert.put(f"{path}/opinion", {"text": "长" * 10_001}).status_code == 422
    marked(task, "80")
    late = expert.put(f"{path}/opinion", {"text": "改了"})
    assert (late.status_code, "先取回" in late.json()["zh"]) == (409, True)
    assert Sheet.objects.get(assigned=task).opinion == "基础扎实，建议支持。"


@pytest.mark.parametrize(("path", "sent", "most"), [
    ("opinion", {"text": "长" * 10_001}, 10_000), ("decline", {"reason": "长" * 501}, 500),
    ("declaration", {"relation": "长" * 501}, 500),
    ("organisation-ties", {"code": "91410000MA12345678", "relation": "长" * 501}, 500)])
def test_of_what_is_too_long_it_is_said_by_how_much(on: Clock, path: str, sent: dict[str, str], most: int) -> None:
    world = reviewing(on, 1)
    task = task_of(world)
    expert, address = Program(task.user), f"reviews/{task.public_id}/{path}"
    answer = expert.put(address, sent) if path == "opinion" else expert.post(address, sent)

    assert answer.status_code == 422
    fault = answer.json()["faults"][0]
    assert fault["zh"] == f"太长：最多 {most} 字，现有 {most + 1} 字"
    assert fault["at"] in {f"asked.{name}" for name in sent}
    assert Assigned.objects.get(pk=task.pk).state == "taken"


def test_a_veto_is_claimed_with_its_evidence_and_withdrawn_while_nobody_settled_it(on: Clock) -> None:
    world = reviewing(on, 1)
    task = task_of(world)
    expert, leader, path = Program(task.user), Program(world.panel[0]), f"reviews/{task.public_id}"
    made = expert.post(f"{path}/claims", {**VETO, "file": expert.sends("比对.pdf", PDF)})
    assert made.status_code == 201, made.content.decode()
    claim = made.json()
    file = Attachment.objects.get(holder="veto")

    assert (claim["state"], claim["files"]) == ("claimed", [{"id": file.public_id, "name": "比对.pdf"}])
    assert file.paper == "否决依据"
    assert expert.get(path).json()["claims"] == [claim]
    led = leader.get(f"leading/{world.applications[0].public_id}").json()["claims"]
    assert [c["evidence"] for c in led] == [VETO["evidence"]]
    assert expert.delete(f"{path}/claims/{claim['id']}").status_code == 204
    assert not VetoClaim.objects.exists()

    second = expert.post(f"{path}/claims", VETO).json()
    leader.post(f"leading/{world.applications[0].public_id}/claims/{second['id']}",
                {"upheld": False, "finding": "引用规范"})
    refused = expert.delete(f"{path}/claims/{second['id']}")
    assert (refused.status_code, "不能撤回" in refused.json()["zh"]) == (409, True)
    assert expert.get(path).json()["claims"][0]["finding"] == "引用规范"


@pytest.mark.parametrize("sent", [{**VETO, "kind": "态度不好"}, {**VETO, "evidence": ""}, {"kind": "学术不端"}])
def test_a_veto_of_no_known_kind_or_without_evidence_is_none(on: Clock, sent: dict[str, str]) -> None:
    world = reviewing(on, 1)
    task = task_of(world)

    assert Program(task.user).post(f"reviews/{task.public_id}/claims", sent).status_code == 422
    assert not VetoClaim.objects.exists()


def test_a_ticket_of_another_is_no_evidence(on: Clock) -> None:
    world = reviewing(on, 1)
    task = task_of(world)
    ticket = Program(world.base.stranger).sends("a.pdf", PDF)

    assert Program(task.user).post(f"reviews/{task.public_id}/claims", {**VETO, "file": ticket}).status_code == 409
    assert not VetoClaim.objects.exists()


def test_a_tie_is_declared_by_organisation_where_names_are_hidden(on: Clock) -> None:
    world = reviewing(on, 1, {"conflicts": {"declared": "bar"}, "blind": True})
    task = task_of(world)
    expert, path = Program(task.user), f"reviews/{task.public_id}/organisation-ties"
    wrong = expert.post(path, {"code": "123", "relation": "顾问"})
    assert (wrong.status_code, "18 位" in wrong.json()["zh"]) == (409, True)
    assert expert.post(path, {"code": world.base.host.code, "relation": " "}).status_code == 409
    assert not Declared.objects.filter(organisation=world.base.host.code).exists()

    assert expert.post(path, {"code": world.base.host.code, "relation": "顾问"}).status_code == 204
    task.refresh_from_db()
    assert task.state == "declined"
    assert status_of(expert, f"reviews/{task.public_id}") == 404


def attached(world: ReviewWorld, nameless: bool) -> Attachment:
    application = world.applications[0]
    attach([take_in(SimpleUploadedFile(f"{world.base.host.name}-设备.pdf", PDF), "other_material")], HOLDER,
           application.public_id, world.base.applicant)
    found = Attachment.objects.get(holder=HOLDER)
    application.placement.nameless = [found.public_id] if nameless else []
    application.placement.save()
    return found


@pytest.mark.parametrize(("blind", "nameless", "status"), [
    (False, False, 200), (True, True, 200), (True, False, 404), (None, False, 404)])
def test_a_reviewer_fetches_an_attachment_as_the_page_lets_him(on: Clock, blind: bool | None, nameless: bool,
                                                               status: int) -> None:
    world = reviewing(on, 1, {"blind": blind if blind is not None else True})
    if blind is None:
        world.round.rules.pop("blind")
        world.round.save()
    file, task = attached(world, nameless), task_of(world)
    answer = Program(task.user).get(f"reviews/{task.public_id}/files/{file.public_id}")

    assert answer.status_code == status
    assert status == 404 or answer["X-Content-Type-Options"] == "nosniff"
    assert blind is False or "%E7%A4%BA" not in answer.get("Content-Disposition", "")  # the host's first character
    assert status_of(Program(task.user), f"files/{file.public_id}") == 404
    assert status_of(Program(world.base.stranger), f"reviews/{task.public_id}/files/{file.public_id}") == 404


def test_a_file_is_fetched_by_who_may_have_it_with_a_token_for_its_kind(on: Clock) -> None:
    world = reviewing(on, 1)
    task = task_of(world)
    expert = Program(task.user)
    expert.post(f"reviews/{task.public_id}/claims", {**VETO, "file": expert.sends("比对.pdf", PDF)})
    paper, evidence = attached(world, False), Attachment.objects.get(holder="veto")

    for user, scope, wrong, file in ((world.base.applicant, "applications:read", "cases:read", paper),
                                     (task.user, "review:read", "applications:read", evidence)):
        assert status_of(Program(user, scope), f"files/{file.public_id}") == 200
        refused = Program(user, wrong).get(f"files/{file.public_id}")
        assert (refused.status_code, scope in refused.json()["zh"]) == (403, True)
        assert status_of(Program(world.base.stranger), f"files/{file.public_id}") == 404


def test_leader_and_committee_read_what_their_pages_show(on: Clock) -> None:
    world = scored(on, 1, {"blind": True})
    led = Program(world.panel[0]).get(f"leading/{world.applications[0].public_id}/reading")
    _, _, (hearing,) = met(world)
    heard = Program(world.members[3]).get(f"{hearing}/reading")

    assert (led.json()["blind"], world.base.host.name in led.content.decode()) == (True, False)
    assert (heard.json()["blind"], world.base.host.name in heard.content.decode()) == (False, True)
    assert {status_of(Program(u), f"{hearing}/reading") for u in (world.panel[1], world.base.applicant)} == {404}
    assert status_of(Program(world.panel[1]), f"leading/{world.applications[0].public_id}/reading") == 404


def test_who_sits_in_the_committee_sees_no_marks_while_the_panel_works(on: Clock) -> None:
    """An expert may sit in it: neither others' marks before his own are in, nor names, come to him that way."""
    world = reviewing(on, 1, {"blind": True, "panel_size": 5})  # all of the panel review, whatever the solver's seed
    world.committee.seats.filter(post="member").last().delete()
    task = task_of(world)
    world.committee.seats.create(user=task.user, post="member")
    marked(task_of(world, leads=True), "61.75")
    expert, office = Program(task.user), Program(world.base.officer)
    path = f"results/{world.round.public_id}"

    assert [r["stage"] for r in office.get(path).json()["rows"]] == ["S11"]
    assert expert.get(path).json()["rows"] == []
    assert "61.75" not in expert.get(path).content.decode()
    assert world.base.host.name not in expert.get(path).content.decode()


@pytest.mark.parametrize("blind", [True, False])
def test_who_reads_names_in_the_case_does_not_review_it_blind(on: Clock, blind: bool) -> None:
    world = reviewing(on, 1, {"blind": blind})
    assign(chart_for(world.round), "COMMITTEE", user=world.panel[3], round_id=world.round.public_id)
    office, path = Program(world.base.officer), f"organising/{world.round.public_id}/assignment"
    ties = office.get(path).json()["ties"]
    made = office.post(path).json()
    taken = {p["expert"] for panel in made["panels"] for p in panel["pairs"]}

    assert {(t["expert"], t["strength"]) for t in ties if t["rule"] == "reads_names"} == (
        {(world.panel[3].public_id, "bars")} if blind else set())
    assert made["state"] == "proposed"
    assert not blind or world.panel[3].public_id not in taken


def test_in_a_blind_round_nobody_takes_the_chair_with_applications_to_review(on: Clock) -> None:
    world = reviewing(on, 1, {"blind": True})
    reviewer, path = task_of(world).user, f"organising/{world.round.public_id}/committee"
    office = Program(world.base.officer)
    draft = committees.begin_committee(world.round, "新一届", world.committee)
    draft.seats.filter(post="chair").update(user=reviewer)
    refused = office.post(f"{path}/confirmation", {})

    assert (refused.status_code, "还有评审任务" in refused.json()["zh"]) == (409, True)
    assert Committee.objects.get(state="confirmed") == world.committee


def test_a_share_of_the_votes_is_written_by_nobody_before_there_is_a_vote(on: Clock) -> None:
    world = scored(on, 1)
    case = world.applications[0].case
    answer = Program(world.members[0]).post(f"cases/{case.public_id}/moves", {
        "move": "T15", "given": {"得票比例": "100%", "投票环节有现场考察": "是"}})

    assert (answer.status_code, "/api/v1/hearings/" in answer.json()["zh"]) == (409, True)
    assert CaseRecord.objects.get(pk=case.pk).stage == "S13"


def test_what_the_round_does_not_set_is_named_and_nothing_is_shown_meanwhile(on: Clock) -> None:
    world = reviewing(on, 1, {"blind": False})
    for rule in ("blind", "one_per_institution"):
        world.round.rules.pop(rule)
    world.round.save()
    task = task_of(world)
    whole: Any = Program(task.user).get(f"reviews/{task.public_id}").json()
    office = Program(world.base.officer)
    path = f"organising/{world.round.public_id}"

    assert (whole["blind"], world.base.host.name in json.dumps(whole, ensure_ascii=False)) == (True, False)
    assert any("没有设定是否盲评" in h["zh"] for h in whole["hidden"])
    assert office.get(path).json()["blind"] is None
    refused = office.post(f"{path}/assignment")
    assert (refused.status_code, "blind" in refused.json()["zh"], "one_per_institution" in refused.json()["zh"]) == (
        409, True, True)


def test_without_a_rule_on_visits_an_application_that_had_none_is_not_listed(on: Clock) -> None:
    world = scored(on, 1, {"visit_required": None})
    office, _, (one,) = met(world)
    counted(world, office, one, VOTES)
    Hearing.objects.update(visited=False)
    chair = Program(world.members[0])
    refused = chair.post(f"{one}/listing", {})
    assert (refused.status_code, "没有设定“须有现场评审”" in refused.json()["zh"]) == (409, True)

    Hearing.objects.update(visited=True)
    assert chair.post(f"{one}/listing", {}).status_code == 204
