"""The pages of laboratories in a browser: readable for everyone, on a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser import Visits, accessible, picture
from laboratory_walks import APPROVED, FINISHED, OPERATING, walked

Clock = Callable[[str], None]
pytestmark = pytest.mark.django_db(transaction=True)
SECTIONS = ("desk", "plan", "reports", "extension", "acceptance", "evaluation", "changes", "leaders", "outputs",
            "support", "checks")


def test_the_register_and_the_desk_are_accessible(visit: Visits, on: Clock) -> None:
    on("2026-08-03")
    walk = walked(OPERATING)
    number = walk.laboratory.public_id
    page = visit()
    for name, address in (("laboratories", "/laboratories/"), ("laboratory", f"/laboratories/{number}/")):
        page.goto(address)
        accessible(page)
        picture(page, name)
    page = visit(walk.holders["LAB"])
    for section in SECTIONS:
        page.goto(f"/laboratories/{number}/desk/" + ("" if section == "desk" else f"{section}/"))
        accessible(page)
        picture(page, f"laboratory-{section}")
    for name in ("deadlines", "reminders"):
        page.goto(f"/desk/{name}/")
        accessible(page)
        picture(page, f"desk-{name}")


def test_a_plan_is_written_and_handed_in_for_acceptance(visit: Visits, on: Clock) -> None:
    on("2026-06-01")
    walk = walked(FINISHED)
    page = visit(walk.holders["LAB"])
    page.goto(f"/laboratories/{walk.laboratory.public_id}/desk/plan/change/")
    accessible(page)
    page.locator("[name=task-0-kind]").select_option("standards")
    page.locator("[name=task-0-title]").fill("阀门密封国家标准")
    page.locator("[name=task-0-promised]").fill("5")
    page.locator("[name=task-0-unit]").fill("项")
    picture(page, "laboratory-plan-change")
    page.get_by_role("button", name="定稿").click()
    page.get_by_text("第 1 版已定").wait_for()
    page.goto(f"/laboratories/{walk.laboratory.public_id}/desk/do/T27/")
    accessible(page)
    picture(page, "laboratory-acceptance-form")


def test_a_report_and_an_extension_on_a_phone(visit: Visits, on: Clock) -> None:
    on("2025-05-12")
    walk = walked(APPROVED)
    page = visit(walk.holders["LAB"], phone=True)
    for address in ("desk/do/T21/", "desk/extension/", "desk/"):
        page.goto(f"/laboratories/{walk.laboratory.public_id}/{address}")
        accessible(page)
    page.goto("/desk/deadlines/")
    accessible(page)
