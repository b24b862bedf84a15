"""The pages of the book for the site: made once of the library as it is, kept in the data directory, read from there at
the next start. Whoever asks for one that is not made yet waits for that page alone."""

from __future__ import annotations

import functools

from django.urls import reverse

from guiju.book.contents import Book
from guiju.book.keeping import Kept, mark_of
from guiju.book.listing import Listing
from guiju.book.page import Page
from guiju.cli.voice import Voice
from guiju.documents.store import default_store, present_store
from guiju.lifecycle.library import installed_charts
from guiju.registers.library import installed_registers
from guiju.source.diagnostics import Language
from guiju.web.kit.text import current

LANGUAGES: tuple[Language, ...] = ("zh", "en")
_DONE = "prepared"


def page(address: str) -> Page:
    """A page in the language of this request. Raises KeyError where there is none."""
    return _page(address, current())


@functools.cache
def listing() -> Listing:
    """What lists show."""
    found = kept().listing()
    if found is None:
        found = book("zh").listing
        kept().keep_listing(found)
    return found


@functools.cache
def kept() -> Kept:
    """The folder for pages of this library, with this site's addresses in them."""
    return Kept(default_store().parent / "book", mark_of(present_store(), link("index")))


@functools.cache
def book(language: Language) -> Book:
    """The installed library; its cases are run by `guiju test`, not while somebody waits."""
    return Book(installed_charts(), False, Voice(language), present_store(), installed_registers())


@functools.lru_cache(maxsize=128)
def _page(address: str, language: Language) -> Page:
    found = kept().page(address, language)
    if found is None:
        found = book(language).page(address, link)
        kept().keep_page(found, language)
    return found


def read_ahead() -> None:
    """What the first visitor of the library asks for."""
    listing()
    for language in LANGUAGES:
        _page("index", language)


def is_prepared() -> bool:
    """Whether every page is made."""
    return kept().page(_DONE, "") is not None


def prepare() -> int:
    """Make every page that is not kept yet; how many there are."""
    addresses = book("zh").addresses()
    for language in LANGUAGES:
        for address in addresses:
            _page(address, language)
    kept().keep_page(Page(_DONE, book("zh").page("index", link).title, ""), "")
    kept().forget_others()
    return len(addresses)


def link(target: str) -> str:
    """A page's address, and a place on it, as the site has it."""
    address, mark, place = target.partition("#")
    if not address:
        return mark + place
    way = reverse("library:overview") if address == "index" else reverse("library:page", args=[address])
    return way + mark + place
