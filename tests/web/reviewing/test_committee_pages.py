"""Composing the committee: the policy's own conditions, live, beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from reviewing_world import Clock, ReviewWorld, expert, taken_in
from rounds_world import laboratory_world

from guiju.web.accounts.models import User
from guiju.web.cases.models import RoleHolder
from guiju.web.reviewing.models import Committee

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]  # an answer of the client


def test_an_officer_composes_a_committee_and_each_condition_is_checked_as_he_goes(on: Clock, signed_in: SignedIn
                                                                                  ) -> None:
    on("2026-03-02")
    base = laboratory_world()
    people = [expert(f"m{n:02}", f"委员{n:02}") for n in range(16)]
    client, address = signed_in(base.officer), f"/review/rounds/{base.round.public_id}/committee/"
    client.post(address, {"do": "begin", "name": "专家技术委员会"})
    for n, user in enumerate(people):
        client.post(address, {"do": "seat", "user": user.public_id, "post": "chair" if n < 2 else "member"})
    page = text(client.get(address))

    assert page.count("不符合") == 4  # 16 is even, two chairs, no vice-chairs; and the word beside the button
    assert "不能判定" in page  # no day on which it was formed
    refused = text(client.post(address, {"do": "confirm"}, follow=True))
    assert "先写组建日" in refused
    client.post(address, {"do": "formed", "formed_on": "2026-03-01"})
    assert "组成不符合规定：人数不低于15的单数；一名主任委员；三至五名副主任委员" in text(
        client.post(address, {"do": "confirm"}, follow=True))
    assert "2028-03-01" in text(client.get(address))
    committee = Committee.objects.get()
    for seat in list(committee.seats.order_by("pk"))[1:5]:
        client.post(address, {"do": "unseat", "seat": seat.pk})
    for user in people[1:4]:
        client.post(address, {"do": "seat", "user": user.public_id, "post": "vice"})
    assert "已确认" in text(client.post(address, {"do": "confirm"}, follow=True))
    committee.refresh_from_db()
    assert (committee.state, committee.record["conditions"]["C1"]) == ("confirmed", "pass")
    holder = RoleHolder.objects.get(role="COMMITTEE", until=None)
    assert (holder.user, holder.round) == (people[0], base.round.public_id)


def test_one_person_in_two_posts_is_found(on: Clock, signed_in: SignedIn) -> None:
    world = taken_in(on)
    client, address = signed_in(world.base.officer), f"/review/rounds/{world.round.public_id}/committee/"
    client.post(address, {"do": "begin", "like": world.committee.public_id, "name": "第二届"})
    for _ in range(2):
        client.post(address, {"do": "seat", "user": world.members[0].public_id, "post": "member"})

    assert "主任、副主任、委员互不兼任" in text(client.post(address, {"do": "confirm"}, follow=True))


def test_a_new_term_ends_the_part_of_the_former_chair(on: Clock, signed_in: SignedIn) -> None:
    world = taken_in(on)
    client, address = signed_in(world.base.officer), f"/review/rounds/{world.round.public_id}/committee/"
    client.post(address, {"do": "begin", "like": world.committee.public_id, "name": "第二届"})
    second = Committee.objects.get(state="draft")
    chair, first = second.seats.get(post="chair"), second.seats.filter(post="member").order_by("pk")[0]
    client.post(address, {"do": "unseat", "seat": chair.pk})
    client.post(address, {"do": "unseat", "seat": first.pk})
    client.post(address, {"do": "seat", "user": chair.user.public_id, "post": "member"})
    client.post(address, {"do": "seat", "user": first.user.public_id, "post": "chair"})
    on("2026-03-21")
    client.post(address, {"do": "confirm"})

    assert signed_in(chair.user).get(f"/review/rounds/{world.round.public_id}/begin/").status_code == 404
    assert signed_in(first.user).get(f"/review/rounds/{world.round.public_id}/begin/").status_code == 200


@pytest.mark.parametrize("who", ["stranger", "applicant", "recommender", "chair", "operator"])
def test_nobody_else_sees_how_it_is_composed(on: Clock, signed_in: SignedIn, who: str) -> None:
    world = taken_in(on)
    for page in ("", "committee/", "panels/", "assignment/", "meeting/"):
        address = f"/review/rounds/{world.round.public_id}/{page}"
        assert signed_in(getattr(world.base, who)).get(address).status_code == 404


def chair_of(world: ReviewWorld) -> User:
    return world.members[0]


def test_the_chair_begins_the_review_of_a_batch(on: Clock, signed_in: SignedIn) -> None:
    world = taken_in(on)
    client, address = signed_in(chair_of(world)), f"/review/rounds/{world.round.public_id}/begin/"
    ids = [a.public_id for a in world.applications]
    refused = client.post(address, {"application": ids})
    assert (refused.status_code, "评审细则已通过" in text(refused)) == (409, True)

    done = client.post(address, {"application": ids, "rules": "yes"}, follow=True)

    assert "2 份申报开始评审" in text(done)
    assert {a.case.stage for a in world.round.applications.all()} == {"S11"}


def test_a_committee_whose_term_is_over_begins_nothing(on: Clock, signed_in: SignedIn) -> None:
    world = taken_in(on)
    on("2028-03-02")
    answer = signed_in(chair_of(world)).post(f"/review/rounds/{world.round.public_id}/begin/", {
        "application": [a.public_id for a in world.applications], "rules": "yes"})

    assert (answer.status_code, "委员会在任期内" in text(answer)) == (409, True)
