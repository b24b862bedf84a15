"""What one request asks again and again is asked once, and never kept for longer than it holds."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from people import World

from guiju.web.accounts.models import User
from guiju.web.cases.domain import assign, release
from guiju.web.cases.queries import roles_of
from guiju.web.cases.rules import takes_part
from guiju.web.kit.once import one_request

pytestmark = pytest.mark.django_db


def queries(user: User) -> int:
    with CaptureQueriesContext(connection) as made:
        roles_of(user)
    return len(made)


def test_in_one_request_roles_are_asked_once_and_in_the_next_one_again(world: World) -> None:
    assert queries(world.officer) > 0  # also who acts for whom, kept with the person
    for _ in range(2):
        with one_request():
            assert [queries(world.officer), queries(world.officer)] == [1, 0]
    assert [queries(world.officer), queries(world.officer)] == [1, 1]


def test_each_person_has_an_answer_of_his_own(world: World) -> None:
    with one_request():
        assert roles_of(world.officer) != ()
        assert roles_of(world.manager) == ()
        assert takes_part(world.officer, world.secret)
        assert not takes_part(world.manager, world.secret)


def test_a_role_that_is_given_or_taken_in_a_request_is_known_in_it(world: World) -> None:
    with one_request():
        assert not takes_part(world.manager, world.secret)
        holder = assign(world.chart, "EVALUATOR", user=world.manager)
        assert takes_part(world.manager, world.secret)
        release(holder)
        assert not takes_part(world.manager, world.secret)
