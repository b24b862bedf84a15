"""`kill -9` before any statement of a hand-in, a move, a vote, a count: nothing of it is there, and it can be done."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from applying import drafted, filled
from django.db import connection, connections, transaction
from people import RESULT, build
from reviewing_world import Clock, scored
from rounds_world import laboratory_world
from test_faults import FORK, whole
from test_foreign_posts import state

from guiju.web.applications.domain import hand_in, handing_in
from guiju.web.applications.domain.confirming import Confirmed, facts_given
from guiju.web.applications.domain.revisions import content_of, digest_of
from guiju.web.cases.domain import make_move
from guiju.web.kit.clock import now
from guiju.web.reviewing.domain import voting
from guiju.web.reviewing.models import Hearing
from guiju.web.reviewing.queries.ballots import box_of

pytestmark = pytest.mark.django_db(transaction=True)
POINTS = 7
Act = Callable[[], Any]


class Counting:
    """Counts the statements that are sent, and kills its process before one of them. Savepoints are none: there are
    more of them where an act stands in a transaction."""

    def __init__(self, last: int = -1) -> None:
        self.count, self.last = 0, last

    def __call__(self, execute: Any, sql: str, *asked: Any) -> Any:
        self.count += not sql.startswith(("SAVEPOINT", "RELEASE"))
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, *asked)


def in_a_child(run: Callable[[], None]) -> int | None:
    connections.close_all()
    process = FORK.Process(target=run)
    process.start()
    process.join(60)
    return process.exitcode


def statements_of(act: Act) -> int:
    """How many statements it takes; it is undone. In a child, too: threads that it starts stand in no later one's
    way."""
    found = FORK.SimpleQueue()

    def run() -> None:
        counting = Counting()
        with transaction.atomic(), connection.execute_wrapper(counting):
            act()
            transaction.set_rollback(True)
        found.put(counting.count)

    assert in_a_child(run) == 0
    return int(found.get())


def killed_at(act: Act, number: int) -> int | None:
    def run() -> None:
        with connection.execute_wrapper(Counting(number)):
            act()

    return in_a_child(run)


def survives(act: Act) -> None:
    """Killed at points from its first statement to its last, it leaves everything as it was, but for contents that
    nothing names, which are forgotten after a day; then it is done, once."""
    many, before = statements_of(act), state()
    for number in sorted({1 + round(n * (many - 1) / (POINTS - 1)) for n in range(POINTS)}):
        assert killed_at(act, number) == -signal.SIGKILL, number
        assert {table for table, digest in state().items() if before[table] != digest} <= {"StoredFile"}, number
    act()
    assert state() != before


def test_a_move() -> None:
    world = build()
    survives(lambda: make_move(world.case, "evaluate", world.officer, evidence=RESULT))
    assert whole(world.case) == 2


def test_handing_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing_in, "_receipts", lambda *_: [])  # typesetting writes nothing before its end
    world = laboratory_world()
    made = filled(drafted(world), world.applicant)
    digest, given = digest_of(content_of(made)), facts_given(made, Confirmed(True, 3))
    survives(lambda: hand_in(made, world.applicant, digest, given))
    made.refresh_from_db()
    assert (made.case.stage, made.revisions.count(), made.handed_in is None) == ("S03", 1, False)
    whole(made.case)


def test_a_vote_and_the_count(on: Clock) -> None:
    world = scored(on, 1)
    meeting = voting.call_meeting(world.round, "会", now(), "", "", world.applications, world.base.officer)
    voting.set_present(meeting, list(meeting.committee.seats.values_list("pk", flat=True)))
    voting.open_vote(meeting.hearings.get())
    hearing = Hearing.objects.get()
    survives(lambda: voting.vote(hearing, world.members[1], "yes"))
    box = box_of(Hearing.objects.get())
    assert box is not None
    assert (len(box.voted), len(box.papers)) == (1, 1)

    survives(lambda: voting.close_vote(hearing))
    assert (Hearing.objects.get().state, Hearing.objects.get().tally["yes"]) == ("closed", 1)
