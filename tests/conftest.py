"""What all tests share: how often unreachable cycles are looked for. By default it takes a fifth of the whole time."""

from __future__ import annotations

import gc

OBJECTS = 50_000  # made between two looks; by default 700
gc.set_threshold(OBJECTS)


def pytest_collection_finish() -> None:
    """Modules and the library's policies stay to the end: they are not looked through again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """At the end what stayed is given back, or libraries report it as lost."""
    gc.unfreeze()
