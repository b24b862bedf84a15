"""Uploads: what is taken, what is refused, under which name it comes back, and to whom."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from people import RESULT, World

from guiju.web.accounts.models import User
from guiju.web.cases.domain import make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.files.domain import path_of, purge, redeem, take_in, ticket
from guiju.web.files.models import Attachment, StoredFile
from guiju.web.files.names import clean_name
from guiju.web.kit.clock import today
from guiju.web.kit.permissions import Refused

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def packed(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return made.getvalue()


def docx(*more: tuple[str, bytes], types: str = WORD) -> bytes:
    return packed(("[Content_Types].xml", types.encode()), ("word/document.xml", b"<x/>"), *more)


def upload(content: bytes, name: str = "材料.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.mark.parametrize(("content", "kind"), [
    (PDF, "pdf"), (b"\x89PNG\r\n\x1a\n....", "png"), (b"\xff\xd8\xff\xe0....", "jpg"), (docx(), "docx"),
    (packed(("OFD.xml", b"<x/>")), "ofd")], ids=["pdf", "png", "jpg", "docx", "ofd"])
def test_what_a_file_is_decides_not_its_name(content: bytes, kind: str) -> None:
    taken = take_in(upload(content, "任意.exe"))

    assert (taken.file.kind, taken.name) == (kind, f"任意.{kind}")
    assert path_of(taken.file.sha256).read_bytes() == content


def encrypted() -> bytes:
    content = bytearray(docx())
    content[6] |= 1
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(("content", "said"), [
    (b"", "文件是空的"),
    (b"MZ\x90\x00 a program", "只收 PDF"),
    (b"<html><script>alert(1)</script>", "只收 PDF"),
    (b"%PDF-1.7 cut off", "PDF 不完整"),
    (b"\xd0\xcf\x11\xe0 old", "旧版 Office"),
    (packed(("a.txt", b"x")), "压缩包不收"),
    (docx(("word/vbaProject.bin", b"x")), "带有宏"),
    (docx(types="application/vnd.ms-word.document.macroEnabled.main+xml"), "带有宏"),
    (docx(("../../etc/passwd", b"x")), "指向外面的路径"),
    (docx(("word/media/a", b"\0" * 40_000_000)), "大得不正常"),
    (encrypted(), "加了密码"),
    (b"PK\x03\x04 nothing behind it", "文件损坏")], ids=range(12))
def test_what_is_not_taken(content: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        take_in(upload(content))
    assert StoredFile.objects.count() == 0
    assert [p for p in Path(site.FILES).rglob("*") if p.is_file()] == []


@pytest.mark.parametrize(("name", "clean"), [
    ("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\temp\\报告.pdf", "报告.pdf"),
    ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
    ('<img src=x onerror="alert(1)">.pdf', "img src=x onerror=_alert(1).pdf"), ("CON.pdf", "文件CON.pdf"),
    ("\u202egpj.exe", "gpj.pdf"), (".pdf", "pdf.pdf"), ("", "文件.pdf"), ("长" * 300 + ".pdf", "长" * 120 + ".pdf"),
    ("报告.final.docx", "报告.final.pdf")])
def test_names_are_made_harmless(name: str, clean: str) -> None:
    assert clean_name(name, "pdf") == clean


def test_the_same_content_is_kept_once(world: World) -> None:
    first, second = take_in(upload(PDF, "甲.pdf")), take_in(upload(PDF, "乙.pdf"))

    assert first.file == second.file
    assert (first.name, second.name) == ("甲.pdf", "乙.pdf")


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "UPLOAD_LIMIT", 1024)
    with pytest.raises(Refused, match="文件超过"):
        take_in(upload(PDF + b" " * 2048))


def test_a_request_that_is_too_large_is_not_read(world: World, signed_in: SignedIn) -> None:
    answer = signed_in(world.officer).generic("POST", f"/cases/{world.case.public_id}/do/evaluate/", b"x",
                                              CONTENT_LENGTH=str(1024 ** 3))

    assert answer.status_code == 413
    assert "一次最多上传 30 MB" in answer.content.decode()


@pytest.mark.parametrize(("program", "taken"), [("0", True), ("1", False)])
def test_the_scanner_has_the_last_word(monkeypatch: pytest.MonkeyPatch, program: str, taken: bool) -> None:
    monkeypatch.setattr(site, "SCAN_COMMAND", f"{sys.executable} -c 'raise SystemExit({program})'")
    if taken:
        assert take_in(upload(PDF)).file.kind == "pdf"
    else:
        with pytest.raises(Refused, match="没有通过查毒"):
            take_in(upload(PDF))


def test_a_scanner_that_is_not_there_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "SCAN_COMMAND", "/nowhere/scanner")
    with pytest.raises(Refused, match="没有运行起来"):
        take_in(upload(PDF))


def test_a_ticket_is_its_owners(world: World) -> None:
    taken = take_in(upload(PDF), "报告")
    given = ticket(taken, world.officer)

    assert redeem(given, world.officer) == taken
    assert redeem(given, world.stranger) is None
    assert redeem(given[:-2], world.officer) is None
    assert redeem("", world.officer) is None


@pytest.fixture
def attachment(world: World) -> Attachment:
    """A file that our authority handed in with a move of our case."""
    made = make_move(world.case, "evaluate", world.officer, evidence=RESULT,
                     uploads=[take_in(upload(PDF, "<i>评估<i>.pdf"))])
    assert isinstance(made, CaseRecord)
    return Attachment.objects.get()


def test_a_file_comes_back_to_those_who_see_the_case(world: World, attachment: Attachment, signed_in: SignedIn) -> None:
    answer = signed_in(world.manager).get(f"/files/{attachment.public_id}/")

    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]  # a file is sent
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Content-Security-Policy"]) == (
        "nosniff", "sandbox; default-src 'none'")
    page = signed_in(world.manager).get(f"/cases/{world.case.public_id}/").content.decode()
    assert f"/files/{attachment.public_id}/" in page
    assert "<i>" not in page
    assert "i_评估_i.pdf" in page


@pytest.mark.parametrize("who", ["stranger", "operator"])
def test_a_file_is_not_there_for_others(world: World, attachment: Attachment, signed_in: SignedIn, who: str) -> None:
    client = signed_in(getattr(world, who))

    assert client.get(f"/files/{attachment.public_id}/").status_code == 404
    assert client.get("/files/AAAA-BBBB-CCCC/").status_code == 404


def test_the_event_holds_the_digest_of_the_file(world: World, attachment: Attachment) -> None:
    document = json.loads(world.case.events.get(number=2).line)["documents"]

    assert document == [{"name": attachment.name, "sha256": attachment.file.sha256}]


def test_what_nothing_names_is_forgotten_after_a_day(world: World, attachment: Attachment,
                                                     on: Callable[[str], None]) -> None:
    loose = take_in(upload(PDF + b"%%EOF\n"))
    assert purge() == 0
    on((today() + dt.timedelta(days=2)).isoformat())

    assert purge() == 1
    assert not path_of(loose.file.sha256).exists()
    assert path_of(attachment.file.sha256).exists()
