"""Recommending and examining in a browser: marks are kept as they are made, pages are accessible."""

from __future__ import annotations

import pytest
from browser import Visits, accessible, picture
from intake_world import (
    IntakeWorld,
    applicant,
    checked,
    handed_in,
    in_examination,
    intake_world,
    judged,
    taken_in,
)

from guiju.web.intake import domain
from guiju.web.intake.checklists import Item, formal_examination
from guiju.web.intake.models import Check

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def w(transactional_db: None) -> IntakeWorld:
    return intake_world()


def test_a_mark_is_kept_without_a_button(visit: Visits, w: IntakeWorld) -> None:
    taken_in(w.first, w.lab.recommender)
    page = visit(w.lab.recommender)
    page.goto(f"/intake/recommend/application/{w.first.public_id}/")
    form = page.locator("form.mark", has=page.locator("input[value=lawful]"))
    form.get_by_label("不通过").check()
    form.get_by_text("存疑、不通过要写明理由").wait_for()
    form.get_by_role("textbox").fill("协议缺知识产权条款")
    form.get_by_role("textbox").blur()
    form.get_by_text("已保存 · 推推荐").wait_for()
    form.get_by_label("存疑").check()
    page.locator("#v-lawful[value='2']").wait_for(state="attached")

    kept = Check.objects.get()
    assert (kept.mark, kept.remark, kept.version) == ("doubt", "协议缺知识产权条款", 2)


@pytest.mark.parametrize("phone", [False, True])
def test_the_bodys_pages(visit: Visits, w: IntakeWorld, phone: bool) -> None:
    application = checked(w.first, w.lab.recommender)
    page = visit(w.lab.recommender, phone=phone)
    for address, name in (("/intake/recommend/", "recommend"),
                          (f"/intake/recommend/{w.lab.round.public_id}/{w.lab.body.pk}/", "recommend-queue"),
                          (f"/intake/recommend/application/{application.public_id}/", "recommend-application"),
                          (f"/intake/recommend/application/{application.public_id}/forward/", "recommend-forward")):
        page.goto(address)
        accessible(page)
        picture(page, name)


@pytest.mark.parametrize("phone", [False, True])
def test_the_officers_pages(visit: Visits, w: IntakeWorld, phone: bool) -> None:
    own, user = applicant(950, "联合牵头院")
    joint = in_examination(w, handed_in(w.lab, w.lab.body, own, user, (w.lab.host.code,)))
    application, second = in_examination(w, w.first), in_examination(w, w.second)
    for one in (application, second):
        judged(one, w.examiner, but=("copies",))
        domain.mark_formal(one, _item("copies"), "doubt", "少一份", w.examiner, 0)
        domain.conclude(one, "pass", "逐项核对，缺项已说明", w.examiner, 0)
    page = visit(w.lab.officer, phone=phone)
    for address, name in ((f"/intake/examine/{w.lab.round.public_id}/units/", "examine-units"),
                          (f"/intake/examine/application/{application.public_id}/", "examine-application"),
                          (f"/intake/examine/{w.lab.round.public_id}/", "examine-queue")):
        page.goto(address)
        accessible(page)
        picture(page, name)
    for one in (application, second, joint):
        page.locator(f"input[name=chosen][value='{one.public_id}']").check()
    page.get_by_role("button", name="试办：出结论并公示").click()
    accessible(page)
    picture(page, "examine-trial")
    page.get_by_role("button", name="办理").click()
    page.get_by_role("heading", name="办成 1，没有办 2").wait_for()
    accessible(page)
    picture(page, "examine-batch")


def _item(id_: str) -> Item:
    found = formal_examination().item(id_)
    assert found is not None
    return found
