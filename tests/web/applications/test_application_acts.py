"""Revisions, partners, comments, documents, deadlines, sending back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from applying import PDF, drafted, filled, joined, written
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from openpyxl import Workbook
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.web.accounts.models import RecommendingBody, User
from guiju.web.applications.domain import begin, editable, hand_in, last_day, reopen, write_answer
from guiju.web.applications.domain.confirming import Confirmed, facts_given
from guiju.web.applications.domain.handing_in import Acknowledged
from guiju.web.applications.domain.revisions import content_of, digest_of, keep_by_hand, restore
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.ways import way
from guiju.web.files.models import Attachment
from guiju.web.kit.permissions import Denied, Refused
from guiju.web.outbox.models import Message
from guiju.web.rounds.models import Round

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
Clock = Callable[[str], None]


@pytest.fixture
def world() -> LaboratoryWorld:
    return laboratory_world()


def stands(application: Application, field: str) -> object:
    return application.answers.get(field=field).value


def handed_in(application: Application, user: User) -> Acknowledged:
    made = hand_in(application, user, digest_of(content_of(application)),
                   facts_given(application, Confirmed(True, 3, True)))
    assert isinstance(made, Acknowledged), made
    return made


# Revisions


def test_a_revision_is_kept_compared_and_brought_back(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made, client = drafted(world), signed_in(world.applicant)
    written(made, "purpose_text", "第一句。第二句。", world.applicant)
    written(made, "equipment", [{"name": "甲仪"}], world.applicant)
    keep_by_hand(made, world.applicant, "初稿")
    written(made, "purpose_text", "第一句。改过的第二句。", world.applicant)
    written(made, "equipment", [{"name": "甲仪"}, {"name": "乙仪"}], world.applicant)
    page = client.get(f"/apply/{made.public_id}/revisions/compare/", {"a": "1"}).content.decode()

    assert "第一句。<ins>改过的</ins>第二句。" in page
    assert "<td><ins>乙仪</ins></td>" in page
    client.post(f"/apply/{made.public_id}/revisions/1/restore/")
    assert (stands(made, "purpose_text"), stands(made, "equipment")) == ("第一句。第二句。", [{"name": "甲仪"}])
    assert [r.note for r in made.revisions.order_by("number")] == ["初稿", "恢复第 1 版之前"]
    assert made.revisions.get(number=2).content["answers"]["purpose_text"] == "第一句。改过的第二句。"


def test_bringing_back_brings_attachments_back(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made, client = drafted(world), signed_in(world.applicant)
    address = f"/apply/{made.public_id}/fields/commitment/files/"
    client.post(address, {"file": SimpleUploadedFile("承诺.pdf", PDF)})
    keep_by_hand(made, world.applicant, "")
    file = Attachment.objects.get(holder_id=made.public_id)
    client.post(f"{address}{file.public_id}/remove/")
    assert content_of(made)["attachments"] == []

    restore(made, 1, world.applicant)
    assert [f["name"] for f in content_of(made)["attachments"]] == ["承诺.pdf"]


def test_what_is_as_it_was_makes_no_new_revision(world: LaboratoryWorld) -> None:
    made = drafted(world)

    assert keep_by_hand(made, world.applicant, "").number == keep_by_hand(made, world.applicant, "").number == 1


# Attachments


@pytest.mark.parametrize(("name", "content", "why"), [
    ("伪装.pdf", b"MZ\x90 program", "改扩展名没有用"), ("空.pdf", b"", "文件是空的"),
    ("截断.pdf", b"%PDF-1.4 cut", "PDF 不完整")], ids=["伪装", "空", "截断"])
def test_a_file_is_judged_by_its_content(world: LaboratoryWorld, signed_in: SignedIn, name: str, content: bytes,
                                         why: str) -> None:
    made = drafted(world)
    answer = signed_in(world.applicant).post(
        f"/apply/{made.public_id}/fields/commitment/files/", {"file": SimpleUploadedFile(name, content)},
        headers={"HX-Request": "true"})

    assert why in answer.content.decode()
    assert not Attachment.objects.exists()


def test_the_scanner_is_asked(world: LaboratoryWorld, signed_in: SignedIn, settings: object) -> None:
    settings.SCAN_COMMAND = "/bin/false"  # type: ignore[attr-defined]
    made = drafted(world)
    answer = signed_in(world.applicant).post(f"/apply/{made.public_id}/fields/commitment/files/",
                                             {"file": SimpleUploadedFile("a.pdf", PDF)}, headers={"HX-Request": "true"})

    assert "没有通过查毒" in answer.content.decode()


def test_a_file_name_with_markup_is_shown_as_text(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made, client = drafted(world), signed_in(world.applicant)
    client.post(f"/apply/{made.public_id}/fields/commitment/files/",
                {"file": SimpleUploadedFile("../<img src=x>.pdf", PDF)})
    page = client.get(f"/apply/{made.public_id}/parts/evidence/").content.decode()

    assert "<img" not in page
    assert "img src=x.pdf" in page


# Partners and comments


def test_a_partner_writes_its_part_and_not_the_hosts(world: LaboratoryWorld) -> None:
    made = drafted(world, joint=True)
    joined(world, made)
    written(made, "joint_text", "乙方负责标准研制", world.partner)

    assert stands(made, "joint_text") == "乙方负责标准研制"
    with pytest.raises(Denied):
        write_answer(made, "purpose_text", "不该我写", 0, world.partner)


def test_a_partner_adds_rows_and_leaves_those_of_others(world: LaboratoryWorld) -> None:
    made = drafted(world, joint=True)
    joined(world, made)
    written(made, "equipment", [{"name": "主方的"}], world.applicant)
    written(made, "equipment", [{"name": "主方的"}, {"name": "我方的"}], world.partner)
    written(made, "equipment", [{"name": "主方的"}, {"name": "我方改过的"}], world.partner)

    for rows in ([{"name": "我方改过的"}], [{"name": "改了主方的"}, {"name": "我方改过的"}], "无"):
        with pytest.raises(Denied):
            written(made, "equipment", rows, world.partner)
    written(made, "equipment", [{"name": "主方改"}, {"name": "我方改过的"}], world.applicant)
    assert stands(made, "equipment") == [{"name": "主方改"}, {"name": "我方改过的"}]


def test_a_partner_sees_it_and_does_not_hand_in(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = filled(drafted(world, joint=True), world.applicant)
    joined(world, made)
    client = signed_in(world.partner)

    assert made.public_id in client.get("/apply/").content.decode()
    answer = client.post(f"/apply/{made.public_id}/check/", {"seal": "on", "copies": "3", "partners_seal": "on",
                                                             "digest": digest_of(content_of(made))})
    assert answer.status_code == 403
    assert CaseRecord.objects.get(pk=made.case_id).stage == "S02"


def test_a_joint_application_goes_in_with_its_agreement(world: LaboratoryWorld) -> None:
    made = drafted(world, joint=True)
    joined(world, made)
    filled(made, world.applicant)

    assert handed_in(made, world.applicant).revision.number == 1
    assert CaseRecord.objects.get(pk=made.case_id).stage == "S03"


def test_comments_reach_the_others_and_are_settled(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world, joint=True)
    joined(world, made)
    host, partner = signed_in(world.applicant), signed_in(world.partner)
    partner.post(f"/apply/{made.public_id}/comments/", {"field": "purpose_text", "text": "<b>这里</b>太空"})

    assert "&lt;b&gt;这里&lt;/b&gt;太空" in host.get(f"/apply/{made.public_id}/parts/purpose/").content.decode()
    assert [m.user for m in Message.objects.filter(key__startswith="comment/")] == [world.applicant]
    number = made.comments.get().pk
    host.post(f"/apply/{made.public_id}/comments/{number}/settle/")
    assert made.comments.get().settled is not None


# Documents


def test_documents_go_out_and_a_filled_word_file_comes_in(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made, client = filled(drafted(world), world.applicant), signed_in(world.applicant)
    address = f"/apply/{made.public_id}"
    blank, out = (client.get(f"{address}/documents/{n}.docx").content for n in ("blank", "filled"))
    assert zipfile.is_zipfile(io.BytesIO(blank))
    assert client.get(f"{address}/documents/form.pdf").content.startswith(b"%PDF")
    document = Document(io.BytesIO(out))
    changed = next(p for p in document.paragraphs if p.text == "本实验室的说明文字。")
    changed.text = "在 Word 里改过的文字。"
    saved = io.BytesIO()
    document.save(saved)
    upload = SimpleUploadedFile("填好.docx", saved.getvalue())
    page = client.post(f"{address}/import/", {"file": upload}).content.decode()

    assert "<ins>" in page
    fields = re.findall(r'name="field" value="(\w+)"', page)
    assert len(fields) == 1
    assert stands(made, fields[0]) == "本实验室的说明文字。"
    taken = re.search(r'name="taken" value="([^"]+)"', page)
    assert taken
    client.post(f"{address}/import/", {"taken": taken[1], "field": fields})
    assert stands(made, fields[0]) == "在 Word 里改过的文字。"
    assert made.revisions.get().content["answers"][fields[0]] == "本实验室的说明文字。"


def test_a_preview_of_another_application_is_not_taken(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    one, two = filled(drafted(world), world.applicant), drafted(world)
    client = signed_in(world.applicant)
    content = client.get(f"/apply/{one.public_id}/documents/filled.docx").content
    page = client.post(f"/apply/{two.public_id}/import/", {"file": SimpleUploadedFile("a.docx", content)})
    taken = re.search(r'name="taken" value="([^"]+)"', page.content.decode())
    assert taken
    client.post(f"/apply/{one.public_id}/import/", {"taken": taken[1], "field": ["purpose_text"]})

    assert not one.revisions.exists()


def test_a_table_comes_from_a_workbook_and_from_the_clipboard(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made, client = drafted(world), signed_in(world.applicant)
    address = f"/apply/{made.public_id}/fields/equipment"
    assert client.get(f"{address}/blank.xlsx").content.startswith(b"PK")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["仪器设备名称", "型号规格"], ["甲仪", "A-1"], ["乙仪", "B-2"]):
        sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    client.post(f"{address}/import/", {"file": SimpleUploadedFile("设备.xlsx", saved.getvalue())})
    pasted = client.post(f"{address}/paste/", {"text": "丙仪\tC-3\r\n丁仪\tD-4\r\n"}).json()

    assert stands(made, "equipment") == [{"name": "甲仪", "model": "A-1"}, {"name": "乙仪", "model": "B-2"}]
    assert [r["name"] for r in pasted["rows"]] == ["丙仪", "丁仪"]


# Deadlines, and sending back


def test_late_is_refused_with_the_clause_and_the_page_says_so(on: Clock, signed_in: SignedIn) -> None:
    on("2026-03-02")
    world = laboratory_world(closes_in=10)
    made = filled(drafted(world), world.applicant)
    on("2026-03-12")
    assert (last_day(made).left, last_day(made).is_over) == (0, False)
    on("2026-03-13")
    page = signed_in(world.applicant).get(f"/apply/{made.public_id}/check/").content.decode()

    assert "已过截止日：网上不再收件" in page
    assert ("平台的默认做法" in page, "逾期不予受理" in page, "本批次通知" in page) == (True, False, False)
    with pytest.raises(Refused, match=r"2026-03-12.*没有写明逾期怎样处理，这是平台的默认做法"):
        handed_in(made, world.applicant)

    Round.objects.update(texts={"late_clause": "第三条"})
    page = signed_in(world.applicant).get(f"/apply/{made.public_id}/check/").content.decode()
    assert ("本批次通知第三条" in page, "平台的默认做法" in page) == (True, False)
    with pytest.raises(Refused, match=r"依本批次通知第三条，逾期不予受理"):
        handed_in(Application.objects.get(pk=made.pk), world.applicant)
    assert CaseRecord.objects.get(pk=made.case_id).stage == "S02"


@pytest.mark.parametrize(("region", "cited", "not_cited", "why"), [
    ("540000", "藏函二(二)", "本批次设定", "藏函二(二)"), ("410000", "本批次", "藏函", "平台的默认做法")])
def test_a_letter_of_one_region_is_a_basis_there_and_nowhere_else(region: str, cited: str, not_cited: str, why: str,
                                                                  signed_in: SignedIn, on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world(closes_in=10)
    RecommendingBody.objects.update(region=region)
    made = filled(drafted(world), world.applicant)
    applicant, ways = signed_in(world.applicant), (f"/apply/{made.public_id}/", f"/apply/{made.public_id}/check/")
    pages = [applicant.get(way).content.decode() for way in ways]
    days = applicant.get(f"/rounds/{world.round.public_id}/").content.decode()
    on("2026-03-13")

    assert [(cited in page, not_cited in page) for page in pages] == [(True, False)] * 2
    assert ("藏函" in days) == (region == "540000")
    with pytest.raises(Refused, match=re.escape(why)):
        handed_in(Application.objects.get(pk=made.pk), world.applicant)


def test_a_clause_leads_to_its_place_in_the_library_and_says_what_it_abbreviates(world: LaboratoryWorld,
                                                                                 signed_in: SignedIn) -> None:
    made, client = drafted(world), signed_in(world.applicant)
    page = client.get(f"/apply/{made.public_id}/parts/projects/").content.decode()
    mark = re.search(r'<a class="clause" href="([^"#]+)#([^"]+)"[^>]* title="([^"]+)">办12\(三\)1</a>', page)
    assert mark is not None
    library = client.get(mark[1])

    assert mark[3] == "国家质量标准实验室管理办法：近五年国家级科研项目的数量或金额"
    assert (library.status_code, f'id="{mark[2]}"' in library.content.decode()) == (200, True)


def test_where_the_day_itself_does_not_count_it_is_late_already(on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world(closes_in=10, parameters={"deadline_day": "不含当日"})
    made = filled(drafted(world), world.applicant)
    on("2026-03-12")

    assert last_day(made).excluded
    with pytest.raises(Refused, match="2026-03-12，当日不算"):
        handed_in(made, world.applicant)


def test_sent_back_it_is_completed_and_handed_in_anew_without_a_move(world: LaboratoryWorld, signed_in: SignedIn
                                                                     ) -> None:
    made = filled(drafted(world), world.applicant)
    handed_in(made, world.applicant)
    made.refresh_from_db()
    reopen(made, "请补写队伍情况", world.recommender)
    made = Application.objects.get(pk=made.pk)
    page = signed_in(world.applicant).get(f"/apply/{made.public_id}/").content.decode()

    assert editable(made)
    assert "请补写队伍情况" in page
    assert Message.objects.filter(key__startswith="returned/", user=world.applicant).exists()
    written(made, "team_text", "补写的队伍情况", world.applicant)
    events = CaseRecord.objects.get(pk=made.case_id).count
    second = handed_in(made, world.applicant)
    made.refresh_from_db()
    record = CaseRecord.objects.get(pk=made.case_id)
    assert (record.count, record.stage, made.returned, second.again) == (events, "S03", None, False)
    assert [bool(r.event) for r in made.revisions.order_by("number")] == [True, True]
    assert not editable(made)


def test_sent_back_and_handed_in_as_it_was_is_a_new_hand_in(world: LaboratoryWorld) -> None:
    made = filled(drafted(world), world.applicant)
    first = handed_in(made, world.applicant)
    reopen(Application.objects.get(pk=made.pk), "请核对", world.recommender)
    second = handed_in(Application.objects.get(pk=made.pk), world.applicant)

    assert (first.revision.number, second.revision.number, second.again) == (1, 2, False)


def test_what_is_not_with_the_body_can_not_be_sent_back(world: LaboratoryWorld) -> None:
    with pytest.raises(Refused, match="推荐单位手里"):
        reopen(drafted(world), "补", world.recommender)


def test_after_the_deadline_nothing_is_sent_back(on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world(closes_in=10)
    made = filled(drafted(world), world.applicant)
    handed_in(made, world.applicant)
    on("2026-03-13")
    with pytest.raises(Refused, match="不能再退回补充"):
        reopen(Application.objects.get(pk=made.pk), "补", world.recommender)


# Beginning, and ways


def test_nobody_begins_for_an_organisation_that_is_not_his(world: LaboratoryWorld) -> None:
    with pytest.raises(Refused, match="不能代表"):
        begin(world.round, world.body, world.host, world.stranger, "科研院所", "地方", False)


def test_a_second_one_of_the_same_unit_is_begun_only_on_purpose(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    drafted(world)
    client, address = signed_in(world.applicant), f"/apply/rounds/{world.round.public_id}/"
    data = {"organisation": world.host.public_id, "kind": "科研院所", "affiliation": "地方", "joint": "no",
            "body": str(world.body.pk)}

    assert "已有申报" in client.post(address, data).content.decode()
    assert client.post(address, {**data, "again": "on"}).status_code == 302


def test_the_case_leads_to_the_check_page(world: LaboratoryWorld) -> None:
    made = drafted(world)

    assert way(made.case, "T03") == f"/apply/{made.public_id}/check/"


def test_it_is_handed_in_nowhere_else(world: LaboratoryWorld, signed_in: SignedIn) -> None:
    made = drafted(world)
    answer = signed_in(world.applicant).post(f"/cases/{made.case.public_id}/do/T03/", {
        "fact-seal": "是", "seen": made.case.head})

    assert answer["Location"] == f"/apply/{made.public_id}/check/"
    assert CaseRecord.objects.get(pk=made.case_id).stage == "S02"
