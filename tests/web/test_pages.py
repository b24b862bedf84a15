"""The pages: a case is opened and moved by forms; headers; queries; hostile words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from people import LEADER, RESULT, World, moved, opened

from guiju.lifecycle.events import Evidence
from guiju.web.accounts.models import User
from guiju.web.cases.models import CaseRecord
from guiju.web.files.models import Attachment

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
HOSTILE = '"><script>alert(1)</script>=cmd|\' /C calc\'!A0'
ENTERING = {"fact-leader_standard_declared": "是", "fact-leader_standard_in_field": "是"}


def page(client: Client, address: str, **data: Any) -> str:
    return client.get(address, data).content.decode()


def values(html: str) -> dict[str, str]:
    """The hidden fields of the form of a move."""
    return dict(re.findall(r'<input type="hidden" name="(seen|as|kept-[^"]+)" value="([^"]*)"', html))


def test_a_case_is_opened_by_its_form(world: World, signed_in: SignedIn) -> None:
    client, address = signed_in(world.agent), f"/cases/programmes/{LEADER}/begin/enter/"
    form = page(client, address)
    missing = client.post(address, values(form))
    refused = client.post(address, {**values(form), **ENTERING, "fact-leader_standard_declared": "否"})
    made = client.post(address, {**values(form), **ENTERING})

    assert "参评标准已自我声明公开" in form
    assert missing.content.decode().count("这个字段是必填项") == 4  # at each field, and in the summary
    assert refused.status_code == 409
    assert "没有办成，什么也没有改动" in refused.content.decode()
    assert "已自我声明公开" in refused.content.decode()
    assert CaseRecord.objects.filter(owner=world.agent).get().public_id in made["Location"]


def test_an_officer_opens_a_case_of_an_organisation_by_its_code(world: World, signed_in: SignedIn) -> None:
    client = signed_in(world.officer)
    address = f"/cases/programmes/{LEADER}/begin/enter/?as={world.evaluator.public_id}"
    facts = {**ENTERING, "as": world.evaluator.public_id}

    made = client.post(address, {**facts, "code": world.theirs.code})
    record = CaseRecord.objects.get(public_id=made["Location"].split("/")[2])
    assert (record.organisation, record.owner) == (world.theirs, None)


def test_a_move_is_made_by_its_form(world: World, signed_in: SignedIn) -> None:
    client, address = signed_in(world.officer), f"/cases/{world.case.public_id}/do/evaluate/"
    form = page(client, address)
    facts = {"fact-leader_standard_level": "严于国行标", "fact-fee_taken_0": "0", "fact-fee_taken_1": "元",
             "fact-evaluator_apart": "是", "note": "已核对"}
    done = client.post(address, {**values(form), **facts}, follow=True).content.decode()

    assert "已办理：评估核心指标" in done
    assert "现在：已评估" in done
    assert "已核对" in done
    assert "钱评估" in done


def test_what_can_not_be_read_is_said_at_its_field(world: World, signed_in: SignedIn) -> None:
    client, address = signed_in(world.officer), f"/cases/{world.case.public_id}/do/evaluate/"
    answer = client.post(address, {"fact-leader_standard_level": "严于国行标", "fact-fee_taken_0": "很多",
                                   "fact-fee_taken_1": "元", "fact-evaluator_apart": "是"}).content.decode()

    assert "很多" in answer
    assert answer.count("errorlist") >= 1
    world.case.refresh_from_db()
    assert world.case.count == 1


def test_a_file_is_sent_once_though_the_form_comes_back(world: World, signed_in: SignedIn) -> None:
    client, address = signed_in(world.officer), f"/cases/{world.case.public_id}/do/evaluate/"
    name = re.findall(r'name="(paper-[^"]+)"', page(client, address))[0]
    pdf = SimpleUploadedFile("评估报告.pdf", b"%PDF-1.7\n%%EOF\n")
    back = client.post(address, {**values(page(client, address)), name: pdf}).content.decode()
    assert "已收到：评估报告.pdf" in back
    facts = {"fact-leader_standard_level": "严于国行标", "fact-fee_taken_0": "0", "fact-fee_taken_1": "元",
             "fact-evaluator_apart": "是"}
    client.post(address, {**values(back), **facts})

    attached = Attachment.objects.get()
    assert (attached.name, attached.holder_id, attached.note) == ("评估报告.pdf", world.case.public_id, "2")


def test_two_officers_press_the_same_button(world: World, signed_in: SignedIn) -> None:
    address = f"/cases/{world.case.public_id}/do/evaluate/"
    first, second = signed_in(world.officer), signed_in(world.colleague)
    facts = {"fact-leader_standard_level": "严于国行标", "fact-fee_taken_0": "0", "fact-fee_taken_1": "元",
             "fact-evaluator_apart": "是"}
    theirs = {**values(page(second, address)), **facts}
    assert first.post(address, {**values(page(first, address)), **facts}).status_code == 302
    late = second.post(address, theirs, follow=True).content.decode()

    assert "已有新进展" in late
    world.case.refresh_from_db()
    assert world.case.count == 2


def test_what_keeps_a_move_back_stands_beside_it(world: World, signed_in: SignedIn) -> None:
    moved(world.case, "evaluate", world.officer, RESULT)
    moved(world.case, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    shown = page(signed_in(world.officer), f"/cases/{world.case.public_id}/")

    assert "还不能办的" in shown
    assert "排行榜公示应满 5 个工作日" in shown
    assert "公示期满后再办" in shown
    assert "第四条(四)" in shown


def test_no_page_holds_a_script_a_style_or_an_address_of_others(world: World, signed_in: SignedIn) -> None:
    client, case = signed_in(world.manager), world.case.public_id
    pages = ["/", "/cases/", f"/cases/{case}/", f"/cases/{case}/audit/", "/cases/programmes/", "/desk/deadlines/",
             f"/cases/programmes/{LEADER}/", f"/cases/programmes/{LEADER}/begin/enter/", "/account/", "/inbox/",
             "/account/second/", f"/account/organisations/{world.ours.public_id}/", "/nothing/",
             "/account/organisations/"]
    for address in pages:
        answer = client.get(address)
        html = answer.content.decode()
        policy = answer["Content-Security-Policy"]
        assert "script-src 'self';" in f"{policy};", address
        assert "style-src 'self';" in f"{policy};", address
        assert "unsafe" not in policy
        assert re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|javascript:", html) == [], address
        assert [a for a in re.findall(r'(?:src|href|action)="([^"]+)"',
                                      html) if not a.startswith(("/", "#", "?"))] == [], address
        assert (answer["X-Frame-Options"], answer["Cache-Control"]) == ("DENY", "private, no-store"), address


def test_hostile_words_stay_words(world: World, signed_in: SignedIn) -> None:
    for field, thing in (("name", world.manager), ("name", world.ours), ("title", world.case)):
        setattr(thing, field, HOSTILE[:60])
        thing.save()
    moved(world.case, "evaluate", world.officer, Evidence(RESULT.given, note=HOSTILE))
    client = signed_in(User.objects.get(pk=world.manager.pk))
    for address in ("/cases/", f"/cases/{world.case.public_id}/", "/account/", "/inbox/",
                    f"/account/organisations/{world.ours.public_id}/", f"/cases/?q={HOSTILE}"):
        html = page(client, address)
        assert "<script>alert" not in html, address
        assert "&lt;script&gt;" in html, address


def test_a_list_takes_as_many_queries_for_many_cases_as_for_one(
        world: World, signed_in: SignedIn, django_assert_num_queries: Any) -> None:
    client = signed_in(world.manager)
    client.get("/cases/")
    with django_assert_num_queries(9):
        client.get("/cases/")
    for _ in range(5):
        opened(world.chart, world.manager)
    with django_assert_num_queries(9):
        assert client.get("/cases/").content.decode().count("企业标准领跑者称号") == 6


def test_a_case_takes_as_many_queries_for_many_events_as_for_one(
        world: World, signed_in: SignedIn, django_assert_num_queries: Any) -> None:
    client, address = signed_in(world.officer), f"/cases/{world.case.public_id}/"
    client.get(address)
    with django_assert_num_queries(11):
        client.get(address)
    moved(world.case, "evaluate", world.officer, RESULT)
    moved(world.case, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    with django_assert_num_queries(11):
        client.get(address)


def test_a_form_of_another_site_is_refused_in_plain_words(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.manager)
    answer = client.post("/account/password/", {"old": "x"})

    assert answer.status_code == 403
    assert "页面已经过期" in answer.content.decode()


@pytest.mark.django_db
def test_without_an_account_the_programmes_lead_to_what_everyone_may_read(client: Client) -> None:
    page = client.get("/cases/programmes/").content.decode().partition("<main")[2].partition("</main")[0]
    links = re.findall(r'href="([^"]+)"', page)

    assert f"/library/charts/{LEADER}/" in links
    assert [a for a in links if not a.startswith("/library/charts/")] == []
    assert client.get(f"/library/charts/{LEADER}/").status_code == 200


def test_signed_in_the_programmes_lead_to_where_a_case_is_begun(world: World, signed_in: SignedIn) -> None:
    assert f'href="/cases/programmes/{LEADER}/"' in signed_in(world.manager).get("/cases/programmes/").content.decode()


def test_a_fault_of_the_site_is_said_to_be_its_own(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    monkeypatch.setattr("guiju.web.cases.views.lists.programmes", lambda: 1 / 0)
    answer = client.get("/cases/programmes/")

    assert answer.status_code == 500
    assert "这是网站的毛病，不是您的" in answer.content.decode()
    assert "ZeroDivisionError" not in answer.content.decode()


def test_the_site_answers_a_watchdog(client: Client, db: None) -> None:
    assert client.get("/healthz").content == b"ok"


def test_htmx_gets_the_rows_alone(world: World, signed_in: SignedIn) -> None:
    answer = signed_in(world.manager).get("/cases/", {"q": "领跑者"}, HTTP_HX_REQUEST="true").content.decode()

    assert answer.lstrip().startswith('<div class="scroll">')
    assert site.DEBUG is False


@pytest.mark.parametrize("address", ["/cases/programmes/national/nothing/", "/cases/programmes/common/objection/",
                                     f"/cases/programmes/{LEADER}/begin/evaluate/", "/cases/x/do/y/",
                                     "/cases/programmes/../../etc/passwd/"])
def test_what_is_not_there_is_not_found(world: World, signed_in: SignedIn, address: str) -> None:
    assert signed_in(world.manager).get(address).status_code == 404
