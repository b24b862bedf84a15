"""What all tests share."""

from __future__ import annotations

import gc

OBJECTS = 50_000  # between two looks for unreachable cycles; by default 700


def pytest_collection_finish() -> None:
    """Modules and the library's policies stay to the end: looking through them for unreachable cycles again and again
    took a fifth of the time of the site's tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS)
