"""The page on texts and search: its tables are what the code has."""

import re
from pathlib import Path

from guiju.documents.reading import FORMATS
from guiju.documents.report import DOUBTS, RULES
from guiju.search.entries import KINDS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "texts.md").read_text(encoding="utf-8")


def keys(heading: str) -> list[str]:
    """The first column of each table with this heading."""
    tables = re.findall(rf"^\| {heading} \|.*\n\|---.*\n((?:\|.*\n)+)", PAGE, re.M)
    return [key for table in tables for key in re.findall(r"^\| `(\w+)` \|", table, re.M)]


def test_every_repair_doubt_and_kind_has_its_row() -> None:
    assert keys("repair") == list(RULES)
    assert keys("doubt") == list(DOUBTS)
    assert keys("kind") == list(KINDS)


def test_every_code_of_import_and_search_has_its_row() -> None:
    sources = [*(ROOT / "src/guiju/documents").glob("*.py"), *(ROOT / "src/guiju/documents/reading").glob("*.py"),
               *(ROOT / "src/guiju/search").glob("*.py"), *(ROOT / "src/guiju/cli/documents").glob("*.py")]
    used = {code for path in sources for code in re.findall(r'fail\(\s*"(E8\d\d)"', path.read_text(encoding="utf-8"))}

    assert len(used) > 10
    assert set(keys("code")) == used


def test_the_formats_are_those_that_are_read() -> None:
    assert all(f"`{ending}`" in PAGE for ending in FORMATS if ending not in (".md", ".htm"))
