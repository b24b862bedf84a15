"""Where a book is written: over an earlier book, never over anything else, and a store named for it has to be there."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from guiju.book.contents import Book
from guiju.book.writing import write_book
from guiju.cli.main import cli
from guiju.language.library import POLICIES, load_library
from guiju.lifecycle.library import load_charts
from guiju.source.diagnostics import GuijuError

FUND = "tianjin/standardisation-fund-2021"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Of one policy."""
    shutil.copytree(POLICIES / FUND, tmp_path / "policies" / FUND)
    (tmp_path / "charts").mkdir()
    return Book(load_charts(tmp_path / "charts", load_library(tmp_path / "policies")), run=False)


def test_a_book_is_written_again_beside_files_of_others(book: Book, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    write_book(book, folder)
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    (folder / "index.html").write_bytes((folder / "index.html").read_bytes() + b"<!-- of an earlier day -->")

    pages = write_book(book, folder)

    assert folder / f"policies/{FUND}.html" in pages
    assert "of an earlier day" not in (folder / "index.html").read_text(encoding="utf-8")
    assert (folder / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_page_of_somebody_else_is_not_written_over(book: Book, tmp_path: Path) -> None:
    other = tmp_path / "site" / "dictionary.html"
    other.parent.mkdir()
    other.write_text("<html>mine</html>", encoding="utf-8")

    with pytest.raises(GuijuError) as refused:
        write_book(book, other.parent)

    diagnostic = refused.value.diagnostics[0]
    assert (diagnostic.code, diagnostic.span.file) == ("E290", str(other))
    assert "choose another folder" in diagnostic.message.en
    assert [p.name for p in other.parent.iterdir()] == ["dictionary.html"]
    assert other.read_text(encoding="utf-8") == "<html>mine</html>"


def test_a_folder_in_a_pages_place_is_named(book: Book, tmp_path: Path) -> None:
    (tmp_path / "site" / "index.html").mkdir(parents=True)

    with pytest.raises(GuijuError, match=r"index\.html"):
        write_book(book, tmp_path / "site")


def test_a_store_that_is_named_has_to_be_there(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["book", str(tmp_path / "book"), "--quick", "--text", str(tmp_path / "none")])

    assert (done.exit_code, done.stdout) == (2, "")
    assert "E870" in done.stderr
    assert not (tmp_path / "book").exists()


def test_a_policy_that_is_broken_is_named_and_the_others_have_their_pages(tmp_path: Path,
                                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    charts = tmp_path / "charts"
    shutil.copytree(POLICIES / FUND, tmp_path / "policies" / FUND)
    for broken, about in (("x/broken", "id: x/broken\n"), ("x/amending", "id: x/amending\namends: x/broken\n")):
        (tmp_path / "policies" / broken).mkdir(parents=True)
        (tmp_path / "policies" / broken / "policy.yaml").write_text(about + "title: 甲\n", "utf-8")
    for chart, applies in (("one", "x/broken"), ("two", "x/amending")):
        (charts / chart).mkdir(parents=True)
        (charts / chart / "chart.yaml").write_text(f"id: {chart}\ntitle: 流程\npolicies: [{applies}]\n", "utf-8")
    monkeypatch.setattr("guiju.lifecycle.library.installed_charts",
                        lambda: load_charts(charts, load_library(tmp_path / "policies")))

    done = CliRunner().invoke(cli, ["book", str(tmp_path / "book"), "--quick"])

    assert done.exit_code == 0, done.output
    assert "x/broken 有错，没有列入；改好再看：guiju check x/broken" in done.stderr
    assert "x/amending 有错" in done.stderr
    assert "E023" in done.stderr
    assert [p.stem for p in (tmp_path / "book" / "policies").rglob("*.html")] == [Path(FUND).name]
    assert not (tmp_path / "book" / "charts").exists()
    overview = (tmp_path / "book" / "index.html").read_text("utf-8")
    assert "x/broken" not in overview
    assert f"policies/{FUND}.html" in overview
