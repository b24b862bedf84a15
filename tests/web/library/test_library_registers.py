"""Registers on the site: their index, what is to be reached by year, and each document, on a phone too."""

from __future__ import annotations

import pytest
from browser import Visits, accessible, picture
from django.test import Client
from playwright.sync_api import expect

from guiju.registers.library import installed_registers

PLAN = "national/consumer-goods-2016"


@pytest.mark.django_db
@pytest.mark.parametrize("id_", installed_registers().ids())
def test_every_register_has_its_page_with_each_clause_task_and_target(client: Client, id_: str) -> None:
    answer = client.get(f"/library/registers/{id_}/")
    text = answer.content.decode()
    register = installed_registers().register(id_)

    assert answer.status_code == 200
    missing = [place for place in (*(f"c-{c}" for c in register.clauses), *(m.id for m in register.matters))
               if f'id="{place}"' not in text]
    assert missing == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["registers/nowhere", "registers/national", "targets/2020"])
def test_an_address_without_a_register_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/library/{address}/").status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phone", [False, True])
def test_anyone_goes_from_a_year_s_target_to_its_document_and_to_who_leads(visit: Visits, phone: bool) -> None:
    page = visit(phone=phone)
    page.goto("/library/")
    main = page.locator("main")
    main.get_by_role("link", name="各年目标").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("各年目标")
    year = page.get_by_role("heading", level=2, name="2020 年")
    expect(year).to_be_visible()
    accessible(page)
    picture(page, "library-targets")
    row = page.get_by_role("row").filter(has_text="医院产品伤害监测点")
    expect(row).to_contain_text("≥ 100 个")
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("消费品标准和质量提升规划（2016—2020年）")
    expect(page.locator("#K21")).to_be_in_viewport()
    accessible(page)
    picture(page, "library-register")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("main").get_by_role("link", name="全部台账").first.click()
    expect(page.get_by_role("heading", level=2, name="按牵头机关")).to_be_visible()
    accessible(page)
    picture(page, "library-registers")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
