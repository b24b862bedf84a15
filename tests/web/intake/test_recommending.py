"""What a recommending body does with what was handed in to it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from intake_world import (
    PASS_ALL,
    IntakeWorld,
    checked,
    drafted,
    forwarded,
    fresh,
    intake_world,
    taken_in,
)

from guiju.lifecycle.refusal import Refusal
from guiju.web.accounts.models import User
from guiju.web.applications.domain.revisions import keep_revision
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.intake import domain
from guiju.web.intake.models import Check, SendingBack
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused, verdict
from guiju.web.outbox.models import Message
from guiju.web.rounds.models import RecommendingBody, Round

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def w(db: None) -> IntakeWorld:
    return intake_world()


def page_of(application: Application) -> str:
    return f"/intake/recommend/application/{application.public_id}/"


def queue_address(w: IntakeWorld) -> str:
    return f"/intake/recommend/{w.lab.round.public_id}/{w.lab.body.pk}/"


def test_the_queue_shows_what_was_handed_in_and_only_counts_drafts(w: IntakeWorld, signed_in: SignedIn) -> None:
    from intake_world import applicant

    drafted(w.lab, w.lab.body, *applicant(920, "还在写的研究院"))
    html = signed_in(w.lab.recommender).get(queue_address(w)).content.decode()

    assert "示例省材料研究院" in html
    assert "第二研究院" in html
    assert "还在写的研究院" not in html
    assert "还在编制的申报 1" in html


def test_the_counts_lead_to_what_they_count(w: IntakeWorld, signed_in: SignedIn) -> None:
    client = signed_in(w.lab.recommender)
    page = client.get("/intake/recommend/").content.decode()
    link = re.search(r'<a href="([^"]+)"\s+aria-label="待收件 2">2</a>', page)

    assert link
    shown = client.get(link[1]).content.decode()
    assert "第二研究院" in shown
    assert 'aria-current="page">待收件' in shown


@pytest.mark.parametrize(("reading", "asked"), [("指南渠道", False), ("叠加联合推荐", True), ("仅办法渠道", True)])
def test_the_industry_department_is_asked_for_where_the_rounds_reading_asks(
        signed_in: SignedIn, reading: str, asked: bool) -> None:
    w = intake_world({"local_channel": reading})
    taken_in(w.first, w.lab.recommender)
    html = signed_in(w.lab.recommender).get(page_of(w.first)).content.decode()

    assert ("省级工信部门联合推荐" in html) is asked


def test_a_foreign_body_sees_nothing_of_it(w: IntakeWorld, signed_in: SignedIn) -> None:
    client = signed_in(w.lab.recommender)
    address = f"/intake/recommend/{w.lab.round.public_id}/{w.other_body.pk}/"

    assert "外省机密研究院" in signed_in(w.other_recommender).get(address).content.decode()
    for path in (address, f"{address}queue.xlsx", page_of(w.foreign), f"{page_of(w.foreign)}take-in/"):
        assert client.get(path).status_code == 404
    for path in (f"{address}batch/", f"{page_of(w.foreign)}mark/", f"{page_of(w.foreign)}opinion/",
                 f"{page_of(w.foreign)}ask/", f"{page_of(w.foreign)}take-in/"):
        assert client.post(path, {"move": "T05", "chosen": w.foreign.public_id, "item": "lawful"}).status_code == 404
    for path in ("/intake/recommend/", queue_address(w), "/cases/", "/cases/?q=机密"):
        assert "外省机密" not in client.get(path).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{queue_address(w)}queue.xlsx").content))
    assert {c.value for c in book.worksheets[0]["C"]} == {"申报单位", "示例省材料研究院", "第二研究院"}
    assert fresh(w.foreign).case.stage == "S03"


def test_a_batch_of_ones_own_leaves_what_is_anothers_alone(w: IntakeWorld, signed_in: SignedIn) -> None:
    data = {"move": "T05", "run": "1", "whole": "0", "chosen": [w.first.public_id, w.foreign.public_id]}
    answer = signed_in(w.lab.recommender).post(f"{queue_address(w)}batch/", data, follow=True)

    assert "外省机密" not in answer.content.decode()
    assert [fresh(a).case.stage for a in (w.first, w.foreign)] == ["S04", "S03"]


@pytest.mark.parametrize("who", ["applicant", "officer", "stranger", "operator"])
def test_nobody_else_has_the_bodys_pages(w: IntakeWorld, signed_in: SignedIn, who: str) -> None:
    client = signed_in(getattr(w.lab, who))

    assert client.get(page_of(w.first)).status_code == 404
    assert client.get(queue_address(w)).status_code == 404
    assert client.get("/intake/recommend/").status_code == 403
    assert "/intake/recommend/" not in client.get("/account/").content.decode()


def test_a_written_reason_that_is_too_long_is_refused_and_never_cut(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = checked(w.first, w.lab.recommender)
    data = {"seen": application.case.head, "decide-T07-seal": "长" * 2001}
    answer = signed_in(w.lab.recommender).post(f"{page_of(application)}forward/", data)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "写明的理由太长：最多 2000 字，现有 2001 字" in page
    assert f'{"长" * 2001}</textarea>' in page
    assert fresh(application).case.stage == "S04"


def test_a_reader_of_the_body_reads_and_does_nothing(w: IntakeWorld, signed_in: SignedIn) -> None:
    client = signed_in(w.reader)

    assert client.get(page_of(w.first)).status_code == 200
    answer = client.post(f"{page_of(w.first)}take-in/")
    assert (answer.status_code, fresh(w.first).case.stage) == (403, "S03")
    assert "由推荐单位的经办人或管理员办理" in answer.content.decode()
    assert not verdict(w.reader, "recommend.act", w.first)


def test_marks_are_kept_as_they_are_made_with_who_and_when(w: IntakeWorld, signed_in: SignedIn) -> None:
    taken_in(w.first, w.lab.recommender)
    client, address = signed_in(w.lab.recommender), f"{page_of(w.first)}mark/"
    data = {"item": "truthful", "mark": "doubt", "remark": "设备发票待核", "version": "0"}
    fragment = client.post(address, data, headers={"HX-Request": "true"}).content.decode()

    kept = Check.objects.get()
    assert (kept.item, kept.mark, kept.remark, kept.by, kept.version) == (
        "truthful", "doubt", "设备发票待核", w.lab.recommender, 1)
    assert "已保存 · 推推荐" in fragment
    assert 'value="1" id="v-truthful" hx-swap-oob="true"' in fragment
    assert "设备发票待核" in signed_in(w.clerk).get(page_of(w.first)).content.decode()


def test_a_failure_without_a_remark_is_not_kept(w: IntakeWorld, signed_in: SignedIn) -> None:
    taken_in(w.first, w.lab.recommender)
    data = {"item": "lawful", "mark": "fail", "remark": " ", "version": "0"}
    fragment = signed_in(w.clerk).post(f"{page_of(w.first)}mark/", data, headers={"HX-Request": "true"})

    assert "要写明理由" in fragment.content.decode()
    assert not Check.objects.exists()


def test_a_mark_that_a_colleague_made_meanwhile_is_not_overwritten(w: IntakeWorld, signed_in: SignedIn) -> None:
    taken_in(w.first, w.lab.recommender)
    data = {"item": "lawful", "mark": "pass", "remark": "", "version": "0"}
    address = f"{page_of(w.first)}mark/"
    signed_in(w.lab.recommender).post(address, {**data, "mark": "fail", "remark": "缺协议"})
    fragment = signed_in(w.clerk).post(address, data, headers={"HX-Request": "true"}).content.decode()

    assert "刚被改过（推推荐：不通过）" in fragment
    assert Check.objects.get().mark == "fail"


def test_forwarding_waits_for_every_quality(w: IntakeWorld) -> None:
    application = checked(w.first, w.lab.recommender, {k: v for k, v in PASS_ALL.items() if k != "lawful"})

    with pytest.raises(Refused, match="合法性"):
        domain.forward(application, w.lab.recommender)
    assert fresh(application).case.stage == "S04"


def test_an_open_doubt_keeps_it_from_being_forwarded(w: IntakeWorld) -> None:
    application = checked(w.first, w.lab.recommender, {**PASS_ALL, "accurate": "doubt"})

    with pytest.raises(Refused, match="存疑"):
        domain.forward(application, w.lab.recommender)


def test_forwarding_states_what_was_done_and_asks_about_the_seal(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = checked(w.first, w.lab.recommender)
    client, address = signed_in(w.lab.recommender), f"{page_of(application)}forward/"
    refused = client.post(address, {"seen": application.case.head})

    assert (refused.status_code, fresh(application).case.stage) == (409, "S04")
    assert 'name="decide-T07-seal"' in refused.content.decode()

    client.post(address, {"seen": application.case.head, "decide-T07-seal": "公章随纸质件报送"})
    after = fresh(application)
    given = '"推荐意见盖公章":"否"', '"省级市场监管已推荐":"是"', '"已征求领域主管部门意见":"是"'
    line = after.case.events.order_by("-number")[0].line
    assert after.case.stage == "S06"
    assert [g for g in given if g not in line] == []


def test_a_body_that_asked_nobody_can_not_forward_a_local_application(w: IntakeWorld) -> None:
    application = checked(w.first, w.lab.recommender)
    application.consultations.all().delete()
    made = domain.forward(application, w.lab.recommender, decisions={"T07-seal": "补"})

    assert isinstance(made, Refusal)
    assert (made.reasons[0].about, made.reasons[0].clauses) == ("T07-consulted", ("指24三(二)", "藏函二(二)"))


def test_the_last_place_is_taken_once(w: IntakeWorld, signed_in: SignedIn) -> None:
    w.lab.body.places = 1
    w.lab.body.save()
    forwarded(w.first, w.lab.recommender)
    second = checked(w.second, w.lab.recommender)

    with pytest.raises(Refused, match="名额是 1 个，已推荐 1 个"):
        domain.forward(second, w.clerk)
    html = signed_in(w.lab.recommender).get(queue_address(w)).content.decode()
    assert "名额 1 · 已占 1 · 还有 0" in html
    assert "占名额的：示例省材料研究院（已报总局）" in html


def test_where_no_places_are_set_it_is_said_and_nothing_is_refused(w: IntakeWorld, signed_in: SignedIn) -> None:
    w.lab.body.places = None
    w.lab.body.save()

    assert "没有设名额" in signed_in(w.lab.recommender).get(page_of(w.first)).content.decode()
    assert forwarded(w.first, w.lab.recommender).case.stage == "S06"


def handed_in_again(application: Application, user: User) -> Application:
    application.refresh_from_db()
    keep_revision(application, user, "补充后再交", event=application.case.count)
    application.handed_in, application.returned, application.returned_reason = now(), None, ""
    application.save()
    return fresh(application)


def test_sent_back_with_reasons_and_handed_in_again(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = checked(w.first, w.lab.recommender)
    client = signed_in(w.lab.recommender)
    client.post(f"{page_of(application)}send-back/", {"reasons": "缺设备清单"})

    assert SendingBack.objects.get().reasons == "缺设备清单"
    assert Message.objects.filter(user=w.lab.applicant, body_zh__contains="缺设备清单").exists()
    with pytest.raises(Refused, match="退回补充"):
        domain.forward(fresh(application), w.lab.recommender)
    again = handed_in_again(application, w.lab.applicant)
    with pytest.raises(Refused, match="重新确认"):
        domain.forward(again, w.lab.recommender)
    assert "对改交前的一版作的" in client.get(page_of(again)).content.decode()
    for check in Check.objects.filter(application=again):
        client.post(f"{page_of(again)}mark/", {"item": check.item, "mark": check.mark, "remark": check.remark,
                                               "version": check.version})
    made = domain.forward(fresh(again), w.lab.recommender, decisions={"T07-seal": "随纸质件"})
    assert isinstance(made, CaseRecord)


def test_sending_back_needs_reasons(w: IntakeWorld, signed_in: SignedIn) -> None:
    page = signed_in(w.lab.recommender).post(f"{page_of(w.first)}send-back/", {"reasons": "  "})

    assert page.status_code == 200
    assert fresh(w.first).returned is None


def test_declining_says_why_and_the_applicant_is_told(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = checked(w.first, w.lab.recommender, {**PASS_ALL, "truthful": "fail"})
    data = {"ground": "materials", "reason": "设备数据不实", "seen": application.case.head}
    signed_in(w.lab.recommender).post(f"{page_of(application)}decline/", data)

    assert fresh(application).case.stage == "S05"
    assert Message.objects.filter(user=w.lab.applicant, body_zh__contains="设备数据不实").exists()


def test_declining_for_materials_that_pass_is_refused(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = checked(w.first, w.lab.recommender)
    data = {"ground": "materials", "reason": "不实", "seen": application.case.head}
    answer = signed_in(w.lab.recommender).post(f"{page_of(application)}decline/", data)

    assert (answer.status_code, fresh(application).case.stage) == (409, "S04")


def test_what_came_late_is_refused_and_can_not_be_taken_in(w: IntakeWorld, signed_in: SignedIn,
                                                           on: Callable[[str], None]) -> None:
    on("2026-12-01")
    late = intake_late(w)
    client = signed_in(w.lab.recommender)
    page = client.get(page_of(late)).content.decode()
    taken = client.post(f"{page_of(late)}take-in/", {"seen": late.case.head})

    assert "逾期不予受理" in page
    assert taken.status_code == 409
    assert "本批次设定" in taken.content.decode()
    client.post(f"{page_of(late)}late/", {"seen": late.case.head})
    assert fresh(late).case.stage == "S05"


@pytest.mark.parametrize(("region", "texts", "said"), [
    ("540000", {}, "藏函二(二)"), ("410000", {"late_clause": "第三条"}, "本批次通知第三条"),
    ("410000", {}, "平台的默认做法")])
def test_a_refusal_as_late_cites_the_letter_of_one_region_there_alone(
        w: IntakeWorld, signed_in: SignedIn, on: Callable[[str], None], region: str, texts: dict[str, str], said: str
        ) -> None:
    on("2026-12-01")
    RecommendingBody.objects.update(region=region)
    Round.objects.update(texts=texts)
    late, client = intake_late(w), signed_in(w.lab.recommender)
    pages = [client.get(f"{page_of(late)}{act}").content.decode() for act in ("", "late/")]

    assert [said in page for page in pages] == [True, True]
    assert ["藏函" in page for page in pages] == [region == "540000"] * 2


def intake_late(w: IntakeWorld) -> Application:
    """Handed in on a day after the body's deadline, as it was when the case began."""
    import datetime as dt

    from intake_world import applicant, handed_in

    w.lab.body.deadline = dt.date(2026, 11, 30)
    w.lab.body.save()
    return handed_in(w.lab, w.lab.body, *applicant(930, "迟交研究院"))


