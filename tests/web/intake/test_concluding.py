"""A conclusion of the formal examination rests on the marks: a pass on all of them, a failure on what fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from intake_world import IntakeWorld, fresh, in_examination, intake_world, judged

from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.intake import domain
from guiju.web.intake.checklists import formal_examination
from guiju.web.intake.models import Check, Examination
from guiju.web.kit.permissions import Refused

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def w(db: None) -> IntakeWorld:
    return intake_world()


def page_of(application: Application) -> str:
    return f"/intake/examine/application/{application.public_id}/"


def batch(w: IntakeWorld, client: Client, *applications: Application, run: bool) -> str:
    data = {"move": "T09", "chosen": [a.public_id for a in applications], "whole": "0"}
    answer = client.post(f"/intake/examine/{w.lab.round.public_id}/batch/", {**data, **({"run": "1"} if run else {})},
                         follow=True)
    return answer.content.decode()


def test_a_pass_names_the_items_that_nobody_has_judged(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = judged(in_examination(w, w.first), w.lab.officer, but=("copies", "once"))
    client, given = signed_in(w.lab.officer), {"version": "0", "conclusion": "pass", "reasons": "逐项核对"}
    before = client.get(page_of(application)).content.decode()
    refused = client.post(f"{page_of(application)}conclude/", given)

    assert "纸质三份与电子版、每单位只参与一个申报。判断完才能作“形审通过”" in before
    assert (refused.status_code, Examination.objects.exists()) == (409, False)
    assert "还有 2 项没有判断：纸质三份与电子版、每单位只参与一个申报" in refused.content.decode()


def test_what_a_colleague_judged_counts_and_the_optional_item_need_not_be(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = judged(in_examination(w, w.first), w.lab.officer, but=("copies",))
    signed_in(w.examiner).post(f"{page_of(application)}mark/", {"item": "copies", "mark": "pass", "version": "0"})
    signed_in(w.lab.officer).post(f"{page_of(application)}conclude/",
                                  {"version": "0", "conclusion": "pass", "reasons": "缺项已书面说明"})

    assert Examination.objects.get().conclusion == "pass"
    assert not Check.objects.filter(item="other").exists()
    assert "项没有判断" not in signed_in(w.lab.officer).get(page_of(application)).content.decode()


def test_a_failure_rests_on_an_item_that_fails_and_on_no_other(w: IntakeWorld) -> None:
    application = in_examination(w, w.first)
    with pytest.raises(Refused, match="标为“不通过”"):
        domain.conclude(application, "fail", "不全", w.lab.officer, 0)
    judged(application, w.lab.officer, failing="form")
    Check.objects.exclude(item="form").filter(kind="formal").delete()

    assert domain.conclude(application, "fail", "不全", w.lab.officer, 0).conclusion == "fail"


def test_a_batch_holds_a_pass_whose_marks_were_taken_away(w: IntakeWorld, signed_in: SignedIn) -> None:
    one, two = (judged(in_examination(w, a), w.lab.officer) for a in (w.first, w.second))
    for application in (one, two):
        domain.conclude(application, "pass", "逐项核对", w.lab.officer, 0)
    client = signed_in(w.lab.officer)
    client.post(f"{page_of(two)}mark/", {"item": "copies", "mark": "", "version": "1"})
    trial = batch(w, client, one, two, run=False)

    assert "可办 <b>1</b>，办不成 <b>1</b>" in trial
    assert "还有 1 项没有判断：纸质三份与电子版" in trial
    done = batch(w, client, one, two, run=True)
    assert [fresh(a).case.stage for a in (one, two)] == ["S08", "S07"]
    assert "还有 1 项没有判断：纸质三份与电子版" in done


def doubted(w: IntakeWorld, application: Application, item: str = "copies") -> Application:
    """In examination, everything judged, one item in doubt, nothing that the engine is against save the form."""
    sent = judged(in_examination(w, application), w.lab.officer, but=(item,))
    return in_doubt(w, sent, item)


def in_doubt(w: IntakeWorld, application: Application, item: str) -> Application:
    found = formal_examination().item(item)
    assert found is not None
    domain.mark_formal(application, found, "doubt", "少一份", w.examiner, 0)
    return fresh(application)


def test_a_doubt_asks_for_a_reason_which_is_said_before_and_goes_on_record(w: IntakeWorld, signed_in: SignedIn
                                                                          ) -> None:
    application = doubted(w, w.first)
    client, reason = signed_in(w.lab.officer), "补交件已当面点清"
    before = client.get(page_of(application)).content.decode()
    for nothing in ("", "  ", "……"):
        refused = client.post(f"{page_of(application)}conclude/",
                              {"version": "0", "conclusion": "pass", "reasons": nothing})
        assert (refused.status_code, Examination.objects.exists()) == (409, False)
    page = refused.content.decode()

    assert "纸质三份与电子版、申报材料填写完整、不超字数。作“形审通过”要在理由里写明为什么" in before
    field = page[page.index('name="reasons"') - 1500:page.index('name="reasons"')]
    assert "作“形审通过”要写明理由：纸质三份与电子版" in field
    client.post(f"{page_of(application)}conclude/", {"version": "0", "conclusion": "pass", "reasons": reason})
    shown = client.get(page_of(application)).content.decode()
    assert "有疑问而仍作“形审通过”的项</b>：纸质三份与电子版、" in shown
    assert reason in shown
    assert "办成 1，没有办 0" in batch(w, client, application, run=True)
    record = f"/cases/{application.case.public_id}/"
    office = client.get(record).content.decode()
    assert f"有疑问而仍通过的项：纸质三份与电子版、申报材料填写完整、不超字数。理由：{reason}" in office
    for user in (w.lab.applicant, w.lab.recommender):
        html = signed_in(user).get(record).content.decode()
        assert ("出形式审查结论并公示" in html, reason in html) == (True, False)


def test_a_doubt_does_not_refuse_by_itself(w: IntakeWorld) -> None:
    application = doubted(w, w.first)

    with pytest.raises(Refused, match="标为“不通过”"):
        domain.conclude(application, "fail", "少一份", w.lab.officer, 0)


def test_a_doubt_after_the_conclusion_has_to_be_looked_at_before_it_is_published(w: IntakeWorld, signed_in: SignedIn
                                                                                ) -> None:
    application = judged(in_examination(w, w.first), w.lab.officer)
    domain.conclude(application, "pass", "缺项已书面说明", w.lab.officer, 0)
    in_doubt(w, application, "copies")
    client = signed_in(w.lab.officer)
    refused = batch(w, client, application, run=True)

    assert "已保存的结论没有就它们说明理由：纸质三份与电子版" in refused
    assert fresh(application).case.stage == "S07"
    domain.conclude(application, "pass", "点过了，三份都在", w.lab.officer, 1)
    batch(w, client, application, run=True)
    assert fresh(application).case.stage == "S08"


def test_what_the_engine_is_against_asks_for_a_reason_too(w: IntakeWorld) -> None:
    application = judged(in_examination(w, w.first), w.lab.officer)

    with pytest.raises(Refused, match=r"作“形审通过”要写明理由：申报材料填写完整、不超字数$"):
        domain.conclude(application, "pass", "", w.lab.officer, 0)
