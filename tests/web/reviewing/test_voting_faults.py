"""Votes at one moment, and a process killed in the middle of one: none is lost, none is doubled."""

from __future__ import annotations

import os
import signal
import time

import pytest
from django.db import connections
from reviewing_world import Clock, ReviewWorld, scored
from test_faults import in_processes

from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.reviewing.domain import voting
from guiju.web.reviewing.models import Hearing
from guiju.web.reviewing.queries.ballots import box_of

pytestmark = pytest.mark.django_db(transaction=True)


def opened(world: ReviewWorld) -> Hearing:
    made = voting.call_meeting(world.round, "会", now(), "", "", world.applications, world.base.officer)
    voting.set_present(made, made.committee.seats.values_list("pk", flat=True))
    hearing = made.hearings.get()
    voting.open_vote(hearing)
    return Hearing.objects.get(pk=hearing.pk)


def papers(hearing: Hearing) -> tuple[int, int]:
    """How many have voted, and how many papers there are."""
    box = box_of(Hearing.objects.get(pk=hearing.pk))
    assert box is not None
    return len(box.voted), len(box.papers)


def test_fifteen_members_vote_at_one_moment(on: Clock) -> None:
    world = scored(on, 1)
    hearing = opened(world)

    def vote(place: int) -> str:
        voting.vote(hearing, world.members[place], "yes" if place % 2 else "no")
        return "taken"

    assert in_processes(vote, 15) == ["taken"] * 15
    assert papers(hearing) == (15, 15)
    counted = voting.close_vote(hearing)
    assert (counted.yes, counted.no) == (7, 8)


def test_one_member_votes_twice_at_one_moment(on: Clock) -> None:
    world = scored(on, 1)
    hearing = opened(world)

    def vote(place: int) -> str:
        try:
            voting.vote(hearing, world.members[1], "yes" if place % 2 else "no")
        except Refused:
            return "refused"
        return "taken"

    assert in_processes(vote, 4) == ["refused"] * 3 + ["taken"]
    assert papers(hearing) == (1, 1)


def test_a_process_killed_while_votes_are_cast_loses_none_that_was_acknowledged(on: Clock) -> None:
    world = scored(on, 1)
    hearing = opened(world)
    left = list(world.members)
    for pause in (0.01, 0.03, 0.06, 0.1):
        connections.close_all()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                for user in left:
                    voting.vote(hearing, user, "yes")
                    os.write(writer, f"{user.public_id}\n".encode())
                time.sleep(5)
            finally:
                os._exit(1)
        os.close(writer)
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reader) as pipe:
            told = set(pipe.read().split())
        box = box_of(Hearing.objects.get(pk=hearing.pk))
        assert box is not None
        assert told <= box.voted
        assert len(box.voted) == len(box.papers)
        left = [u for u in left if u.public_id not in box.voted]
