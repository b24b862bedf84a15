"""Asking the department in charge of the field, and its answer by a link without account."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from intake_world import IntakeWorld, forwarded, fresh, intake_world, later, taken_in

from guiju.web.accounts.models import User
from guiju.web.intake import domain
from guiju.web.intake.models import Consultation, Opinion
from guiju.web.intake.queries import answers_to, seals_of
from guiju.web.kit.clock import today
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def w(db: None) -> IntakeWorld:
    return intake_world()


def asked_by_mail(w: IntakeWorld, days: int = 10) -> str:
    application = taken_in(w.first, w.lab.recommender)
    _, token = domain.ask(application, "示例省科技厅", "是否符合布局？", today(), w.lab.recommender,
                          address="kjt@example.org", until=later(days))
    return f"/intake/answer/{token}/"


def test_the_letter_holds_the_link_and_the_database_does_not(w: IntakeWorld) -> None:
    address = asked_by_mail(w)
    letter = Message.objects.get(address="kjt@example.org")

    assert letter.link == address
    assert address.split("/")[3] not in str(Consultation.objects.values().get())


def test_the_department_answers_once_without_an_account(w: IntakeWorld, client: Client, signed_in: SignedIn) -> None:
    address = asked_by_mail(w)
    page = client.get(address)
    assert "示例省材料研究院" in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"  # no-referrer: a browser sends Origin: null, and is refused
    scan = SimpleUploadedFile("复函.pdf", PDF, "application/pdf")
    client.post(address, {"answer": "同意 <script>alert(1)</script>", "name": "高新处 何处长", "file": scan})

    kept = Consultation.objects.get()
    assert (kept.answered_by, kept.answered_on, kept.recorded_by) == ("高新处 何处长", today(), None)
    assert [a.name for a in answers_to(kept)] == ["复函.pdf"]
    assert client.get(address).status_code == 404
    assert client.post(address, {"answer": "改主意了", "name": "x"}).status_code == 404
    html = signed_in(w.lab.recommender).get(f"/intake/recommend/application/{w.first.public_id}/").content.decode()
    assert "同意 &lt;script&gt;" in html
    assert Message.objects.filter(user=w.lab.recommender, key__startswith="consultation-answered/").exists()


@pytest.mark.parametrize("token", ["", "x" * 43, "../../etc"])
def test_a_link_that_never_was_opens_nothing(w: IntakeWorld, client: Client, token: str) -> None:
    asked_by_mail(w)

    assert client.get(f"/intake/answer/{token}/").status_code == 404


def test_a_link_ends_with_its_day(w: IntakeWorld, client: Client, on: Callable[[str], None]) -> None:
    address, last = asked_by_mail(w, days=3), later(3)
    on(str(last))
    assert str(last) in client.get(address).content.decode()
    on(str(last + dt.timedelta(days=1)))
    assert client.get(address).status_code == 404


def test_a_link_ends_with_the_forwarding(w: IntakeWorld, client: Client) -> None:
    address = asked_by_mail(w)
    assert client.get(address).status_code == 200
    forwarded(fresh(w.first), w.lab.recommender)
    assert client.get(address).status_code == 404


def test_an_answer_on_paper_is_entered_once_between_question_and_today(w: IntakeWorld) -> None:
    application = taken_in(w.first, w.lab.recommender)
    made, token = domain.ask(application, "示例省教育厅", "", today(), w.lab.recommender)
    assert token == ""

    with pytest.raises(Refused, match="之间"):
        domain.record_answer(application, made.public_id, "同意", "", later(1), w.lab.recommender)
    domain.record_answer(application, made.public_id, "同意", "", today(), w.clerk)
    with pytest.raises(Refused, match="答复"):
        domain.record_answer(application, made.public_id, "不同意", "", today(), w.clerk)
    assert Consultation.objects.get().recorded_by == w.clerk


def test_an_answer_of_another_application_can_not_be_entered_here(w: IntakeWorld) -> None:
    made, _ = domain.ask(taken_in(w.first, w.lab.recommender), "示例省教育厅", "", today(), w.lab.recommender)

    with pytest.raises(Refused, match="没有这次"):
        domain.record_answer(taken_in(w.second, w.lab.recommender), made.public_id, "同意", "", today(), w.clerk)


def test_a_seal_is_stated_only_with_its_scan(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = taken_in(w.first, w.lab.recommender)
    address = f"/intake/recommend/application/{application.public_id}/opinion/"
    data = {"version": "0", "text": "同意推荐", "sealed": "on", "preferred": "true"}
    client = signed_in(w.lab.recommender)
    client.post(address, data)
    assert not Opinion.objects.exists()

    client.post(address, {**data, "file": SimpleUploadedFile("意见.pdf", PDF, "application/pdf")})
    kept = Opinion.objects.get()
    assert (kept.sealed, kept.preferred, len(seals_of(kept))) == (True, True, 1)


def test_the_scan_is_the_bodys_and_the_officers_after_forwarding(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = taken_in(w.first, w.lab.recommender)
    signed_in(w.lab.recommender).post(
        f"/intake/recommend/application/{application.public_id}/opinion/",
        {"version": "0", "text": "同意推荐", "sealed": "on", "preferred": "unknown",
         "file": SimpleUploadedFile("意见.pdf", PDF, "application/pdf")})
    address = f"/files/{seals_of(Opinion.objects.get())[0].public_id}/"
    def status(user: User) -> int:
        answer = signed_in(user).get(address)
        if answer.streaming:
            assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a file is sent
        return answer.status_code

    assert (status(w.lab.recommender), status(w.lab.officer)) == (200, 404)
    assert {status(u) for u in (w.lab.applicant, w.lab.stranger, w.other_recommender)} == {404}
    forwarded(fresh(application), w.lab.recommender)
    assert (status(w.lab.officer), status(w.lab.applicant)) == (200, 404)


def test_what_is_wrong_in_a_form_is_said_and_kept(w: IntakeWorld, signed_in: SignedIn) -> None:
    taken_in(w.first, w.lab.recommender)
    address = f"/intake/recommend/application/{w.first.public_id}/ask/"
    page = signed_in(w.lab.recommender).post(address, {"ask-department": "示例省科技厅", "ask-asked_on": "不是日期"})
    html = page.content.decode()

    assert page.status_code == 400
    assert re.search(r'name="ask-department"[^>]*value="示例省科技厅"', html)
    assert not Consultation.objects.exists()


def test_what_is_refused_is_said_and_kept(w: IntakeWorld, signed_in: SignedIn) -> None:
    taken_in(w.first, w.lab.recommender)
    address = f"/intake/recommend/application/{w.first.public_id}/ask/"
    given = {"ask-department": "示例省科技厅", "ask-asked_on": today().isoformat(), "ask-address": "kjt@example.org"}
    page = signed_in(w.lab.recommender).post(address, given)
    html = page.content.decode()

    assert page.status_code == 409
    assert "不早于今天的链接截止日" in html
    assert re.search(r'name="ask-department"[^>]*value="示例省科技厅"', html)


def test_a_name_that_is_too_long_is_refused_and_never_cut(w: IntakeWorld) -> None:
    application = taken_in(w.first, w.lab.recommender)
    asked, _ = domain.ask(application, "示例省科技厅", "是否符合布局？", today(), w.lab.recommender)
    with pytest.raises(Refused, match="答复人太长：最多 80 字，现有 81 字"):
        domain.record_answer(application, asked.public_id, "同意", "长" * 81, today(), w.lab.recommender)

    assert Consultation.objects.get().answered_on is None
