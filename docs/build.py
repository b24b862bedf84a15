"""`make docs`: runs every example of the manual, the tutorials and the README, and renders docs/_build.

Exits with 1 and `file:line` where a document states something else than what is computed, or a policy does not
compile. `--accept` writes the outputs of tutorials and README as they are now, and `--coverage` the counts of
coverage.md and nothing else; read the difference before you commit.
"""

from __future__ import annotations

import sys
from pathlib import Path

from builder import coverage, manual, tutorial
from builder.spec import read_chapters

from guiju.book import markdown
from guiju.book.contents import Book
from guiju.book.frame import page
from guiju.book.writing import write_book
from guiju.language.library import installed_library
from guiju.lifecycle.library import installed_charts
from guiju.registers.library import installed_registers
from guiju.source.diagnostics import GuijuError

DOCS = Path(__file__).parent
OUT = DOCS / "_build"


def main(arguments: list[str]) -> int:
    """Build everything; what is wrong goes to standard error."""
    if "--coverage" in arguments:
        _write_coverage()
        return 0
    if "--accept" in arguments:
        for document in _played():
            tutorial.accept(document)
    played = [line for document in _played() for line in tutorial.differences(document)]
    wrong = [*_manual(), *played, *_coverage(), *_libraries()]
    _documents()
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"docs/_build: {len(list(OUT.rglob('*.html')))} pages" + (f", {len(wrong)} faults" if wrong else ""))
    return 1 if wrong else 0


def _played() -> list[Path]:
    """The documents whose commands are carried out."""
    documents = (DOCS / "tutorial.md", DOCS / "charts-tutorial.md", DOCS.parent / "README.md")
    return [path for path in documents if path.is_file()]


def _manual() -> list[str]:
    chapters = read_chapters(DOCS / "manual/spec")
    results, differences = manual.run(chapters)
    _write("manual.md", manual.markdown_of(chapters, results))
    _write("manual.html", manual.page_of(chapters, results))
    return differences


def _coverage() -> list[str]:
    """Where there are texts, the whole report stands beside the page of counts; either way the counts are checked."""
    library = installed_library()
    try:
        found = coverage.reports(library, coverage.store())
        made = coverage.page_of(library, found, _stated_coverage())
    except GuijuError as error:
        return [d.render() for d in error.diagnostics]
    if found:
        lines = "\n".join(coverage.report_of(found))
        _write("coverage-report.html", page("原文覆盖：逐个数字", f"<h1>原文覆盖：逐个数字</h1>{markdown.code(lines)}"))
    if made == _stated_coverage():
        return []
    return [f"docs/{coverage.NAME}: the counts are others now; python docs/build.py --coverage writes them"]


def _write_coverage() -> None:
    library = installed_library()
    made = coverage.page_of(library, coverage.reports(library, coverage.store()), _stated_coverage())
    (DOCS / coverage.NAME).write_text(made, encoding="utf-8")


def _stated_coverage() -> str:
    path = DOCS / coverage.NAME
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _libraries() -> list[str]:
    """The book of the installed policies and charts. A case that fails is shown as failed: `guiju test` and `guiju
    chart test` are its gates."""
    try:
        write_book(Book(installed_charts(), store=coverage.store(), registers=installed_registers()), OUT / "book")
    except GuijuError as error:
        return [d.render() for d in error.diagnostics]
    return []


def _documents() -> None:
    """The hand-written documents beside the generated ones."""
    for path in sorted(DOCS.glob("*.md")):
        text = path.read_text(encoding="utf-8").replace("](../", "](../../")
        text = text.replace("](manual/", "](../manual/")
        title = text.splitlines()[0].lstrip("# ")
        _write(path.name, text)
        _write(path.with_suffix(".html").name, page(title, markdown.html_of(text)))


def _write(name: str, text: str) -> None:
    path = OUT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
