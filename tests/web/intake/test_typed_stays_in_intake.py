"""What was typed while checking and concluding stays on the page when it was not taken, and says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from intake_world import IntakeWorld, fresh, handed_in, in_examination, intake_world, judged, taken_in

from guiju.web.accounts.models import User
from guiju.web.intake.models import Check, Examination

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def w(db: None) -> IntakeWorld:
    return intake_world()


def row_of(page: str, item: str) -> str:
    """The form of one item."""
    forms = re.findall(r'<form class="mark".*?</form>', page, re.S)
    return next(f for f in forms if f'name="item" value="{item}"' in f)


@pytest.mark.parametrize("who", ["body", "officer"])
def test_a_mark_without_script_keeps_its_remark(w: IntakeWorld, signed_in: SignedIn, who: str) -> None:
    if who == "body":
        item, user = "lawful", w.lab.recommender
        address = f"/intake/recommend/application/{taken_in(w.first, user).public_id}/"
    else:
        item, user = "copies", w.lab.officer
        address = f"/intake/examine/application/{in_examination(w, w.first).public_id}/"
    remark = "甲" * 2001
    answer = signed_in(user).post(f"{address}mark/", {"item": item, "mark": "fail", "remark": remark, "version": "0"})
    row = row_of(answer.content.decode(), item)

    assert (answer.status_code, Check.objects.filter(item=item, mark="fail").exists()) == (409, False)
    assert f">{remark}</textarea>" in row
    assert re.search(r'value="fail"\s+checked', row)
    assert "说明太长：最多 2000 字，现有 2001 字" in row
    assert 'aria-invalid="true"' in row


def test_a_refused_conclusion_is_said_beside_its_field_and_keeps_what_was_typed(w: IntakeWorld, signed_in: SignedIn
                                                                               ) -> None:
    again = handed_in(w.lab, w.lab.body, w.lab.host, w.lab.applicant)
    one = judged(in_examination(w, w.first), w.lab.officer, but=("copies",))
    in_examination(w, again)
    address = f"/intake/examine/application/{one.public_id}/conclude/"
    answer = signed_in(w.lab.officer).post(address, {"version": "0", "conclusion": "pass", "reasons": "逐项核对过",
                                                     "decide-T09-sole": "方向不同"})
    page = answer.content.decode()
    conclusion = page[page.index("<legend>\n    结论"):page.index('name="reasons"')]

    assert (answer.status_code, Examination.objects.exists()) == (409, False)
    assert "还有 1 项没有判断：纸质三份与电子版" in conclusion
    assert '<a href="#id_conclusion' in page
    assert "逐项核对过" in page


def test_reasons_stay_when_something_else_is_refused(w: IntakeWorld, signed_in: SignedIn) -> None:
    again = handed_in(w.lab, w.lab.body, w.lab.host, w.lab.applicant)
    one, two = (judged(in_examination(w, a), w.lab.officer) for a in (w.first, again))
    client, queue = signed_in(w.lab.officer), f"/intake/examine/{w.lab.round.public_id}/batch/"
    client.post(f"/intake/examine/application/{one.public_id}/conclude/",
                {"version": "0", "conclusion": "pass", "reasons": "逐项核对过"})
    page = client.post(queue, {"move": "T09", "chosen": [one.public_id, two.public_id],
                               f"{one.public_id}:decide-T09-sole": "方向不同",
                               f"{two.public_id}:decide-T09-sole": "领域不同"}).content.decode()

    assert "还没有形式审查结论" in page
    for application, words in ((one, "方向不同"), (two, "领域不同")):
        assert re.search(rf'name="{application.public_id}:decide-T09-sole"\s+value="{words}"', page)
    assert fresh(one).case.stage == "S07"
