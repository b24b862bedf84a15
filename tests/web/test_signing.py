"""Signing in, second factors, sessions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from people import PASSWORD, World, person

from guiju.web.accounts import totp
from guiju.web.accounts.domain import second_factor
from guiju.web.accounts.models import Session, TotpDevice, User
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.kit.sealing import unseal

pytestmark = pytest.mark.django_db
SIGN_IN, SECOND = "/account/sign-in/", "/account/second-step/"


@pytest.fixture
def user(db: None) -> User:
    return person("zhang", "张三")


def sign_in(client: Client, password: str = PASSWORD, login: str = "zhang", **more: str) -> str:
    answer = client.post(SIGN_IN, {"login": login, "password": password, **more})
    return answer["Location"] if answer.status_code == 302 else answer.content.decode()


def secret_of(user: User) -> bytes:
    return unseal(TotpDevice.objects.get(user=user).secret, "totp")


def with_factor(user: User) -> list[str]:
    second_factor.secret_to_confirm(user)
    return second_factor.confirm(user, totp.password(secret_of(user), int(now().timestamp()) // 30 - 1))


# RFC 6238, appendix B, SHA-1: eight digits.
@pytest.mark.parametrize(("seconds", "expected"), [
    (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
    (2000000000, "69279037"), (20000000000, "65353130")])
def test_passwords_by_the_clock_are_those_of_the_rfc(seconds: int, expected: str) -> None:
    assert totp.password(b"12345678901234567890", seconds // 30, digits=8) == expected


def test_signing_in_by_name_in_any_case(client: Client, user: User) -> None:
    assert sign_in(client, login=" ZHANG ") == "/desk/"


def test_wrong_password_and_unknown_name_sound_the_same(client: Client, user: User) -> None:
    wrong, unknown = sign_in(client, "x"), sign_in(client, "x", login="nobody")

    assert "登录名或密码不对" in wrong
    assert "登录名或密码不对" in unknown


def test_five_failures_lock_out_in_plain_words(client: Client, user: User) -> None:
    for _ in range(5):
        sign_in(client, "x")

    said = sign_in(client)
    assert "连续输错多次，为保护账号，请 15 分钟后再试" in said
    assert client.get("/cases/").status_code == 302
    assert sign_in(Client(REMOTE_ADDR="10.9.8.7")) == "/desk/"  # from elsewhere the owner still comes in


def test_the_lock_opens_with_time(client: Client, user: User, on: Callable[[str], None]) -> None:
    on("2026-11-20")
    for _ in range(5):
        sign_in(client, "x")
    on("2026-11-21")

    assert sign_in(client) == "/desk/"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_one_lands_nowhere_else(client: Client, user: User, address: str) -> None:
    assert sign_in(client, next=address) == "/desk/"


def test_the_session_key_changes_at_sign_in(client: Client, user: User) -> None:
    client.get(SIGN_IN)
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["guiju_session"] = before

    sign_in(client)

    assert client.session.session_key != before
    assert "x" not in client.session
    assert not Session.objects.filter(session_key=before).exists()


def test_a_second_factor_is_asked_for_and_holds_once(client: Client, user: User) -> None:
    with_factor(user)

    assert sign_in(client) == SECOND
    assert client.get("/cases/").status_code == 302  # half signed in is not signed in
    code = totp.password(secret_of(user), int(now().timestamp()) // 30)
    assert client.post(SECOND, {"code": code})["Location"] == "/desk/"
    other = Client()
    sign_in(other)
    assert "验证码不对，或已经用过" in other.post(SECOND, {"code": code}).content.decode()


def test_a_recovery_code_works_once(client: Client, user: User) -> None:
    codes = with_factor(user)
    sign_in(client)
    assert client.post(SECOND, {"code": codes[0].upper()}).status_code == 302
    other = Client()
    sign_in(other)

    assert other.post(SECOND, {"code": codes[0]}).status_code == 200
    assert second_factor.codes_left(user) == 9


def test_codes_can_not_be_guessed_on_and_on(client: Client, user: User) -> None:
    with_factor(user)
    sign_in(client)
    for _ in range(5):
        client.post(SECOND, {"code": "000000"})
    code = totp.password(secret_of(user), int(now().timestamp()) // 30)

    assert "连续输错多次" in client.post(SECOND, {"code": code}).content.decode()


def test_the_second_step_is_shut_without_the_first(client: Client, user: User) -> None:
    assert client.get(SECOND)["Location"] == SIGN_IN


def test_a_sealed_secret_opens_for_its_purpose_only(user: User) -> None:
    from cryptography.fernet import InvalidToken

    with_factor(user)
    device = TotpDevice.objects.get(user=user)

    assert secret_of(user).hex() not in device.secret
    with pytest.raises(InvalidToken):
        unseal(device.secret, "something else")


def test_sessions_are_listed_and_ended(client: Client, user: User) -> None:
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Chrome/156", REMOTE_ADDR="10.0.0.9")
    sign_in(client)
    sign_in(other)
    page = client.get("/account/").content.decode()

    assert "Chrome · Windows" in page
    assert "10.0.0.9" in page
    assert other.session.session_key not in page
    client.post("/account/sessions/end/", {"which": "others"})
    assert other.get("/cases/").status_code == 302
    assert client.get("/cases/").status_code == 200


def test_nobody_ends_sessions_of_others(client: Client, user: User) -> None:
    from guiju.web.accounts.domain.signing import session_digest

    stranger = Client()
    person("li", "李四")
    sign_in(stranger, login="li")
    sign_in(client)
    stranger.post("/account/sessions/end/", {"which": session_digest(client.session.session_key)})

    assert client.get("/cases/").status_code == 200


def test_a_new_password_ends_other_sessions(client: Client, user: User) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    new = "高山流水-遇知音-9"
    client.post("/account/password/", {"old": PASSWORD, "new": new, "again": new})

    assert client.get("/cases/").status_code == 200
    assert other.get("/cases/").status_code == 302
    assert sign_in(Client(), new) == "/desk/"


@pytest.mark.parametrize("password", ["short", "1234567890123", "password123", "zhang-zhang"])
def test_weak_passwords_are_refused(db: None, password: str) -> None:
    from guiju.web.accounts.domain.people import register

    with pytest.raises(Refused):
        register("zhang-zhang", "张三", password)


def test_signing_out_takes_a_press(client: Client, user: User) -> None:
    sign_in(client)
    client.get("/account/sign-out/")
    assert client.get("/cases/").status_code == 200
    client.post("/account/sign-out/")
    assert client.get("/cases/").status_code == 302


def test_what_a_person_reads_is_in_his_language(client: Client, user: User) -> None:
    sign_in(client)
    client.post("/account/language/", {"language": "en", "next": "/cases/"})
    page = client.get("/cases/")

    assert page["Content-Language"] == "en"
    assert "My cases" in page.content.decode()
    assert client.get("/nothing/").content.decode().count("Not found")


def test_a_language_chosen_before_signing_in_stays(client: Client, user: User) -> None:
    client.post("/account/language/", {"language": "en", "next": "/"})
    sign_in(client)

    assert "My cases" in client.get("/cases/").content.decode()


def test_someone_who_was_shut_out_is_out_at_once(client: Client, world: World) -> None:
    from guiju.web.accounts.domain.people import deactivate

    sign_in(client)
    deactivate(world.manager)

    assert client.get("/cases/").status_code == 302
    assert "登录名或密码不对" in sign_in(client)
