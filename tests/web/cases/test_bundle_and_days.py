"""A case taken away and verified elsewhere, and the digest of each day."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from people import RESULT, World, moved, true_day

from guiju.cli.main import cli
from guiju.web.cases.domain import make_move
from guiju.web.cases.domain.sealing import broken_days, seal_days
from guiju.web.cases.models import CaseRecord, DailyDigest, EventRecord
from guiju.web.files.domain import take_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def taken(world: World, signed_in: Callable[[Any], Any], tmp_path: Path) -> Path:
    """The bundle of a case with a document, as an officer downloads it."""
    made = make_move(world.case, "evaluate", world.officer, evidence=RESULT,
                     uploads=[take_in(SimpleUploadedFile("评估报告.pdf", PDF))])
    assert isinstance(made, CaseRecord)
    answer = signed_in(world.officer).get(f"/cases/{world.case.public_id}/bundle.zip")
    assert answer.status_code == 200
    path = tmp_path / "case.zip"
    path.write_bytes(answer.content)
    return path


def verify(path: Path) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["chart", "verify", str(path)])
    return done.exit_code, done.output


def rewritten(path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
    out = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return out


def test_a_bundle_is_verified_with_its_own_chart_and_documents(taken: Path) -> None:
    code, said = verify(taken)

    assert code == 0, said
    assert "按流程图重走一遍，每一步都合乎规定" in said
    assert "1 件文书与摘要相符" in said


@pytest.mark.parametrize(("part", "found"), [("case.jsonl", "case.jsonl：内容被改动过"), ("files/", "内容被改动过"),
                                             ("charts/", "内容被改动过")])
def test_a_changed_part_is_found(taken: Path, part: str, found: str) -> None:
    changed = rewritten(taken, lambda name, content: (name, content + b" " if name.startswith(part) else content))

    code, said = verify(changed)

    assert code == 1
    assert found in said


def test_a_part_put_in_or_left_out_is_found(taken: Path) -> None:
    renamed = rewritten(taken, lambda name, content: (f"{name}x" if name.startswith("files/") else name, content))

    assert verify(renamed)[0] == 1


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 200], ids=["cut", "noise"])
def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)

    code, said = verify(path)

    assert code != 0
    assert "E519" in said


def test_a_bundle_does_not_write_outside_its_folder(taken: Path) -> None:
    import hashlib
    import json

    with zipfile.ZipFile(taken) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(parts["manifest.json"])
    parts["charts/../../evil.yaml"] = b"x"
    manifest["parts"]["charts/../../evil.yaml"] = hashlib.sha256(b"x").hexdigest()
    parts["manifest.json"] = json.dumps(manifest).encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name, content in parts.items():
            new.writestr(name, content)
    taken.write_bytes(buffer.getvalue())

    code, said = verify(taken)

    assert (code != 0, "E519" in said) == (True, True)


def test_only_who_may_have_the_whole_file_has_the_bundle(world: World, signed_in: Callable[[Any], Any]) -> None:
    from guiju.lifecycle.events import Evidence

    moved(world.case, "evaluate", world.officer, RESULT)
    moved(world.case, "notice_ranking", world.officer, Evidence({"榜单位次": "1 位"}))
    moved(world.case, "ranking_objection:raise", world.colleague, Evidence({"异议理由": "抄来的"}))
    address = f"/cases/{world.case.public_id}/bundle.zip"

    assert [signed_in(who).get(address).status_code for who in (world.officer, world.manager, world.stranger)] \
        == [200, 403, 404]


def test_the_audit_page_says_who_did_what(world: World, signed_in: Callable[[Any], Any]) -> None:
    moved(world.case, "evaluate", world.officer, RESULT)
    address = f"/cases/{world.case.public_id}/audit/"
    page = signed_in(world.manager).get(address).content.decode()

    assert page.count("<time datetime=") == world.case.events.count()
    assert (world.officer.name in page, world.manager.name in page.split("<h2>经过")[1]) == (True, True)


def test_a_changed_record_shows_no_timeline_but_what_was_changed(world: World,
                                                                 signed_in: Callable[[Any], Any]) -> None:
    event = EventRecord.objects.get(case=world.case, number=1)
    QuerySet(EventRecord).filter(pk=event.pk).update(line=event.line.replace('"是"', '"否"'))
    page = signed_in(world.manager).get(f"/cases/{world.case.public_id}/audit/").content.decode()

    assert ("案卷与写入时不符" in page, "#1 " in page, "<h2>经过" in page) == (True, True, False)


def tomorrow(days: int = 1) -> str:
    return true_day(days).isoformat()


def test_a_day_is_sealed_once_and_chained_to_the_one_before(world: World, on: Callable[[str], None]) -> None:
    on(tomorrow())
    assert (seal_days(), seal_days()) == (1, 0)
    moved(world.case, "evaluate", world.officer, RESULT)
    on(tomorrow(2))
    assert seal_days() == 1
    on(tomorrow(3))
    assert seal_days() == 0  # nothing was recorded since

    first, second = DailyDigest.objects.order_by("day")
    assert (first.cases, second.cases, second.before) == (2, 1, first.sha256)
    assert list(broken_days()) == []


def test_a_record_rewritten_later_is_found(world: World, on: Callable[[str], None]) -> None:
    on(tomorrow())
    seal_days()
    EventRecord.objects.filter(case=world.case)._raw_delete("default")  # type: ignore[attr-defined]  # past the guard

    assert [case for _, case in broken_days()] == [world.case.public_id]


def test_everyone_may_read_the_digests(world: World, on: Callable[[str], None], client: Any) -> None:
    on(tomorrow())
    seal_days()

    assert DailyDigest.objects.get().sha256 in client.get("/cases/days/").content.decode()
