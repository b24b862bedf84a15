"""Organisations, invitations, delegation, and what happens when a person leaves."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from people import World, opened, person

from guiju.facts.organisations import plain_code
from guiju.web.accounts.domain.invitations import accept, find, invite, withdraw
from guiju.web.accounts.domain.organisations import (
    add_member,
    change_role,
    create_organisation,
    delegate,
    end_membership,
    make_recommending,
    revoke,
)
from guiju.web.accounts.domain.people import save_expert
from guiju.web.accounts.domain.transfer import hand_over
from guiju.web.accounts.models import ExpertPost, Invitation, Membership, Organisation, RecommendingBody, User
from guiju.web.accounts.queries import capacities, role_in
from guiju.web.accounts.uscc import fault, made_up
from guiju.web.cases.domain import invite_partner
from guiju.web.cases.queries import seen_by
from guiju.web.kit.clock import today
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
WEEK = dt.timedelta(days=7)


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)




@pytest.mark.parametrize(("code", "zh"), [
    ("9111", "统一社会信用代码是 18 位，这里是 4 位"),
    ("91110000000000019O", "统一社会信用代码里没有“O”（不用 I、O、S、V、Z）"),
    ("91A10000000000019B", "第 3 至 8 位是行政区划代码，应为数字")])
def test_a_wrong_code_is_refused_in_plain_words(code: str, zh: str) -> None:
    found = fault(code)

    assert found is not None
    assert found.zh == zh


@pytest.mark.parametrize("place", range(18))
def test_any_changed_character_of_a_code_is_found(place: int) -> None:
    code = made_up(123)
    other = "1" if code[place] != "1" else "2"

    assert fault(code[:place] + other + code[place + 1:]) is not None


def test_a_code_is_taken_as_people_type_it() -> None:
    assert plain_code(" ９１1100-00 0000 0001 9b") == "91110000000000019B"


def test_an_organisation_is_registered_once(world: World) -> None:
    with pytest.raises(Refused, match="这个单位已经登记"):
        create_organisation(world.ours.code.lower(), "又一个甲公司", "enterprise", world.stranger)
    assert Organisation.objects.filter(code=world.ours.code).count() == 1


def test_the_database_itself_holds_what_must_be(world: World) -> None:
    wrong = [lambda: Organisation.objects.filter(pk=world.ours.pk).update(code="short"),
             lambda: Membership.objects.filter(user=world.agent).update(until=today() - WEEK),
             lambda: Membership.objects.create(user=world.agent, organisation=world.ours, role="agent", since=today()),
             lambda: User.objects.filter(pk=world.agent.pk).update(login="WANG"),
             lambda: RecommendingBody.objects.create(organisation=world.ours, region="110000", ministry="科技部")]
    for act in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_the_last_manager_stays(world: World) -> None:
    own = Membership.objects.get(user=world.manager)
    for act in (lambda: end_membership(own), lambda: change_role(own, "reader")):
        with pytest.raises(Refused, match="最后一位管理员"):
            act()
    change_role(Membership.objects.get(user=world.agent), "manager")
    end_membership(own)
    assert role_in(fresh(world.manager), world.ours) == ""


def test_who_was_what_stays_on_record(world: World, on: Callable[[str], None]) -> None:
    on((today() + WEEK).isoformat())
    change_role(Membership.objects.get(user=world.agent), "reader")

    parts = Membership.objects.filter(user=world.agent).order_by("since").values_list("role", "until")
    assert list(parts) == [("agent", today() - dt.timedelta(days=1)), ("reader", None)]


def test_an_invitation_is_for_one_and_once(world: World) -> None:
    token = invite(world.ours, world.manager, "new@example.org", "agent")
    letter = Message.objects.get(address="new@example.org")
    assert token in letter.link
    assert not Invitation.objects.filter(digest__contains=token).exists()

    accept(token, world.colleague)

    assert role_in(fresh(world.colleague), world.ours) == "agent"
    with pytest.raises(Refused, match="用过、撤回或过期"):
        accept(token, world.stranger)


def test_an_invitation_runs_out_and_can_be_withdrawn(world: World, on: Callable[[str], None]) -> None:
    late, back = (invite(world.ours, world.manager, f"{n}@example.org") for n in "ab")
    withdraw(Invitation.objects.get(email="b@example.org"))
    assert find(back) is None
    on((today() + WEEK + dt.timedelta(days=1)).isoformat())
    assert find(late) is None


def test_a_partner_joins_a_case_and_sees_it(world: World) -> None:
    token = invite_partner(world.case, world.manager, "partner@example.org")
    with pytest.raises(Refused, match="不能就是邀请方"):
        accept(token, world.agent, world.ours.code, "甲公司")
    with pytest.raises(Refused, match="由它的管理员接受"):
        accept(token, world.agent, world.theirs.code, "乙公司")

    accept(token, world.stranger, world.theirs.code, "乙公司")

    assert set(seen_by(fresh(world.stranger))) == {world.case, world.secret}
    assert {p.organisation for p in world.case.parties.all()} == {world.theirs}


def test_a_new_partner_is_registered_with_the_acceptance(world: World, signed_in: SignedIn) -> None:
    token = invite_partner(world.case, world.manager, "partner@example.org")
    newcomer = person("zhou", "周合作")
    client = signed_in(newcomer)
    assert "甲公司" in client.get(f"/account/invitation/{token}/").content.decode()
    nameless = client.post(f"/account/invitation/{token}/", {"code": made_up(9), "name": "", "kind": "institute"})
    assert "请写全称" in nameless.content.decode()
    answer = client.post(f"/account/invitation/{token}/", {"code": made_up(9), "name": "丙研究院", "kind": "institute"})

    assert answer.status_code == 302
    assert [c.organisation.name for c in capacities(fresh(newcomer))] == ["丙研究院"]
    assert list(seen_by(fresh(newcomer))) == [world.case]


def test_a_manager_joins_with_the_code_that_stands_there(world: World, signed_in: SignedIn) -> None:
    token = invite_partner(world.case, world.manager, "partner@example.org")
    client = signed_in(world.stranger)
    assert f'value="{world.theirs.code}"' in client.get(f"/account/invitation/{token}/").content.decode()
    answer = client.post(f"/account/invitation/{token}/", {"code": world.theirs.code, "name": "", "kind": "other"})

    assert answer.status_code == 302
    assert {p.organisation for p in world.case.parties.all()} == {world.theirs}


@pytest.mark.parametrize(("since", "until", "said"), [(3, 1, "末日不能早于首日"), (-9, -2, "末日不能早于首日"),
                                                      (0, 400, "最长一年")])
def test_a_delegation_has_a_sensible_end(world: World, since: int, until: int, said: str) -> None:
    day = dt.timedelta(days=1)
    with pytest.raises(Refused, match=said):
        delegate(world.ours, world.manager, world.agent, today() + since * day, today() + until * day, "出差")


def test_a_delegation_ends_with_its_day_or_before(world: World, on: Callable[[str], None]) -> None:
    given = delegate(world.evaluator, world.officer, world.stranger, today(), today() + WEEK, "出差")
    with pytest.raises(Refused, match="不能再转委托"):
        delegate(world.evaluator, world.stranger, world.agent, today(), today(), "再转")
    assert role_in(fresh(world.stranger), world.evaluator) == "agent"
    on((today() + WEEK + dt.timedelta(days=1)).isoformat())
    assert role_in(fresh(world.stranger), world.evaluator) == ""
    on((today() - WEEK).isoformat())
    revoke(given)
    assert role_in(fresh(world.stranger), world.evaluator) == ""


def test_everything_passes_to_the_successor(world: World) -> None:
    second = opened(world.chart, world.manager)
    token = invite(world.ours, world.manager, "new@example.org")
    moved = hand_over(world.ours, world.manager, world.agent)

    assert [(label.zh, count) for label, count in moved] == [("申请事项", 2)]
    second.refresh_from_db()
    assert second.owner == world.agent
    assert role_in(fresh(world.agent), world.ours) == "manager"
    assert role_in(fresh(world.manager), world.ours) == ""
    assert list(seen_by(fresh(world.manager))) == []
    found = find(token)
    assert found is not None
    assert found.invited_by == world.agent
    assert second.events.get(number=1).actor == world.manager  # what was done stays his
    assert Message.objects.filter(user=world.agent, subject_zh__contains="您接手了张经理").count() == 1


def test_nobody_hands_over_to_himself(world: World) -> None:
    with pytest.raises(Refused, match="另一个人"):
        hand_over(world.ours, world.manager, world.manager)


def test_an_expert_says_what_he_is_whole(world: World) -> None:
    post = ExpertPost(institution="某大学", since=dt.date(2020, 1, 1))
    save_expert(world.stranger, "教授", "", ["标准化", "标准化", "计量"], [post])
    expert = save_expert(world.stranger, "教授", "", ["计量"], [])

    assert [s.field for s in expert.specialities.all()] == ["计量"]
    assert expert.posts.count() == 0


def test_a_body_recommends_for_a_region_or_for_a_ministry(world: World) -> None:
    with pytest.raises(Refused, match="要么对应一个地区"):
        make_recommending(world.evaluator, "北京市", "科技部")
    body = make_recommending(world.evaluator, "海南省")

    assert body.region[:2] == "46"


def test_the_pages_of_an_organisation_do_what_they_say(world: World, signed_in: SignedIn) -> None:
    client, home = signed_in(world.manager), f"/account/organisations/{world.ours.public_id}/"
    assert client.post(f"{home}edit/",
                       {"name": "甲股份公司", "kind": "enterprise", "region": "北京市海淀区"}).status_code == 302
    assert client.post(f"{home}invite/", {"email": "x@example.org", "role": "reader"}).status_code == 302
    assert client.post(f"{home}people/{world.reader.public_id}/", {"role": "agent"}).status_code == 302
    assert client.post(f"{home}delegate/", {"person": world.agent.public_id, "since": today(), "until": today() + WEEK,
                                            "reason": "出差"}).status_code == 302
    page = client.get(home).content.decode()
    assert re.findall("甲股份公司|x@example.org|北京市海淀区|出差", page)
    assert role_in(fresh(world.reader), world.ours) == "agent"
    last = client.post(f"{home}people/{world.manager.public_id}/", {"role": "manager", "end": "1"})
    assert "最后一位管理员" in last.content.decode()
    answer = client.post(f"{home}people/{world.manager.public_id}/leave/",
                         {"person": world.agent.public_id, "sure": "on"})
    assert answer["Location"] == "/account/"
    assert client.get(home).status_code == 404


def test_a_person_registers_and_so_does_his_organisation(client: Client, db: None) -> None:
    password = "高山流水-遇知音-9"
    client.post("/account/register/", {"name": "周新", "login": "zhou", "email": "zhou@example.org", "new": password,
                                       "again": password})
    wrong = client.post("/account/organisations/new/", {"code": "91110000000000019C", "name": "丁公司",
                                                        "kind": "enterprise"})
    right = client.post("/account/organisations/new/", {"code": made_up(4), "name": "丁公司", "kind": "enterprise"})

    assert "校验位不对" in wrong.content.decode()
    assert right.status_code == 302
    assert role_in(User.objects.get(login="zhou"), Organisation.objects.get()) == "manager"


def test_belonging_twice_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="已经是本单位的人"):
        add_member(world.ours, world.agent, "reader")


def test_an_expert_fills_in_his_entry(world: World, signed_in: SignedIn) -> None:
    client, address = signed_in(world.stranger), "/account/expert/"
    facts = {"title": "教授", "specialities": "标准化\n计量", "post-0-institution": "某大学",
             "post-0-since": "2020-01-01"}
    late = client.post(address, {**facts, "post-0-until": "2019-01-01"})
    assert "不能早于开始的日期" in late.content.decode()
    assert client.post(address, facts).status_code == 302

    page = client.get(address).content.decode()
    assert re.findall("某大学|教授|标准化$|^计量", page, re.MULTILINE)[-1] == "某大学"
    assert 'name="post-2-institution"' in page


def test_the_operator_names_who_holds_a_role(world: World, signed_in: SignedIn) -> None:
    client, address = signed_in(world.operator), "/cases/programmes/national/leader-title/roles/"
    assert client.post(address, {"role": "EVALUATOR", "holder": "nobody"}).status_code == 200
    assert client.post(address, {"role": "EVALUATOR", "holder": world.ours.code}).status_code == 302
    assert set(seen_by(fresh(world.manager))) == {world.case, world.secret}
    number = re.findall(r"roles/(\d+)/release/", client.get(address).content.decode())[-1]
    client.post(f"{address}{number}/release/")

    assert set(seen_by(fresh(world.manager))) == {world.case}
    assert signed_in(world.manager).get(address).status_code == 403


def test_the_operator_makes_a_body_recommend(world: World, signed_in: SignedIn) -> None:
    address = f"/account/organisations/{world.evaluator.public_id}/recommending/"
    assert signed_in(world.operator).post(address, {"region": "北京市"}).status_code == 302
    assert signed_in(world.officer).get(address).status_code == 403

    assert world.evaluator.recommending_body.region == "110000"
