"""The page on mechanisms: each id that it names is in the library, each number stands once, each gap has its reason."""

from __future__ import annotations

import re
from pathlib import Path

from guiju.language.library import installed_library
from guiju.lifecycle.library import installed_charts
from guiju.registers.library import installed_registers

PAGE = Path(__file__).parents[2] / "docs" / "mechanisms.md"
POLICIES, CHARTS, REGISTERS = (set(library().ids()) for library in (installed_library, installed_charts,
                                                                    installed_registers))
NONE = "–"


def rows(first: str) -> list[list[str]]:
    """The cells of the table whose first heading is `first`."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first}"))
    body = []
    for line in lines[start + 2:]:
        if not line.startswith("|"):
            break
        body.append([cell.strip() for cell in line.strip("|").split("|")])
    return body


def named(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


def test_each_mechanism_stands_once_and_in_order() -> None:
    assert [row[0] for row in rows("编号")] == [f"M{n:02}" for n in range(1, 44)]


def test_each_column_names_what_is_in_the_library() -> None:
    for _, name, policy, chart, register, _ in rows("编号"):
        assert (name, named(policy) - POLICIES) == (name, set())
        assert (name, named(chart) - CHARTS) == (name, set())
        assert (name, named(register) - REGISTERS) == (name, set())


def test_what_else_is_computed_is_in_the_library_too() -> None:
    for name, where, _ in rows("事项"):
        assert named(where), name
        assert (name, named(where) - POLICIES - CHARTS - REGISTERS) == (name, set())


def test_what_neither_decides_nor_proceeds_says_what_its_text_lacks() -> None:
    silent = [row[0] for row in rows("编号") if not named(row[2]) and not named(row[3]) and row[5] == NONE]

    assert silent == []


def test_every_mechanism_is_somewhere() -> None:
    assert [row[0] for row in rows("编号") if not any(named(cell) for cell in row[2:5])] == []
