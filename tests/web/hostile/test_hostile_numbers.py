"""Numbers of pages that are none, or enormous: an expert's marks, a notice's days, codes of the second step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from people import PASSWORD, person
from reviewing_world import Clock, reviewing
from test_voting_pages import listed

from guiju.web.accounts import totp
from guiju.web.accounts.domain import second_factor
from guiju.web.accounts.models import TotpDevice, User
from guiju.web.kit.clock import now
from guiju.web.kit.sealing import unseal

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
TOLD = (302, 400, 409)  # why it was not taken stands on the next page, or on this one beside what was typed
NONE = ("²", "٣", "9" * 5000, "9" * 30, "-1", "1e9", "NaN", "", "0x10", "１")


def test_a_mark_whose_version_is_no_number(on: Clock, signed_in: SignedIn) -> None:
    world = reviewing(on, 1)
    task = world.tasks[0]
    client = signed_in(task.user)
    for word in NONE:
        for value in (word, "80"):
            answer = client.post(f"/review/mine/{task.public_id}/marks/staff/",
                                 {"version": word, "value": value, "reason": word})
            assert answer.status_code in TOLD, word
    officer = signed_in(world.base.officer)
    for word in NONE:
        sent = {"do": "unseat", "seat": word}
        assert officer.post(f"/review/rounds/{world.round.public_id}/committee/", sent).status_code in TOLD, word


def test_a_notice_lasts_no_impossible_time(on: Clock, signed_in: SignedIn) -> None:
    world = listed(on, signed_in)
    client, address = signed_in(world.base.officer), f"/review/rounds/{world.round.public_id}/approval/"
    for word in ("²", "9" * 5000, "999999999", "-1", "367", "0"):
        sent = {"do": "publish", "days": word, "application": world.applications[0].public_id}
        page = client.post(address, sent, follow=True).content.decode()
        assert "公示天数写 1 到 366 的整数" in page, word


def test_days_ahead_are_plain_numbers(db: None, signed_in: SignedIn) -> None:
    client = signed_in(person("zhang", "张三"))
    for word in ("²", "٣", "9" * 5000, "-1", "1_0", "１", "7、x"):
        assert "写成整数" in client.post("/desk/reminders/", {"days": word[:60]}).content.decode(), word


def test_a_code_in_other_digits_is_wrong_and_no_error(client: Client) -> None:
    user = person("zhang", "张三")
    second_factor.secret_to_confirm(user)
    secret = unseal(TotpDevice.objects.get(user=user).secret, "totp")
    second_factor.confirm(user, totp.password(secret, int(now().timestamp()) // 30 - 1))
    client.post("/account/sign-in/", {"login": "zhang", "password": PASSWORD})

    for code in ("１２３４５６", "²²²²²²", "٣٣٣٣٣٣"):
        answer = client.post("/account/second-step/", {"code": code})
        assert "验证码不对" in answer.content.decode(), code
