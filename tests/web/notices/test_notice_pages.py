"""The public's pages of notices, and the office's desk."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from rounds_world import LaboratoryWorld, begun, examined, laboratory_world

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.files.models import Attachment
from guiju.web.notices.domain import Item, publish
from guiju.web.notices.domain.objecting import forget_origins
from guiju.web.notices.models import NoticeItem, Objection, PublicNotice

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
Clock = Callable[[str], None]
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
GROUND = "设备清单里的三台仪器属于另一个单位"


@pytest.fixture
def world(on: Clock) -> LaboratoryWorld:
    on("2026-04-29")
    world = laboratory_world()
    record = examined(world, begun(world))
    publish(world.round, "P1", [Item(record, Text("通过形式审查", "passed"), "", "先进材料国家质量标准实验室")],
            world.officer, text="现将形式审查结果予以公示。")
    return world


def item() -> NoticeItem:
    return NoticeItem.objects.select_related("notice", "case").get()


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def objected(client: Client, **more: object) -> str:
    """Sends an objection; the code of its receipt."""
    own = item()
    answer = client.post(f"/notices/{own.notice.public_id}/object/1/",
                         {"ground": GROUND, "how": "anonymous", **more}, follow=True)
    found = re.search(r"<b>([2-9A-Z]{4}(?:-[2-9A-Z]{4}){3})</b>", answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def test_the_list_says_whom_a_notice_is_about(world: LaboratoryWorld, client: Client) -> None:
    rows = page(client, "/notices/").partition("<tbody>")[2]

    assert rows.count("先进材料国家质量标准实验室") == 1


def test_the_clock_counts_working_days_and_names_the_days_of_rest(world: LaboratoryWorld, client: Client, on: Clock
                                                                  ) -> None:
    notice = PublicNotice.objects.get()
    on("2026-05-07")
    html = page(client, f"/notices/{notice.public_id}/")

    assert "先进材料国家质量标准实验室" in html
    assert "现将形式审查结果予以公示" in html
    assert re.search(r"已满 <b>3</b>，还有 <b>2</b>", html), re.findall("已满.*", html)
    assert html.count(">休</b>") == 5
    assert "公示中" in page(client, "/notices/")


def test_it_is_an_official_paper_in_the_name_of_the_office(world: LaboratoryWorld, client: Client) -> None:
    notice = PublicNotice.objects.get()
    pdf, docx = (client.get(f"/notices/{notice.public_id}/paper.{kind}") for kind in ("pdf", "docx"))

    assert (pdf.content[:5], docx.content[:2]) == (b"%PDF-", b"PK")
    words = "\n".join(p.text for p in Document(io.BytesIO(docx.content)).paragraphs)
    assert "示例质量发展局" in words
    assert "公示期自2026年4月29日起" in words
    assert client.get(f"/notices/{notice.public_id}/paper.exe").status_code == 404


def test_somebody_without_an_account_objects_and_looks_it_up(world: LaboratoryWorld, client: Client,
                                                             signed_in: SignedIn) -> None:
    code = objected(client, evidence=SimpleUploadedFile("王二的照片.png", PNG))
    assert code not in page(client, "/notices/lookup/")
    objection = Objection.objects.get()
    officer, desk = signed_in(world.officer), f"/notices/desk/{objection.public_id}/"
    html = page(officer, desk)
    assert GROUND in html
    assert "匿名，平台没有保存身份" in html
    assert "办结之前不能办理" in html
    head = re.search(r'name="seen" value="(\w+)"', html)
    assert head
    officer.post(desk, {"step": "accept", "seen": head[1]})
    officer.post(f"{desk}inquire/", {"to": "objector", "question": "哪三台？"})

    other = Client()
    assert "没有这个编码的异议" in other.post("/notices/lookup/", {"code": "AAAA"}).content.decode()
    html = other.post("/notices/lookup/", {"code": code.lower()}, follow=True).content.decode()
    assert "异议核查中" in html
    assert "哪三台？" in html
    asked = objection.inquiries.get()
    other.post(f"/notices/lookup/answer/{asked.pk}/", {"answer": "编号 1、2、3"})
    assert "编号 1、2、3" in page(officer, desk)
    head = re.search(r'name="seen" value="(\w+)"', page(officer, desk))
    assert head
    officer.post(desk, {"step": "dismiss", "finding": "有共用协议", "seen": head[1]})
    assert "有共用协议" in page(other, "/notices/lookup/")
    other.post("/notices/lookup/leave/")
    assert "有共用协议" not in page(other, "/notices/lookup/")


def test_evidence_is_for_the_office_alone(world: LaboratoryWorld, client: Client, signed_in: SignedIn) -> None:
    objected(client, evidence=SimpleUploadedFile("王二的照片.png", PNG))
    file = Attachment.objects.get(holder="objection")

    assert file.uploaded_by is None
    got = signed_in(world.officer).get(f"/files/{file.public_id}/")
    assert b"".join(got.streaming_content) == PNG  # type: ignore[attr-defined]  # a file is sent
    for who in (world.applicant, world.recommender, world.stranger, world.operator):
        assert signed_in(who).get(f"/files/{file.public_id}/").status_code == 404
    assert "王二" not in "".join(item().case.events.values_list("line", flat=True))


def test_a_page_that_is_behind_is_told(world: LaboratoryWorld, client: Client, signed_in: SignedIn) -> None:
    objected(client)
    desk = f"/notices/desk/{Objection.objects.get().public_id}/"
    officer = signed_in(world.officer)
    head = re.search(r'name="seen" value="(\w+)"', page(officer, desk))
    assert head
    officer.post(desk, {"step": "accept", "seen": head[1]})
    answer = officer.post(desk, {"step": "dismiss", "finding": "不成立", "seen": head[1]})

    assert answer.status_code == 409
    assert "不成立" not in page(officer, desk).split("核查意见")[0]


@pytest.mark.parametrize("who", ["applicant", "recommender", "stranger", "operator", "ministries"])
def test_the_desk_is_the_offices(world: LaboratoryWorld, client: Client, signed_in: SignedIn, who: str) -> None:
    objected(client)
    other, objection = signed_in(getattr(world, who)), Objection.objects.get()

    assert objection.public_id not in page(other, "/notices/desk/")
    assert other.get(f"/notices/desk/{objection.public_id}/").status_code == 404
    assert other.post(f"/notices/desk/{objection.public_id}/inquire/", {"to": "objector", "question": "?"}
                      ).status_code == 404


def test_an_account_objects_by_name_and_the_applicant_learns_nothing(world: LaboratoryWorld, signed_in: SignedIn
                                                                     ) -> None:
    stranger = signed_in(world.stranger)
    objected(stranger, how="account")
    assert "异议" in page(stranger, "/notices/lookup/")
    assert Objection.objects.get().name == "李外人"
    ours = signed_in(world.applicant)
    for address in (f"/cases/{item().case.public_id}/", "/inbox/", f"/notices/{item().notice.public_id}/"):
        assert "李外人" not in page(ours, address)
        assert GROUND not in page(ours, address)


@pytest.mark.parametrize(("sent", "why"), [
    ({"ground": ""}, "这个字段"), ({"how": "named"}, "实名异议要写"), ({"how": "account"}, "account"),
    ({"evidence": SimpleUploadedFile("病毒.pdf", b"MZ" + b"0" * 100)}, "改扩展名没有用")])
def test_what_is_wrong_with_an_objection_is_said(world: LaboratoryWorld, client: Client, sent: dict[str, object],
                                                 why: str) -> None:
    address = f"/notices/{item().notice.public_id}/object/1/"
    html = client.post(address, {"ground": GROUND, "how": "anonymous", **sent}).content.decode()

    assert "还有要改正的地方" in html
    assert why in html
    assert not Objection.objects.exists()


def test_a_notice_published_by_mistake_is_withdrawn_with_its_reason(world: LaboratoryWorld, client: Client,
                                                                    signed_in: SignedIn) -> None:
    notice = PublicNotice.objects.get()
    address = f"/notices/{notice.public_id}/withdraw/"
    assert signed_in(world.applicant).post(address, {"why": "不服"}).status_code == 403
    signed_in(world.officer).post(address, {"why": "名称写错"})

    assert "名称写错" in page(client, f"/notices/{notice.public_id}/")
    answer = client.post(f"/notices/{notice.public_id}/object/1/", {"ground": GROUND, "how": "anonymous"})
    assert "现在不收异议" in answer.content.decode()
    assert not Objection.objects.exists()


def test_after_a_day_nothing_of_an_address_is_left(world: LaboratoryWorld, client: Client, on: Clock) -> None:
    objected(client)
    assert Objection.objects.get().origin != ""
    assert forget_origins() == 0
    on("2026-05-06")
    assert forget_origins() == 1
    assert Objection.objects.get().origin == ""


def test_the_cases_page_leads_to_the_notice_and_to_the_desk(world: LaboratoryWorld, client: Client,
                                                            signed_in: SignedIn) -> None:
    case, notice = item().case, item().notice
    officer = signed_in(world.officer)
    assert f"/notices/{notice.public_id}/object/1/" in page(officer, f"/cases/{case.public_id}/")
    objected(client)
    html = page(officer, f"/cases/{case.public_id}/?as={world.bureau.public_id}")

    assert 'href="/notices/desk/"' in html
    assert "匿名异议人" in html


def test_lists_ask_no_more_for_more_rows(world: LaboratoryWorld, client: Client,
                                         django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
                                         ) -> None:
    record = item().case
    for _ in range(10):
        publish(world.round, "P1", [Item(record, Text("通过形式审查", "passed"))], world.officer)
    with django_assert_max_num_queries(5):
        page(client, "/notices/")
    with django_assert_max_num_queries(5):
        page(client, "/rounds/")
    with django_assert_max_num_queries(12):
        page(client, f"/notices/{PublicNotice.objects.all()[0].public_id}/")


def beside(html: str, name: str) -> list[str]:
    """What is said beside a field."""
    parts = [p for p in re.split(r'<div class="field', html)[1:] if f'name="{name}"' in p]
    return [e.strip() for p in parts for e in re.findall(r'<ul class="errorlist"[^>]*>\s*<li>(.*?)</li>', p, re.DOTALL)]


def test_a_finding_is_called_needed_and_asked_for_beside_its_field(world: LaboratoryWorld, client: Client,
                                                                   signed_in: SignedIn) -> None:
    objected(client)
    desk = f"/notices/desk/{Objection.objects.get().public_id}/"
    officer = signed_in(world.officer)
    field = page(officer, desk).split('for="id_finding"')[1].split("</textarea>")[0]
    assert ("可不填" in field, "成立、不成立都要写" in field) == (False, True)

    empty = officer.post(desk, {"step": "dismiss", "finding": " "})
    assert (empty.status_code, beside(empty.content.decode(), "finding")) == (400, [
        "写明核查意见：成立、不成立都要有理由"])
    early = officer.post(desk, {"step": "accept", "finding": "有共用协议"})
    assert (early.status_code, ">\n有共用协议</textarea>" in early.content.decode()) == (400, True)
    assert "受理时不收核查意见" in beside(early.content.decode(), "finding")[0]
    assert officer.post(desk, {"step": "accept", "finding": ""}).status_code == 302
    assert officer.post(desk, {"step": "uphold", "finding": ""}).status_code == 400
    assert officer.post(desk, {"step": "dismiss", "finding": "有共用协议"}).status_code == 302


def test_what_the_office_asks_stays_where_it_was_not_taken(world: LaboratoryWorld, client: Client,
                                                           signed_in: SignedIn) -> None:
    objected(client)
    objection = Objection.objects.get()
    officer, desk = signed_in(world.officer), f"/notices/desk/{objection.public_id}/"
    asked = officer.post(f"{desk}inquire/", {"to": "other", "of": "", "question": "有无共用协议？"})
    assert (asked.status_code, beside(asked.content.decode(), "of")) == (400, ["写明向谁了解"])
    assert ">\n有无共用协议？</textarea>" in asked.content.decode()
    assert not objection.inquiries.exists()

    officer.post(f"{desk}inquire/", {"to": "other", "of": "设备处", "question": "有无共用协议？"})
    answer = officer.post(f"{desk}inquiries/{objection.inquiries.get().pk}/", {"answer": "长" * 5001})
    assert (answer.status_code, "长" * 5001 in answer.content.decode()) == (400, True)
    assert beside(answer.content.decode(), "answer")
