"""The main navigation: in a row where there is room, behind one button on a phone, without a script."""

from __future__ import annotations

import pytest
from browser import Visits, accessible, fits, picture
from people import World
from playwright.sync_api import expect

from guiju.source.diagnostics import Text
from guiju.web.kit import navigation
from guiju.web.kit.navigation import MOST, Entry, signed_in

VIEWS = ("cases:mine", "outbox:inbox", "accounts:account", "accounts:organisation-new", "accounts:expert",
         "accounts:password", "cases:programmes", "accounts:second")


@pytest.fixture(autouse=True)
def _eight(monkeypatch: pytest.MonkeyPatch) -> None:
    made = {v: Entry(Text(f"第{n}个栏目", f"Page number {n}"), v, n, signed_in) for n, v in enumerate(VIEWS, 1)}
    monkeypatch.setattr(navigation, "_ENTRIES", made)


def test_a_wide_page_shows_six_in_a_row_and_a_menu_of_the_rest(visit: Visits, world: World) -> None:
    page = visit(world.manager)
    page.goto("/cases/")

    links = page.locator("header nav a")
    shown = [links.nth(n).is_visible() for n in range(links.count())]
    assert shown == [True] * (MOST - 1) + [False] * (len(VIEWS) - MOST + 1)
    assert not page.locator("header nav .menu > summary").is_visible()
    accessible(page)
    page.locator("header nav .more summary").press("Enter")
    expect(links.last).to_be_visible()
    fits(page)
    accessible(page)
    picture(page, "base/menu-wide")
    assert page.locator("header nav [aria-current=page]").inner_text() == "第1个栏目"
    fits(page)


def test_a_phone_has_one_button_that_opens_them(visit: Visits, world: World) -> None:
    page = visit(world.manager, phone=True)
    page.goto("/cases/")

    last = page.locator("header nav a").last
    assert not last.is_visible()
    accessible(page)
    page.locator("header nav .menu > summary").press("Enter")
    expect(page.locator("header nav a").first).to_be_visible()
    page.locator("header nav .more summary").press("Enter")
    expect(last).to_be_visible()
    fits(page)
    accessible(page)
    picture(page, "base/menu")
    page.locator("header nav a", has_text="第7个栏目").click()
    page.wait_for_url("**/cases/programmes/")
