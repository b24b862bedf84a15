"""What all tests share: Hypothesis' profiles, and how often unreachable cycles are looked for, which by default takes a
fifth of the whole time.

`ci` (the default, whichever tests are run, here and under CI) takes the same examples each time; `few` the first of
them, for each of many mutants; `long` (GUIJU_HYPOTHESIS=long) searches.
"""

from __future__ import annotations

import gc
import os

from hypothesis import HealthCheck, settings

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile("ci", derandomize=True, database=None, max_examples=150, deadline=None,
                          suppress_health_check=SLOW)
settings.register_profile("few", settings.get_profile("ci"), max_examples=12)
settings.register_profile("long", derandomize=False, max_examples=4000, deadline=None, suppress_health_check=SLOW,
                          print_blob=True)
settings.load_profile(os.environ.get("GUIJU_HYPOTHESIS", "ci"))

OBJECTS = 50_000  # made between two looks; by default 700
gc.set_threshold(OBJECTS)


def pytest_collection_finish() -> None:
    """Modules and the library's policies stay to the end: they are not looked through again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """At the end what stayed is given back, or libraries report it as lost."""
    gc.unfreeze()
