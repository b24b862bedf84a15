"""Many writers at once, and a process killed in the middle: nothing half done, nothing lost, nothing doubled."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import statistics
import time
from collections.abc import Callable

import pytest
from django.db import connections, transaction
from people import ENTRY, RESULT, SETTINGS, World, build, opened

from guiju.lifecycle.events import Evidence
from guiju.lifecycle.refusal import Refusal
from guiju.web.accounts.models import User
from guiju.web.cases.domain import Overtaken, begin_case, make_move
from guiju.web.cases.models import CaseRecord, EventRecord, PendingMove
from guiju.web.cases.store import verified
from guiju.web.kit.clock import now
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
FORK = multiprocessing.get_context("fork")
USE = Evidence({"采信用途": "政府采购"})
WRITERS, TIMES = 16, 3
PATIENCE = 300  # seconds: a busy machine is slow, not wrong


def in_processes(work: Callable[[int], str], number: int) -> list[str]:
    """What each of so many processes answers, all begun at once."""
    connections.close_all()
    start, answers = FORK.Barrier(number), FORK.Queue()

    def run(place: int) -> None:
        start.wait(PATIENCE)
        try:
            answers.put(work(place))
        except Exception as error:
            answers.put(f"{type(error).__name__}: {error}")
        finally:
            connections.close_all()

    processes = [FORK.Process(target=run, args=(n,)) for n in range(number)]
    for process in processes:
        process.start()
    found = [answers.get(timeout=PATIENCE) for _ in processes]
    for process in processes:
        process.join(10)
    return sorted(found)


def leader(world: World) -> CaseRecord:
    """A case in which one move may be made again and again: the title is relied upon."""
    at = now() - dt.timedelta(days=60)
    record = begin_case(world.chart, "enter", world.manager, evidence=ENTRY, parameters=SETTINGS, at=at)
    assert isinstance(record, CaseRecord)
    steps = (("evaluate", RESULT), ("notice_ranking", Evidence({"榜单位次": "1 位"})), ("publish_ranking", None),
             ("notice_list", None), ("publish_list", None))
    for place, (name, evidence) in enumerate(steps, 1):
        made = make_move(record, name, world.officer, evidence=evidence, at=at + dt.timedelta(days=10 * place))
        assert isinstance(made, CaseRecord), made
    record.refresh_from_db()
    return record


def whole(record: CaseRecord) -> int:
    """How many events a case has, after a look at everything that must hold."""
    record.refresh_from_db()
    events = list(EventRecord.objects.filter(case=record).order_by("number"))
    assert [e.number for e in events] == list(range(1, record.count + 1))
    assert events[-1].sha256 == record.head
    assert verified(record) == []
    return len(events)


def test_two_officers_press_at_the_same_moment() -> None:
    world = build()
    seen, who = world.case.head, (world.officer, world.colleague)

    def press(place: int) -> str:
        return type(make_move(world.case, "evaluate", who[place], evidence=RESULT, seen=seen)).__name__

    assert in_processes(press, 2) == ["CaseRecord", "Overtaken"]
    assert whole(world.case) == 2


def test_one_button_pressed_sixteen_times_is_one_event() -> None:
    world = build()
    seen = world.case.head

    def press(place: int) -> str:
        return type(make_move(world.case, "evaluate", world.officer, evidence=RESULT, seen=seen)).__name__

    assert in_processes(press, WRITERS) == ["CaseRecord"] * WRITERS
    assert whole(world.case) == 2


def test_sixteen_writers_into_their_own_and_one_common_case() -> None:
    world = build()
    common = leader(world)
    before = whole(common)

    def write(place: int) -> str:
        for _ in range(TIMES):
            opened(world.chart, world.manager)
            made = make_move(common, "adopt", world.officer, evidence=USE)
            if isinstance(made, Refusal | Overtaken):
                return repr(made)
        return "done"

    cases = CaseRecord.objects.count()
    assert in_processes(write, WRITERS) == ["done"] * WRITERS
    assert whole(common) == before + WRITERS * TIMES
    assert CaseRecord.objects.count() == cases + WRITERS * TIMES


def test_who_writes_without_a_pause_keeps_nobody_out() -> None:
    """As the daily round does: a transaction a case, one right after the other. Who comes in between waits for the one
    that is under way, not for the whole round."""
    world = build()
    long, times, made = 0.05, 40, FORK.Value("i", 0)

    def write(user: User, of: float) -> None:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(language="en")
            time.sleep(of)

    def round_(_: int) -> str:
        for _ in range(times):
            write(world.officer, long)
            made.value += 1
        return "done"

    def visit(_: int) -> str:
        waited = []
        while (before := made.value) < times - 5:
            write(world.manager, 0)
            waited.append(made.value - before)
            time.sleep(long * 1.4)
        # As a rule: a busy machine may let one of them sleep for longer.
        return "done" if len(waited) > 5 and statistics.median(waited) <= 3 else repr(waited)

    assert in_processes(lambda place: (round_, visit)[place](place), 2) == ["done", "done"]


def test_a_process_killed_at_any_moment_leaves_nothing_half_done() -> None:
    world = build()
    record = leader(world)
    for pause in (0.02, 0.05, 0.09, 0.14, 0.2, 0.3):
        connections.close_all()
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:  # acknowledges each act on the pipe, until it is killed
            try:
                while True:
                    made = make_move(record, "adopt", world.officer, evidence=USE)
                    os.write(writer, f"{made.head}\n".encode())  # type: ignore[union-attr]  # it is made
            finally:
                os._exit(1)
        os.close(writer)
        time.sleep(pause)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reader) as pipe:
            acknowledged = pipe.read().split("\n")[:-1]
        whole(record)
        kept = set(EventRecord.objects.filter(case=record).values_list("sha256", flat=True))
        assert set(acknowledged) <= kept  # nothing that was acknowledged is lost
    assert PendingMove.objects.filter(case=record).exists()
    told = Message.objects.filter(key__startswith=f"case/{record.public_id}/", user=world.manager).count()
    assert told == len({e.number for e in record.events.all()} - {1})  # each event told of once, but to who made it
    made = make_move(record, "adopt", world.officer, evidence=USE)
    assert isinstance(made, CaseRecord)
    whole(record)
