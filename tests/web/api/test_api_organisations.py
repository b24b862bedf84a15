"""Organisations, their people, expert profile and reminders by the API; never how a person signs in."""

from __future__ import annotations

from typing import Any

import pytest
from calling import Program
from people import World, person, true_day

from guiju.web.accounts.domain.organisations import add_member
from guiju.web.accounts.models import Invitation, Membership
from guiju.web.accounts.uscc import made_up
from guiju.web.api.door import api
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db


def at(world: World, path: str = "") -> str:
    return f"organisations/{world.ours.public_id}{path}"


def test_one_sees_ones_own_organisations_and_no_others(world: World) -> None:
    manager = Program(world.manager)
    listed = manager.get("organisations").json()
    theirs = manager.get(f"organisations/{world.theirs.public_id}")

    assert [o["name"] for o in listed] == ["甲公司"]
    assert (theirs.status_code, theirs.content) == (404, manager.get("organisations/none").content)
    assert manager.get("organisations", everyone="true").status_code == 403
    assert "乙公司机密" in Program(world.operator).get("organisations", everyone="true").content.decode()


def test_an_organisation_is_registered_and_edited(world: World) -> None:
    manager = Program(world.manager)
    new = {"code": made_up(77), "name": "新公司", "kind": "enterprise", "region": "海南省"}
    made = manager.post("organisations", new)

    assert (made.status_code, made.json()["region"]) == (201, "460000")
    assert manager.post("organisations", new).status_code == 409
    assert manager.post("organisations", {**new, "code": "123"}).json()["faults"][0]["at"] == "code"
    edited = manager.put(at(world), {"name": "甲集团", "kind": "enterprise"})
    assert (edited.json()["name"], edited.json()["code"]) == ("甲集团", world.ours.code)
    assert Program(world.agent).put(at(world), {"name": "乙", "kind": "enterprise"}).status_code == 403
    assert manager.put(at(world, "/recommending"), {"region": "海南省"}).status_code == 403
    operator = Program(world.operator)
    assert operator.put(at(world, "/recommending"), {"region": "海南省"}).status_code == 204
    assert operator.put(at(world, "/recommending"), {}).status_code == 409


def test_an_invitation_goes_to_the_mail_alone_and_is_withdrawn(world: World) -> None:
    manager = Program(world.manager)
    made = manager.post(at(world, "/invitations"), {"email": "new@example.org", "role": "agent"})
    token = Message.objects.get(address="new@example.org").link.rstrip("/").rpartition("/")[2]

    assert (made.status_code, made.json()[0]["email"]) == (201, "new@example.org")
    assert token not in made.content.decode()
    assert Program(world.reader).get(at(world)).json()["invitations"] == []
    assert Program(world.agent).post(at(world, "/invitations"), {"email": "b@example.org"}).status_code == 403
    assert manager.post(at(world, "/invitations"), {"email": "没有"}).json()["faults"][0]["at"] == "email"
    assert manager.delete(at(world, f"/invitations/{made.json()[0]['id']}")).status_code == 204
    assert Invitation.objects.get().withdrawn
    assert manager.delete(at(world, "/invitations/none")).status_code == 404


def test_people_change_roles_leave_and_hand_over(world: World) -> None:
    manager, colleague = Program(world.manager), person("zhou", "周同事")
    add_member(world.ours, colleague, "agent")
    who = {m["name"]: m["id"] for m in manager.get(at(world)).json()["members"]}

    assert manager.put(at(world, f"/people/{who['赵查阅']}"), {"role": "agent"}).status_code == 204
    assert manager.put(at(world, f"/people/{who['赵查阅']}"), {"role": "king"}).json()["faults"][0]["at"] == "role"
    assert manager.delete(at(world, f"/people/{who['张经理']}")).status_code == 409  # the last manager
    assert manager.delete(at(world, f"/people/{who['周同事']}")).status_code == 204
    left = manager.post(at(world, f"/people/{who['王经办']}/leave"), {"successor": who["赵查阅"]})
    assert left.status_code == 200, left.content.decode()
    assert {m.user.name for m in Membership.objects.filter(organisation=world.ours, until=None)} == {"张经理", "赵查阅"}
    assert Program(world.reader).delete(at(world, f"/people/{who['张经理']}")).status_code == 403
    assert manager.delete(at(world, f"/people/{world.stranger.public_id}")).status_code == 404


def test_a_delegation_is_given_and_ended(world: World) -> None:
    agent = Program(world.agent)
    given = {"person": world.reader.public_id, "since": true_day().isoformat(), "reason": "出差",
             "until": true_day(9).isoformat()}
    made = agent.post(at(world, "/delegations"), given)

    assert made.status_code == 201, made.content.decode()
    assert agent.post(at(world, "/delegations"), {**given, "person": world.stranger.public_id}).status_code == 422
    assert agent.post(at(world, "/delegations"), {**given, "until": "2020-01-01"}).status_code == 409
    number = made.json()["number"]
    assert Program(world.reader).delete(at(world, f"/delegations/{number}")).status_code == 403
    assert agent.delete(at(world, f"/delegations/{number}")).status_code == 204
    assert agent.get(at(world)).json()["delegations"] == []


def test_an_expert_says_what_he_knows_and_where_he_worked(world: World) -> None:
    program = Program(world.stranger)
    assert program.get("expert").status_code == 404
    entry: dict[str, Any] = {"title": "教授", "biography": "", "specialities": ["标准化", "计量"], "posts": [
        {"institution": "某大学", "code": "", "position": "教授", "since": "2010-01-01", "until": None}]}

    assert program.put("expert", entry).json() == entry
    assert program.get("expert").json() == entry
    wrong = {**entry, "posts": [{**entry["posts"][0], "until": "2009-01-01"}]}
    assert program.put("expert", wrong).json()["faults"][0]["at"] == "posts.0.until"
    assert Program(world.stranger, "cases:read").put("expert", entry).status_code == 403


def test_reminders_come_when_one_wants_them(world: World) -> None:
    program = Program(world.agent)

    assert program.get("reminders").json()["mail"] is True
    assert program.put("reminders", {"days": [7, 30, 7], "mail": False}).json() == {"days": [30, 7], "mail": False}
    assert program.put("reminders", {"days": [0], "mail": False}).status_code == 409


def test_nothing_here_changes_how_a_person_signs_in() -> None:
    paths = " ".join(api.get_openapi_schema(path_prefix="")["paths"]).lower()

    assert [w for w in ("password", "session", "second", "passkey", "token", "close", "sso") if w in paths] == []
