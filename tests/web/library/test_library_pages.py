"""The policy library on the site, and the same pages as files: one renderer, readable by everyone, on a phone too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser import Visits, accessible, fits, picture
from django.test import Client
from playwright.sync_api import expect

from guiju.book.contents import Book
from guiju.book.frame import framed
from guiju.book.keeping import Kept, mark_of
from guiju.book.page import beside
from guiju.lifecycle.library import installed_charts
from guiju.registers.library import installed_registers
from guiju.web.library import pages

BOOK = Book(installed_charts(), run=False, registers=installed_registers())
TIANJIN, BEIJING = "tianjin/standardisation-fund-2021", "beijing/capital-standardisation-fund-2020"
TIERS, ZAOZHUANG = "national/sme-tiers-2022", "shandong/zaozhuang-standardisation-fund-2018"
SEEN = ["index", "compare", "dictionary", "policies/tianjin/standardisation-fund-2021",
        "charts/tianjin/standardisation-fund"]
LONG = SEEN[1], SEEN[3], SEEN[4]
SHORT = ["policies/tianjin/standard-leaders-2021", "charts/common/objection"]


@pytest.fixture(autouse=True, scope="module")
def _read_ahead() -> None:
    """As a server does before its first request: what a browser waits for is not the compiler."""
    pages.read_ahead()


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
@pytest.mark.parametrize(("query", "held", "left"), [
    ("region=12", TIANJIN, BEIJING), ("region=0", TIERS, TIANJIN), ("kind=pilot", TIANJIN, TIERS),
    ("audience=社会组织", TIANJIN, TIERS), ("on=2024-08-29", TIANJIN, ZAOZHUANG), ("on=2024-08-30", TIERS, TIANJIN),
    ("region=12&on=2022-01-01&kind=leader", TIANJIN, TIERS)])
def test_query_parameters_choose_policies(client: Client, query: str, held: str, left: str) -> None:
    page = client.get(f"/library/?{query}").content.decode()

    assert (f"/policies/{held}/" in page, f"/policies/{left}/" in page) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["on=2024-02-30", "on=x", "on=0000-00-00"])
def test_a_day_that_is_none_is_said_and_not_asked_for(client: Client, query: str) -> None:
    page = client.get(f"/library/?{query}").content.decode()

    assert ("没有按日期筛选" in page, f"/policies/{TIANJIN}/" in page, f"/policies/{TIERS}/" in page) == (True,) * 3


@pytest.mark.django_db
def test_a_filter_that_leaves_nothing_says_so(client: Client) -> None:
    assert "0 项" in client.get("/library/?region=99").content.decode()


@pytest.mark.django_db
def test_an_english_reader_has_the_library_in_english(client: Client) -> None:
    client.post("/account/language/", {"language": "en", "next": "/library/"})
    pages = [client.get(way).content.decode() for way in ("/library/", f"/library/policies/{TIANJIN}/")]

    assert ["Tianjin standardisation funding measures (trial)" in page for page in pages] == [True, True]
    assert "<h1>Tianjin standardisation funding measures (trial)</h1>" in pages[1]
    client.post("/account/language/", {"language": "zh", "next": "/library/"})
    assert "Tianjin standardisation" not in client.get("/library/").content.decode()


def test_pages_are_kept_for_the_same_library_alone(tmp_path: Path) -> None:
    page, listing = BOOK.page(SEEN[3], lambda target: target), BOOK.listing
    kept = Kept(tmp_path, "a")
    kept.keep_page(page, "zh")
    kept.keep_listing(listing)

    assert (Kept(tmp_path, "a").page(SEEN[3], "zh"), Kept(tmp_path, "a").listing()) == (page, listing)
    assert [Kept(tmp_path, mark).page(address, language) for mark, address, language in (
        ("b", SEEN[3], "zh"), ("a", SEEN[3], "en"), ("a", SEEN[0], "zh"))] == [None] * 3
    assert Kept(tmp_path, "b").listing() is None
    Kept(tmp_path, "b").forget_others()
    assert Kept(tmp_path, "a").page(SEEN[3], "zh") is None


def test_that_all_pages_are_kept_holds_for_the_same_library_alone(tmp_path: Path) -> None:
    assert not Kept(tmp_path, "a").is_whole
    Kept(tmp_path, "a").say_whole(3)

    assert (Kept(tmp_path, "a").is_whole, Kept(tmp_path, "b").is_whole) == (True, False)
    Kept(tmp_path, "b").forget_others()
    assert not Kept(tmp_path, "a").is_whole


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"title": 1}', '{"title": ["a"], "body": ""}', "\0"])
def test_a_damaged_page_is_none(tmp_path: Path, content: str) -> None:
    kept = Kept(tmp_path, "a")
    kept.keep_page(BOOK.page("compare", lambda target: target), "zh")
    for path in tmp_path.rglob("*.json"):
        path.write_text(content, encoding="utf-8")

    assert kept.page("compare", "zh") is None


def test_a_folder_that_can_not_be_written_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = Kept(tmp_path / "file", "a")
    kept.keep_page(BOOK.page("compare", lambda target: target), "zh")

    assert kept.page("compare", "zh") is None


def test_what_can_not_be_written_whole_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("guiju.book.keeping.json.dump", full)
    Kept(tmp_path, "a").keep_page(BOOK.page("compare", lambda target: target), "zh")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_mark_follows_texts_and_whatever_else_is_said(tmp_path: Path) -> None:
    (tmp_path / "004").mkdir()
    marks = [mark_of(None), mark_of(None, "/library/"), mark_of(tmp_path)]
    (tmp_path / "004/source.json").write_text("{}", encoding="utf-8")

    assert len({*marks, mark_of(tmp_path)}) == 3
    assert mark_of(None) == marks[0] == marks[2]


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
    fits(page)
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
def test_the_book_as_files_can_be_read_by_everyone(visit: Visits, phone: bool) -> None:
    """Long pages are looked through above, in the site's frame; in the frame of files, short ones of their kinds."""
    page = visit(phone=phone)
    for address in (*SEEN, *SHORT):
        link = beside(address)
        page.set_content(framed(BOOK.page(address, link), link, BOOK.say))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
        if address not in LONG:
            accessible(page)
