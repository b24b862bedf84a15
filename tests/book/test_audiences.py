"""Whom policies address is a closed list, and pages in English say it in English."""

from __future__ import annotations

import pytest

from guiju.book.audiences import audience_text
from guiju.book.contents import Book
from guiju.cli.voice import Voice
from guiju.language.library import installed_library
from guiju.lifecycle.library import installed_charts

FUND = "tianjin/standardisation-fund-2021"


def test_every_word_of_the_library_has_a_name_of_its_own() -> None:
    words = {word for policy in installed_library() for word in policy.audience}
    english = {word: audience_text(word).en for word in words}

    assert [word for word in words if not english[word]] == []
    assert len(set(english.values())) == len(words)


def test_a_word_of_no_list_stands_as_it_is() -> None:
    assert (audience_text("行吟诗人").zh, audience_text("行吟诗人").en) == ("行吟诗人", "")


@pytest.mark.parametrize("address", ["index", f"policies/{FUND}"])
def test_pages_say_whom_a_policy_addresses_in_the_readers_language(address: str) -> None:
    for language, words in (("en", "enterprises, public institutions, social organisations"),
                            ("zh", "企业、事业单位、社会组织")):
        page = Book(installed_charts(), run=False, say=Voice(language)).page(address, str)

        assert words in page.body


def test_lists_to_choose_from_are_in_both_languages() -> None:
    page = Book(installed_charts(), run=False, say=Voice("en")).page("list/audience/社会组织", str)

    assert "social organisations" in page.title.en
