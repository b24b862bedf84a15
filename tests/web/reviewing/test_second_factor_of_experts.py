"""Who judges must have a second factor, as who holds an office must; who is only on the list of experts need not."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from reviewing_world import Clock, expert, scored

from guiju.web.accounts.models import User

pytestmark = pytest.mark.django_db
NEEDED = "/account/second/needed/"


def lands(user: User) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get("/desk/")
    return answer["Location"] if answer.status_code == 302 else str(answer.status_code)


def test_seats_and_panels_need_it(on: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    world = scored(on, 1)
    listed = expert("listed", "只在库里的专家")
    monkeypatch.setattr(settings, "SECOND_FACTOR", "offices")

    assert {lands(u) for u in (*world.members, *world.panel)} == {NEEDED}
    assert lands(listed) == "200"
    monkeypatch.setattr(settings, "SECOND_FACTOR", "off")
    assert lands(world.members[3]) == "200"
