"""Opening a case, moving it, and what follows from its events."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from people import ENTRY, RESULT, World, moved

from guiju.lifecycle.casefile import verify_text
from guiju.lifecycle.refusal import Refusal
from guiju.web.cases.charts import chart_of, keep, rebuilt
from guiju.web.cases.domain import Overtaken, begin_case, bring_up_to_date, make_move
from guiju.web.cases.models import CaseRecord, ChartRevision, EventRecord
from guiju.web.cases.queries import due_by
from guiju.web.cases.store import Tampered, case_of, file_of, verified
from guiju.web.cases.tasks import daily_round
from guiju.web.kit.clock import today
from guiju.web.outbox.models import Message

pytestmark = pytest.mark.django_db


def stages(record: CaseRecord) -> tuple[str, int]:
    record.refresh_from_db()
    return record.stage, record.count


def test_a_case_begins_with_its_first_event_and_keeps_its_chart(world: World) -> None:
    record = world.case

    assert stages(record) == ("entered", 1)
    assert record.organisation == world.ours
    assert record.owner == world.manager
    assert verify_text(file_of(record)) == []
    assert record.revision.digest == world.chart.digest
    assert [(p.name, p.role) for p in record.pending.all()] == [("evaluate", "EVALUATOR")]


def test_a_move_is_appended_and_everything_follows(world: World) -> None:
    made = moved(world.case, "evaluate", world.officer, RESULT)

    assert stages(made) == ("evaluated", 2)
    assert verified(made) == []
    last = EventRecord.objects.get(case=made, number=2)
    assert last.sha256 == made.head
    assert last.actor == world.officer
    assert {p.name for p in made.pending.all()} == {"leave_out", "notice_ranking"}


def test_a_refusal_changes_nothing_and_gives_reasons(world: World) -> None:
    before = (stages(world.case), Message.objects.count())

    answer = make_move(world.case, "evaluate", world.manager, evidence=RESULT)

    assert isinstance(answer, Refusal)
    assert (answer.code, answer.clauses) == ("role", ("四(四)",))
    assert (stages(world.case), Message.objects.count()) == before


def test_who_presses_second_is_told_what_the_first_one_did(world: World) -> None:
    seen = world.case.head
    first = make_move(world.case, "evaluate", world.officer, evidence=RESULT, seen=seen)
    second = make_move(world.case, "evaluate", world.colleague, evidence=RESULT, seen=seen)

    assert isinstance(first, CaseRecord)
    assert isinstance(second, Overtaken)
    assert (second.last.actor.name, second.label.zh) == ("钱评估", "评估核心指标")
    assert stages(world.case) == ("evaluated", 2)


def test_the_same_press_twice_is_one_event(world: World) -> None:
    seen = world.case.head
    for _ in range(2):
        made = make_move(world.case, "evaluate", world.officer, evidence=RESULT, seen=seen)
        assert isinstance(made, CaseRecord)

    assert stages(world.case) == ("evaluated", 2)


def test_deadlines_stand_on_the_agenda_while_they_run(world: World) -> None:
    for name, evidence in (("evaluate", RESULT),
                           ("notice_ranking", dataclasses.replace(ENTRY, given={"榜单位次": "1 位"}))):
        moved(world.case, name, world.officer, evidence)
    world.case.refresh_from_db()

    (item,) = world.case.agenda.all()
    assert (item.kind, item.ref, item.label_zh) == ("notice", "P-ranking", "排行榜公示")
    assert world.case.next_deadline == item.end > today()
    assert list(due_by(item.end)) == [item]
    assert list(due_by(item.end - dt.timedelta(days=1))) == []


def test_a_changed_event_is_found_and_stops_the_case(world: World) -> None:
    moved(world.case, "evaluate", world.officer, RESULT)
    record = CaseRecord.objects.get(pk=world.case.pk)
    event = EventRecord.objects.get(case=record, number=1)
    from django.db.models import QuerySet

    QuerySet(EventRecord).filter(pk=event.pk).update(line=event.line.replace('"是"', '"否"'))
    CaseRecord.objects.filter(pk=record.pk).update(public_id="AAAA-BBBB-CCCC")  # past what is folded already
    record.refresh_from_db()

    assert [t.number for t in verified(record)] == [1]
    with pytest.raises(Tampered):
        case_of(record)
    with pytest.raises(Tampered):
        make_move(record, "leave_out", world.officer)


def test_who_reads_while_another_writes_sees_the_case_as_it_stood(world: World) -> None:
    CaseRecord.objects.filter(pk=world.case.pk).update(public_id="AAAA-BBBB-CCCC")  # past what is folded already
    read_before = CaseRecord.objects.get(pk=world.case.pk)
    moved(CaseRecord.objects.get(pk=world.case.pk), "evaluate", world.officer, RESULT)

    assert case_of(read_before).stage == "entered"
    assert (len(file_of(read_before).splitlines()), verified(read_before)) == (1, [])


def test_an_event_beyond_the_last_one_is_found(world: World) -> None:
    last = EventRecord.objects.get(case=world.case)
    EventRecord(case=world.case, number=2, line=last.line, sha256="y", sm3="z", at=last.at).save(force_insert=True)

    assert verified(world.case) != []


def test_events_can_only_be_added(world: World) -> None:
    event = EventRecord.objects.get(case=world.case)
    for forbidden in (event.save, event.delete, EventRecord.objects.all().delete,
                      lambda: EventRecord.objects.update(line="x"),
                      lambda: EventRecord.objects.bulk_update([event], ["line"])):
        with pytest.raises(TypeError, match="only appended"):
            forbidden()
    with pytest.raises(IntegrityError), transaction.atomic():
        EventRecord(case=world.case, number=1, line="x", sha256="y", sm3="z", at=event.at).save()


def test_a_running_case_keeps_its_revision_when_the_library_changes(world: World) -> None:
    kept = world.case.revision
    again = rebuilt(kept)

    assert again.digest == world.chart.digest
    assert keep(world.chart) == kept
    assert ChartRevision.objects.count() == 1
    assert chart_of(kept) is world.chart


def test_one_person_may_not_act_in_two_organisations_at_once(world: World) -> None:
    assert isinstance(make_move(world.case, "evaluate", world.officer, acting_for=world.ours.public_id), Refusal)
    assert isinstance(begin_case(world.chart, "enter", world.reader, evidence=ENTRY), Refusal)


def test_people_are_told_once_what_concerns_them(world: World) -> None:
    moved(world.case, "evaluate", world.officer, RESULT)
    letters = Message.objects.filter(key__startswith=f"case/{world.case.public_id}/2/")

    assert {x.user for x in letters} == {world.manager, world.agent, world.reader, world.colleague}
    assert "公示排行榜" in letters.get(user=world.colleague).body_zh
    daily_round.call()
    assert letters.count() == 4


def test_a_look_at_a_case_in_which_nothing_is_due_keeps_nobody_waiting(world: World) -> None:
    """It writes nothing; what was lost beside the case is put back."""
    with CaptureQueriesContext(connection) as made:
        assert bring_up_to_date(world.case) is False
    assert {query["sql"].split()[0] for query in made} == {"SELECT"}

    for lost in (world.case.pending, world.case.agenda):
        before = [str(x) for x in lost.values_list("label_zh", flat=True)]
        lost.all().delete()
        assert bring_up_to_date(world.case) is False
        assert [str(x) for x in lost.values_list("label_zh", flat=True)] == before
    world.case.refresh_from_db()
    soonest = world.case.next_deadline
    CaseRecord.objects.filter(pk=world.case.pk).update(next_deadline=dt.date(2020, 1, 1))
    bring_up_to_date(world.case)
    world.case.refresh_from_db()
    assert world.case.next_deadline == soonest


def test_time_moves_a_case_on_by_itself(world: World) -> None:
    assert bring_up_to_date(world.case) is False
    assert stages(world.case) == ("entered", 1)
