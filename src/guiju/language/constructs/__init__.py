"""Constructs of the language, one file each: what it takes, its type rule, its meaning in terms of the IR.

A module in one of the sub-packages is found by itself; adding a construct touches nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def modules_of(package: str) -> list[ModuleType]:
    """Every construct module in a sub-package, by name."""
    home = importlib.import_module(f"{__name__}.{package}")
    return [importlib.import_module(f"{home.__name__}.{m.name}") for m in pkgutil.iter_modules(home.__path__)]
