"""Notices and objections in a real browser: they fit a phone, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from browser import Visits, accessible, phone, picture
from playwright.sync_api import Page, expect
from rounds_world import begun, examined, laboratory_world

from guiju.source.diagnostics import Text
from guiju.web.notices.domain import Item, publish
from guiju.web.notices.models import Objection

pytestmark = pytest.mark.django_db(transaction=True)
Clock = Callable[[str], None]


def looked_at(page: Page, name: str) -> None:
    accessible(page)
    picture(page, name)
    phone(page)
    page.set_viewport_size({"width": 1280, "height": 900})


def test_somebody_objects_and_the_office_settles_it(visit: Visits, on: Clock) -> None:
    on("2026-04-29")
    world = laboratory_world()
    record = examined(world, begun(world))
    passed = Item(record, Text("通过形式审查", "passed"), "", "先进材料国家质量标准实验室")
    notice = publish(world.round, "P1", [passed], world.officer, text="现将形式审查结果予以公示。")
    on("2026-05-06")
    public = visit()
    public.goto("/notices/")
    looked_at(public, "notices")
    public.goto(f"/notices/{notice.public_id}/")
    looked_at(public, "notice")
    public.click("td a:has-text('提出异议')")
    looked_at(public, "objection")
    public.fill("[name=ground]", "设备清单里的三台仪器属于另一个单位")
    public.check("[value=anonymous]")
    public.click("text=提交异议")
    code = public.locator(".digest b").inner_text()
    looked_at(public, "objection-receipt")

    officer = visit(world.officer)
    officer.goto("/notices/desk/")
    looked_at(officer, "objections")
    officer.click(f"text={Objection.objects.get().public_id}")
    looked_at(officer, "objection-desk")
    officer.click("button:has-text('受理')")
    officer.fill("[name=finding]", "有共用协议")
    officer.click("button:has-text('不成立')")

    other = visit(phone=True)
    other.goto("/notices/lookup/")
    other.fill("[name=code]", code)
    other.click("button:has-text('查询')")
    expect(other.locator("text=有共用协议")).to_have_count(1)
    accessible(other)
