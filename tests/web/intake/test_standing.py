"""What the law says of an application, as whoever recommends or examines it reads it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from intake_world import in_examination, intake_world

from guiju.web.accounts.models import User

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


def listed(page: str, heading: str) -> list[str]:
    """The entries of a list that opens below this heading; the number that stands there is theirs."""
    found = re.search(rf"<summary>{heading}（(\d+)）</summary>\s*<ul class=\"why\">(.*?)</ul>", page, re.DOTALL)
    assert found, heading
    entries = [" ".join(e.split()) for e in re.findall(r"<li>(.*?)</li>", found[2], re.DOTALL)]
    assert len(entries) == int(found[1])
    return entries


def test_facts_that_are_missing_stand_apart_from_what_experts_judge(signed_in: SignedIn) -> None:
    w = intake_world()
    sent = in_examination(w, w.first)
    page = signed_in(w.lab.officer).get(f"/intake/examine/application/{sent.public_id}/").content.decode()
    facts, judged = listed(page, "缺事实"), listed(page, "要由专家判定或有关单位核认的各点")

    assert "科研用房面积" in facts
    assert "研究开发能力较强" in judged
    assert set(facts).isdisjoint(judged)
    assert any(entry.startswith("人财物相对独立") for entry in listed(page, "由专家判定的条件，不是缺项"))
