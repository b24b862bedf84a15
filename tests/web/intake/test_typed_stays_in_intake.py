"""What was typed while checking and concluding stays on the page when it was not taken, and says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from intake_world import IntakeWorld, fresh, handed_in, in_examination, intake_world, judged, taken_in

from guiju.web.accounts.models import User
from guiju.web.intake.models import Check, Examination, Opinion

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


def typed_in(page: str, name: str) -> str:
    """What a field of one line or a hidden one holds, once on the page."""
    found = re.findall(rf'<input type="(?:hidden|text)" name="{name}" value="([^"]*)"', page)
    assert len(set(found)) == 1, found
    return str(found[0])


def standing_in(page: str) -> str:
    """What is said to stand there now."""
    start = page.index('<dl class="facts">', page.index("现在保存的与您填的不同之处"))
    return page[start:page.index("</dl>", start)]


def test_a_conclusion_that_a_colleague_overtook_is_kept_at_the_second_go_with_his_in_view(
        w: IntakeWorld, signed_in: SignedIn) -> None:
    application = judged(in_examination(w, w.first), w.lab.officer, failing="form")
    address = f"/intake/examine/application/{application.public_id}/conclude/"
    signed_in(w.examiner).post(address, {"version": "0", "conclusion": "fail", "reasons": "第三节超字数"})
    client, mine = signed_in(w.lab.officer), {"version": "0", "conclusion": "pass", "reasons": "补交件已当面点清"}
    refused = client.post(address, mine)
    page = refused.content.decode()
    form = page[page.index(f'action="{address}"'):]

    assert (refused.status_code, Examination.objects.get().conclusion) == (409, "fail")
    assert "结论刚被冯审查改过，您的没有保存" in page
    for words in ("形审未通过", "第三节超字数"):
        assert words in standing_in(page)
    assert "补交件已当面点清</textarea>" in form
    assert re.search(r'value="pass"[^>]*checked', form)
    kept = client.post(address, {**mine, "version": typed_in(form, "version")})
    assert (kept.status_code, Examination.objects.get().conclusion, Examination.objects.get().by) == (
        302, "pass", w.lab.officer)


def test_an_opinion_that_a_colleague_overtook_is_kept_at_the_second_go_with_his_in_view(
        w: IntakeWorld, signed_in: SignedIn) -> None:
    application = taken_in(w.first, w.lab.recommender)
    address = f"/intake/recommend/application/{application.public_id}/opinion/"
    theirs = {"version": "0", "text": "同意推荐", "head": "柯经办", "preferred": "true"}
    signed_in(w.clerk).post(address, theirs)
    client, mine = signed_in(w.lab.recommender), {**theirs, "text": "同意优先推荐", "preferred": "unknown"}
    refused = client.post(address, mine)
    page = refused.content.decode()

    assert (refused.status_code, Opinion.objects.get().text) == (409, "同意推荐")
    assert "推荐意见刚被柯经办改过，您的没有保存" in page
    there = standing_in(page)
    assert re.search(r"<dt>推荐意见</dt>\s*<dd>\s*同意推荐\s", there)
    assert re.search(r"省部级实验室</dt>\s*<dd>\s*是\s", there)
    assert "负责人" not in there
    assert "同意优先推荐</textarea>" in page
    kept = client.post(address, {**mine, "version": typed_in(page, "version")})
    assert (kept.status_code, Opinion.objects.get().text) == (302, "同意优先推荐")


def test_an_opinion_shows_what_was_said_of_two_years_of_operation(w: IntakeWorld, signed_in: SignedIn) -> None:
    application = taken_in(w.first, w.lab.recommender)
    address, client = f"/intake/recommend/application/{application.public_id}/", signed_in(w.lab.recommender)
    client.post(f"{address}opinion/", {"version": "0", "text": "同意推荐", "preferred": "true"})

    assert '<option value="true" selected>' in client.get(address).content.decode()
