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
_AT_HAND = 128  # pages that a process holds in memory


class Shelf:
    """The pages of the library and the texts that are there when it is made. What changes later is on the next one."""

    def __init__(self) -> None:
        self.store = present_store()
        self.kept = Kept(default_store().parent / "book", mark_of(self.store, link("index")))
        self.page = functools.lru_cache(maxsize=_AT_HAND)(self._page)
        self.book = functools.cache(self._book)

    @functools.cached_property
    def listing(self) -> Listing:
        found = self.kept.listing()
        if found is None:
            found = self.book("zh").listing
            self.kept.keep_listing(found)
        return found

    def prepare(self) -> int:
        """Make every page that is not kept yet; how many there are."""
        addresses = self.book("zh").addresses()
        for language in LANGUAGES:
            for address in addresses:
                self.page(address, language)
        self.kept.say_whole(len(addresses))
        self.kept.forget_others()
        return len(addresses)

    def _page(self, address: str, language: Language) -> Page:
        found = self.kept.page(address, language)
        if found is None:
            found = self.book(language).page(address, link)
            self.kept.keep_page(found, language)
        return found

    def _book(self, language: Language) -> Book:
        """The installed library; its cases are run by `guiju test`, not while somebody waits."""
        return Book(installed_charts(), False, Voice(language), self.store, installed_registers())


@functools.cache
def shelf() -> Shelf:
    """The one of this process, as long as it lives: the installed library changes only with the programme, and texts
    that are imported meanwhile show after the next start."""
    return Shelf()


def page(address: str) -> Page:
    """A page in the language of this request. Raises KeyError where there is none."""
    return shelf().page(address, current())


def listing() -> Listing:
    """What lists show."""
    return shelf().listing


def read_ahead() -> None:
    """What the first visitor of the library asks for."""
    listing()
    for language in LANGUAGES:
        shelf().page("index", language)


def is_prepared() -> bool:
    """Whether every page is made."""
    return shelf().kept.is_whole


def prepare() -> int:
    """Make every page that is not kept yet; how many there are."""
    return shelf().prepare()


def link(target: str) -> str:
    """A page's address, and a place on it, as the site has it."""
    address, mark, place = target.partition("#")
    if not address:
        return mark + place
    way = reverse("library:overview") if address == "index" else reverse("library:page", args=[address])
    return way + mark + place
