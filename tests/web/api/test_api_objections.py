"""Objections by a program: the office handles them, and whoever has the receipt sees what becomes of one."""

from __future__ import annotations

import pytest
from calling import Program
from people import person
from rounds_world import LaboratoryWorld, begun, examined, laboratory_world

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.notices.domain import Item, publish
from guiju.web.notices.models import NoticeItem, Objection

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
GROUND = "设备清单里的三台仪器属于另一个单位"


@pytest.fixture
def lab(db: None) -> LaboratoryWorld:
    return laboratory_world()


@pytest.fixture
def item(lab: LaboratoryWorld) -> NoticeItem:
    record = examined(lab, begun(lab))
    return publish(lab.round, "P1", [Item(record, Text("通过形式审查", "passed"))], lab.officer).items.get()


def raised(item: NoticeItem, user: User, name: str = "") -> str:
    """The code of the receipt."""
    program = Program(user)
    papers = [{"ticket": program.sends("照片.pdf", PDF)}] if name else []
    made = program.post(f"notices/{item.notice.public_id}/items/{item.place}/objections",
                        {"ground": GROUND, "name": name, "contact": "0371-1" if name else "", "papers": papers})
    assert made.status_code == 201, made.content.decode()
    return str(made.json()["code"])


def test_whoever_has_the_receipt_sees_how_it_stands_and_answers(lab: LaboratoryWorld, item: NoticeItem) -> None:
    code = raised(item, lab.stranger)
    office, anyone = Program(lab.officer), Program(person("anyone", "任何人"))
    objection = Objection.objects.get()
    path = f"objections/{objection.public_id}"

    seen = anyone.post("objection-receipts", {"code": code.lower()}).json()
    assert (seen["ground"], seen["named"], seen["over"], seen["inquiries"]) == (GROUND, False, False, [])
    assert office.post(f"{path}/steps", {"step": "accept"}).status_code == 200
    assert office.post(f"{path}/inquiries", {"to": "objector", "question": "哪三台？"}).status_code == 204
    asked = anyone.post("objection-receipts", {"code": code}).json()["inquiries"][0]
    told = {"code": code, "inquiry": asked["number"], "answer": "电镜、质谱、天平"}
    assert anyone.post("objection-receipts/answers", told).status_code == 204
    assert anyone.post("objection-receipts/answers", told).status_code == 409
    assert anyone.post("objection-receipts", {"code": code}).json()["inquiries"][0]["answer"] == "电镜、质谱、天平"
    assert office.get(path).json()["inquiries"][0]["answer"] == "电镜、质谱、天平"


def test_no_receipt_shows_nothing(lab: LaboratoryWorld, item: NoticeItem) -> None:
    code = raised(item, lab.stranger)
    program = Program(lab.stranger)
    wrong = program.post("objection-receipts", {"code": code[:-1] + ("A" if code[-1] != "A" else "B")})

    assert (wrong.status_code, wrong.json()["code"]) == (404, "not_found")
    assert program.post("objection-receipts", {"code": ""}).status_code == 422
    assert program.post("objection-receipts/answers", {"code": code, "inquiry": 1, "answer": "在"}).status_code == 404


def test_the_office_reads_who_raised_it_and_notes_what_others_answer(lab: LaboratoryWorld, item: NoticeItem) -> None:
    code = raised(item, lab.stranger, "外人甲")
    office, path = Program(lab.officer), f"objections/{Objection.objects.get().public_id}"
    found = office.get(path).json()

    assert (found["name"], found["contact"], found["finding"]) == ("外人甲", "0371-1", "")
    assert office.get(f"files/{found['files'][0]['id']}").status_code == 200
    assert office.post(f"{path}/steps", {"step": "accept", "seen": found["seen"]}).status_code == 200
    stale = office.post(f"{path}/steps", {"step": "dismiss", "finding": "查无此事", "seen": found["seen"]})
    assert (stale.status_code, stale.json()["code"]) == (409, "overtaken")
    office.post(f"{path}/inquiries", {"to": "other", "of": "仪器所有单位", "question": "是否出借？"})
    number = office.get(path).json()["inquiries"][0]["number"]
    assert Program(lab.stranger).post(f"{path}/inquiries/{number}/answer", {"answer": "是"}).status_code == 404
    assert office.post(f"{path}/inquiries/{number}/answer", {"answer": "已出借两年"}).status_code == 204
    # What others are asked is not for the objector.
    assert Program(lab.stranger).post("objection-receipts", {"code": code}).json()["inquiries"] == []
    assert office.post(f"{path}/steps", {"step": "dismiss", "finding": "合同在案"}).status_code == 200
    assert office.get(path).json()["finding"] == "合同在案"


def test_an_objector_with_an_account_lists_his_own(lab: LaboratoryWorld, item: NoticeItem) -> None:
    raised(item, lab.stranger, "外人甲")
    mine = Program(lab.stranger).get("my-objections").json()

    assert [(o["notice"], o["about"], o["over"]) for o in mine] == [(item.notice.public_id, item.name, False)]
    assert Program(lab.applicant).get("my-objections").json() == []


@pytest.mark.parametrize("who", ["applicant", "stranger", "recommender", "operator"])
def test_who_does_not_settle_it_does_not_read_it(lab: LaboratoryWorld, item: NoticeItem, who: str) -> None:
    raised(item, lab.stranger, "外人甲")

    assert Program(getattr(lab, who)).get(f"objections/{Objection.objects.get().public_id}").status_code == 404
