"""Constructs of the language, one file each: what it takes, its type rule, its meaning in terms of the IR.

A module in one of the sub-packages is found by itself; adding a construct touches nothing else.
"""

from __future__ import annotations

from types import ModuleType

from guiju.language.modules import modules_of


def constructs_of(kind: str) -> list[ModuleType]:
    """Every construct of a kind (a sub-package: `conditions`, `limits` …), by name."""
    return modules_of(f"{__name__}.{kind}")
