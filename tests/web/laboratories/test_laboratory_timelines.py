"""Every timeline of the chart after approval: the public register follows it, and tells nothing of what is inside."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from laboratory_walks import CHART, INNER, desk, walked

from guiju.lifecycle.library import CHARTS
from guiju.lifecycle.timeline import read_timelines
from guiju.web.cases.store import case_of
from guiju.web.laboratories.domain.following import public_state

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]
AFTER_APPROVAL = [t.name for part in ("build", "accept", "operate")
                  for t in read_timelines(CHARTS / CHART / f"cases-{part}.yaml")]


@pytest.mark.parametrize("name", AFTER_APPROVAL)
def test_the_register_follows_every_timeline_and_tells_nothing_inner(name: str, client: Client, on: Clock) -> None:
    on("2024-01-02")
    walk = walked(name)
    laboratory = walk.laboratory
    on(walk.record.changed.date().isoformat())
    page = client.get(f"/laboratories/{laboratory.public_id}/").content.decode()

    assert laboratory.state == public_state(case_of(walk.record))
    shown = page.partition("<main")[2].partition("</main")[0]
    assert [w for w in INNER if w in shown] == []
    events = [json.loads(line) for line in walk.record.events.values_list("line", flat=True)]
    people = {e["actor"]["name"] for e in events} - {"系统"}
    assert [p for p in people if p in shown] == []
    for role in ("HOST", "MINISTRIES"):
        assert walk.client(role).get(desk(walk)).status_code == 200
