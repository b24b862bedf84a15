"""The page of counts has every policy, with the entries of its coverage.yaml; and, where there are texts, their figures
as they are counted now."""

from __future__ import annotations

from pathlib import Path

import pytest
from builder import coverage

from guiju.documents.coverage.reasons import read_reasons
from guiju.language.library import installed_library

PAGE = Path(coverage.__file__).parents[1] / coverage.NAME
LIBRARY = installed_library()
AGAIN = "python docs/build.py --coverage writes the page anew"


def _rows() -> dict[str, list[str]]:
    """The cells of each policy."""
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| [")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {first.rsplit("`", 2)[1]: rest for first, *rest in cells}


def test_the_table_has_every_policy_of_the_library() -> None:
    assert list(_rows()) == LIBRARY.ids(), AGAIN


@pytest.mark.parametrize("id_", LIBRARY.ids())
def test_entries_are_those_of_coverage_yaml(id_: str) -> None:
    kinds = [reason.kind for reason in read_reasons(LIBRARY.folder / id_)]

    assert _rows()[id_][7:] == [str(kinds.count(kind)) for kind in ("narrative", "judgement", "derived")], AGAIN


@pytest.mark.parametrize("id_", LIBRARY.ids())
def test_counts_add_up_and_nothing_is_open(id_: str) -> None:
    figures, *parts = map(int, _rows()[id_][:6])
    mismatched, explained = _rows()[id_][6].rstrip(")").split(" (")

    assert (figures, parts[-1], mismatched) == (sum(parts), 0, explained), AGAIN


@pytest.mark.skipif(coverage.store() is None, reason="no text store: set GUIJU_TEXTS")
def test_figures_are_those_of_the_texts() -> None:
    stated = PAGE.read_text(encoding="utf-8")

    assert coverage.page_of(LIBRARY, coverage.reports(LIBRARY, coverage.store()), stated) == stated, AGAIN


def test_without_texts_counts_stand_as_they_were() -> None:
    stated = PAGE.read_text(encoding="utf-8")

    assert coverage.page_of(LIBRARY, {}, stated) == stated, AGAIN
    assert f"`{LIBRARY.ids()[0]}` | — | — | — | — | — | — | — |" in coverage.page_of(LIBRARY, {}, "")
