"""Closing one's account: what goes, what stays, and what must be done first."""

from __future__ import annotations

import pytest
from django.test import Client
from people import PASSWORD, World, person

from guiju.web.accounts.domain.closing import close
from guiju.web.accounts.domain.organisations import create_organisation
from guiju.web.accounts.models import Expert, Membership, Organisation, Session, TotpDevice, User
from guiju.web.accounts.uscc import made_up
from guiju.web.cases.domain import assign
from guiju.web.cases.store import file_of, verified
from guiju.web.kit.permissions import Refused

pytestmark = pytest.mark.django_db


def refusal(user: User, password: str = PASSWORD) -> str:
    with pytest.raises(Refused) as refused:
        close(user, password)
    return refused.value.text.zh


def test_what_identifies_the_person_goes_and_the_record_stays(world: World, client: Client) -> None:
    TotpDevice.objects.create(user=world.officer, secret="x")
    Expert.objects.create(user=world.officer, biography="三十年")
    client.force_login(world.agent)
    lines = file_of(world.case)
    page = client.post("/account/close/", {"password": PASSWORD, "sure": "on"}, follow=True).content.decode()

    assert "账号已注销" in page
    gone = User.objects.get(pk=world.agent.pk)
    assert (gone.name, gone.email, gone.is_active, gone.login) == (
        "王经办", "", False, f"closed-{gone.public_id.lower()}")
    assert not Session.objects.filter(user=gone).exists()
    assert Client().post("/account/sign-in/", {"login": "wang", "password": PASSWORD}).status_code == 200
    assert (file_of(world.case), verified(world.case)) == (lines, [])
    assert not Membership.objects.filter(user=gone, until__isnull=True).exists()


def test_the_sign_in_name_is_free_again(world: World) -> None:
    close(world.agent, PASSWORD)

    assert person("wang", "另一位").pk != world.agent.pk


def test_a_wrong_password_closes_nothing(world: World) -> None:
    assert refusal(world.agent, "x") == "密码不对"
    assert User.objects.get(pk=world.agent.pk).is_active


def test_the_last_manager_names_another_first(world: World) -> None:
    Membership.objects.filter(organisation=world.ours)
    world.case.owner = None
    world.case.save()

    assert "最后一位管理员" in refusal(world.manager)


def test_open_cases_and_roles_stand_in_the_way(world: World) -> None:
    assert "没有办完" in refusal(world.manager)
    assert "唯一的人" in refusal(world.stranger)
    expert = person("expert", "专家甲")
    assign(world.chart, "EVALUATOR", user=expert, case=world.case)
    assert "角色" in refusal(expert)


def test_an_organisation_of_one_person_without_cases_closes_with_him(db: None) -> None:
    alone = person("alone", "独行")
    own = create_organisation(made_up(9), "一人公司", "enterprise", alone)
    close(alone, PASSWORD)

    assert not Organisation.objects.get(pk=own.pk).is_active
