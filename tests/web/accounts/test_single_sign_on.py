"""Single sign-on against an issuer of our own: code flow with PKCE, signed tokens, and whom they mean."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from people import World

from guiju.web.accounts.domain import oidc
from guiju.web.accounts.models import ExternalIdentity, User
from guiju.web.kit.clock import now
from guiju.web.signing_in import single_sign_on

pytestmark = pytest.mark.django_db
CLIENT, SECRET = "guiju", "only-for-tests-of-this-client"
KEY = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})


@dataclass
class Issuer:
    """Says of whoever comes what `claims` says. `key`, `header`: how it signs."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: KEY)
    header: dict[str, str] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    challenges: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def authorize(self, address: str) -> tuple[str, str]:
        """What the issuer's page would do: a code and the state, for the way back."""
        given = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        assert (given["response_type"], given["client_id"], given["code_challenge_method"]) == ("code", CLIENT, "S256")
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = given
        return code, given["state"]

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        self.asked.append(form)
        known = self.challenges.pop(form["code"], None)
        made = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if known is None or made != known["code_challenge"]:
            return None
        at = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": at, "exp": at + 300, "nonce": known["nonce"],
                  **self.claims}
        return {"access_token": "a", "token_type": "Bearer", "expires_in": 60,
                "id_token": jwt.encode(self.header, claims, self.key)}


def handler_of(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self, content: Any, status: int = 200) -> None:
            data = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def do_GET(self) -> None:
            if self.path.endswith("openid-configuration"):
                self.answer({"issuer": issuer.address, "authorization_endpoint": f"{issuer.address}/authorize",
                             "token_endpoint": f"{issuer.address}/token", "jwks_uri": f"{issuer.address}/keys",
                             "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]})
            else:
                self.answer({"keys": [KEY.as_dict(private=False)]})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            made = issuer.token({k: v[0] for k, v in parse_qs(body).items()})
            self.answer(made or {"error": "invalid_grant"}, 200 if made else 400)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


@pytest.fixture
def issuer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Issuer]:
    made = Issuer(claims={"sub": "s-1", "email": "zhang@example.org", "email_verified": True, "name": "张三",
                          "preferred_username": "zhangsan"})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(made))
    made.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    monkeypatch.setattr(settings, "OIDC", single_sign_on(made.address, CLIENT, SECRET))
    monkeypatch.setattr(settings, "ORIGIN", "http://testserver")
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


def go(client: Client, issuer: Issuer, next_: str = "/inbox/") -> str:
    """To the issuer and back; where one lands."""
    away = client.get("/account/sso/", {"next": next_})
    assert away["Location"].startswith(f"{issuer.address}/authorize?")
    code, state = issuer.authorize(away["Location"])
    return str(client.get("/account/sso/back/", {"code": code, "state": state})["Location"])


def who(client: Client) -> str:
    found = client.get("/account/")
    return found.context["request"].user.login if found.status_code == 200 else ""


def test_an_unknown_person_gets_an_account_and_is_known_the_next_time(issuer: Issuer, client: Client) -> None:
    issuer.claims["email"] = "new@example.org"
    assert go(client, issuer) == "/inbox/"
    assert who(client) == "zhangsan"
    again = Client()
    go(again, issuer)

    assert who(again) == "zhangsan"
    made = User.objects.get(login="zhangsan")
    assert (made.name, made.email, made.has_usable_password()) == ("张三", "new@example.org", False)
    assert issuer.asked[0]["grant_type"] == "authorization_code"


def test_an_address_links_only_if_both_sides_have_confirmed_it(world: World, issuer: Issuer, client: Client) -> None:
    go(client, issuer)
    assert who(client) == "zhangsan"  # another account: ours is not confirmed
    ExternalIdentity.objects.all().delete()
    User.objects.filter(login="zhangsan").delete()
    User.objects.filter(pk=world.manager.pk).update(confirmed=now())
    issuer.claims["email_verified"] = False
    other = Client()
    go(other, issuer)
    assert who(other) == "zhangsan"
    ExternalIdentity.objects.all().delete()
    issuer.claims["email_verified"] = True
    User.objects.filter(login="zhangsan").update(email="", confirmed=None)
    third = Client()
    go(third, issuer)
    assert who(third) == "zhang"


