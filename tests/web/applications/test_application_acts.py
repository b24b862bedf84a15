"""Beginning an application, its partners and comments, and the ways to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from applying import drafted, filled, handed_in, joined, stands, written
from django.test import Client
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.web.accounts.models import User
from guiju.web.applications.domain import begin, write_answer
from guiju.web.applications.domain.revisions import content_of, digest_of
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.ways import way
from guiju.web.kit.permissions import Denied, Refused
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def world() -> LaboratoryWorld:
    return laboratory_world()


# Partners and comments


def test_a_partner_writes_its_part_and_not_the_hosts(world: LaboratoryWorld) -> None:
    made = drafted(world, joint=True)
    joined(world, made)
    written(made, "joint_text", "乙方负责标准研制", world.partner)

    assert stands(made, "joint_text") == "乙方负责标准研制"
    with pytest.raises(Denied):
        write_answer(made, "purpose_text", "不该我写", 0, world.partner)


def test_a_partner_adds_rows_and_leaves_those_of_others(world: LaboratoryWorld) -> None:
    made = drafted(world, joint=True)
    joined(world, made)
    written(made, "equipment", [{"name": "主方的"}], world.applicant)
    written(made, "equipment", [{"name": "主方的"}, {"name": "我方的"}], world.partner)
    written(made, "equipment", [{"name": "主方的"}, {"name": "我方改过的"}], world.partner)

    for rows in ([{"name": "我方改过的"}], [{"name": "改了主方的"}, {"name": "我方改过的"}], "无"):
        with pytest.raises(Denied):
            written(made, "equipment", rows, world.partner)
    written(made, "equipment", [{"name": "主方改"}, {"name": "我方改过的"}], world.applicant)
    assert stands(made, "equipment") == [{"name": "主方改"}, {"name": "我方改过的"}]


def test_a_partner_sees_it_and_does_not_hand_in(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = filled(drafted(world, joint=True), world.applicant)
    joined(world, made)
    client = signed_in(world.partner)

    assert made.public_id in client.get("/apply/").content.decode()
    answer = client.post(f"/apply/{made.public_id}/check/", {"seal": "on", "copies": "3", "partners_seal": "on",
                                                             "digest": digest_of(content_of(made))})
    assert answer.status_code == 403
    assert CaseRecord.objects.get(pk=made.case_id).stage == "S02"


def test_a_joint_application_goes_in_with_its_agreement(world: LaboratoryWorld) -> None:
    made = drafted(world, joint=True)
    joined(world, made)
    filled(made, world.applicant)

    assert handed_in(made, world.applicant).revision.number == 1
    assert CaseRecord.objects.get(pk=made.case_id).stage == "S03"


def test_comments_reach_the_others_and_are_settled(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world, joint=True)
    joined(world, made)
    host, partner = signed_in(world.applicant), signed_in(world.partner)
    partner.post(f"/apply/{made.public_id}/comments/", {"field": "purpose_text", "text": "<b>这里</b>太空"})

    assert "&lt;b&gt;这里&lt;/b&gt;太空" in host.get(f"/apply/{made.public_id}/parts/purpose/").content.decode()
    assert [m.user for m in Message.objects.filter(key__startswith="comment/")] == [world.applicant]
    number = made.comments.get().pk
    host.post(f"/apply/{made.public_id}/comments/{number}/settle/")
    assert made.comments.get().settled is not None


# Beginning, and ways


def test_nobody_begins_for_an_organisation_that_is_not_his(world: LaboratoryWorld) -> None:
    with pytest.raises(Refused, match="不能代表"):
        begin(world.round, world.body, world.host, world.stranger, "科研院所", "地方", False)


def test_a_second_one_of_the_same_unit_is_begun_only_on_purpose(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    drafted(world)
    client, address = signed_in(world.applicant), f"/apply/rounds/{world.round.public_id}/"
    data = {"organisation": world.host.public_id, "kind": "科研院所", "affiliation": "地方", "joint": "no",
            "body": str(world.body.pk)}

    assert "已有申报" in client.post(address, data).content.decode()
    assert client.post(address, {**data, "again": "on"}).status_code == 302


def test_the_case_leads_to_the_check_page(world: LaboratoryWorld) -> None:
    made = drafted(world)

    assert way(made.case, "T03") == f"/apply/{made.public_id}/check/"


def test_it_is_handed_in_nowhere_else(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world)
    answer = signed_in(world.applicant).post(f"/cases/{made.case.public_id}/do/T03/", {
        "fact-seal": "是", "seen": made.case.head})

    assert answer["Location"] == f"/apply/{made.public_id}/check/"
    assert CaseRecord.objects.get(pk=made.case_id).stage == "S02"
