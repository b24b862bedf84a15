"""The body's and the office's work by a program: batches tried and made, opinions with their seal, units counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from calling import Program
from intake_world import (
    IntakeWorld,
    applicant,
    checked,
    forwarded,
    fresh,
    handed_in,
    in_examination,
    intake_world,
    judged,
    later,
    taken_in,
)
from people import person

from guiju.web.accounts.domain.organisations import add_member
from guiju.web.applications.models import Application
from guiju.web.intake import domain
from guiju.web.intake.domain.opinions import LONGEST
from guiju.web.intake.models import Batch, Opinion
from guiju.web.kit.clock import today
from guiju.web.notices.models import PublicNotice

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def w(db: None) -> IntakeWorld:
    return intake_world()


def of_body(w: IntakeWorld) -> str:
    return f"recommending/rounds/{w.lab.round.public_id}/bodies/{w.lab.body.pk}/batches"


def of_office(w: IntakeWorld) -> str:
    return f"examining/rounds/{w.lab.round.public_id}/batches"


def stages(*applications: Application) -> list[str]:
    return [fresh(a).case.stage for a in applications]


def test_a_body_takes_in_what_it_ticked_after_a_trial_that_changes_nothing(w: IntakeWorld) -> None:
    body, sent = Program(w.lab.recommender), {"move": "take-in",
                                              "applications": {a.public_id: {} for a in (w.first, w.second)}}
    trial = body.post(of_body(w), sent)
    assert [(o["application"], o["made"]) for o in trial.json()] == [(w.first.public_id, True),
                                                                     (w.second.public_id, True)]
    assert (stages(w.first, w.second), Batch.objects.count(), trial.has_header("Location")) == (["S03"] * 2, 0, False)

    made = body.post(of_body(w), {**sent, "rehearse": False})
    assert stages(w.first, w.second) == ["S04"] * 2
    kept = body.get(made["Location"].removeprefix("/api/v1/")).json()
    assert (kept["move"], kept["body"], kept["by"], kept["notice"]) == ("take-in", w.lab.province.name, "推推荐", "")
    assert kept["outcomes"] == made.json()


def test_a_body_forwards_with_what_each_asks_for_and_leaves_out_what_is_refused(w: IntakeWorld) -> None:
    ready, bare = checked(w.first, w.lab.recommender), taken_in(w.second, w.lab.recommender)
    body = Program(w.lab.recommender)
    given = {ready.public_id: {"decisions": {"T07-seal": "公章随纸质件报送"}}, bare.public_id: {}}
    sent = {"move": "forward", "applications": given, "rehearse": False}

    assert {o["made"] for o in body.post(of_body(w), sent).json()} == {False}  # all or none
    assert stages(ready, bare) == ["S04", "S04"]
    made = {o["application"]: o for o in body.post(of_body(w), {**sent, "whole": False}).json()}
    assert (made[ready.public_id]["made"], made[bare.public_id]["made"]) == (True, False)
    assert made[bare.public_id]["why"][0]["zh"]
    assert stages(ready, bare) == ["S06", "S04"]


def test_a_batch_of_a_body_holds_its_own_and_is_made_by_its_own(w: IntakeWorld) -> None:
    own, foreign = {w.first.public_id: {}}, {w.foreign.public_id: {}}
    sent = {"move": "take-in", "applications": own, "rehearse": False}

    assert Program(w.lab.recommender).post(of_body(w), {**sent, "applications": foreign}).status_code == 404
    assert Program(w.reader).post(of_body(w), sent).status_code == 403
    assert Program(w.other_recommender).post(of_body(w), sent).status_code == 404
    assert Program(w.lab.recommender, "cases:read").post(of_body(w), sent).status_code == 403
    assert Program(w.lab.recommender).post(of_body(w), {**sent, "move": "receive"}).status_code == 422
    assert Program(w.lab.recommender).post(of_body(w), {**sent, "applications": {}}).status_code == 422
    assert stages(w.first, w.foreign) == ["S03", "S03"]


def test_who_acts_for_two_bodies_does_not_mix_them_in_a_batch(w: IntakeWorld) -> None:
    both = person("both", "两边经办")
    add_member(w.lab.province, both, "agent")
    add_member(w.other_body.body.organisation, both, "agent")
    sent = {"move": "take-in", "applications": {w.foreign.public_id: {}}, "rehearse": False}
    answer = Program(both).post(of_body(w), sent)

    assert (answer.status_code, "不是交到这个推荐单位的" in answer.json()["zh"]) == (409, True)
    assert stages(w.foreign) == ["S03"]


def test_the_office_words_the_notice_that_its_conclusions_publish(w: IntakeWorld) -> None:
    application = judged(in_examination(w, w.first), w.lab.officer)
    domain.conclude(application, "pass", "齐全", w.lab.officer, 0)
    office = Program(w.lab.officer)
    sent = {"move": "conclude", "applications": {application.public_id: {}}, "rehearse": False}

    short = office.post(of_office(w), {**sent, "notice": {"days": 2}})
    assert (short.status_code, "公示不能短于" in short.json()["zh"]) == (409, True)
    assert stages(application) == ["S07"]
    made = office.post(of_office(w), {**sent, "notice": {"title": "形审结果公示（第一批）", "days": 7}})
    assert (made.status_code, stages(application)) == (200, ["S08"])
    notice = PublicNotice.objects.get()
    assert (notice.title, notice.days) == ("形审结果公示（第一批）", 7)
    kept = office.get(made["Location"].removeprefix("/api/v1/")).json()
    assert (kept["move"], kept["body"], kept["notice"]) == ("conclude", "", notice.public_id)


def test_what_a_batch_did_is_read_by_its_own_side_alone(w: IntakeWorld) -> None:
    sent = {"move": "take-in", "applications": {w.first.public_id: {}}, "rehearse": False}
    address = Program(w.lab.recommender).post(of_body(w), sent)["Location"].removeprefix("/api/v1/")

    assert Program(w.reader).get(address).status_code == 200
    assert [Program(u).get(address).status_code for u in (w.other_recommender, w.lab.applicant, w.lab.officer)] \
        == [404, 404, 404]


def test_an_opinion_is_written_with_its_seal_and_read_by_body_and_office(w: IntakeWorld) -> None:
    application = taken_in(w.first, w.lab.recommender)
    body, path = Program(w.lab.recommender), f"recommending/{application.public_id}/opinion"
    whole = {"text": "同意推荐", "head": "厅长", "signed_on": today().isoformat(), "sealed": True,
             "joined": True, "preferred": None}

    assert body.get(path).status_code == 404
    unsealed = body.put(path, whole)
    assert (unsealed.status_code, "请上传盖章后的扫描件" in unsealed.json()["zh"]) == (409, True)
    assert body.put(path, {**whole, "scan": body.sends("推荐意见.pdf", PDF)}).status_code == 204
    kept = body.get(path).json()
    assert (kept["sealed"], kept["joined"], kept["preferred"], kept["version"]) == (True, True, None, 1)
    assert [s["name"] for s in kept["scans"]] == ["推荐意见.pdf"]
    assert body.get(f"files/{kept['scans'][0]['id']}").status_code == 200
    assert body.put(path, {**whole, "text": "改了"}).status_code == 409  # not the version that stands
    assert body.put(path, {**whole, "text": "改了", "version": 1}).status_code == 204
    assert [s["id"] for s in body.get(path).json()["scans"]] == [s["id"] for s in kept["scans"]]

    assert Program(w.lab.officer).get(f"examining/{application.public_id}/opinion").status_code == 404
    Opinion.objects.filter(application=application).delete()
    sent = forwarded(application, w.lab.recommender)
    office = Program(w.lab.officer)
    assert office.get(f"examining/{sent.public_id}/opinion").json()["text"] == "同意推荐"
    assert [c["department"] for c in office.get(f"examining/{sent.public_id}/consultations").json()] \
        == ["示例省科技厅"]


def test_an_opinion_that_is_too_long_or_anothers_is_not_kept(w: IntakeWorld) -> None:
    application = taken_in(w.first, w.lab.recommender)
    path = f"recommending/{application.public_id}/opinion"
    long = Program(w.lab.recommender).put(path, {"text": "长" * (LONGEST + 1)})

    assert long.json()["faults"][0]["zh"] == f"太长：最多 {LONGEST} 字，现有 {LONGEST + 1} 字"
    assert Program(w.reader).put(path, {"text": "同意"}).status_code == 403
    for stranger in (w.lab.applicant, w.other_recommender, w.lab.stranger):
        assert Program(stranger).get(path).status_code == 404
        assert Program(stranger).put(path, {"text": "同意"}).status_code == 404
    ticket = Program(w.lab.stranger).sends("他人.pdf", PDF)
    assert Program(w.lab.recommender).put(path, {"text": "同意", "scan": ticket}).status_code == 409
    assert not Opinion.objects.exists()


def test_a_conclusion_is_read_before_it_is_published(w: IntakeWorld) -> None:
    application = judged(in_examination(w, w.first), w.lab.officer, failing="form")
    office, path = Program(w.lab.officer), f"examining/{application.public_id}/conclusion"

    assert office.get(path).status_code == 404
    assert office.put(path, {"conclusion": "fail", "reasons": "缺第七节"}).status_code == 204
    kept = Program(w.examiner).get(path).json()
    assert (kept["conclusion"], kept["reasons"], kept["by"], kept["version"]) == ("fail", "缺第七节", "齐质量", 1)
    assert [Program(u).get(path).status_code for u in (w.lab.recommender, w.lab.applicant)] == [404, 404]


def test_a_conclusion_without_the_marks_it_rests_on_is_refused_by_words(w: IntakeWorld) -> None:
    application = in_examination(w, w.first)
    office, path = Program(w.lab.officer), f"examining/{application.public_id}/conclusion"
    failed = office.put(path, {"conclusion": "fail", "reasons": "缺第七节"})
    judged(application, w.lab.officer, but=("copies",))
    passed = office.put(path, {"conclusion": "pass", "reasons": "逐项核对"})

    assert (failed.status_code, "标为“不通过”" in failed.json()["zh"]) == (409, True)
    assert (passed.status_code, "还有 1 项没有判断：纸质三份与电子版" in passed.json()["zh"]) == (409, True)
    assert office.get(path).status_code == 404


def test_a_pass_while_an_item_is_in_doubt_needs_a_reason(w: IntakeWorld) -> None:
    application = judged(in_examination(w, w.first), w.lab.officer, but=("copies",))
    office, own = Program(w.lab.officer), f"examining/{application.public_id}"
    assert office.put(f"{own}/marks/copies", {"mark": "doubt", "remark": "少一份"}).status_code == 200
    refused = office.put(f"{own}/conclusion", {"conclusion": "pass"})
    kept = office.put(f"{own}/conclusion", {"conclusion": "pass", "reasons": "补交件已当面点清"})

    assert (refused.status_code, "要写明理由：纸质三份与电子版" in refused.json()["zh"]) == (409, True)
    assert kept.status_code == 204
    despite = [i["zh"] for i in office.get(f"{own}/conclusion").json()["despite"]]
    assert despite == ["纸质三份与电子版", "申报材料填写完整、不超字数"]


def test_units_in_several_applications_are_counted_for_the_office_alone(w: IntakeWorld) -> None:
    host, user = applicant(931, "共建研究院")
    one = in_examination(w, handed_in(w.lab, w.lab.body, w.lab.host, w.lab.applicant, (host.code,)))
    two = in_examination(w, handed_in(w.lab, w.lab.body, host, user))
    path = f"examining/rounds/{w.lab.round.public_id}/units"
    found = {u["code"]: u for u in Program(w.lab.officer).get(path).json()}

    assert set(found[host.code]["applications"]) == {one.public_id, two.public_id}
    assert (found[host.code]["name"], found[host.code]["joint"]) == ("共建研究院", sum(a.joint for a in (one, two)))
    assert [Program(u).get(path).status_code for u in (w.lab.recommender, w.lab.applicant, w.lab.operator)] \
        == [404, 404, 404]


def test_what_came_late_is_refused_as_late(w: IntakeWorld, on: Callable[[str], None]) -> None:
    w.lab.body.deadline = today()
    w.lab.body.save()
    on(later(1).isoformat())
    late = handed_in(w.lab, w.lab.body, *applicant(930, "迟交研究院"))
    body, path = Program(w.lab.recommender), f"recommending/{late.public_id}"

    assert body.post(f"{path}/take-in", {}).status_code == 409
    assert body.post(f"{path}/refusal-as-late", {"seen": late.case.head}).json()["stage"]["zh"]
    assert stages(late) == ["S05"]


def test_what_came_in_time_is_not_refused_as_late(w: IntakeWorld) -> None:
    path = f"recommending/{w.first.public_id}/refusal-as-late"
    answer = Program(w.lab.recommender).post(path, {"seen": w.first.case.head})

    assert answer.status_code == 409
    assert answer.json()["reasons"][0]["clauses"]
    assert Program(w.other_recommender).post(path, {}).status_code == 404
    assert stages(w.first) == ["S03"]
