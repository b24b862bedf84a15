"""The machine's door: tokens, scopes, cases. What the pages keep back, it keeps back."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from calling import Program
from django.test import Client
from people import RESULT, World, moved, true_day

from guiju.lifecycle.events import Evidence
from guiju.web.accounts.models import User
from guiju.web.api import pages
from guiju.web.api.domain import revoke
from guiju.web.api.models import ApiToken
from guiju.web.cases.models import CaseRecord

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def test_without_a_token_nothing_is_told(world: World, client: Client) -> None:
    client.force_login(world.manager)  # cookies count for nothing

    for headers in ({}, {"Authorization": "Bearer gj_wrong"}, {"Authorization": "Basic eDp4"}):
        answer = client.get("/api/v1/cases", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (401, "token")
        assert "Bearer" in answer.json()["zh"]


def test_a_plain_list_says_how_many_there_are_and_where_the_rest_is(world: World, monkeypatch: pytest.MonkeyPatch
                                                                      ) -> None:
    for record in (world.case, world.secret):
        moved(record, "evaluate", world.officer, RESULT)
        moved(record, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    caller = Program(world.officer)
    whole = caller.get("deadlines", days=3660)
    assert (whole["X-Total-Count"], whole.has_header("Link")) == (str(len(whole.json())), False)
    assert len(whole.json()) > 1
    monkeypatch.setattr(pages, "LONG", 1)
    first = caller.get("deadlines", days=3660)

    found = re.fullmatch(r'<http://testserver/api/v1/(deadlines)[?](days=3660&page=2)>; rel="next"', first["Link"])
    assert found, first["Link"]
    second = caller.get("deadlines", days=3660, page=2)
    assert [*first.json(), *second.json()] == whole.json()[:2]
    assert caller.get("deadlines", days=3660, page=len(whole.json())).has_header("Link") is False


def test_a_token_ends_when_revoked_expired_or_its_person_is_barred(world: World, on: Any) -> None:
    one, other = Program(world.manager), Program(world.manager)
    assert revoke(world.manager, ApiToken.objects.get(start=one.token[:8], digest=_digest(one.token)).pk)
    assert (one.get("me").status_code, other.get("me").status_code) == (401, 200)

    on(true_day(31).isoformat())
    assert other.get("me").status_code == 401


def test_a_token_of_someone_who_may_not_sign_in_is_none(world: World) -> None:
    caller = Program(world.manager)
    User.objects.filter(pk=world.manager.pk).update(is_active=False)

    assert caller.get("me").status_code == 401


def test_the_token_itself_is_not_kept(world: World) -> None:
    caller = Program(world.manager)

    assert caller.token not in json.dumps(list(ApiToken.objects.values()), default=str)


def test_a_scope_that_is_lacking_is_named(world: World) -> None:
    answer = Program(world.manager, "cases:read").post(f"cases/{world.case.public_id}/moves", {"move": "evaluate"})

    assert (answer.status_code, answer.json()["code"]) == (403, "denied")
    assert "cases:write" in answer.json()["zh"]


def test_one_sees_ones_own_cases_and_no_others(world: World) -> None:
    caller = Program(world.manager)
    listed = caller.get("cases").json()

    assert [c["id"] for c in listed["cases"]] == [world.case.public_id]
    assert (listed["count"], listed["more"]) == (1, False)
    assert caller.get("cases", words="机密").json()["count"] == 0
    for path in ("", "/verification", "/file"):
        real = caller.get(f"cases/{world.secret.public_id}{path}")
        invented = caller.get(f"cases/AAAA-BBBB-CCCC{path}")
        assert (real.status_code, real.content) == (404, invented.content)


def test_a_move_is_made_and_the_case_tells_of_it(world: World) -> None:
    caller = Program(world.officer)
    waits = next(c for c in caller.get("cases").json()["cases"] if c["id"] == world.case.public_id)["waits"]
    assert [w["move"] for w in waits] == ["evaluate"]

    made = caller.post(f"cases/{world.case.public_id}/moves", {"move": "evaluate", "given": dict(RESULT.given)})

    assert made.status_code == 200, made.content
    whole = caller.get(f"cases/{world.case.public_id}").json()
    assert (whole["stage"], whole["history"][-1]["actor"]["zh"]) == (made.json()["stage"], "钱评估")
    assert caller.get(f"cases/{world.case.public_id}/verification").json()["whole"] is True


def test_what_can_not_be_done_is_refused_with_clause_and_remedy(world: World) -> None:
    answer = Program(world.manager).post(f"cases/{world.case.public_id}/moves",
                                         {"move": "evaluate", "given": dict(RESULT.given)})

    assert (answer.status_code, answer.json()["code"]) == (409, "role")
    assert answer.json()["reasons"][0]["clauses"]
    assert answer.json()["reasons"][0]["lift"]["zh"]


def test_who_comes_too_late_is_told(world: World) -> None:
    seen = world.case.head
    moved(world.case, "evaluate", world.officer, RESULT)

    answer = Program(world.colleague).post(f"cases/{world.case.public_id}/moves",
                                           {"move": "evaluate", "given": dict(RESULT.given), "seen": seen})

    assert (answer.status_code, answer.json()["code"]) == (409, "overtaken")


@pytest.mark.parametrize(("content", "at"), [
    ({"move": "evaluate", "given": {"没有的词": "1"}}, ""), ({"move": 3}, "move"), ({}, "move"),
    ({"move": "evaluate", "role": "EVALUATOR"}, "role"), ({"move": "evaluate", "given": []}, "given"),
    ({"move": "evaluate", "given": {"向企业收费额": "许多"}}, ""),
])
def test_what_is_badly_sent_is_answered_in_words(world: World, content: dict[str, Any], at: str) -> None:
    answer = Program(world.officer).post(f"cases/{world.case.public_id}/moves", content)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert any(at in fault["at"] and fault["zh"] for fault in answer.json()["faults"])
    assert CaseRecord.objects.get(pk=world.case.pk).count == world.case.count


def test_a_case_is_opened_with_a_paper(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    caller = Program(world.manager)
    sent = caller.client.post("/api/v1/files", {"file": SimpleUploadedFile("证明.pdf", PDF)}, headers=caller.headers)
    assert sent.status_code == 201, sent.content

    made = caller.post("cases", {
        "programme": "national/leader-title", "move": "enter",
        "given": {"参评标准已自我声明公开": "是", "参评标准属重点领域": "是"},
        "parameters": {"places": "3 位"}, "papers": [{"ticket": sent.json()["ticket"], "paper": "证明"}]})

    assert made.status_code == 201, made.content
    assert caller.get(f"cases/{made.json()['id']}").json()["history"][0]["papers"] == ["证明"]


def test_a_ticket_of_someone_else_buys_nothing(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    theirs = Program(world.stranger)
    sent = theirs.client.post("/api/v1/files", {"file": SimpleUploadedFile("证明.pdf", PDF)},
                              headers=theirs.headers).json()

    answer = Program(world.officer).post(f"cases/{world.case.public_id}/moves", {
        "move": "evaluate", "given": dict(RESULT.given), "papers": [{"ticket": sent["ticket"]}]})

    assert (answer.status_code, answer.json()["code"]) == (409, "refused")


def test_what_is_unseen_on_the_page_is_unseen_here(world: World) -> None:
    from guiju.lifecycle.events import Evidence

    moved(world.case, "evaluate", world.officer, RESULT)
    moved(world.case, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    moved(world.case, "ranking_objection:raise", world.colleague, Evidence({"异议理由": "数据是抄来的"}))
    ours = Program(world.manager)

    for path in (f"cases/{world.case.public_id}", "cases", "letters", "deadlines"):
        text = ours.get(path).content.decode()
        assert "孙评估" not in text
        assert "数据是抄来的" not in text
    assert ours.get(f"cases/{world.case.public_id}/file").status_code == 403
    assert "数据是抄来的" in Program(world.officer).get(f"cases/{world.case.public_id}").content.decode()


def test_the_token_page_shows_a_new_token_once(world: World, signed_in: Any) -> None:
    client = signed_in(world.manager)
    page = client.post("/api/tokens/", {"name": "报表程序", "scopes": ["cases:read"], "days": "30"}).content.decode()
    plain = page.split('class="digest">')[1].split("<")[0]

    assert plain.startswith("gj_")
    assert plain not in client.get("/api/tokens/").content.decode()
    assert "报表程序" in client.get("/api/tokens/").content.decode()
    assert "报表程序" not in signed_in(world.stranger).get("/api/tokens/").content.decode()


def test_what_is_offered_is_listed_for_everyone(client: Client) -> None:
    page = client.get("/api/").content.decode()

    assert "/api/v1/cases" in page
    assert client.get("/api/v1/openapi.json").json()["info"]["title"] == "规矩 Guiju"


def _digest(plain: str) -> str:
    import hashlib

    return hashlib.sha256(plain.encode()).hexdigest()


@pytest.mark.parametrize("text", ["\ud800", "甲\x00乙"], ids=["half a character", "NUL"])
def test_text_that_no_database_keeps_is_answered_in_words(world: World, text: str) -> None:
    answer = Program(world.officer).post("cases", {"programme": "national/leader-title", "move": "enter",
                                                   "title": text})

    assert answer.status_code in (409, 422)
    assert answer.json()["zh"]
