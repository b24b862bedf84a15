"""Nobody makes himself a public authority, and no authority makes itself the one that calls for applications."""

from __future__ import annotations

import pytest
from django.test import Client
from people import person
from rounds_world import LABORATORY, laboratory_world

from guiju.web.accounts.domain.organisations import create_organisation
from guiju.web.accounts.models import Organisation
from guiju.web.accounts.uscc import made_up
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign
from guiju.web.kit.permissions import Refused
from guiju.web.rounds.domain import Edit, edit, new_round, publish
from guiju.web.rounds.models import Round
from guiju.web.rounds.procedure import caller_role

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


def test_an_office_opens_rounds_once_the_operator_entered_whose_call_it_is(client: Client) -> None:
    above, below, beside = (create_organisation(made_up(702 + n), name, "office", person(f"clerk{n}", "经办人"))
                            for n, name in enumerate(("总局", "质量发展局", "邻省市场监管局")))
    below.above = above
    below.save()

    def opens(office: Organisation) -> tuple[int, int]:
        client.force_login(office.memberships.get().user)
        sent = {"chart": LABORATORY, "title": f"{office.name}的批次", "year": "2026", "office": office.public_id}
        return client.get("/rounds/new/").status_code, client.post("/rounds/new/", sent).status_code

    assert {opens(o) for o in (above, below, beside)} == {(403, 403)}
    assign(installed(LABORATORY), "SAMR", organisation=above)
    assert [opens(o) for o in (above, below, beside)] == [(200, 302), (200, 302), (403, 403)]
    assert set(Round.objects.values_list("office__name", flat=True)) == {"总局", "质量发展局"}


def test_whoever_calls_in_one_programme_calls_in_no_other(client: Client) -> None:
    clerk = person("clerk", "经办人")
    office = create_organisation(made_up(702), "某市市场监管局", "office", clerk)
    assign(installed("shandong/weihai-fund"), caller_role(installed("shandong/weihai-fund")), organisation=office)
    client.force_login(clerk)
    page = client.post("/rounds/new/", {"chart": LABORATORY, "title": "冒名批次", "year": "2026",
                                        "office": office.public_id})

    assert (page.status_code, "不是平台管理员为这个项目指定的" in page.content.decode()) == (200, True)
    with pytest.raises(Refused, match="也不隶属于它"):
        new_round(LABORATORY, "冒名批次", 2026, office, clerk)


def test_a_round_is_not_published_in_the_name_of_an_office_that_nobody_entered() -> None:
    """Its officer may name whom he likes; who calls for applications is not his to say."""
    world = laboratory_world(published=False)
    offices = {**world.round.rules["offices"], "SAMR": world.bureau.public_id}
    found = edit(world.round, Edit(rules={"offices": offices}), world.round.version)

    with pytest.raises(Refused, match="不是平台管理员为这个项目指定的机关"):
        publish(found, world.officer, found.version)
