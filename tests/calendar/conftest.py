"""The installed calendar, as every caller gets it."""

import pytest

from guiju.calendar import Calendar, load_calendar


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return load_calendar()
