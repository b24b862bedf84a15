"""The manual states what the engine does, and leaves nothing out.

Each table of docs/manual/spec is a test; its title is the test's name.
"""

import re
from pathlib import Path

import pytest
from builder.examples import Example, examples_of
from builder.registry import constructs
from builder.spec import Chapter, Code, Prose, Section, Table, read_chapters

SPEC = Path(__file__).parents[2] / "docs/manual/spec"
CHAPTERS = read_chapters(SPEC)
EXAMPLES = examples_of(CHAPTERS)
SECTIONS = [section for chapter in CHAPTERS for section in chapter.sections]
# Shapes that no single word of an example shows.
SHAPES = {"syntax", "price-cell", "kind", "field-type", "detail"}


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.section.file[:2]} {e.title}" for e in EXAMPLES])
def test_the_engine_computes_what_the_manual_states(example: Example) -> None:
    assert example.differences(example.run()) == []


def test_every_construct_of_the_code_has_a_section() -> None:
    explained = {id_ for section in SECTIONS for id_ in section.ids}

    assert [id_ for id_ in constructs() if id_ not in explained] == []


def test_no_section_explains_what_the_code_does_not_have() -> None:
    known = set(constructs())

    assert [(s.title, id_) for s in SECTIONS for id_ in s.ids if id_ not in known] == []


@pytest.mark.parametrize("section", SECTIONS, ids=[s.title for s in SECTIONS])
def test_a_section_shows_what_it_explains(section: Section) -> None:
    shown = "\n".join(_texts(section))
    words = [id_.split(":", 1) for id_ in section.ids]

    assert [word for kind, word in words if kind not in SHAPES and word not in shown] == []


@pytest.mark.parametrize("section", SECTIONS, ids=[s.title for s in SECTIONS])
def test_a_section_has_an_example_that_runs(section: Section) -> None:
    assert any(e.section is section for e in EXAMPLES)


@pytest.mark.parametrize("section", SECTIONS, ids=[s.title for s in SECTIONS])
def test_a_section_speaks_chinese_and_english(section: Section) -> None:
    prose = [re.sub(r"`[^`]*`", "", b.text) for b in section.blocks if isinstance(b, Prose)]
    shares = [len(re.findall("[\u4e00-\u9fff]", text)) / len(text) for text in prose]

    assert shares[0] > 0.2
    assert min(shares[1:], default=1) < 0.15


@pytest.mark.parametrize("chapter", CHAPTERS, ids=[c.title for c in CHAPTERS])
def test_titles_stand_in_both_languages_and_no_line_is_very_long(chapter: Chapter) -> None:
    lines = (SPEC / chapter.file).read_text(encoding="utf-8").splitlines()

    assert [s.title for s in chapter.sections if not s.english] == []
    assert chapter.english
    assert len({s.title for s in chapter.sections}) == len(chapter.sections)
    assert [line for line in lines if re.search(r"[ \t]$", line)] == []


def _texts(section: Section) -> list[str]:
    texts = []
    for block in section.blocks:
        if isinstance(block, Table):
            texts += [*block.header, *(cell for row in block.rows for cell in row.cells)]
        else:
            texts.append(block.text)
        if isinstance(block, Code):
            texts.append(block.text)
    return texts
