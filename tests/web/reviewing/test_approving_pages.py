"""Approval with objections, by whichever office the round's reading names; what is computed is written by nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from reviewing_world import Clock, ReviewWorld, scored
from rounds_world import LABORATORY
from test_voting_pages import counted, listed

from guiju.lifecycle.events import Evidence
from guiju.web.accounts.models import User
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign, make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.notices.models import PublicNotice

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def text(answer: Any) -> str:
    found: str = answer.content.decode()
    return found


def objected(on: Clock, signed_in: SignedIn, result: str) -> tuple[ReviewWorld, Client, str]:
    """The list is public, one objected, and it was settled so; the notice is over."""
    world = listed(on, signed_in)
    client, address = signed_in(world.base.officer), f"/review/rounds/{world.round.public_id}/approval/"
    body = {"application": world.applications[0].public_id}
    client.post(address, {**body, "do": "publish"})
    record = world.applications[0].case
    steps = (("objection_p2:raise", world.base.stranger, {"异议理由": "成果冒名"}, ""),
             ("objection_p2#1:accept", world.base.officer, {}, world.base.administration.public_id),
             (f"objection_p2#1:{result}", world.base.officer, {"异议核查意见": "已查"},
              world.base.administration.public_id))
    for name, user, given, acting in steps:
        made = make_move(record, name, user, acting_for=acting, evidence=Evidence(given))
        assert isinstance(made, CaseRecord), made
        client.post(address, {**body, "do": "look"})
    assert world.round.applications.get().case.stage == "S17"
    on(PublicNotice.objects.get(notice="P2").ends.isoformat())
    return world, client, address


def test_after_an_objection_was_dismissed_it_is_approved(on: Clock, signed_in: SignedIn) -> None:
    world, client, address = objected(on, signed_in, "dismiss")
    client.post(address, {"application": world.applications[0].public_id, "do": "approve",
                          "planned_end": "2028-03-01"})

    assert world.round.applications.get().case.stage == "S20"


def test_after_an_objection_was_upheld_it_is_not(on: Clock, signed_in: SignedIn) -> None:
    world, client, address = objected(on, signed_in, "uphold")
    body = {"application": world.applications[0].public_id, "planned_end": "2028-03-01"}
    refused = client.post(address, {**body, "do": "approve"})
    assert (refused.status_code, "没有成立的异议" in text(refused)) == (409, True)
    client.post(address, {**body, "do": "uphold"})

    assert world.round.applications.get().case.stage == "S18"


def test_the_list_is_published_whole_or_not_at_all(on: Clock, signed_in: SignedIn) -> None:
    world = listed(on, signed_in, 2)  # only the first one was put on the list
    answer = signed_in(world.base.officer).post(f"/review/rounds/{world.round.public_id}/approval/", {
        "do": "publish", "application": [a.public_id for a in world.applications]})

    assert answer.status_code == 409
    assert not PublicNotice.objects.filter(notice="P2").exists()
    assert world.round.applications.order_by("pk")[0].case.stage == "S15"


def test_what_is_computed_is_written_by_nobody(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    counted(world, signed_in, ["no"] * 12)
    record, chair = world.applications[0].case, world.members[0]
    answer = signed_in(chair).post(f"/cases/{record.public_id}/do/T15/", {"fact-vote_share": "100"})

    assert (answer.status_code, answer["Location"].startswith("/review/hearings/")) == (302, True)
    record.refresh_from_db()
    assert record.stage == "S13"


@pytest.mark.parametrize(("reading", "who"), [("仅总局", "officer"), ("两部门共同", "ministries")])
def test_the_rounds_reading_says_who_approves(on: Clock, signed_in: SignedIn, reading: str, who: str) -> None:
    world = scored(on, 1)
    world.round.parameters = {**world.round.parameters, "approvers": reading}
    world.round.save()
    address = f"/review/rounds/{world.round.public_id}/approval/"

    assert signed_in(getattr(world.base, who)).get(address).status_code == 200
    # the officer is of the ministries' office, too; its other agent is not of the administration
    assert signed_in(world.base.ministries).get(address).status_code == (200 if who == "ministries" else 404)
    assert signed_in(world.base.applicant).get(address).status_code == 404


def test_someone_who_holds_the_role_for_every_round_approves_in_this_one(on: Clock, signed_in: SignedIn) -> None:
    world = scored(on, 1)
    assign(installed(LABORATORY), "SAMR", organisation=world.base.province)

    assert signed_in(world.base.recommender).get(
        f"/review/rounds/{world.round.public_id}/approval/").status_code == 200
