"""The small dictionary that these tests write their rules in."""

import pytest
from words import vocabulary as small_vocabulary

from guiju.vocabulary import Vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return small_vocabulary()