def test_two_clerks_press_at_once_one_is_told(w: IntakeWorld, signed_in: SignedIn) -> None:
    seen = w.first.case.head
    first = signed_in(w.lab.recommender).post(f"{page_of(w.first)}take-in/", {"seen": seen})
    second = signed_in(w.clerk).post(f"{page_of(w.first)}take-in/", {"seen": seen})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "慢了一步" in second.content.decode()
    assert CaseRecord.objects.get(pk=w.first.case_id).count == w.first.case.count + 1


def test_the_applicant_sees_neither_marks_nor_what_departments_say(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = checked(w.first, w.lab.recommender, {**PASS_ALL, "truthful": "doubt"})
    number = application.consultations.get().public_id
    domain.record_answer(application, number, "科技厅的内部意见", "处长", now().date(), w.lab.recommender)
    client = signed_in(w.lab.applicant)

    assert "科技厅的内部意见" in signed_in(w.lab.recommender).get(page_of(application)).content.decode()
    for path in (f"/cases/{application.case.public_id}/", "/inbox/", "/cases/", f"/apply/{application.public_id}/"):
        html = client.get(path).content.decode()
        assert "有出入" not in html
        assert "内部意见" not in html
    assert client.get(page_of(application)).status_code == 404


def test_a_remark_that_is_too_long_is_refused_in_words_beside_its_item(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = taken_in(w.first, w.lab.recommender)
    answer = signed_in(w.lab.recommender).post(f"{page_of(application)}mark/", {
        "item": "truthful", "mark": "doubt", "remark": "长" * 2001, "version": "0"}, headers={"HX-Request": "true"})

    assert (answer.status_code, "说明太长：最多 2000 字，现有 2001 字" in answer.content.decode()) == (200, True)
    assert not application.checks.exists()
