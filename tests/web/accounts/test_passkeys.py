"""Passkeys in Chromium, with an authenticator of its own: registered, asked for as the second step, removed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from browser import Visits, accessible
from people import PASSWORD, World
from playwright.sync_api import CDPSession, Page, expect

from guiju.web.accounts.models import Passkey
from guiju.web.kit.clock import now


@dataclass
class Device:
    """An authenticator inside one browser; what it holds can be taken along into another one."""

    line: CDPSession
    number: str

    def held(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.line.send(
            "WebAuthn.getCredentials", {"authenticatorId": self.number})["credentials"]
        return found

    def take(self, credential: dict[str, Any]) -> None:
        self.line.send("WebAuthn.addCredential", {"authenticatorId": self.number, "credential": credential})


def device(page: Page) -> Device:
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    made = line.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True}})
    return Device(line, made["authenticatorId"])


def registered(visit: Visits, world: World) -> dict[str, Any]:
    """The manager registers a passkey on the account page. What the device then holds."""
    page = visit(world.manager)
    own = device(page)
    page.goto("/account/")
    page.click("[data-passkey=register]")
    page.get_by_text("通行密钥已登记").wait_for()
    accessible(page)
    credential, = own.held()
    return credential


def at_the_second_step(visit: Visits, credential: dict[str, Any]) -> Page:
    """The password is typed in a new browser with the device beside it."""
    page = visit()
    device(page).take(credential)
    page.goto("/account/sign-in/")
    page.fill("[name=login]", "zhang")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/account/second-step/")
    return page


@pytest.fixture
def credential(visit: Visits, world: World) -> dict[str, Any]:
    return registered(visit, world)


def test_a_passkey_is_the_second_step(visit: Visits, credential: dict[str, Any]) -> None:
    page = at_the_second_step(visit, credential)
    accessible(page)

    page.click("[data-passkey=sign-in]")
    page.wait_for_url("**/desk/")
    expect(page.locator("header.site")).to_contain_text("张经理")


def test_the_password_alone_lets_nobody_in(visit: Visits, credential: dict[str, Any]) -> None:
    page = at_the_second_step(visit, credential)

    page.goto("/desk/")
    assert "/account/sign-in/" in page.url


def test_who_lost_the_device_signs_in_by_a_recovery_code(visit: Visits, world: World,
                                                         credential: dict[str, Any]) -> None:
    page = visit(world.manager)
    page.goto("/account/")
    page.click("a[href='/account/second/codes/']")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    code = page.inner_text(".codes li >> nth=0")

    later = visit.sign_in("zhang", PASSWORD)
    accessible(later)
    later.fill("[name=code]", code)
    later.click("main form button")
    later.wait_for_url("**/desk/")


def test_no_code_is_asked_for_where_there_is_none(visit: Visits, credential: dict[str, Any]) -> None:
    page = at_the_second_step(visit, credential)

    expect(page.locator("[data-passkey=sign-in]")).to_be_visible()
    expect(page.locator("[name=code]")).to_have_count(0)


def test_a_copy_of_the_key_is_refused(visit: Visits, credential: dict[str, Any]) -> None:
    """Its counter is behind: the key itself has signed meanwhile."""
    Passkey.objects.update(sign_count=1_000, used=now())
    page = at_the_second_step(visit, credential)

    page.click("[data-passkey=sign-in]")
    page.get_by_text("通行密钥没有通过").wait_for()
    visit.faults.clear()  # the answer is a 400, as it should be
    page.goto("/desk/")
    assert "/account/sign-in/" in page.url


def test_without_its_passkey_the_password_is_enough_again(visit: Visits, world: World,
                                                          credential: dict[str, Any]) -> None:
    page = visit(world.manager)
    page.goto("/account/")
    page.click("form[action*='/passkeys/'] button")
    page.get_by_text("通行密钥已删除").wait_for()

    after = visit.sign_in("zhang", PASSWORD)
    after.wait_for_url("**/desk/")
