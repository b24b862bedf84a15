"""What nobody should write, in every text field of every form that a person's pages lead to; then every page and every
sheet where it shows."""

from __future__ import annotations

import io
from collections.abc import Iterable
from email import message_from_bytes
from typing import Any

import openpyxl
import pytest
from applying import drafted
from attacking import BROKEN, FORMULAS, LETTER, LINE, MARK, Attacker, Form, raw_body
from django.apps import apps
from django.core import mail
from django.db import models, transaction
from django.test import Client
from intake_world import in_examination, intake_world
from rounds_world import laboratory_world

from guiju.web.accounts.models import User
from guiju.web.outbox.domain import send_due

pytestmark = pytest.mark.django_db
FAMILY = models.CharField, models.TextField


def attacked(user: User, *start: str, most: int = 25) -> Attacker:
    """Every form that the person's pages hold is sent: with broken bytes in all fields and undone; with what runs, and
    kept."""
    client = Client()
    client.force_login(user)
    attacker = Attacker(client).walk(*start, most=most)
    assert attacker.forms
    for form in list(attacker.forms.values()):
        broken(attacker, form)
        attacker.tried(form, form.broken("9" * 5000))
        attacker.tried(form, form.filled(LETTER), kept=True)
        attacker.tried(form, form.filled(LINE), kept=True)
    return Attacker(client).walk(*start, most=most)


def broken(attacker: Attacker, form: Form) -> None:
    with transaction.atomic():
        answer = attacker.client.generic("POST", form.action, raw_body([(f.name, BROKEN) for f in form.fields]),
                                         "application/x-www-form-urlencoded")
        assert answer.status_code < 500, form.action
        transaction.set_rollback(True)


def sheets_are_plain(attacker: Attacker) -> int:
    """No cell of a sheet is a formula; how many sheets there were."""
    found = 0
    for address, answer in attacker.files.items():
        assert "\n" not in answer.get("Content-Disposition", "") + answer.get("Content-Type", "")
        if "spreadsheetml" not in answer.get("Content-Type", ""):
            continue
        found += 1
        for sheet in openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets:
            for cell in (c for row in sheet.iter_rows() for c in row):
                assert cell.data_type != "f", (address, cell.coordinate)
                if isinstance(cell.value, str) and cell.value.startswith(FORMULAS):
                    assert cell.quotePrefix, (address, cell.coordinate)
    return found


def nothing_unfit_is_kept() -> None:
    """No text of the database holds a NUL: PostgreSQL takes none, so a page that kept one here would break there."""
    for model in apps.get_models():
        names = [f.name for f in model._meta.concrete_fields if isinstance(f, FAMILY)]
        for row in model._default_manager.values_list(*names) if names else ():
            assert not any("\0" in value for value in row if isinstance(value, str)), model


def letters_are_whole() -> None:
    """What was typed makes no header, no second person and no other kind of letter."""
    mail.outbox.clear()
    send_due()
    for letter in mail.outbox:
        read = message_from_bytes(letter.message().as_bytes())
        assert read["Bcc"] is None
        assert len(letter.recipients()) == 1
        assert read.get_content_type() == "text/plain"


def shows(pages: Iterable[str]) -> bool:
    return any(MARK in page for page in pages)


def test_rounds(on: Any, db: None) -> None:
    on("2026-03-02")
    world = laboratory_world(published=False)
    attacker = attacked(world.officer, f"/rounds/{world.round.public_id}/manage/", f"/rounds/{world.round.public_id}/")

    assert shows(attacker.seen.values())
    nothing_unfit_is_kept()


def test_applications(on: Any, db: None) -> None:
    on("2026-03-02")
    world = laboratory_world()
    application = drafted(world)
    start = f"/apply/{application.public_id}/"
    attacker = attacked(world.applicant, start, f"{start}parts/cover/", f"{start}parts/staff/", f"{start}comments/")

    assert shows(attacker.seen.values())
    for name in ("form.pdf", "filled.docx"):
        assert attacker.client.get(f"{start}documents/{name}").status_code == 200
    letters_are_whole()
    nothing_unfit_is_kept()


def test_recommending_and_examining(on: Any, db: None) -> None:
    on("2026-03-02")
    world = intake_world()
    in_examination(world, world.second)
    recommender = attacked(world.lab.recommender, "/intake/recommend/", most=12)
    officer = attacked(world.lab.officer, "/intake/examine/", most=12)

    assert shows([*recommender.seen.values(), *officer.seen.values()])
    assert sheets_are_plain(recommender) + sheets_are_plain(officer)
    letters_are_whole()
    nothing_unfit_is_kept()
