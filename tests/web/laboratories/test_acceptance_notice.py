"""A laboratory of a round of the site: its names come from the application, its acceptance is made public."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from laboratory_walks import members_of_committee, papers_for
from rounds_world import LaboratoryWorld, begun, examined, laboratory_world

from guiju.lifecycle.events import Evidence
from guiju.web.accounts.models import User
from guiju.web.applications.models import Application, Revision
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign, make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.clock import now
from guiju.web.laboratories.models import Laboratory
from guiju.web.notices.models import Objection, PublicNotice

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]
NAME = "先进陶瓷国家质量标准实验室"
NAME_EN = "State Quality & Standards Laboratory of Advanced Ceramics"
PASSED = {"专家委员会组建日": "2026-03-01", "验收结论": "通过验收"}
CLEAN = {"出具虚假报告": "否", "学术不端": "否", "实验数据造假": "否", "其他违法不诚信行为": "否"}


@pytest.fixture
def approved(on: Clock) -> tuple[LaboratoryWorld, CaseRecord]:
    """A case of a published round, led from the call to the approval."""
    on("2026-03-02")
    world = laboratory_world()
    record = begun(world)
    application = Application.objects.create(
        round=world.round, case=record, organisation=world.host, body=world.body, form=world.round.form,
        form_digest="0" * 64, begun=now(), begun_by=world.applicant)
    Revision.objects.create(application=application, number=1, digest="0" * 64, event=3, at=now(), by=world.applicant,
                            content={"answers": {"lab_name_zh": NAME, "lab_name_en": NAME_EN, "plan_text": "十项标准",
                                                 "research_field": "先进陶瓷"}})
    record = examined(world, record)
    assign(installed(record.chart), "PANEL", user=world.experts[0], case=record)
    rules = {"专家委员会组建日": "2026-03-01", "评审细则已通过": "是", "专家组已按领域设立": "是",
             "专家委员会成员": members_of_committee()}
    for day, name, user, given, decide in (
            ("2026-03-20", "T10", world.officer, {}, {}), ("2026-03-23", "T12", world.chair, rules, {}),
            ("2026-04-07", "T14a", world.experts[0], {"评审得分": "88 分", **CLEAN}, {}),
            ("2026-04-20", "T15", world.chair, {"得票比例": "80%", "投票环节有现场考察": "是"}, {}),
            ("2026-04-21", "T17", world.officer, {}, {}),
            ("2026-05-20", "T19", world.officer, {"计划建成日": "2027-05-20"}, {})):
        record = moved(on, record, day, name, user, given, decide)
    return world, record


def moved(on: Clock, record: CaseRecord, day: str, name: str, user: User, given: Mapping[str, Any],
          decide: dict[str, str] | None = None) -> CaseRecord:
    on(day)
    chart = installed(record.chart)
    place = next((p for p in user.memberships.all() if len(user.memberships.all()) > 1 and {
        u.role for u in chart.moves[name].roles} & set(p.organisation.roles_held.values_list("role", flat=True))), None)
    made = make_move(record, name, user, acting_for=place.organisation.public_id if place else "",
                     evidence=Evidence(given, papers_for(chart, name), decide or {}))
    assert isinstance(made, CaseRecord), (name, made)
    return made


def test_names_and_field_come_from_the_application(approved: tuple[LaboratoryWorld, CaseRecord]) -> None:
    world, record = approved
    laboratory = Laboratory.objects.get(case=record)

    assert (laboratory.name, laboratory.name_en, laboratory.field) == (NAME, NAME_EN, "先进陶瓷")
    client = Client()
    client.force_login(world.applicant)
    assert "十项标准" in client.get(f"/laboratories/{laboratory.public_id}/desk/plan/change/").content.decode()


def test_the_acceptance_is_made_public_with_the_ministries_approval(
        approved: tuple[LaboratoryWorld, CaseRecord], on: Clock) -> None:
    world, record = approved
    for day, name, user, given in (
            ("2027-05-24", "T27", world.applicant, {}),
            ("2027-06-01", "T29", world.chair, PASSED),
            ("2027-06-07", "T30", world.ministries, {})):
        record = moved(on, record, day, name, user, given)
    notice = PublicNotice.objects.get()

    assert (notice.notice, [(i.name, i.result_zh) for i in notice.items.all()]) == ("P3", [(NAME, "通过验收")])
    assert Laboratory.objects.get(case=record).state == "notice"
    assert notice.ends == record.agenda.get(ref="P3").end
    record = moved(on, record, "2027-06-16", "T31", world.ministries, {})
    assert Laboratory.objects.get(case=record).state == "operating"


def test_an_objection_to_the_acceptance_is_upheld_on_the_pages(
        approved: tuple[LaboratoryWorld, CaseRecord], on: Clock) -> None:
    world, record = approved
    for day, name, user, given in (
            ("2027-05-24", "T27", world.applicant, {}), ("2027-06-01", "T29", world.chair, PASSED),
            ("2027-06-07", "T30", world.ministries, {})):
        record = moved(on, record, day, name, user, given)
    on("2027-06-09")
    notice = PublicNotice.objects.get()
    Client().post(f"/notices/{notice.public_id}/object/1/", {"ground": "三台仪器是租来的", "how": "anonymous"})
    objection = Objection.objects.get()
    office = Client()
    office.force_login(world.ministries)
    desk = f"/notices/desk/{objection.public_id}/"

    for step, given in (("accept", {}), ("uphold", {"finding": "租赁合同属实"})):
        head = re.search(r'name="seen" value="(\w+)"', office.get(desk).content.decode())
        assert head
        assert office.post(desk, {"step": step, "seen": head[1], **given}).status_code == 302
    html = office.get(desk).content.decode()

    assert "租赁合同属实" in html
    assert [(e["thread"], e["move"]) for e in events_of(record)][-3:] == [
        ("objection_p3#1", "raise"), ("objection_p3#1", "accept"), ("objection_p3#1", "uphold")]
    assert 'name="step"' not in html  # settled
    lab = f"/laboratories/{record.public_id}/desk/"
    assert "/do/T31/" not in office.get(lab).content.decode()
    record.refresh_from_db()
    assert office.post(f"{lab}do/T47/", {"seen": record.head}).status_code == 302
    looked_into = office.get(lab).content.decode()
    assert ("/do/T48b/" in looked_into, "/do/T48a/" in looked_into) == (True, False)


def events_of(record: CaseRecord) -> list[dict[str, Any]]:
    return [json.loads(line) for line in record.events.order_by("number").values_list("line", flat=True)]


def test_a_notice_that_can_not_be_published_undoes_the_approval(
        approved: tuple[LaboratoryWorld, CaseRecord], on: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    from guiju.web.kit.permissions import Refused
    from guiju.web.laboratories.domain import publishing

    world, record = approved
    record = moved(on, record, "2027-05-24", "T27", world.applicant, {})
    record = moved(on, record, "2027-06-01", "T29", world.chair, PASSED)

    def refuse(*_: object, **__: object) -> None:
        raise Refused("公示的时长没有设定", "how long it stands is not set")

    monkeypatch.setattr(publishing, "publish", refuse)
    client = Client()
    client.force_login(world.ministries)
    answer = client.post(f"/laboratories/{record.public_id}/desk/do/T30/", {"seen": record.head})

    assert "公示的时长没有设定" in answer.content.decode()
    assert CaseRecord.objects.get(pk=record.pk).stage == "S25"


def test_weights_are_set_in_the_rounds_rules_by_who_runs_it(
        approved: tuple[LaboratoryWorld, CaseRecord], on: Clock) -> None:
    world, record = approved
    address = f"/laboratories/{record.public_id}/desk/evaluation/weights/"
    given = {"research": "30", "people": "20", "openness": "20", "service": "30", "reason": "两部门评估细则"}
    host, officer = Client(), Client()
    host.force_login(world.applicant)
    officer.force_login(world.officer)
    assert host.post(address, given).status_code == 403
    assert officer.post(address, {**given, "reason": ""}).status_code == 200
    assert officer.post(address, given).status_code == 302

    world.round.refresh_from_db()
    assert world.round.rules["evaluation_weights"] == {
        "research": "30", "people": "20", "openness": "20", "service": "30"}
    assert world.round.changes.get().reason == "两部门评估细则"


def test_the_round_says_how_many_days_ahead(approved: tuple[LaboratoryWorld, CaseRecord], on: Clock) -> None:
    """Seven and one, not thirty."""
    from guiju.web.cases.domain.reminding import remind
    from guiju.web.outbox.models import Message

    world, record = approved
    day = record.agenda.get(ref="R1").end
    for ahead in (30, 7):
        on((day - dt.timedelta(days=ahead)).isoformat())
        remind()
    found = Message.objects.filter(kind="reminder", user=world.applicant, key__contains=":R1/")

    assert [m.subject_zh[:6] for m in found] == ["还有 7 天"]
