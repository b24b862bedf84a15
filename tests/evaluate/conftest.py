"""Hypothesis profiles of these tests.

`ci` (the default) runs the same examples each time; `few` runs the first of them, for each of many mutants;
`long` (GUIJU_HYPOTHESIS=long) searches.
"""

import os

import pytest
from hypothesis import HealthCheck, settings
from words import vocabulary as small_vocabulary

from guiju.vocabulary import Vocabulary

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
settings.register_profile("ci", derandomize=True, database=None, max_examples=150, deadline=None,
                          suppress_health_check=SLOW)
settings.register_profile("few", settings.get_profile("ci"), max_examples=12)
settings.register_profile("long", max_examples=4000, deadline=None, suppress_health_check=SLOW, print_blob=True)
settings.load_profile(os.environ.get("GUIJU_HYPOTHESIS", "ci"))


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return small_vocabulary()
