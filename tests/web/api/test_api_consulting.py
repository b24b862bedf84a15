"""Departments asked and partners invited by a program."""

from __future__ import annotations

import pytest
from calling import Program
from intake_world import IntakeWorld, intake_world, later, taken_in
from people import World

from guiju.web.kit.clock import today
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def w(db: None) -> IntakeWorld:
    return intake_world()


def test_a_department_is_asked_by_letter_and_its_answer_on_paper_is_kept(w: IntakeWorld) -> None:
    application = taken_in(w.first, w.lab.recommender)
    address, body = f"recommending/{application.public_id}/consultations", Program(w.lab.recommender)
    asking = {"department": "示例省科技厅", "asked_on": today().isoformat(), "address": "kjt@example.org"}

    assert body.post(address, asking).status_code == 409  # no day until which the link works
    asked = body.post(address, {**asking, "until": later(5).isoformat()})
    assert asked.status_code == 201
    assert Message.objects.filter(address="kjt@example.org").count() == 1
    answer = {"answer": "同意", "name": "高新处", "on": today().isoformat(), "scan": body.sends("复函.pdf", PDF)}
    assert body.post(f"{address}/{asked.json()['id']}/answer", answer).json()["answer"] == "同意"
    assert body.post(f"{address}/{asked.json()['id']}/answer", {**answer, "scan": ""}).status_code == 409
    assert [c["answered_by"] for c in body.get(address).json()] == ["高新处"]
    assert Program(w.lab.stranger).get(address).status_code == 404
    assert Program(w.lab.stranger).post(address, asking).status_code == 404


def test_what_is_no_day_and_no_address_is_said(w: IntakeWorld) -> None:
    application = taken_in(w.first, w.lab.recommender)
    answer = Program(w.lab.recommender).post(f"recommending/{application.public_id}/consultations", {
        "department": "示例省科技厅", "asked_on": "9999-99-99", "address": "nowhere"})

    assert answer.status_code == 422
    assert len(answer.json()["faults"]) == 2


def test_a_partner_is_invited_by_who_may(world: World) -> None:
    address = f"cases/{world.case.public_id}/partners"

    assert Program(world.manager).post(address, {"email": "partner@example.org"}).status_code == 204
    assert Message.objects.filter(address="partner@example.org").count() == 1
    assert Program(world.manager).post(address, {"email": "partner"}).status_code == 422
    assert Program(world.officer).post(address, {"email": "other@example.org"}).status_code == 403
    assert Program(world.stranger).post(address, {"email": "other@example.org"}).status_code == 404
