"""Forged and odd requests: each is answered in words, none breaks the site, none opens what is not the sender's."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from applying import drafted
from django.test import Client
from people import PASSWORD
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.web.accounts.models import User
from guiju.web.api.domain import issue

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
ODD_PATHS = ("/cases/%00/", "/cases/%FF%FE/", "/rounds/%ED%A0%80/", "/notices/%3Cscript%3E/", "/cases/..%2f..%2fetc/",
             "/account/invitation/%00/", "/intake/answer/%FF/", "/desk/calendar/%00.ics", "/rounds/new/../new/",
             f"/rounds/{'长' * 2000}/", "/account/reset/%C0%80/", "/laboratories/%E2%80%AE/", "/notices/lookup/answer/"
             + "9" * 5000 + "/")
ODD_QUERIES = ("page=-1", "page=" + "9" * 5000, "page=²", "page=x&page=y", "q=%00", "q=%FF%FE", "q=" + "%25" * 3000,
               "q[]=1", "year=٢٠٢٦", "year=0", "year=99999", "state=%00", "region=%27", "words=%00", "q=%ED%A0%80")
LISTS = ("/desk/search/", "/notices/", "/laboratories/", "/cases/", "/rounds/", "/inbox/", "/desk/deadlines/",
         "/laboratories/laboratories.xlsx", "/laboratories/laboratories.json")


@pytest.fixture
def lab(db: None) -> LaboratoryWorld:
    return laboratory_world()


def test_odd_addresses_and_queries(lab: LaboratoryWorld, signed_in: SignedIn) -> None:
    client = signed_in(lab.officer)
    for address in ODD_PATHS:
        assert client.get(address).status_code in (302, 400, 404, 410), address
    for place in LISTS:
        for query in ODD_QUERIES:
            answer = client.get(f"{place}?{query}")
            assert answer.status_code in (200, 302, 400, 404), (place, query)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"])
def test_wrong_methods_do_nothing(lab: LaboratoryWorld, signed_in: SignedIn, method: str) -> None:
    client = signed_in(lab.officer)
    for address in ("/desk/", "/account/", f"/rounds/{lab.round.public_id}/manage/", "/inbox/", "/healthz"):
        assert client.generic(method, address).status_code == 405, address


def test_without_its_token_no_form_is_taken(lab: LaboratoryWorld) -> None:
    application, client = drafted(lab), Client(enforce_csrf_checks=True)
    client.force_login(lab.applicant)
    client.cookies["csrftoken"] = "forged"
    for address in (f"/apply/{application.public_id}/fields/lab_name_zh/", f"/apply/{application.public_id}/comments/",
                    "/account/close/", f"/cases/{application.case.public_id}/do/T03/", "/account/sign-in/"):
        answer = client.post(address, {"value": "x", "csrfmiddlewaretoken": "x" * 64})
        assert answer.status_code == 403
        assert "页面已经过期" in answer.content.decode()


def test_bodies_that_are_not_what_they_say(lab: LaboratoryWorld, signed_in: SignedIn) -> None:
    application, client = drafted(lab), signed_in(lab.applicant)
    places = (f"/apply/{application.public_id}/fields/staff/", f"/apply/{application.public_id}/parts/cover/",
              f"/apply/{application.public_id}/fields/commitment/files/", "/account/passkeys/register/finish/")
    bodies = (("application/json", b"[" * 100_000), ("application/json", b'"\\ud800\\u0000"'), ("", b"\xff\xfe"),
              ("multipart/form-data", b"no boundary"), ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
              ("application/x-www-form-urlencoded; charset=utf-16", b"a=1"),
              ("application/x-www-form-urlencoded; charset=nonsense", b"a=1"),
              ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % n for n in range(1500))),
              ("application/x-www-form-urlencoded", b"rows=" + b"[" * 100_000),
              ("application/x-www-form-urlencoded", b'rows=[{"name":"\\ud800\\u0000x"}]'),
              ("application/x-www-form-urlencoded", b'rows={"a":1}&rows=[1,null,NaN]&version=%C2%B2'))
    for place in places:
        for media, body in bodies:
            answer = client.generic("POST", place, body, media)
            assert answer.status_code < 500, (place, media, body[:40])


def test_five_megabytes_of_fields_are_refused_in_words(lab: LaboratoryWorld, signed_in: SignedIn) -> None:
    application = drafted(lab)
    body = b"value=" + b"a" * (5 << 20)
    answer = signed_in(lab.applicant).generic("POST", f"/apply/{application.public_id}/fields/purpose_text/", body,
                                              "application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert "读不懂这次请求" in answer.content.decode()


@pytest.mark.parametrize("length", [str(1 << 30), "9" * 400, "²", "-1", "1e3"])
def test_a_length_that_is_too_large_or_none_is_refused_unread(client: Client, length: str) -> None:
    answer = client.generic("POST", "/account/sign-in/", b"x", CONTENT_LENGTH=length)

    assert answer.status_code == 413
    assert "最多上传" in answer.content.decode()


@pytest.mark.parametrize("host", ["evil.example", "testserver:80:80", "testserver/evil", "测试"])
def test_another_host_is_not_served(client: Client, host: str) -> None:
    answer = client.get("/account/sign-in/", headers={"host": host})

    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


@pytest.mark.parametrize("target", [
    "https://evil.example/", "//evil.example", "\\\\evil.example", "/\\evil.example", "javascript:alert(1)",
    " https://evil.example", "https:evil.example", "http:///evil.example", "\x00//evil.example"])
def test_no_address_leads_off_the_site(lab: LaboratoryWorld, target: str) -> None:
    client = Client()
    sent = {"login": "host", "password": PASSWORD, "next": target}
    assert client.post("/account/sign-in/", sent)["Location"] == "/desk/"
    assert client.post("/account/language/", {"next": target, "language": "en"})["Location"] == "/"
    assert client.get("/account/sign-in/", {"next": target})["Location"] == "/desk/"


def test_a_session_that_was_planted_is_not_taken_over(lab: LaboratoryWorld) -> None:
    client = Client()
    for planted in ("a" * 32, "\"><script>", "x" * 4000, "../../etc"):
        client.cookies["guiju_session"] = planted
        assert client.get("/desk/").status_code == 302
        client.post("/account/sign-in/", {"login": "host", "password": PASSWORD})
        assert client.cookies["guiju_session"].value != planted
        assert client.get("/desk/").status_code == 200
        client.post("/account/sign-out/")
    for cookie in ("language", "messages", "csrftoken"):
        client.cookies[cookie] = "\"><script>alert(1)</script>\x00" if cookie != "messages" else "W1tdXQ:1:forged"
    assert "<script>alert" not in client.get("/account/sign-in/").content.decode()


def test_a_session_that_ended_does_not_come_back(lab: LaboratoryWorld) -> None:
    client = Client()
    client.post("/account/sign-in/", {"login": "host", "password": PASSWORD})
    kept = client.cookies["guiju_session"].value
    client.post("/account/sign-out/")

    again = Client()
    again.cookies["guiju_session"] = kept
    assert again.get("/desk/").status_code == 302


def test_the_machines_door_takes_no_nonsense(lab: LaboratoryWorld) -> None:
    token = issue(lab.applicant, "t", ("cases:read", "cases:write", "applications:write", "applications:read"), 30)
    application, client = drafted(lab), Client()
    bodies = (b"[" * 100_000, b'{"value":' * 50_000, b'{"value": "\\ud800"}', b'{"value": "\\u0000", "version": 0}',
              b'{"value": 1e999, "version": 1e400}', b'{"value": "x", "version": ' + b"9" * 5000 + b"}", b"\xff\xfe",
              b'{"value": "x", "version": 99999999999999999999}', b'{"value": "x", "version": 0, "value": ["y"]}', b"")
    for body in bodies:
        answer = client.generic("PUT", f"/api/v1/applications/{application.public_id}/fields/lab_name_zh", body,
                                "application/json", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code < 500, body[:40]
        json.loads(answer.content)
    for forged in ("Bearer " + "9" * 10_000, "Bearer gj_\u00ff", "Bearer", "Basic aG9zdDp4", f"bearer {token}x"):
        assert client.get("/api/v1/me", headers={"Authorization": forged}).status_code == 401, forged
