"""Objections: raised by anyone, settled by the office, and nobody else learns who raised them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from rounds_world import LaboratoryWorld, begun, examined, laboratory_world

from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import Text
from guiju.web.accounts.domain.organisations import add_member
from guiju.web.accounts.models import User
from guiju.web.cases.domain import make_move
from guiju.web.cases.models import CaseRecord, EventRecord
from guiju.web.cases.store import case_of, verified
from guiju.web.kit.permissions import Refused, verdict
from guiju.web.notices.domain import Item, Objector, answer, handle, inquire, object_to, publish
from guiju.web.notices.domain.handling import Step
from guiju.web.notices.domain.objecting import digest
from guiju.web.notices.models import NoticeItem, Objection
from guiju.web.notices.queries import by_code, objections_for
from guiju.web.notices.threads import standing_of
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
Clock = Callable[[str], None]
GROUND = "设备清单里的三台仪器属于另一个单位"


def noticed(world: LaboratoryWorld) -> NoticeItem:
    record = examined(world, begun(world))
    notice = publish(world.round, "P1", [Item(record, Text("通过形式审查", "passed"))], world.officer)
    return notice.items.get()


def raised(item: NoticeItem, objector: Objector | None = None, ground: str = GROUND) -> Objection:
    made = object_to(item, objector or Objector(origin="203.0.113.7"), ground)
    assert not isinstance(made, Refusal), made
    return made.objection


def settled(objection: Objection, step: Step, finding: str, user: User) -> Objection:
    made = handle(objection, step, finding, user)
    assert isinstance(made, CaseRecord), made
    return Objection.objects.get(pk=objection.pk)


def test_an_unnamed_objection_opens_a_thread_and_holds_up_what_the_chart_says(on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world()
    item = noticed(world)
    objection = raised(item)
    on("2026-03-20")
    refused = make_move(item.case, "T10", world.officer, acting_for=world.bureau.public_id)

    assert objection.thread == "objection_p1#1"
    assert [h.zh for h in standing_of(objection).holds] == ["受理", "退回申报材料"]
    assert isinstance(refused, Refusal)
    assert refused.code == "objection"


def test_it_is_taken_on_inquired_into_and_dismissed_within_the_rounds_time(on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world()
    objection = raised(noticed(world))
    objection = settled(objection, "accept", "", world.officer)
    assert str(standing_of(objection).due and standing_of(objection).due.end) == "2026-03-16"

    answer(inquire(objection, "objector", "", "哪三台？", world.officer), "编号 1、2、3")
    objection = settled(objection, "dismiss", "三台仪器有共用协议", world.officer)

    standing = standing_of(objection)
    assert (standing.stage.id, standing.finding, standing.holds) == ("dismissed", "三台仪器有共用协议", ())
    on("2026-03-10")
    case = CaseRecord.objects.get(pk=objection.item.case_id)
    assert isinstance(make_move(case, "T10", world.officer, acting_for=world.bureau.public_id), CaseRecord)
    assert verified(CaseRecord.objects.get(pk=case.pk)) == []


def test_on_the_desk_an_objection_is_one_task_with_its_day_and_leads_to_itself(on: Clock, signed_in: SignedIn) -> None:
    on("2026-03-02")
    world = laboratory_world()
    objection = settled(raised(noticed(world)), "accept", "", world.officer)
    page = signed_in(world.officer).get("/desk/").content.decode().partition("最近通知")[0]
    task = page.partition("2026-03-16")[2].partition('class="row"')[0]

    assert re.search(rf'<a href="/notices/desk/{objection.public_id}/">[^<]+1·异议成立、异议不成立</a>', task), task
    assert page.count(f'href="/notices/desk/{objection.public_id}/"') == 1
    assert 'href="/notices/desk/"' not in page.partition("<main")[2]


def test_the_case_leads_to_its_open_objections_for_whoever_settles_them(on: Clock, signed_in: SignedIn) -> None:
    on("2026-03-02")
    world = laboratory_world()
    objection = raised(noticed(world))
    case, way = f"/cases/{objection.item.case.public_id}/", f'href="/notices/desk/{objection.public_id}/"'
    by_person = {who: way in signed_in(getattr(world, who)).get(f"{case}?as={as_}").content.decode()
                 for who, as_ in (("officer", world.bureau.public_id), ("applicant", ""), ("recommender", ""))}
    open_to = Objection.objects.get().public_id in signed_in(world.applicant).get(case).content.decode()
    settled(settled(objection, "accept", "", world.officer), "dismiss", "共用", world.officer)

    assert by_person == {"officer": True, "applicant": False, "recommender": False}
    assert not open_to
    assert "没有办结的" not in signed_in(world.officer).get(case).content.decode()


def test_upheld_it_is_counted_and_the_case_goes_back(on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world()
    objection = settled(raised(noticed(world)), "accept", "", world.officer)
    settled(objection, "uphold", "属实", world.officer)
    on("2026-03-20")
    case = CaseRecord.objects.get(pk=objection.item.case_id)
    refused = make_move(case, "T10", world.officer, acting_for=world.bureau.public_id)

    assert isinstance(refused, Refusal)
    assert "T10-upheld" in {r.about for r in refused.reasons}


def test_the_objector_is_found_by_his_code_alone() -> None:
    item = noticed(laboratory_world())
    made = object_to(item, Objector(origin="203.0.113.7"), GROUND)
    assert not isinstance(made, Refusal)

    assert by_code(digest(made.code)) == by_code(digest(made.code.lower().replace("-", " "))) == made.objection
    assert by_code(digest("AAAA-BBBB-CCCC-DDDD")) is None
    assert made.code not in str(Objection.objects.values().get())


NAMED = ("周举报", "13800001234", "举报单位")


def test_who_objected_stands_in_no_event_page_letter_or_export_of_the_applicant(signed_in: SignedIn, client: Client
                                                                                ) -> None:
    world = laboratory_world()
    item = noticed(world)
    raised(item, Objector(world.stranger, NAMED[0], NAMED[1], "203.0.113.7"))
    raised(item, Objector(None, NAMED[2], NAMED[1], "203.0.113.8"), "数据是抄来的")
    assert set(Objection.objects.values_list("name", flat=True)) == {NAMED[0], NAMED[2]}

    lines = "".join(EventRecord.objects.values_list("line", flat=True))
    assert not any(word in lines for word in (*NAMED, world.stranger.public_id, world.stranger.name))
    ours, base = signed_in(world.applicant), f"/cases/{item.case.public_id}/"
    pages = [ours.get(a).content.decode() for a in (base, f"{base}audit/", "/inbox/", "/cases/", "/cases/deadlines/",
                                                    f"/notices/{item.notice.public_id}/", "/notices/")]
    pages += [client.get(f"/notices/{item.notice.public_id}/").content.decode()]
    for word in (*NAMED, GROUND, "数据是抄来的", world.stranger.name):
        assert [p for p in pages if word in p] == []
    assert ours.get(f"{base}file.jsonl").status_code == 403
    letters = Message.objects.exclude(user=world.stranger).values_list("body_zh", "subject_zh")
    assert not any(word in text for row in letters for text in row for word in (*NAMED, GROUND))


def test_the_case_knows_an_unnamed_objector_by_his_receipts_number_alone() -> None:
    item = noticed(laboratory_world())
    objection = raised(item)
    event = case_of(CaseRecord.objects.get(pk=item.case_id)).last

    assert (event.actor.id, event.actor.organisation) == (f"anonymous:{objection.public_id}", "")
    assert (objection.user, objection.name, objection.contact) == (None, "", "")
    assert "203.0.113.7" not in json.dumps(str(Objection.objects.values().get()))
    assert EventRecord.objects.filter(case=item.case).order_by("-number")[0].actor is None


def test_where_the_round_hears_names_only_it_says_so() -> None:
    item = noticed(laboratory_world(rules={"anonymous_objections": False}))
    with pytest.raises(Refused, match="只受理实名异议"):
        raised(item)

    assert raised(item, Objector(None, "周举报", "13800001234")).named


@pytest.mark.parametrize(("objector", "ground", "why"), [
    (Objector(origin="a"), "  ", "写明异议的理由"), (Objector(name="周某", origin="a"), "有误", "请留联系方式"),
    (Objector(origin="a"), "长" * 5001, "至多 5000 字")])
def test_what_is_missing_is_said(objector: Objector, ground: str, why: str) -> None:
    item = noticed(laboratory_world())
    with pytest.raises(Refused, match=why):
        raised(item, objector, ground)


def test_after_its_last_day_nothing_is_taken(on: Clock) -> None:
    on("2026-03-02")
    item = noticed(laboratory_world())
    on("2026-03-09")
    raised(item)
    on("2026-03-10")
    with pytest.raises(Refused, match="公示已于 2026-03-09 期满"):
        raised(item)


def test_so_many_a_day_of_one_origin(on: Clock) -> None:
    on("2026-03-02")
    item = noticed(laboratory_world())
    for n in range(5):
        raised(item, ground=f"第 {n} 条")
    with pytest.raises(Refused, match="太多"):
        raised(item, ground="第六条")
    raised(item, Objector(origin="198.51.100.9"))
    on("2026-03-04")
    raised(item)


def test_a_button_pressed_twice_raises_one_objection() -> None:
    item = noticed(laboratory_world())
    raised(item)
    with pytest.raises(Refused, match="已经收到"):
        raised(item)

    assert Objection.objects.count() == 1


def test_only_the_office_of_the_procedure_settles_it() -> None:
    world = laboratory_world()
    objection = raised(noticed(world))
    people = ("applicant", "partner", "recommender", "officer", "ministries", "chair", "stranger", "operator")

    assert {p for p in people if verdict(getattr(world, p), "objection.handle", objection)} == {"officer"}
    assert {p for p in people if objections_for(getattr(world, p)).exists()} == {"officer"}
    assert isinstance(handle(objection, "dismiss", "不成立", world.applicant), Refusal)


def test_who_may_only_read_for_the_office_learns_nothing_of_objectors(signed_in: SignedIn) -> None:
    world = laboratory_world()
    objection = raised(noticed(world), Objector(None, NAMED[0], NAMED[1], "203.0.113.7"))
    add_member(world.bureau, world.stranger, "reader")
    client = signed_in(world.stranger)

    assert client.get(f"/notices/desk/{objection.public_id}/").status_code == 404
    assert objection.public_id not in client.get("/notices/desk/").content.decode()


def test_a_finding_is_asked_for() -> None:
    world = laboratory_world()
    objection = settled(raised(noticed(world)), "accept", "", world.officer)

    assert isinstance(handle(objection, "uphold", "  ", world.officer), Refusal)


def test_a_settled_objection_takes_no_more_questions_and_answers() -> None:
    world = laboratory_world()
    objection = settled(raised(noticed(world)), "accept", "", world.officer)
    asked = inquire(objection, "objector", "", "哪三台？", world.officer)
    objection = settled(objection, "dismiss", "查无实据", world.officer)

    with pytest.raises(Refused, match="已办结"):
        answer(asked, "编号 1")
    with pytest.raises(Refused, match="已办结"):
        inquire(objection, "other", "设备处", "有无共用协议？", world.officer)


def test_who_gave_his_account_is_told_how_it_ended() -> None:
    world = laboratory_world()
    objection = raised(noticed(world), Objector(world.stranger, "李外人", "li@example.org"))
    settled(objection, "dismiss", "查无实据", world.officer)

    told = Message.objects.get(user=world.stranger, subject_zh__contains="异议")
    assert "不成立" in told.subject_zh
    assert "查无实据" not in told.body_zh
