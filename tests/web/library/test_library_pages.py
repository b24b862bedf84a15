"""The policy library on the site, and the same pages as files: one renderer, readable by everyone, on a phone too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import Visits, accessible, picture
from django.test import Client
from playwright.sync_api import expect

from guiju.book.contents import Book
from guiju.book.writing import write_book
from guiju.lifecycle.library import installed_charts

BOOK = Book(installed_charts(), run=False)
SEEN = ["index", "compare", "dictionary", "policies/tianjin/standardisation-fund-2021",
        "charts/tianjin/standardisation-fund"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", SEEN)
def test_a_page_of_the_library_has_what_the_book_has(client: Client, address: str) -> None:
    way = "/library/" if address == "index" else f"/library/{address}/"
    answer = client.get(way)
    page = BOOK.page(address, lambda target: target)

    assert answer.status_code == 200
    assert _words(page.body) in _words(answer.content.decode())


def _words(page: str) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", page)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["policies/nowhere", "charts/", "compare/x", "../settings", "policies/" + "x" * 99])
def test_an_address_without_a_page_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/library/{address}/").status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phone", [False, True])
def test_anyone_finds_a_policy_and_compares_what_is_paid(visit: Visits, phone: bool) -> None:
    page = visit(phone=phone)
    page.goto("/library/")
    accessible(page)
    picture(page, "library")
    page.locator("main").get_by_role("link", name="天津市标准化资助项目与资金管理办法（试行）").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("天津市标准化资助项目与资金管理办法（试行）")
    expect(page.locator("main")).to_contain_text("B-TJ-16")
    accessible(page)
    picture(page, "library-policy")
    page.get_by_role("link", name="天津市标准化资助的申报与拨付").click()
    expect(page.locator("main svg").first).to_be_visible()
    accessible(page)
    picture(page, "library-chart")
    page.get_by_role("link", name="政策库", exact=True).last.click()
    page.get_by_role("link", name="各地资助对照").click()
    expect(page.locator("main")).to_contain_text("分技术委员会")
    accessible(page)
    picture(page, "library-compare")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("phone", [False, True])
def test_the_book_as_files_can_be_read_by_everyone(visit: Visits, tmp_path: Path, phone: bool) -> None:
    write_book(BOOK, tmp_path)
    page = visit(phone=phone)
    for address in SEEN:
        page.set_content((tmp_path / f"{address}.html").read_text(encoding="utf-8"))
        accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
