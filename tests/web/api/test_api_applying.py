"""The work on an application by the API: the form, files, comments, revisions, Word and tables, receipts."""

from __future__ import annotations

import io
from typing import Any

import pytest
from applying import PDF, drafted, filled, joined, written
from calling import Program
from openpyxl import Workbook, load_workbook
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.web.applications.models import Application

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> LaboratoryWorld:
    return laboratory_world()


@pytest.fixture
def application(world: LaboratoryWorld) -> Application:
    return drafted(world)


def at(application: Application, path: str) -> str:
    return f"applications/{application.public_id}/{path}"


def kept(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("path", ["form", "files", "comments", "revisions", "receipts", "handed-in",
                                  "revisions/1/differences", "fields/equipment/blank.xlsx"])
def test_an_application_of_others_is_not_there(world: LaboratoryWorld, application: Application, path: str) -> None:
    for user in (world.stranger, world.recommender, world.officer):
        real = Program(user).get(at(application, path))
        assert (real.status_code, real.content) == (404, Program(user).get(f"applications/none/{path}").content)


def test_the_form_is_described_with_limits_and_whose_it_is(world: LaboratoryWorld) -> None:
    application = drafted(world, joint=True)
    joined(world, application)
    host, partner = (fields_of(Program(u).get(at(application, "form"))) for u in (world.applicant, world.partner))
    public = fields_of(Program(world.stranger).get(f"rounds/{world.round.public_id}/form"))

    assert host["equipment"]["kind"] == "table"
    assert {c["id"] for c in host["equipment"]["columns"]} >= {"name"}
    assert any(f["limit"] for f in host.values())
    assert (host["purpose_text"]["writable"], partner["purpose_text"]["writable"]) == (True, False)
    assert (partner["equipment"]["writable"], public["equipment"]["writable"]) == (True, None)
    assert Program(world.stranger).get("rounds/none/form").status_code == 404


def fields_of(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.content.decode()
    return {f["id"]: f for section in answer.json()["sections"] for f in section["fields"]}


def test_a_file_is_attached_once_and_removed(world: LaboratoryWorld, application: Application) -> None:
    host = Program(world.applicant)
    field = next(i for i, f in fields_of(host.get(at(application, "form"))).items() if f["kind"] == "attachment")
    ticket = host.sends("承诺.pdf", PDF)

    listed = [host.post(at(application, f"fields/{field}/files"), {"ticket": ticket}).json() for _ in "12"][-1]
    assert [(f["field"], f["name"]) for f in listed] == [(field, "承诺.pdf")]
    assert host.get(f"files/{listed[0]['id']}").status_code == 200
    assert host.post(at(application, "fields/purpose_text/files"), {"ticket": ticket}).status_code == 409
    theirs = Program(world.stranger).sends("b.pdf", PDF + b" ")
    assert host.post(at(application, f"fields/{field}/files"), {"ticket": theirs}).status_code == 409
    assert [host.delete(at(application, f"files/{listed[0]['id']}")).status_code for _ in "12"] == [204, 404]


def test_comments_are_listed_and_settled(world: LaboratoryWorld, application: Application) -> None:
    host = Program(world.applicant)
    host.post(at(application, "comments"), {"field": "purpose_text", "text": "请补数据"})
    said = host.get(at(application, "comments")).json()[0]

    assert (said["text"], said["settled"]) == ("请补数据", None)
    assert host.post(at(application, f"comments/{said['number']}/settle")).status_code == 204
    assert host.get(at(application, "comments")).json()[0]["settled"]
    assert host.post(at(drafted_elsewhere(world), f"comments/{said['number']}/settle")).status_code == 404


def drafted_elsewhere(world: LaboratoryWorld) -> Application:
    return drafted(world)


def test_revisions_are_kept_compared_and_brought_back(world: LaboratoryWorld, application: Application) -> None:
    host = Program(world.applicant)
    written(application, "purpose_text", "第一句。第二句。", world.applicant)
    assert host.post(at(application, "revisions"), {"note": "初稿"}).json()["number"] == 1
    written(application, "purpose_text", "第一句。改过的第二句。", world.applicant)

    found = host.get(at(application, "revisions/1/differences")).json()
    assert {(p["kind"], p["text"]) for p in found[0]["pieces"]} == {
        ("same", "第一句。"), ("new", "改过的"), ("same", "第二句。")}
    assert host.post(at(application, "revisions/1/restore")).json()["note"] == "恢复第 1 版之前"
    assert application.answers.get(field="purpose_text").value == "第一句。第二句。"
    assert [r["number"] for r in host.get(at(application, "revisions")).json()["revisions"]] == [2, 1]
    assert host.post(at(application, "revisions/9/restore")).status_code == 404
    assert host.get(at(application, "revisions/1/differences"), newer=9).status_code == 404


def test_a_word_file_is_read_first_and_taken_over_field_by_field(world: LaboratoryWorld) -> None:
    first, second, host = drafted(world), drafted(world), Program(world.applicant)
    written(first, "purpose_text", "文件里的目的。", world.applicant)
    written(first, "lab_name_zh", "陶瓷国家质量标准实验室", world.applicant)
    ticket = host.sends("填好.docx", host.get(at(first, "documents/filled.docx")).content)

    read = host.post(at(second, "docx"), {"ticket": ticket})
    assert {c["field"] for c in read.json()["changes"]} == {"purpose_text", "lab_name_zh"}
    assert not second.answers.filter(field__in=("purpose_text", "lab_name_zh")).exists()
    taken = host.post(at(second, "docx/take-over"), {"ticket": ticket, "fields": ["purpose_text"]})
    assert taken.json() == {"changed": ["purpose_text"]}
    assert second.answers.filter(field="purpose_text").exists()
    assert not second.answers.filter(field="lab_name_zh").exists()
    assert host.post(at(second, "docx"), {"ticket": host.sends("a.pdf", PDF)}).status_code == 409


def test_rows_come_from_a_paste_or_a_workbook(world: LaboratoryWorld, application: Application) -> None:
    host = Program(world.applicant)
    blank = load_workbook(io.BytesIO(host.get(at(application, "fields/equipment/blank.xlsx")).content))
    header = [c.value for c in next(blank.worksheets[0].iter_rows(min_row=1, max_row=1))]
    pasted = host.post(at(application, "fields/equipment/paste"), {"text": "\t".join(map(str, header)) + "\n甲仪"})
    assert pasted.json()["rows"] == [{"name": "甲仪"}]
    assert not application.answers.filter(field="equipment").exists()

    book = Workbook()
    book.active.append(header)
    book.active.append(["乙仪"])
    ticket = host.sends("设备.xlsx", kept(book))
    for instead, names in ((False, ["乙仪"]), (False, ["乙仪", "乙仪"]), (True, ["乙仪"])):
        sent = host.post(at(application, "fields/equipment/table"), {"ticket": ticket, "instead": instead})
        assert sent.status_code == 200, sent.content.decode()
        assert [r["name"] for r in application.answers.get(field="equipment").value] == names
    assert host.post(at(application, "fields/purpose_text/table"), {"ticket": ticket}).status_code == 404


def test_what_was_handed_in_has_a_receipt_and_is_read_by_who_recommends(
        world: LaboratoryWorld, application: Application) -> None:
    filled(application, world.applicant)
    host, body = Program(world.applicant), Program(world.recommender)
    assert host.get(at(application, "receipts")).json() == []
    assert host.get(at(application, "handed-in")).status_code == 404
    digest = host.get(f"applications/{application.public_id}").json()["digest"]
    made = host.post(at(application, "hand-in"), {"digest": digest, "seal": True, "copies": 3})
    assert made.status_code == 200, made.content.decode()

    receipt = host.get(at(application, "receipts")).json()[0]
    assert (receipt["number"], receipt["digest"]) == (made.json()["number"], digest)
    assert host.get(f"files/{receipt['file']}").status_code == 200
    read = body.get(at(application, "handed-in")).json()
    assert read["digest"] == digest
    assert any(f["field"] == "lab_name_zh" for f in read["fields"])
    assert body.get(at(application, "receipts")).status_code == 404
    assert Program(world.stranger).get(at(application, "handed-in")).status_code == 404


def test_a_joint_application_is_handed_in_with_the_partners_agreement(world: LaboratoryWorld) -> None:
    application = drafted(world, joint=True)
    joined(world, application)
    filled(application, world.applicant)
    host = Program(world.applicant)
    hung = host.post(at(application, "fields/joint_agreement/files"), {"ticket": host.sends("协议.pdf", PDF)})
    assert hung.status_code == 200, hung.content.decode()
    digest = host.get(f"applications/{application.public_id}").json()["digest"]
    made = host.post(at(application, "hand-in"), {"digest": digest, "seal": True, "copies": 3, "partners_seal": True})

    assert made.status_code == 200, made.content.decode()
    last = host.get(f"cases/{application.case.public_id}").json()["history"][-1]
    assert "联合共建协议" in last["papers"]
