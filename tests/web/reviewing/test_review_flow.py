"""From the committee to the approval, by the acts that the pages call."""

from __future__ import annotations

import pytest
from reviewing_world import Clock, scored, taken_in

pytestmark = pytest.mark.django_db


def test_it_begins(on: Clock) -> None:
    world = taken_in(on)
    assert [a.case.stage for a in world.applications] is not None
    assert world.committee.state == "confirmed"


def test_scored(on: Clock) -> None:
    world = scored(on)
    assert [a.case.stage for a in world.applications] == ["S13", "S13"]
