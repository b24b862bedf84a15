"""What is too long for its place is refused with the limit, and what stood there stays."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from rounds_world import laboratory_world

from guiju.web.accounts.forms import ExpertForm
from guiju.web.accounts.models import Passkey, User
from guiju.web.applications.domain.beginning import begin
from guiju.web.applications.domain.revisions import keep_by_hand
from guiju.web.applications.domain.writing import write_answer
from guiju.web.applications.models import Application, Revision
from guiju.web.kit.lengths import TooLong

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def written() -> tuple[Application, User]:
    lab = laboratory_world()
    made = begin(lab.round, lab.body, lab.host, lab.applicant, "科研院所", "地方", joint=False)
    assert isinstance(made, Application)
    write_answer(made, "lab_name_zh", "密封国家质量标准实验室", 0, lab.applicant)
    made.refresh_from_db()
    return made, lab.applicant


def test_a_laboratorys_name_is_no_longer_than_the_cases_title() -> None:
    application, user = written()
    with pytest.raises(TooLong, match="名称太长：最多 200 字，现有 201 字"):
        write_answer(application, "lab_name_zh", "长" * 201, 1, user)

    application.case.refresh_from_db()
    assert application.case.title == "密封国家质量标准实验室"
    assert application.answers.get(field="lab_name_zh").value == "密封国家质量标准实验室"
    write_answer(application, "lab_name_zh", "长" * 200, 1, user)
    application.case.refresh_from_db()
    assert application.case.title == "长" * 200


def test_a_revisions_note_is_refused_and_never_cut() -> None:
    application, user = written()
    with pytest.raises(TooLong, match="版本说明太长：最多 200 字，现有 201 字"):
        keep_by_hand(application, user, "长" * 201)

    assert not Revision.objects.filter(application=application).exclude(note="").exists()
    assert keep_by_hand(application, user, f" {'长' * 200} ").note == "长" * 200


def test_a_passkeys_name_is_refused_and_never_cut(signed_in: SignedIn) -> None:
    user = laboratory_world().applicant
    answer = signed_in(user).post(reverse("accounts:passkey-register-finish"), json.dumps(
        {"answer": {}, "name": "长" * 61}), content_type="application/json")

    assert (answer.status_code, answer.json()["error"]) == (400, "通行密钥的名称太长：最多 60 字，现有 61 字")
    assert not Passkey.objects.exists()


def test_an_experts_field_is_refused_and_never_cut() -> None:
    form = ExpertForm({"title": "研究员", "specialities": f"计量\n{'长' * 61}"})

    assert form.errors["specialities"] == [f"专业领域“{'长' * 10}……”太长：最多 60 字，现有 61 字"]
    assert ExpertForm({"specialities": f" 计量 \n\n{'长' * 60}"}).errors == {}
