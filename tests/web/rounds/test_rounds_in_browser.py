"""The pages of rounds in a real browser: they fit a phone, and axe finds nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from browser import Visits, accessible, phone, picture
from playwright.sync_api import expect
from rounds_world import begun, laboratory_world

from guiju.web.kit.clock import today
from guiju.web.rounds.domain import Edit, edit
from guiju.web.rounds.models import Round

pytestmark = pytest.mark.django_db(transaction=True)
Clock = Callable[[str], None]


def test_an_officer_sets_publishes_and_changes_a_round(visit: Visits, on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world(published=False)
    base, page = f"/rounds/{world.round.public_id}", visit(world.officer)
    for name in ("dates", "offices", "bodies", "parameters", "rules", "texts"):
        page.goto(f"{base}/edit/{name}/")
        accessible(page)
        phone(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        picture(page, f"round-{name}")
    page.fill("[name=call]", "请符合条件的单位按要求申报。")
    page.click("main form button")
    page.goto(f"{base}/manage/")
    accessible(page)
    picture(page, "round-manage")
    page.click("button:has-text('发布')")
    expect(page.locator("main")).to_contain_text("已发布")
    assert Round.objects.get(pk=world.round.pk).state == "open"

    begun(world)
    page.goto(f"{base}/edit/dates/")
    page.fill("[name=closes]", "2026-05-15")
    page.click("button:has-text('看影响')")
    accessible(page)
    picture(page, "round-impact")
    page.fill("[name=reason]", "各省要求延长")
    page.click("button:has-text('确认变更')")
    expect(page.locator("text=各省要求延长")).to_have_count(1)
    assert str(Round.objects.get(pk=world.round.pk).closes) == "2026-05-15"
    phone(page)


def test_the_public_reads_the_call(visit: Visits, on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world(published=False)
    edit(world.round, Edit(rules={"plan": {"P1": (today() + dt.timedelta(days=80)).isoformat()}},
                           texts={"call": "请符合条件的单位按要求申报。", "contact": "010-00000000"}),
         world.round.version)
    page = visit(world.officer)
    page.goto("/rounds/new/")
    accessible(page)
    picture(page, "round-new")
    page.goto(f"/rounds/{world.round.public_id}/manage/")
    page.click("button:has-text('发布')")
    expect(page.locator("main")).to_contain_text("已发布")

    public = visit()
    for address, name in (("/rounds/", "rounds"), (f"/rounds/{world.round.public_id}/", "round")):
        public.goto(address)
        accessible(public)
        phone(public)
        public.set_viewport_size({"width": 1280, "height": 900})
        picture(public, name)
    with public.expect_download() as got:
        public.click("text=加入日历")
    assert got.value.suggested_filename.endswith(".ics")
