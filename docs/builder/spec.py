"""Reads a chapter of the manual: Markdown whose code blocks and tables are examples that can be run.

    # 条件 · Conditions
    ## 全部满足 · All of {condition:all_of}
    Prose, Chinese paragraph first.
    ```yaml          rules (any section of a rule file; `parameters` and `goals` as in policy.yaml)
    ```base          below the rules: those of `manual/base`, which they amend
    ```guiju         one expression
    ```facts         facts that every row of the next tables shares
    ```cases         worked cases
    | 甲 | → 值 |    a table: facts and settings on the left, results in the columns that begin with →
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_FENCE = re.compile(r"^```([\w-]*)\s*$")
_TITLE = re.compile(r"^(?P<zh>.+?)(?: · (?P<en>.+?))?(?:\s*\{(?P<ids>[^{}]*)\})?$")


@dataclass(frozen=True, slots=True)
class Prose:
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Code:
    """`language` is what stood after the fence; `line` the first line inside it."""

    language: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int


Block = Prose | Code | Table


@dataclass(frozen=True, slots=True)
class Section:
    """One construct or one group of them. `ids` are the constructs that it explains, as in `registry`."""

    title: str
    english: str
    ids: tuple[str, ...]
    blocks: tuple[Block, ...]
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    english: str
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    file: str


@dataclass(slots=True)
class _Part:
    level: int
    title: str
    line: int
    blocks: list[Block] = field(default_factory=list)


def read_chapters(folder: Path) -> list[Chapter]:
    """Every chapter of a folder, in the order of the file names."""
    return [read_chapter(path) for path in sorted(folder.glob("*.md"))]


def read_chapter(path: Path) -> Chapter:
    """One chapter. The first line is its title."""
    first, *rest = _parts(path.read_text(encoding="utf-8").splitlines())
    title, english, _ = _titled(first.title)
    sections = []
    for part in rest:
        zh, en, ids = _titled(part.title)
        sections.append(Section(zh, en, ids, tuple(part.blocks), path.name, part.line))
    return Chapter(title, english, tuple(first.blocks), tuple(sections), path.name)


def _titled(text: str) -> tuple[str, str, tuple[str, ...]]:
    match = _TITLE.match(text)
    assert match is not None, text
    return match["zh"], match["en"] or "", tuple((match["ids"] or "").split())


def _parts(lines: list[str]) -> list[_Part]:
    parts: list[_Part] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        if line.startswith(("# ", "## ")):
            marks, title = line.split(" ", 1)
            parts.append(_Part(len(marks), title.strip(), position + 1))
            position += 1
        elif not line.strip():
            position += 1
        else:
            block, position = _block(lines, position)
            parts[-1].blocks.append(block)
    return parts


def _block(lines: list[str], start: int) -> tuple[Block, int]:
    fence = _FENCE.match(lines[start])
    if fence is not None:
        end = next(i for i in range(start + 1, len(lines)) if lines[i].startswith("```"))
        return Code(fence[1], "\n".join(lines[start + 1:end]), start + 2), end + 1
    end = start
    if lines[start].startswith("|"):
        while end < len(lines) and lines[end].startswith("|"):
            end += 1
        return _table(lines[start:end], start + 1), end
    while end < len(lines) and lines[end].strip() and not lines[end].startswith(("|", "```", "# ", "## ")):
        end += 1
    return Prose("\n".join(lines[start:end]), start + 1), end


def _table(lines: list[str], line: int) -> Table:
    rows = [tuple(cell.strip() for cell in text.strip().strip("|").split("|")) for text in lines]
    assert all(len(row) == len(rows[0]) for row in rows), f"line {line}: rows of unequal length"
    return Table(rows[0], tuple(Row(r, line + i) for i, r in enumerate(rows) if i > 1), line)
