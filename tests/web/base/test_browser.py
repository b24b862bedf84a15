"""The site in Chromium: what every page promises, and that the watch over pages sees what it should."""

from __future__ import annotations

import re

import pytest
from browser import Visits, accessible, fits, phone, picture, until
from django.conf import settings
from django.shortcuts import resolve_url
from people import PASSWORD, World
from playwright.sync_api import expect


def test_a_person_signs_in_by_hand_and_out_again(visit: Visits, world: World) -> None:
    page = visit.sign_in("zhang", PASSWORD)

    expect(page).to_have_url(f"{visit.address}{resolve_url(settings.LOGIN_REDIRECT_URL)}")
    expect(page.locator("header.site")).to_contain_text("张经理")
    page.click("header.site form[action$='sign-out/'] button")
    expect(page.locator("header.site")).to_contain_text("登录")


PAGES = ("/", "/account/sign-in/", "/account/register/", "/cases/", "/cases/programmes/", "/inbox/", "/account/",
         "/account/forgotten/", "/account/close/", "/account/second/needed/", "/account/reset/over/", "/nowhere/")


@pytest.mark.parametrize("address", PAGES)
def test_a_page_holds_on_a_desktop_and_on_a_phone(address: str, visit: Visits, world: World) -> None:
    page = visit(None if "sign-in" in address or "register" in address else world.manager)
    page.goto(address)

    assert page.locator("h1").count() == 1
    accessible(page)
    picture(page, f"base/{address.strip('/').replace('/', '-') or 'home'}")
    fits(page)
    accessible(phone(page))


def test_english_is_one_press_away(visit: Visits, world: World) -> None:
    page = visit(world.manager)
    page.goto("/cases/")
    page.click("button[name=language]")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert re.search(r"[一-鿿]", page.inner_text("h1")) is None


def test_a_person_signs_in_without_a_mouse(visit: Visits, world: World) -> None:
    """The first key of a page leads past the menu; at sign-in one types at once, then field by field, and Enter."""
    page = visit()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator("[href='#main']")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()

    page.goto("/account/sign-in/?next=/cases/")
    expect(page.locator("[name=login]")).to_be_focused()  # by itself, as the page comes
    page.keyboard.type("zhang")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/")


def test_paper_shows_the_case_and_no_menu_or_button(visit: Visits, world: World) -> None:
    page = visit(world.manager)
    page.goto(f"/cases/{world.case.public_id}/")
    assert page.locator("header.site nav").is_visible()
    page.emulate_media(media="print")

    assert page.locator("h1").is_visible()
    assert page.locator(".timeline li").first.is_visible()
    assert not [p for p in page.locator("header.site nav, .actions").all() if p.is_visible()]


def test_paper_shows_what_is_folded_and_the_screen_stays_as_it_was(visit: Visits, world: World) -> None:
    page = visit(world.manager)
    page.goto(f"/cases/{world.case.public_id}/")
    folded = page.locator("main details:not([open]) > :not(summary)").first.element_handle()
    assert folded is not None
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.evaluate("part => part.checkVisibility({contentVisibilityAuto: true})")
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folded.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not folded.is_visible()


WIDE = """<h1>表</h1><div class="scroll"><table><caption>各项</caption><tr>
  <td><div class="wide" id="broad"></div></td></tr></table></div>
  <div class="scroll"><table><caption>短的</caption><tr><td>一格</td></tr></table></div>"""


def test_a_table_wider_than_the_screen_says_so_and_is_moved_by_keys(visit: Visits, world: World) -> None:
    page = visit(phone=True)
    page.goto("/")
    page.evaluate("""html => { document.querySelector("main").innerHTML = html;
        document.getElementById("broad").style.width = "900px"; dispatchEvent(new Event("resize")); }""", WIDE)
    wide, narrow = page.get_by_role("group", name="各项"), page.locator(".scroll").last
    expect(wide).to_have_attribute("data-wider", "← 可左右滑动 →")
    wide.focus()
    page.keyboard.press("ArrowRight")

    wide.evaluate("""scroll => new Promise(moved => {
        const look = () => scroll.scrollLeft > 0 ? moved() : requestAnimationFrame(look);
        look();
    })""")
    assert narrow.get_attribute("tabindex") is None
    accessible(page)


@pytest.mark.parametrize(("script", "sign"), [
    ("fetch('https://example.org/').catch(() => 0)", "example.org"),
    ("document.body.appendChild(Object.assign(document.createElement('script'), {textContent: 'window.x = 1'}))",
     "Content Security Policy"),
    ("console.error('broken')", "broken"),
    ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
])
def test_the_watch_sees_what_goes_wrong(visit: Visits, script: str, sign: str) -> None:
    page = visit()
    page.goto("/")
    page.evaluate(script)

    until(page, lambda: [fault for fault in visit.faults if sign in fault])
    visit.faults.clear()
