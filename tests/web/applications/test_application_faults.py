"""Many writers at once: nothing lost, nothing doubled, nothing handed in that nobody saw."""

from __future__ import annotations

import os
import signal
import time

import pytest
from applying import PDF, drafted, filled, written
from django.db import connections, transaction
from rounds_world import laboratory_world
from test_faults import FORK, PATIENCE, in_processes

from guiju.web.applications.domain import hand_in, handing_in, write_answer
from guiju.web.applications.domain.confirming import Confirmed, facts_given
from guiju.web.applications.domain.handing_in import Acknowledged
from guiju.web.applications.domain.revisions import content_of, digest_of
from guiju.web.applications.domain.writing import Conflict
from guiju.web.applications.models import Application
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.store import verified
from guiju.web.kit.permissions import Refused

pytestmark = pytest.mark.django_db(transaction=True)
FIELDS = ("purpose_text", "research_text", "state_of_the_art_text", "foundation_text", "team_text", "facilities_text",
          "operation_text", "support_text")


@pytest.fixture(autouse=True)
def _no_typesetting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The typesetter's threads do not live on in a forked process; what a paper looks like is tested elsewhere."""
    monkeypatch.setattr(handing_in, "application_pdf", lambda *_: PDF)


def test_sixteen_writers_in_different_fields_all_get_through() -> None:
    world = laboratory_world()
    made = drafted(world)

    def write(place: int) -> str:
        for version in range(3):
            field = FIELDS[place % 8] if place < 8 else ("host_head", "host_contact", "host_phone", "host_email",
                                                         "host_address", "host_postcode", "host_head_post",
                                                         "host_contact_post")[place % 8]
            write_answer(made, field, f"{place} {version}", version, world.applicant)
        return "done"

    assert in_processes(write, 16) == ["done"] * 16
    assert {made.answers.get(field=f).value for f in FIELDS} == {f"{n} 2" for n in range(8)}


def test_of_writers_in_one_field_one_wins_and_the_others_are_told() -> None:
    world = laboratory_world()
    made = drafted(world)

    def write(place: int) -> str:
        return type(write_answer(made, "purpose_text", f"第 {place} 个", 0, world.applicant)).__name__

    assert in_processes(write, 8) == [*["Conflict"] * 7, "Written"]


def test_a_button_pressed_by_many_hands_in_once() -> None:
    world = laboratory_world()
    made = filled(drafted(world), world.applicant)
    digest, given = digest_of(content_of(made)), facts_given(made, Confirmed(True, 3))

    def press(place: int) -> str:
        done = hand_in(Application.objects.get(pk=made.pk), world.applicant, digest, given)
        return f"{isinstance(done, Acknowledged) and done.revision.number}"

    assert in_processes(press, 4) == ["1"] * 4
    record = CaseRecord.objects.get(pk=made.case_id)
    assert (record.stage, record.count, made.revisions.count(), verified(record)) == ("S03", 3, 1, [])


def test_what_is_written_while_it_is_handed_in_is_refused_or_seen() -> None:
    world = laboratory_world()
    made = filled(drafted(world), world.applicant)
    digest, given = digest_of(content_of(made)), facts_given(made, Confirmed(True, 3))

    def act(place: int) -> str:
        try:
            if place == 0:
                hand_in(Application.objects.get(pk=made.pk), world.applicant, digest, given)
                return "handed in"
            done = write_answer(made, "team_text", "刚写的", 1, world.applicant)
            return "conflict" if isinstance(done, Conflict) else "written"
        except Refused:
            return "refused"

    said = in_processes(act, 2)
    made.refresh_from_db()
    assert said in (["handed in", "refused"], ["refused", "written"])
    assert (made.handed_in is None) == (said == ["refused", "written"])
    if made.handed_in:
        assert digest_of(content_of(made)) == digest == made.revisions.get().digest


def test_who_waited_while_it_was_handed_in_writes_no_more() -> None:
    world = laboratory_world()
    made = filled(drafted(world), world.applicant)
    digest, given = digest_of(content_of(made)), facts_given(made, Confirmed(True, 3))
    inside = FORK.Event()

    def act(place: int) -> str:
        if place == 0:
            with transaction.atomic():
                hand_in(Application.objects.get(pk=made.pk), world.applicant, digest, given)
                inside.set()
                time.sleep(0.3)  # for the other to come to the row; should it come later, the answer is the same
            return "handed in"
        inside.wait(PATIENCE)
        try:
            return type(write_answer(made, "team_text", "刚写的", 1, world.applicant)).__name__
        except Refused:
            return "refused"

    assert in_processes(act, 2) == ["handed in", "refused"]
    assert digest_of(content_of(made)) == digest


def test_killed_while_handing_in_nothing_is_half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    world = laboratory_world()
    made = filled(drafted(world), world.applicant)
    digest, given = digest_of(content_of(made)), facts_given(made, Confirmed(True, 3))
    monkeypatch.setattr(handing_in, "_receipts", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    connections.close_all()
    process = FORK.Process(target=hand_in, args=(made, world.applicant, digest, given))
    process.start()
    process.join(60)
    monkeypatch.setattr(handing_in, "_receipts", lambda *_: [])

    assert process.exitcode == -signal.SIGKILL
    made.refresh_from_db()
    record = CaseRecord.objects.get(pk=made.case_id)
    assert (record.stage, made.handed_in, made.revisions.count()) == ("S02", None, 0)
    written(made, "team_text", "还能写", world.applicant)
    again = hand_in(made, world.applicant, digest_of(content_of(made)), given)
    assert isinstance(again, Acknowledged)
