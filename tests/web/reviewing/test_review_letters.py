"""Reminders to experts, by the round's own days."""

from __future__ import annotations

import pytest
from reviewing_world import Clock, marked, reviewing

from guiju.web.outbox.models import Message
from guiju.web.reviewing.tasks import remind_experts

pytestmark = pytest.mark.django_db


def test_who_has_not_handed_in_is_reminded_once_on_the_days_that_the_round_names(on: Clock) -> None:
    world = reviewing(on, 1)  # the deadline is 10 April; the round reminds 7 days and 1 day before
    marked(world.tasks[0], "80")
    on("2026-04-02")
    assert remind_experts.call() == 0
    on("2026-04-03")
    assert [remind_experts.call(), remind_experts.call()] == [2, 2]

    told = Message.objects.filter(key__startswith="review/remind/")
    assert sorted(m.user_id for m in told) == sorted(t.user_id for t in world.tasks[1:])
    assert all(world.base.host.name not in m.subject_zh + m.body_zh for m in told)
