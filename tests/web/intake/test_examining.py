"""The officer's formal examination: marks, conclusions, batches tried and made, and units counted over the round."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from intake_world import (
    IntakeWorld,
    applicant,
    forwarded,
    fresh,
    handed_in,
    in_examination,
    intake_world,
    judged,
)
from rounds_world import begun, examined

from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.cases.models import EventRecord
from guiju.web.intake import domain
from guiju.web.intake.checklists import formal_examination
from guiju.web.intake.engine import found_for
from guiju.web.intake.models import Batch, Check, Examination
from guiju.web.intake.units import Census
from guiju.web.kit.permissions import Refused
from guiju.web.notices.models import PublicNotice
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def w(db: None) -> IntakeWorld:
    return intake_world()


def page_of(application: Application) -> str:
    return f"/intake/examine/application/{application.public_id}/"


def queue(w: IntakeWorld) -> str:
    return f"/intake/examine/{w.lab.round.public_id}/"


def batch(w: IntakeWorld, client: Client, move: str, *applications: Application, run: bool = True, whole: bool = False,
          more: dict[str, str] | None = None) -> Any:
    data = {"move": move, "chosen": [a.public_id for a in applications], "whole": "1" if whole else "0", **(more or {})}
    return client.post(f"{queue(w)}batch/", {**data, **({"run": "1"} if run else {})}, follow=True)


def concluded(w: IntakeWorld, application: Application, conclusion: str = "pass") -> Application:
    sent = judged(in_examination(w, application), w.lab.officer, failing="" if conclusion == "pass" else "focus")
    domain.conclude(sent, conclusion, "逐项核对", w.lab.officer, 0)
    return fresh(sent)


def stages(*applications: Application) -> list[str]:
    return [fresh(a).case.stage for a in applications]


def test_the_officer_sees_only_what_was_forwarded(w: IntakeWorld, signed_in: SignedIn) -> None:
    forwarded(w.first, w.lab.recommender)
    client = signed_in(w.lab.officer)
    html = client.get(queue(w)).content.decode()

    assert "示例省材料研究院" in html
    assert "第二研究院" not in html
    assert client.get(page_of(w.second)).status_code == 404


@pytest.mark.parametrize("who", ["applicant", "recommender", "stranger", "ministries", "operator"])
def test_nobody_else_has_the_officers_pages(w: IntakeWorld, signed_in: SignedIn, who: str) -> None:
    application = in_examination(w, w.first)
    domain.mark_formal(application, item("other"), "fail", "审查人的私下看法", w.lab.officer, 0)
    client = signed_in(getattr(w.lab, who))

    for path in (queue(w), f"{queue(w)}queue.xlsx", f"{queue(w)}units/", page_of(application)):
        assert client.get(path).status_code == 404
    assert client.post(f"{queue(w)}batch/", {"move": "T09", "chosen": application.public_id}).status_code == 404
    for path in (f"/cases/{application.case.public_id}/", "/inbox/", f"/apply/{application.public_id}/",
                 f"/intake/recommend/application/{application.public_id}/"):
        assert "私下看法" not in client.get(path).content.decode()
    assert "私下看法" in signed_in(w.lab.officer).get(page_of(application)).content.decode()


def item(id_: str) -> Any:
    found = formal_examination().item(id_)
    assert found is not None
    return found


def test_every_item_rests_on_a_rule_that_the_policy_or_the_chart_has(w: IntakeWorld) -> None:
    application = in_examination(w, w.first)
    found = found_for(application, formal_examination(), Census(w.lab.round).facts_for(application))

    assert {id_ for id_, f in found.items() if f.status == "none"} == {"other"}
    assert found["channel"].status == "pass"
    assert (found["names"].status, found["form"].status) == ("unknown", "fail")
    assert all(p.clauses for f in found.values() for p in f.parts if p.id != "form")


def test_a_mark_against_the_engine_says_why(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = in_examination(w, w.first)
    client, data = signed_in(w.lab.officer), {"item": "channel", "mark": "fail", "version": "0"}
    refused = client.post(f"{page_of(application)}mark/", {**data, "mark": "pass", "item": "form"},
                          headers={"HX-Request": "true"}).content.decode()

    assert "系统按规则核对的结果是“不符合”，与您的判断相反" in refused
    assert not Check.objects.filter(kind="formal").exists()
    client.post(f"{page_of(application)}mark/", {**data, "remark": "推荐函抬头不对"})
    assert Check.objects.get(kind="formal").against == "pass"


def test_two_examiners_keep_their_own_marks_and_see_each_others(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = in_examination(w, w.first)
    data = {"item": "copies", "mark": "pass", "version": "0"}
    signed_in(w.lab.officer).post(f"{page_of(application)}mark/", data)
    signed_in(w.examiner).post(f"{page_of(application)}mark/", {**data, "mark": "doubt", "remark": "少一份"})
    html = signed_in(w.lab.officer).get(page_of(application)).content.decode()

    assert [(c.by, c.mark) for c in Check.objects.filter(kind="formal").order_by("pk")] == [
        (w.lab.officer, "pass"), (w.examiner, "doubt")]
    assert "冯审查" in html
    assert "少一份" in html


def test_a_failure_needs_reasons_and_so_does_a_pass_against_a_mark(w: IntakeWorld) -> None:
    application = judged(in_examination(w, w.first), w.lab.officer, failing="form")

    with pytest.raises(Refused, match="不通过要写明理由"):
        domain.conclude(application, "fail", " ", w.lab.officer, 0)
    with pytest.raises(Refused, match=r"作“形审通过”要写明理由：.*申报材料填写完整"):
        domain.conclude(application, "pass", "", w.lab.officer, 0)
    assert domain.conclude(application, "pass", "缺项已书面说明", w.lab.officer, 0).conclusion == "pass"


def test_a_conclusion_that_a_colleague_changed_is_not_overwritten(w: IntakeWorld) -> None:
    application = judged(in_examination(w, w.first), w.lab.officer, failing="form")
    domain.conclude(application, "fail", "不全", w.lab.officer, 0)

    with pytest.raises(Refused, match="结论刚被齐质量改过"):
        domain.conclude(application, "pass", "齐了", w.examiner, 0)


def test_a_trial_changes_nothing(w: IntakeWorld, signed_in: SignedIn) -> None:
    one, two = concluded(w, w.first), in_examination(w, w.second)
    counts = (EventRecord.objects.count(), Message.objects.count(), PublicNotice.objects.count())
    page = batch(w, signed_in(w.lab.officer), "T09", one, two, run=False).content.decode()

    assert "可办 <b>1</b>，办不成 <b>1</b>" in page
    assert "还没有形式审查结论" in page
    assert (EventRecord.objects.count(), Message.objects.count(), PublicNotice.objects.count()) == counts
    assert stages(one, two) == ["S07", "S07"]
    assert not Batch.objects.exists()


def test_a_batch_leaves_out_what_is_refused_and_publishes_one_notice(w: IntakeWorld, signed_in: SignedIn) -> None:
    one, two, three = concluded(w, w.first), in_examination(w, w.second), concluded(w, w.foreign, "fail")
    page = batch(w, signed_in(w.lab.officer), "T09", one, two, three).content.decode()

    assert stages(one, two, three) == ["S08", "S07", "S08"]
    notice = PublicNotice.objects.get()
    assert {(i.name, i.result.zh, i.reason) for i in notice.items.all()} == {
        ("示例省材料研究院国家质量标准实验室", "通过形式审查", ""),
        ("外省机密研究院国家质量标准实验室", "未通过形式审查", "")}
    kept = Batch.objects.get()
    assert (kept.made, kept.refused, kept.notice) == (2, 1, notice.public_id)
    assert "办成 2，没有办 1" in page


def test_all_or_none_makes_none(w: IntakeWorld, signed_in: SignedIn) -> None:
    one, two = concluded(w, w.first), in_examination(w, w.second)
    page = batch(w, signed_in(w.lab.officer), "T09", one, two, whole=True).content.decode()

    assert stages(one, two) == ["S07", "S07"]
    assert not PublicNotice.objects.exists()
    assert "要么全办、要么不办" in page
    assert (Batch.objects.get().made, Batch.objects.get().refused) == (0, 2)


def test_a_notice_that_can_not_be_published_takes_the_moves_back(w: IntakeWorld, signed_in: SignedIn) -> None:
    one = concluded(w, w.first)
    page = batch(w, signed_in(w.lab.officer), "T09", one, more={"days": "2"}).content.decode()

    assert "公示不能短于 5 个工作日" in page
    assert stages(one) == ["S07"]


def test_receipt_takes_the_copies_and_asks_why_there_are_fewer(w: IntakeWorld, signed_in: SignedIn) -> None:
    one, two = forwarded(w.first, w.lab.recommender), forwarded(w.second, w.lab.recommender)
    more = {f"{one.public_id}:copies": "3", f"{one.public_id}:electronic": "1", f"{two.public_id}:copies": "2",
            f"{two.public_id}:electronic": "1"}
    client = signed_in(w.lab.officer)
    trial = batch(w, client, "T08", one, two, run=False, more=more).content.decode()

    assert f'name="{two.public_id}:decide-T08-copies"' in trial
    assert f'name="{one.public_id}:decide-T08-copies"' not in trial
    batch(w, client, "T08", one, two, more=more)
    assert stages(one, two) == ["S07", "S06"]
    batch(w, client, "T08", two, more={**more, f"{two.public_id}:decide-T08-copies": "一份在途"})
    assert stages(two) == ["S07"]


def test_after_the_notice_they_are_accepted_or_returned_with_reasons(w: IntakeWorld, signed_in: SignedIn,
                                                                    on: Callable[[str], None]) -> None:
    on("2026-11-23")
    w = intake_world() if not Application.objects.exists() else w
    one, two = concluded(w, w.first), concluded(w, w.second, "fail")
    client = signed_in(w.lab.officer)
    batch(w, client, "T09", one, two)
    early = batch(w, client, "T10", one).content.decode()
    assert stages(one) == ["S08"]
    assert "没有办" in early
    on("2026-12-01")
    client = signed_in(w.lab.officer)
    batch(w, client, "T10", one)
    batch(w, client, "T11", two)
    assert stages(one, two) == ["S10", "S08"]
    batch(w, client, "T11", two, more={f"{two.public_id}:reason": "申报表缺第七节"})
    assert stages(two) == ["S09"]
    letter = Message.objects.get(key__startswith=f"examination-returned/{two.public_id}/")
    assert "申报表缺第七节" in letter.body_zh


def test_two_officers_press_at_once_one_is_told(w: IntakeWorld, signed_in: SignedIn) -> None:
    one = concluded(w, w.first)
    more = {f"{one.public_id}:seen": one.case.head}
    batch(w, signed_in(w.lab.officer), "T09", one, more=more)
    second = batch(w, signed_in(w.examiner), "T09", one, more=more).content.decode()

    assert "这期间已有人办理" in second
    assert PublicNotice.objects.count() == 1


def test_one_unit_in_two_applications_is_found_across_the_round(w: IntakeWorld, signed_in: SignedIn) -> None:
    own, user = applicant(940, "联合牵头院")
    joint = handed_in(w.lab, w.lab.body, own, user, (w.lab.host.code,))
    one, two = concluded(w, w.first), concluded(w, joint)
    client = signed_in(w.lab.officer)
    units = client.get(f"{queue(w)}units/").content.decode()
    page = batch(w, client, "T09", one, two).content.decode()

    assert (w.lab.host.code in units, own.code in units) == (True, False)
    assert "每单位只参与一个申报" in page
    assert stages(one, two) == ["S07", "S07"]
    found = found_for(one, formal_examination(), Census(w.lab.round).facts_for(one))["once"]
    assert [(p.id, p.status) for p in found.parts if p.status == "fail"] == [("T09-once", "fail")]


def test_what_the_office_counts_over_the_round_is_its_alone(w: IntakeWorld, signed_in: SignedIn) -> None:
    again = handed_in(w.lab, w.lab.body, w.lab.host, w.lab.applicant)
    one, two = concluded(w, w.first), concluded(w, again)
    more = {f"{a.public_id}:decide-T09-sole": "与另一申报方向不同" for a in (one, two)}
    batch(w, signed_in(w.lab.officer), "T09", one, two, more=more)
    address = f"/cases/{one.case.public_id}/"
    office = signed_in(w.lab.officer).get(address).content.decode()

    assert ("与另一申报方向不同" in office, f"{w.lab.host.code}，是，是，2，0" in office) == (True, True)
    for user in (w.lab.applicant, w.lab.recommender):
        client = signed_in(user)
        html = client.get(address).content.decode()
        assert "出形式审查结论并公示" in html
        assert "方向不同" not in html
        assert f"{w.lab.host.code}，是，是" in html
        assert f"{w.lab.host.code}，是，是，2" not in html
        assert client.get(f"{address}file.jsonl").status_code == 403


def test_a_unit_stated_once_but_written_differently_is_the_same(w: IntakeWorld) -> None:
    own, user = applicant(941, "另一牵头院")
    joint = handed_in(w.lab, w.lab.body, own, user, (f" {w.lab.host.code.lower()} ",))
    in_examination(w, w.first)
    in_examination(w, joint)

    assert [(u.code, len(u.applications), u.joint) for u in Census(w.lab.round).several()] == [(w.lab.host.code, 2, 1)]


def test_what_never_reached_the_ministry_does_not_count(w: IntakeWorld) -> None:
    own, user = applicant(942, "没报上的牵头院")
    handed_in(w.lab, w.lab.body, own, user, (w.lab.host.code,))
    in_examination(w, w.first)

    assert Census(w.lab.round).several() == []


def test_two_sole_applications_ask_for_a_decision(w: IntakeWorld, signed_in: SignedIn) -> None:
    again = handed_in(w.lab, w.lab.body, w.lab.host, w.lab.applicant)
    one, two = concluded(w, w.first), concluded(w, again)
    client = signed_in(w.lab.officer)
    trial = batch(w, client, "T09", one, two, run=False).content.decode()

    assert f'name="{one.public_id}:decide-T09-sole"' in trial
    batch(w, client, "T09", one, two, more={f"{a.public_id}:decide-T09-sole": "方向不同" for a in (one, two)})
    assert stages(one, two) == ["S08", "S08"]


def test_the_examination_is_kept_until_it_is_published(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = judged(in_examination(w, w.first), w.lab.officer, failing="form")
    client = signed_in(w.lab.officer)
    client.post(f"{page_of(application)}conclude/", {"version": "0", "conclusion": "fail", "reasons": "缺第七节"})

    assert Examination.objects.get().reasons == "缺第七节"
    assert "形审未通过" in client.get(queue(w)).content.decode()
    for path in (f"/cases/{application.case.public_id}/", f"/apply/{application.public_id}/"):
        assert "缺第七节" not in signed_in(w.lab.applicant).get(path).content.decode()


def test_where_only_the_final_list_is_made_public_there_is_no_notice(db: None, signed_in: SignedIn) -> None:
    w = intake_world({"notice_count": "仅名单一次"})
    one = concluded(w, w.first)
    batch(w, signed_in(w.lab.officer), "T09", one)

    assert (stages(one), PublicNotice.objects.count(), Batch.objects.get().notice) == (["S08"], 0, "")


def test_the_export_holds_what_was_typed_as_text(w: IntakeWorld, signed_in: SignedIn) -> None:
    sent = judged(in_examination(w, w.first), w.lab.officer, failing="form")
    domain.conclude(sent, "fail", "=HYPERLINK(\"http://x\",\"点这里\")", w.lab.officer, 0)
    answer = signed_in(w.lab.officer).get(f"{queue(w)}queue.xlsx")
    row = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0][2]

    assert (row[9].data_type, row[9].value) == ("s", "=HYPERLINK(\"http://x\",\"点这里\")")
    assert [c.value for c in row][2] == "示例省材料研究院"


def test_the_queue_asks_the_database_no_more_for_more_applications(w: IntakeWorld, signed_in: SignedIn) -> None:
    in_examination(w, w.first)
    client = signed_in(w.lab.officer)
    client.get(queue(w))
    few = asked(client, queue(w))
    for number in (960, 961, 962):
        in_examination(w, handed_in(w.lab, w.lab.body, *applicant(number, f"第{number}研究院")))
    client.get(queue(w))

    assert asked(client, queue(w)) == few
    assert few <= 25


def asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_cases_that_went_by_paper_are_told_beside_the_stages(w: IntakeWorld, signed_in: SignedIn) -> None:
    client = signed_in(w.lab.officer)
    assert "没有在本平台填报" not in client.get("/intake/examine/").content.decode()
    examined(w.lab, begun(w.lab))
    page = client.get("/intake/examine/").content.decode()

    assert "另有 1 件没有在本平台填报申报书" in page
    assert 'aria-label="公示中 0"' in page
