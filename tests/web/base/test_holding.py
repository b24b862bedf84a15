"""Who waited for a row sees what was done meanwhile, in the row and in what is joined to it."""

from __future__ import annotations

import time

import pytest
from django.db import transaction
from people import World
from test_faults import FORK, PATIENCE, in_processes

from guiju.web.cases.models import CaseRecord
from guiju.web.kit.holding import hold

pytestmark = pytest.mark.django_db(transaction=True)
LONG_ENOUGH = 0.3  # seconds in which the other surely comes to the row; right, if it does not, the answer is the same


def test_what_is_joined_to_a_row_is_as_it_is_after_the_wait(world: World) -> None:
    record, held = CaseRecord.objects.all()[0], FORK.Event()

    def act(place: int) -> str:
        if place:
            held.wait(PATIENCE)
        with transaction.atomic():
            found = hold(CaseRecord.objects.select_related("organisation"), pk=record.pk)
            if place:
                return found.organisation.name
            held.set()
            time.sleep(LONG_ENOUGH)
            found.organisation.name = "更名之后"
            found.organisation.save(update_fields=["name"])
            return "更名了"

    assert in_processes(act, 2) == ["更名之后", "更名了"]


def test_what_is_not_there_is_not_held(world: World) -> None:
    with transaction.atomic(), pytest.raises(CaseRecord.DoesNotExist):
        hold(CaseRecord.objects.select_related("organisation"), pk=0)
