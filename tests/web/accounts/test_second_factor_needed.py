"""Who must have a second factor sees nothing and does nothing before he has one."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from people import World, person

from guiju.web.accounts import totp
from guiju.web.accounts.domain import second_factor
from guiju.web.accounts.domain.organisations import make_recommending
from guiju.web.accounts.models import TotpDevice, User
from guiju.web.cases.domain import assign
from guiju.web.kit.clock import now
from guiju.web.kit.sealing import unseal
from guiju.web.signing_in import second_factor as setting

pytestmark = pytest.mark.django_db
NEEDED = "/account/second/needed/"


@pytest.fixture(autouse=True)
def _offices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", "offices")


def opened(user: User, address: str = "/cases/") -> str:
    """Where someone who signed in by password alone lands."""
    client = Client()
    client.force_login(user)
    answer = client.get(address)
    return answer["Location"] if answer.status_code == 302 else str(answer.status_code)


def test_offices_evaluators_operators_and_holders_of_roles_must(world: World) -> None:
    expert = person("expert", "专家甲")
    assert opened(expert) == "200"
    assign(world.chart, "EVALUATOR", user=expert, case=world.case)

    assert [opened(u) for u in (world.officer, world.colleague, world.operator, expert)] == [NEEDED] * 4
    assert [opened(u) for u in (world.manager, world.agent, world.reader)] == ["200"] * 3


def test_who_recommends_must(world: World) -> None:
    make_recommending(world.ours, region="110000")

    assert [opened(u) for u in (world.manager, world.agent, world.reader)] == [NEEDED, NEEDED, "200"]


def test_public_pages_and_the_own_account_stay_open(world: World) -> None:
    for address in ("/", "/account/", "/account/second/", "/cases/programmes/"):
        assert opened(world.officer, address) == "200"
    assert opened(world.officer, NEEDED) == "403"
    assert opened(world.officer, f"/cases/{world.case.public_id}/") == NEEDED


def test_a_factor_opens_everything(world: World) -> None:
    second_factor.secret_to_confirm(world.officer)
    secret = unseal(TotpDevice.objects.get(user=world.officer).secret, "totp")
    assert opened(world.officer) == NEEDED
    second_factor.confirm(world.officer, totp.password(secret, int(now().timestamp()) // 30))

    assert opened(world.officer) == "200"


def test_a_role_given_meanwhile_stops_the_next_act(world: World) -> None:
    client = Client()
    client.force_login(world.manager)
    address = f"/cases/{world.case.public_id}/"
    assert client.get(address).status_code == 200
    assign(world.chart, "EVALUATOR", organisation=world.ours)

    assert client.get(address).status_code == 200  # looked at within ten minutes
    assert client.post("/account/organisations/new/").status_code == 302
    assert client.post(f"{address}partners/")["Location"] == NEEDED


def test_all_and_off(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SECOND_FACTOR", "all")
    assert opened(world.reader) == NEEDED
    monkeypatch.setattr(settings, "SECOND_FACTOR", "off")
    assert opened(world.officer) == "200"
    with pytest.raises(ImproperlyConfigured):
        setting("sometimes")
