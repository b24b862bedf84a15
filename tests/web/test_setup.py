"""Settings, the database address, the key, the schema, the documentation of all that."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from guiju.web import environment
from guiju.web.database import database
from guiju.web.mailing import mail_settings

ROOT = Path(__file__).parents[2]


def run(*arguments: str, data: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("GUIJU_", "DATABASE_URL"))}
    return subprocess.run([sys.executable, "-m", "guiju.web.manage", *arguments], capture_output=True, text=True,
                          check=False, env={**inherited, "GUIJU_DATA": str(data), **variables})


def test_production_settings_pass_the_deployment_check(tmp_path: Path) -> None:
    done = run("check", "--deploy", "--fail-level", "WARNING", data=tmp_path, GUIJU_HTTPS="1",
               GUIJU_ORIGIN="https://guiju.example", GUIJU_HOSTS="guiju.example")

    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced).")
    key = tmp_path / "secret-key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_text()) >= 50


def test_a_server_does_not_look_through_what_stays(tmp_path: Path) -> None:
    """What was read before the first request is no longer the cycle collector's."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(("GUIJU_", "DATABASE_URL"))}
    told = subprocess.run([sys.executable, "-c", "import gc, guiju.web.wsgi\n"
                           "print(gc.get_freeze_count() > 20 * len(gc.get_objects()), gc.get_threshold()[0])"],
                          capture_output=True, text=True, check=True, env={**inherited, "GUIJU_DATA": str(tmp_path)})
    assert told.stdout.split() == ["True", "20000"]


@pytest.mark.django_db
def test_no_change_of_the_models_lacks_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_readme_documents_every_variable() -> None:
    assert environment.table() in (ROOT / "src/guiju/web/README.md").read_text(encoding="utf-8")


def test_only_documented_variables_are_read() -> None:
    with pytest.raises(KeyError):
        environment.read("GUIJU_SECRET_DOOR")


def test_a_database_address_is_taken_apart() -> None:
    found = database("postgresql://用户:p%40ss@db.example:6432/guiju?sslmode=require", Path("/x"), "FULL")

    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"], found["OPTIONS"]) == (
        "用户", "p@ss", "db.example", "6432", "guiju", {"sslmode": "require"})
    assert database("", Path("/x"), "FULL")["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database("sqlite:////y/z.sqlite3", Path("/x"), "FULL")["NAME"] == "//y/z.sqlite3"
    for address, sync in (("mysql://x", "FULL"), ("", "OFF")):
        with pytest.raises(ImproperlyConfigured):
            database(address, Path("/x"), sync)


def test_a_mail_address_is_taken_apart() -> None:
    found = mail_settings("smtps://me:p%40ss@mail.example", Path("/x"))

    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"], found["EMAIL_USE_SSL"]) == (
        "mail.example", 465, "p@ss", True)
    with pytest.raises(ImproperlyConfigured):
        mail_settings("pigeon://x", Path("/x"))
