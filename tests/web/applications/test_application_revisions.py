"""Revisions of an application, its attachments, and documents out of it and into it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from applying import PDF, drafted, filled, stands, written
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from openpyxl import Workbook
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.web.accounts.models import User
from guiju.web.applications.domain.revisions import content_of, keep_by_hand, restore
from guiju.web.files.models import Attachment

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def world() -> LaboratoryWorld:
    return laboratory_world()


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


def test_the_scanner_is_asked(world: LaboratoryWorld, signed_in: SignedIn,
                              settings: Any) -> None:
    settings.SCAN_COMMAND = "/bin/false"
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
