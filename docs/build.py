"""`make docs`: runs every example of the manual, the tutorials and the README, and renders docs/_build.

Exits with 1 and `file:line` where a document states something else than what is computed, or a policy does not
compile. `--accept` writes the outputs of tutorials and README as they are now; read the difference before you commit.
"""

from __future__ import annotations

import sys
from pathlib import Path

from builder import chartlibrary, charts, library, manual, markdown, page, policies, tutorial
from builder.spec import read_chapters

from guiju.language.library import Library, installed_library
from guiju.lifecycle.library import installed_charts
from guiju.source.diagnostics import GuijuError

DOCS = Path(__file__).parent
OUT = DOCS / "_build"


def main(arguments: list[str]) -> int:
    """Build everything; what is wrong goes to standard error."""
    if "--accept" in arguments:
        for document in _played():
            tutorial.accept(document)
    played = [line for document in _played() for line in tutorial.differences(document)]
    wrong = [*_manual(), *played, *_libraries()]
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


def _libraries() -> list[str]:
    """The pages of the installed policies and charts. A case that fails is shown as failed: `guiju test` and `guiju
    chart test` are its gates."""
    try:
        references = list(chartlibrary.references_of(installed_charts()))
    except GuijuError as error:
        return [*_policies(installed_library(), []), *(d.render() for d in error.diagnostics)]
    return [*_policies(installed_library(), references), *_charts(references)]


def _charts(references: list[chartlibrary.Reference]) -> list[str]:
    """A page and a drawing for each chart, and a list of them."""
    for reference in references:
        id_ = reference.view.id
        drawing = f"{id_.rsplit('/', 1)[-1]}.svg"
        _write(f"charts/{id_}.svg", reference.drawing)
        _write(f"charts/{id_}.md", charts.markdown_of(reference, drawing))
        _write(f"charts/{id_}.html", charts.page_of(reference, drawing))
    _write("charts/index.md", charts.index_of(references, ".md"))
    _write("charts/index.html", page.page("流程图 · Charts", markdown.html_of(charts.index_of(references, ".html"))))
    return []


def _policies(policies_: Library, references: list[chartlibrary.Reference]) -> list[str]:
    """A page for each policy, and a list of them."""
    faults, links = [], []
    for id_ in policies_.ids():
        try:
            policy = policies_.policy(id_)
            reference = library.reference_of(policy, policies_.folder_of(policy))
        except GuijuError as error:
            faults += [d.render() for d in error.diagnostics]
            continue
        up = "../" * (id_.count("/") + 1)
        cited = [(r.view.title.zh, f"{up}charts/{r.view.id}") for r in references if id_ in r.chart.policies]
        _write(f"policies/{id_}.md", policies.markdown_of(reference, cited))
        _write(f"policies/{id_}.html", policies.page_of(reference, cited))
        links.append(f"- [{policy.title.zh}]({id_}.md) `{id_}`")
    text = "# 政策 · Policies\n\n[流程图](../charts/index.md)\n\n" + "\n".join(links) + "\n"
    _write("policies/index.md", text)
    linked = text.replace("../charts/index.md", "../charts/index.html")
    _write("policies/index.html", page.page("政策 · Policies", markdown.html_of(linked)))
    return faults


def _documents() -> None:
    """The hand-written documents beside the generated ones."""
    for path in sorted(DOCS.glob("*.md")):
        text = path.read_text(encoding="utf-8").replace("](../", "](../../")
        text = text.replace("](manual/", "](../manual/")
        title = text.splitlines()[0].lstrip("# ")
        _write(path.name, text)
        _write(path.with_suffix(".html").name, page.page(title, markdown.html_of(text)))


def _write(name: str, text: str) -> None:
    path = OUT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
