"""Modules that are found by themselves: constructs, strengths, checks. Adding a file is enough."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def modules_of(package: str) -> list[ModuleType]:
    """Every module of a package (its full name), in the order of their names; sub-packages are left out."""
    home = importlib.import_module(package)
    names = sorted(m.name for m in pkgutil.iter_modules(home.__path__) if not m.ispkg)
    return [importlib.import_module(f"{package}.{name}") for name in names]
