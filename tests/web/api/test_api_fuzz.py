"""Whatever is sent to the API, the answer is one that its description announces, and never a crash."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from fuzzing import OPERATIONS, is_in_words, sent
from hypothesis import HealthCheck, given, settings
from ninja import Schema
from people import World

from guiju.web.api.domain import issue
from guiju.web.api.models import SCOPES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.label)
def test_every_answer_is_in_words(world: World, operation: Any) -> None:
    client, token = Client(), issue(world.officer, "任意", tuple(SCOPES), 30)

    @given(case=operation.as_strategy())
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    def ask(case: Any) -> None:
        is_in_words(sent(client, case, token), operation)

    ask()


def test_no_two_things_bear_one_name_in_the_description() -> None:
    """Of two with one name, the description would hold one only."""
    def below(kind: type) -> list[type]:
        return [x for one in kind.__subclasses__() for x in (one, *below(one))]

    names = [x.__name__ for x in dict.fromkeys(below(Schema)) if x.__module__.startswith("guiju.")]

    assert len(names) > 50
    assert sorted(n for n in set(names) if names.count(n) > 1) == []
