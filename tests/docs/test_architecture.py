"""What the architecture page says can be done, and what it names exists."""

import datetime as dt
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builder.examples import Example, examples_of
from builder.language import compiled
from builder.registry import constructs
from builder.spec import Code, read_chapter

from guiju.language.constructs import functions, limits
from guiju.lifecycle import obstacles
from guiju.lifecycle.entry import begin
from guiju.lifecycle.events import Actor, Evidence
from guiju.lifecycle.library import installed_charts
from guiju.lifecycle.refusal import Refusal

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/architecture.md"
CHAPTER = read_chapter(PAGE)
EXAMPLES = examples_of([CHAPTER])
CODE = [b for s in CHAPTER.sections for b in s.blocks if isinstance(b, Code) and b.language == "python"]


@pytest.fixture
def between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The construct of the page, as if its file stood in the folder."""
    (tmp_path / "between.py").write_text(CODE[0].text, encoding="utf-8")
    monkeypatch.setattr(functions, "__path__", [*functions.__path__, str(tmp_path)])
    _forget()
    yield
    sys.modules.pop(f"{functions.__name__}.between", None)
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    functions.registry.cache_clear()
    compiled.cache_clear()


@pytest.mark.usefixtures("between")
@pytest.mark.parametrize("example", EXAMPLES, ids=[e.title for e in EXAMPLES])
def test_a_construct_is_added_by_one_file(example: Example) -> None:
    assert example.differences(example.run()) == []
    assert "function:between" in constructs()


def test_without_its_file_the_construct_is_unknown() -> None:
    assert "function:between" not in constructs()


@pytest.mark.parametrize(("day", "codes"), [(dt.date(2024, 3, 2), ["early"]), (dt.date(2024, 3, 4), [])])
def test_a_question_is_added_by_one_function(day: dt.date, codes: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    names: dict[str, Any] = {}
    exec(CODE[1].text, names)
    monkeypatch.setattr(obstacles, "QUESTIONS", (*obstacles.QUESTIONS, names["open_office"]))
    chart, somebody = installed_charts().chart("common/objection"), Actor("甲", roles=frozenset({"raiser"}))

    result = begin(chart, "1", "raise", somebody, Evidence({"异议理由": "错了"}), day)

    assert ([r.code for r in result.reasons] if isinstance(result, Refusal) else []) == codes


def test_the_modules_and_folders_that_the_page_names_exist() -> None:
    text = PAGE.read_text(encoding="utf-8")
    packages = "source|calendar|vocabulary|language|facts|evaluate|lifecycle|cli"
    named = set(re.findall(rf"`((?:{packages})(?:\.[a-z_]+)+)[`(]", text))
    missing = [n for n in named if not _exists(n)]

    assert len(named) > 8
    assert missing == []


def _exists(dotted: str) -> bool:
    """A module, a package, or something that its module defines."""
    path = ROOT / "src/guiju" / dotted.replace(".", "/")
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    owner = path.parent.with_suffix(".py")
    return owner.is_file() and f"def {path.name}(" in owner.read_text(encoding="utf-8")


def test_the_stages_of_limits_are_those_that_the_page_gives() -> None:
    text = PAGE.read_text(encoding="utf-8")
    stages = {"highest": limits.KEEP_HIGHEST, "elect": limits.ELECT, "keep": limits.TOP_PER_CLASS,
              "best": limits.BEST_CATEGORIES, "cap": limits.CAP}

    assert [name for name, stage in stages.items() if f"`{name}` {stage}" not in text] == []


def test_the_links_between_the_documents_lead_somewhere() -> None:
    generated = ("manual.html", "book/")
    pages = [*sorted((ROOT / "docs").glob("*.md"))]
    links = [(page.name, link) for page in pages
             for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
             if "://" not in link and not link.startswith(generated)]

    assert [(page, link) for page, link in links if not (ROOT / "docs" / link).exists()] == []
