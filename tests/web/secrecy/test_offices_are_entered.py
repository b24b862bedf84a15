"""Nobody makes himself a public authority: such a one opens rounds."""

from __future__ import annotations

import pytest
from django.test import Client
from people import person

from guiju.web.accounts.domain.organisations import create_organisation
from guiju.web.accounts.models import Membership, Organisation
from guiju.web.accounts.uscc import made_up

pytestmark = pytest.mark.django_db


def send(login: str, address: str, kind: str, operator: bool = False) -> int:
    client = Client()
    client.force_login(person(login, "某人", operator=operator))
    return client.post(address, {"code": made_up(700), "name": "自封市场监管总局", "kind": kind}).status_code


def test_only_the_operator_enters_an_office(client: Client) -> None:
    assert send("one", "/account/organisations/new/", "office") == 200
    assert not Organisation.objects.exists()
    assert send("two", "/account/organisations/new/", "office", operator=True) == 302
    assert Organisation.objects.get().kind == "office"


def test_no_manager_turns_his_organisation_into_an_office(client: Client) -> None:
    manager = person("manager", "张经理")
    own = create_organisation(made_up(701), "甲公司", "enterprise", manager)
    office = create_organisation(made_up(702), "市场监管局", "office", manager)
    client.force_login(manager)
    for organisation, status in ((own, 200), (office, 302)):
        address = f"/account/organisations/{organisation.public_id}/edit/"
        assert client.post(address, {"name": organisation.name, "kind": "office"}).status_code == status

    assert Organisation.objects.get(pk=own.pk).kind == "enterprise"
    assert client.get("/rounds/new/").status_code == 200
    Membership.objects.filter(organisation=office).delete()
    assert client.get("/rounds/new/").status_code == 403
