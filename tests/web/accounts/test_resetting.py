"""A forgotten password, a confirmed address: links by mail that work once, and tell nobody who has an account."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from people import PASSWORD, World

from guiju.web.accounts.domain import resetting
from guiju.web.accounts.domain.people import deactivate
from guiju.web.accounts.models import PasswordReset, Session, User
from guiju.web.accounts.tasks import send_reset
from guiju.web.api.domain import issue
from guiju.web.desk.domain.feeds import make_feed
from guiju.web.kit import clock
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
NEW = "远山如黛-近水含烟-2026"
FORGOTTEN = "/account/forgotten/"


def link_to(user: User, kind: str = "reset/") -> str:
    return Message.objects.filter(user=user, key__startswith=kind).latest("pk").link


def fill(client: Client, link: str, password: str = NEW) -> int:
    return client.post(link, {"new": password, "again": password}).status_code


def signs_in(login: str, password: str) -> bool:
    return Client().post("/account/sign-in/", {"login": login, "password": password}).status_code == 302


def knows(token: str) -> int:
    return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_link_sets_the_password_once_and_ends_every_session(world: World, client: Client) -> None:
    elsewhere = Client()
    elsewhere.force_login(world.manager)
    resetting.send("ZHANG@example.org")
    link = link_to(world.manager)

    assert "zhang" in client.get(link).content.decode()
    assert fill(client, link) == 302
    assert (signs_in("zhang", NEW), signs_in("zhang", PASSWORD)) == (True, False)
    assert not Session.objects.filter(user=world.manager, seen__isnull=True).exists()
    assert elsewhere.get("/account/").status_code == 302
    assert fill(client, link, "另一个密码-也很长-2026") == 410
    assert signs_in("zhang", NEW)


def test_a_reset_ends_api_tokens_and_the_calendars_address_and_says_so(world: World, client: Client) -> None:
    token, others = issue(world.manager, "OA", ("cases:read",), 30), issue(world.officer, "OA", ("cases:read",), 30)
    feed = f"/desk/calendar/{make_feed(world.manager, False)}.ics"
    resetting.send(world.manager.email)
    link = link_to(world.manager)

    assert (knows(token), client.get(feed).status_code) == (200, 200)
    assert "接口令牌和日历订阅地址都停用" in client.get(link).content.decode()
    assert (knows(token), fill(client, link, "1234567890"), knows(token)) == (200, 200, 200)  # too weak
    assert fill(client, link) == 302
    assert "接口令牌和日历订阅地址已停用" in client.get("/account/sign-in/").content.decode()
    assert (knows(token), client.get(feed).status_code, knows(others)) == (401, 404, 200)
    assert "接口令牌" in Message.objects.get(user=world.manager, key__startswith="reset-done/").body_zh


def test_a_changed_password_leaves_api_tokens_and_says_so(world: World, client: Client) -> None:
    token = issue(world.manager, "OA", ("cases:read",), 30)
    client.force_login(world.manager)

    assert "接口令牌和日历订阅地址照旧有效" in client.get("/account/password/").content.decode()
    changed = client.post("/account/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert (changed.status_code, signs_in("zhang", NEW), knows(token)) == (302, True, 200)


def test_only_the_last_hour_counts_and_one_use_voids_all_links(world: World, client: Client,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    resetting.send(world.manager.email)
    first = link_to(world.manager)
    resetting.send(world.manager.email)
    second = link_to(world.manager)
    assert fill(client, second) == 302
    assert fill(client, first) == 410
    resetting.send(world.manager.email)
    monkeypatch.setattr(clock, "_shift", lambda: dt.timedelta(minutes=61))
    assert fill(client, link_to(world.manager)) == 410


def test_a_weak_password_is_refused_and_the_link_still_works(world: World, client: Client) -> None:
    resetting.send(world.manager.email)
    link = link_to(world.manager)

    assert fill(client, link, "1234567890") == 200
    assert fill(client, link) == 302


def test_the_answer_is_the_same_whether_or_not_there_is_such_an_address(world: World) -> None:
    def answer(email: str) -> tuple[int, str]:
        found = Client().post(FORGOTTEN, {"email": email})
        return found.status_code, re.sub(r"\s+", " ", re.sub(r'value="[^"]*"', "", found.content.decode()))

    assert answer("zhang@example.org") == answer("nobody@example.org")
    assert not Message.objects.filter(key__startswith="reset/").exists()  # the work is done in the background, for both
    assert (send_reset.call("zhang@example.org"), send_reset.call("nobody@example.org")) == (1, 0)


def test_too_many_questions_are_refused_the_same_for_all(world: World, client: Client) -> None:
    for email in ("zhang@example.org", "nobody@example.org"):
        said = [client.post(FORGOTTEN, {"email": email}).content.decode() for _ in range(6)]
        assert ["分钟后再试" in html for html in said] == [False] * 5 + [True]


def test_a_closed_account_gets_no_link(world: World) -> None:
    deactivate(world.manager)

    assert resetting.send(world.manager.email) == 0
    assert resetting.send("") == 0


def test_the_token_itself_is_kept_nowhere_but_in_the_letter(world: World) -> None:
    resetting.send(world.manager.email)
    token = link_to(world.manager).split("/")[-2]

    assert PasswordReset.objects.get().digest != token
    assert resetting.find(token) is not None


def test_an_address_is_confirmed_by_its_letter_and_not_by_looking_at_it(world: World) -> None:
    client = Client()
    client.force_login(world.manager)
    client.post("/account/address/")
    link = link_to(world.manager, "confirm/")

    Client().get(link)
    assert User.objects.get(pk=world.manager.pk).confirmed is None
    Client().post(link)
    assert User.objects.get(pk=world.manager.pk).confirmed is not None
    client.post("/account/", {"name": "张经理", "email": "new@example.org"})
    assert User.objects.get(pk=world.manager.pk).confirmed is None
    Client().post(link)
    assert User.objects.get(pk=world.manager.pk).confirmed is None
