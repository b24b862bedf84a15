"""Files that should not have been sent: refused in words at every place that takes files, and nothing of them is kept;
or taken, and harmless."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

import pytest
from attacking import RAW
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from hostile_files import BOMB, NEVER, OUTSIDE, PDF, cell, docx, paragraph, xlsx
from reviewing_world import Clock
from upload_places import PLACES, Place, operations_that_take_files, views_that_take_files

from guiju.web.files.domain import take_in
from guiju.web.files.models import Attachment, StoredFile
from guiju.web.kit.permissions import Refused

pytestmark = pytest.mark.django_db
AT_PLACES = ("empty", "program", "page", "drawing", "cut-off", "old or locked", "password", "archive", "macros",
             "macro sheet", "way out", "zip bomb", "a part twice")
NAME = "../../etc/<img src=x onerror=alert(1)>\"';\u202e\u0007.{}"
CLEAN = "img src=x onerror=alert(1)"  # what is left of it
READ = {"docx": docx(paragraph("&j;"), before=BOMB),
        "xlsx": xlsx(f'<row r="1">{cell("A1", "&j;")}</row>', before=OUTSIDE)}


@pytest.mark.parametrize("what", NEVER)
def test_no_place_takes_it(what: str) -> None:
    name, content, said = NEVER[what]

    with pytest.raises(Refused, match=said) as refused:
        take_in(SimpleUploadedFile(name, content))
    assert refused.value.text.en
    assert StoredFile.objects.count() == 0


def test_every_place_that_takes_files_is_attacked_here() -> None:
    assert views_that_take_files() | operations_that_take_files() == PLACES.keys()


@pytest.mark.parametrize("where", PLACES)
def test_refused_in_words_or_taken_and_harmless(where: str, on: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    place, before = PLACES[where](on), kept()
    for number, what in enumerate(AT_PLACES):
        name, content, _ = NEVER[what]
        language = ("zh", "en")[number % 2]
        assert words_for(name, content, language) in read(place.send(name, content, language)), what
    too_large_files_are_refused(place, monkeypatch)
    assert kept() == before
    if place.reads:
        what_it_reads_reaches_nothing_outside(place)
        assert kept() == before
    else:
        a_name_is_kept_harmless(place)


def too_large_files_are_refused(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a byte is read, by what the request says of itself; and after, by what came."""
    with monkeypatch.context() as patch:
        patch.setattr(site, "UPLOAD_LIMIT", 1024)
        patch.setattr(site, "REQUEST_LIMIT", 1024 + 64 * 1024)
        whole = place.send("大.pdf", PDF + b" " * 70_000)
        assert (whole.status_code, "文件太大" in read(whole)) == (413, True)
        if not place.reads:
            assert "文件超过 0 MB" in read(place.send("大.pdf", b"%PDF-1.7" + b" " * 1024 + PDF))
    if place.reads:
        assert "MB 以内的" in read(place.send(f"大.{place.reads}", b"PK\x03\x04" + b" " * (20 << 20)))


def what_it_reads_reaches_nothing_outside(place: Place) -> None:
    for language in ("zh", "en"):
        page = read(place.send(NAME.format(place.reads), READ[place.reads], language))
        assert "root:" not in page
        assert "hahaha" not in page


def a_name_is_kept_harmless(place: Place) -> None:
    page = read(place.send(NAME.format("pdf"), PDF))
    names = list(Attachment.objects.values_list("name", flat=True))
    assert names or CLEAN in page, page
    assert not set("".join(names)) & set("/\\<>:\"\u202e\u0007")


def read(answer: Any) -> str:
    assert answer.status_code < 500
    text = answer.content.decode()
    assert not RAW.search(text)
    return html.unescape(text)


def words_for(name: str, content: bytes, language: str) -> str:
    """What is said of such a file. An empty one Django's own forms refuse in their own words."""
    if not content:
        return "空" if language == "zh" else "empty"
    with pytest.raises(Refused) as refused:
        take_in(SimpleUploadedFile(name, content))
    return str(getattr(refused.value.text, language))


def kept() -> tuple[list[str], int]:
    """The contents that stand on the disk, and how many the database knows."""
    return (sorted(p.name for p in Path(site.FILES).rglob("*") if p.is_file()), StoredFile.objects.count())