def test_who_is_signed_in_links_his_own(world: World, issuer: Issuer) -> None:
    client = Client()
    client.force_login(world.agent)
    assert go(client, issuer) == "/account/"
    later = Client()
    go(later, issuer)
    assert who(later) == "wang"
    thief = Client()
    thief.force_login(world.reader)
    go(thief, issuer)
    assert ExternalIdentity.objects.get().user == world.agent


def test_a_closed_account_stays_closed(world: World, issuer: Issuer, client: Client) -> None:
    ExternalIdentity.objects.create(user=world.agent, issuer=issuer.address, subject="s-1")
    User.objects.filter(pk=world.agent.pk).update(is_active=False)

    assert go(client, issuer) == "/account/sign-in/"
    assert who(client) == ""


def test_the_second_step_is_asked_for_all_the_same(world: World, issuer: Issuer, client: Client) -> None:
    from guiju.web.accounts.models import TotpDevice

    ExternalIdentity.objects.create(user=world.agent, issuer=issuer.address, subject="s-1")
    TotpDevice.objects.create(user=world.agent, secret="x", confirmed=now())

    assert go(client, issuer) == "/account/second-step/"
    assert who(client) == ""


@pytest.mark.parametrize("wrong", [
    {"aud": "another"}, {"iss": "https://elsewhere.example"}, {"nonce": "old"}, {"exp": 1_600_000_000}, {"sub": ""}])
def test_a_token_that_is_not_for_us_signs_nobody_in(issuer: Issuer, client: Client, wrong: dict[str, Any]) -> None:
    issuer.claims.update(wrong)

    assert go(client, issuer) == "/account/sign-in/"
    assert (who(client), User.objects.count()) == ("", 0)


@pytest.mark.parametrize(("key", "header"), [
    (RSAKey.generate_key(2048, {"kid": "one"}), {"alg": "RS256", "kid": "one"}),
    (OctKey.import_key(SECRET.encode()), {"alg": "HS256"})], ids=["another's key", "the shared secret"])
def test_a_token_that_the_issuer_did_not_sign_signs_nobody_in(issuer: Issuer, client: Client, key: Any,
                                                              header: dict[str, str]) -> None:
    issuer.key, issuer.header = key, header

    assert go(client, issuer) == "/account/sign-in/"
    assert User.objects.count() == 0


def test_a_way_back_that_nobody_began_signs_nobody_in(issuer: Issuer, client: Client) -> None:
    away = Client().get("/account/sso/")
    code, state = issuer.authorize(away["Location"])

    assert client.get("/account/sso/back/", {"code": code, "state": state})["Location"] == "/account/sign-in/"
    assert client.get("/account/sso/back/", {"error": "access_denied", "state": state}).status_code == 302
    assert User.objects.count() == 0


def test_an_issuer_out_of_reach_is_told_in_words(issuer: Issuer, client: Client,
                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "OIDC", single_sign_on("http://127.0.0.1:9", CLIENT, SECRET))
    page = client.get("/account/sso/", follow=True).content.decode()

    assert "统一认证没有成功" in page


def test_without_an_issuer_there_is_nothing(client: Client) -> None:
    assert not oidc.is_on()
    assert client.get("/account/sso/").status_code == 404
    assert "统一认证" not in client.get("/account/sign-in/").content.decode()


@pytest.mark.parametrize("given", [("https://x.example", "", ""), ("http://x.example", "a", "b")])
def test_half_a_setting_and_plain_http_are_refused(given: tuple[str, str, str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        single_sign_on(*given)
