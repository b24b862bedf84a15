"""A backup is everything, restores on either database, and what is not whole is refused."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from people import RESULT, World, build, moved
from places import Place

from guiju.web.accounts.models import Organisation, Session, TotpDevice
from guiju.web.files.domain import attach, path_of, take_in

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
COUNT = """
import django; django.setup()
import json
from guiju.web.accounts.models import Organisation, Session, User
from guiju.web.cases.domain import make_move
from guiju.web.cases.models import CaseRecord, EventRecord
from guiju.web.cases.store import verified
from guiju.web.files.models import Attachment
from guiju.web.files.domain import path_of
from people import opened
from guiju.web.cases.charts import installed
a = Attachment.objects.get()
found = {"users": User.objects.count(), "sessions": Session.objects.count(),
  "events": sorted(EventRecord.objects.values_list("sha256", flat=True)),
  "faults": [v for r in CaseRecord.objects.all() for v in map(str, verified(r))], "name": a.name,
  "content": path_of(a.file.sha256).read_bytes().decode()}
opened(installed("national/leader-title"), User.objects.get(login="zhang"))  # keys go on after those restored
print(json.dumps(found))
"""
SOMEONE = """
from guiju.web.secret import prepare; prepare()
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("add_operator", "someone", "Someone")
"""


@pytest.fixture
def kept() -> World:
    """People, two cases, an upload, a second factor, a session."""
    world = build()
    moved(world.case, "evaluate", world.officer, RESULT)
    upload = take_in(SimpleUploadedFile("依托单位证明.pdf", PDF))
    attach([upload], "case", world.case.public_id, world.manager, "2")
    TotpDevice.objects.create(user=world.officer, secret="sealed")
    from django.test import Client

    Client().force_login(world.manager)
    assert Session.objects.exists()
    return world


def backed_up(place: Place, path: Path, *more: str) -> Path:
    done = place.guiju("backup", str(path), *more)
    assert (done.returncode, done.stderr) == (0, ""), done
    return path


def state(place: Place) -> dict[str, object]:
    done = place.run("-c", COUNT)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_everything_comes_back(kept: World, here: Place, elsewhere: Place, tmp_path: Path) -> None:
    path = backed_up(here, tmp_path / "all.backup")
    done = elsewhere.guiju("restore", str(path))

    assert (done.returncode, done.stderr) == (0, "")
    assert "verified: 2 cases" in done.stdout
    there, before = state(elsewhere), state(here)
    assert there["sessions"] == 0
    assert {**there, "sessions": before["sessions"]} == before
    assert (there["faults"], there["content"], there["name"]) == ([], PDF.decode(), "依托单位证明.pdf")
    assert path.stat().st_mode & 0o077 == 0


def test_from_one_database_to_the_other_and_back(kept: World, here: Place, elsewhere: Place, tmp_path: Path) -> None:
    """On SQLite: to SQLite twice. On PostgreSQL: to SQLite, and from there to PostgreSQL. The key goes along where
    it is asked for."""
    between = Place(tmp_path / "between")
    Organisation.objects.update(created=datetime(2026, 3, 2, 9, 0, 0, 123, tzinfo=UTC))
    first = backed_up(here, tmp_path / "first.backup", "--with-key")
    assert between.guiju("restore", str(first)).returncode == 0
    key = between.data / "secret-key"
    assert key.read_bytes() == (here.data / "secret-key").read_bytes()
    assert key.stat().st_mode & 0o777 == 0o600
    second = backed_up(between, tmp_path / "second.backup")
    assert key.read_bytes() not in second.read_bytes()
    done = elsewhere.guiju("restore", str(second))

    assert (done.returncode, done.stderr) == (0, "")
    with zipfile.ZipFile(first) as one, zipfile.ZipFile(second) as two:
        def rows(archive: zipfile.ZipFile, name: str) -> list[str]:
            return archive.read(name).decode().splitlines()

        tables = [n for n in one.namelist() if n.startswith("tables/") and "tasks" not in n]
        assert len(tables) > 20
        assert [n for n in tables if rows(one, n) != rows(two, n)] == []
        moments = {json.loads(row)["created"] for row in rows(two, "tables/accounts.organisation.jsonl")}
        assert moments == {"2026-03-02T09:00:00.000123+00:00"}


def test_what_is_there_is_replaced_only_by_force_and_kept(kept: World, here: Place, tmp_path: Path) -> None:
    there = Place(tmp_path / "there")
    path = backed_up(here, tmp_path / "all.backup")
    there.more["GUIJU_NEW_PASSWORD"] = "云山苍苍-江水泱泱-2026"
    begun = there.run("-c", SOMEONE)
    assert begun.returncode == 0, begun.stderr

    refused = there.guiju("restore", str(path))
    assert (refused.returncode, "there are data here" in refused.stderr) == (2, True)
    done = there.guiju("restore", str(path), "--force")
    assert done.returncode == 0, done.stderr
    assert state(there)["users"] == 7
    earlier = next(there.data.glob("before-restore-*.backup"))
    with zipfile.ZipFile(earlier) as archive:
        assert "Someone" in archive.read("tables/accounts.user.jsonl").decode()


def altered(path: Path, kind: str) -> Path:
    """The backup with one thing wrong."""
    content = path.read_bytes()
    wrong = path.with_name("wrong.backup")
    if kind == "cut off":
        wrong.write_bytes(content[:len(content) // 2])
    elif kind == "one byte":
        place = content.index(b"%PDF-1.4") + 3
        wrong.write_bytes(content[:place] + b"X" + content[place + 1:])
    elif kind == "a text":
        wrong.write_text("not a backup")
    else:
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(wrong, "w") as new:
            for name in old.namelist():
                manifest = json.loads(old.read(name)) if name == "manifest.json" else {}
                if kind == "a row changed" and name.endswith("accounts.user.jsonl"):
                    new.writestr(name, old.read(name).replace("张经理".encode(), "李经理".encode()))
                elif kind == "a table missing" and name.endswith("cases.eventrecord.jsonl"):
                    continue
                elif kind == "a later revision" and manifest:
                    new.writestr(name, json.dumps({**manifest, "migrations": [["cases", "0099_of_tomorrow"]]}))
                elif kind == "another program" and manifest:
                    new.writestr(name, json.dumps({**manifest, "format": "other"}))
                else:
                    new.writestr(name, old.read(name))
            if kind == "a member too many":
                new.writestr("tables/../../etc/passwd", "x")
    return wrong


KINDS = {"cut off": "no backup", "one byte": "damaged", "a text": "no backup", "a row changed": "damaged",
         "a table missing": "damaged", "a later revision": "upgrade", "another program": "no backup",
         "a member too many": "damaged"}


def written() -> dict[str, list[dict[str, Any]]]:
    """Every row of the site, by table."""
    return {m._meta.label: list(m._base_manager.order_by("pk").values()) for m in apps.get_models() if m._meta.managed}


def test_what_is_not_whole_is_refused_and_changes_nothing(kept: World, tmp_path: Path) -> None:
    from guiju.web.backup.archive import Unusable
    from guiju.web.backup.restoring import restore
    from guiju.web.backup.saving import back_up

    path, before = tmp_path / "all.backup", written()
    back_up(path)
    for kind, reason in KINDS.items():
        with pytest.raises(Unusable) as refused:
            restore(altered(path, kind), force=True)
        assert reason in refused.value.text.en, kind
        assert written() == before, kind
    assert len(before["accounts.User"]) == 7


def test_a_lost_upload_is_told_and_the_rest_is_saved(kept: World, here: Place, tmp_path: Path) -> None:
    from guiju.web.files.models import StoredFile

    sha256 = StoredFile.objects.get().sha256
    path_of(sha256).unlink()
    done = here.guiju("backup", str(tmp_path / "all.backup"))

    assert (done.returncode, sha256 in done.stderr) == (1, True)
    assert (tmp_path / "all.backup").is_file()
    again = here.guiju("backup", str(tmp_path / "all.backup"))
    assert (again.returncode, "exists" in again.stderr) == (2, True)


def test_a_case_that_was_changed_behind_our_back_is_told(kept: World, here: Place, elsewhere: Place, tmp_path: Path
                                                         ) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_eventrecord SET line = replace(line, '张经理', '李经理') WHERE case_id = %s",
                       [kept.case.pk])
    done = elsewhere.guiju("restore", str(backed_up(here, tmp_path / "all.backup")))

    assert (done.returncode, kept.case.public_id in done.stderr) == (1, True)


def test_no_kept_row_hangs_on_one_that_is_not_kept() -> None:
    from guiju.web.backup.tables import kept as models

    found = set(models(apps))
    assert [f"{m._meta.label}.{f.name}" for m in found for f in m._meta.concrete_fields
            if f.is_relation and f.related_model not in found] == []
