"""The order of the main navigation: one's work first, what everyone may look at last, never more than seven at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from rounds_world import laboratory_world

from guiju.web.accounts.models import User
from guiju.web.kit.navigation import MOST

pytestmark = pytest.mark.django_db


def navigation(client: Client) -> tuple[list[str], list[str]]:
    """What stands in the row, and what the menu at its end unfolds."""
    header = client.get("/rounds/").content.decode().partition("<nav")[2].partition("</nav>")[0]
    row, _, menu = header.partition('class="more"')
    return re.findall(r">([^<]+)</a>", row), re.findall(r">([^<]+)</a>", menu)


def test_each_role_finds_its_work_in_the_row(signed_in: Callable[[User], Client]) -> None:
    world = laboratory_world()
    applicant, _ = navigation(signed_in(world.applicant))
    officer, rest = navigation(signed_in(world.officer))
    recommender, _ = navigation(signed_in(world.recommender))

    assert applicant[:4] == ["工作台", "我的申报", "我的事项", "通知"]
    assert officer[:3] == ["工作台", "评审", "形式审查"]
    assert recommender[:2] == ["工作台", "推荐"]
    assert "我的申报" not in (*officer, *rest, *recommender)
    assert max(map(len, (applicant, officer, recommender))) == MOST - 1
    assert "统计" in rest


def test_the_public_sees_all_at_once(client: Client) -> None:
    world = laboratory_world()
    row, menu = navigation(client)

    assert world.round
    assert {"申报批次", "公示", "办事项目", "实验室"} <= set(row)
    assert menu == []
