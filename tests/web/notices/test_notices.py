"""A notice: how long it stands, and what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from rounds_world import LaboratoryWorld, begun, examined, laboratory_world

from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import Text
from guiju.web.cases.domain import make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.permissions import Refused
from guiju.web.notices.domain import Item, publish, withdraw
from guiju.web.notices.models import PublicNotice

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]
PASSED = Text("通过形式审查", "passed")


@pytest.fixture
def noticed(on: Clock) -> tuple[LaboratoryWorld, CaseRecord]:
    """A case at S08 on Wednesday 2026-04-29, before the holidays of May."""
    on("2026-04-29")
    world = laboratory_world()
    return world, examined(world, begun(world))


def test_five_working_days_over_a_holiday_without_the_first(noticed: tuple[LaboratoryWorld, CaseRecord]) -> None:
    world, record = noticed
    made = publish(world.round, "P1", [Item(record, PASSED)], world.officer)

    assert (made.begins, made.least, made.days, made.unit, made.clauses) == (
        dt.date(2026, 4, 29), 5, 5, "workday", ["指24三(三)"])
    assert made.ends == record.agenda.get(kind="notice", ref="P1").end
    assert [(i.name, i.host, i.result.zh) for i in made.items.all()] == [
        ("示例省材料研究院", "示例省材料研究院", "通过形式审查")]


def test_it_may_stand_longer_but_not_shorter_than_its_clause_asks(noticed: tuple[LaboratoryWorld, CaseRecord]) -> None:
    world, record = noticed
    with pytest.raises(Refused, match="不能短于 5 个工作日"):
        publish(world.round, "P1", [Item(record, PASSED)], world.officer, days=4)
    assert not PublicNotice.objects.exists()

    assert publish(world.round, "P1", [Item(record, PASSED)], world.officer, days=7).days == 7


def test_a_year_without_a_table_is_named(on: Clock) -> None:
    on("2031-12-29")
    world = laboratory_world(closes_in=30)
    record = examined(world, begun(world))

    assert publish(world.round, "P1", [Item(record, PASSED)], world.officer).unknown_years == [2031, 2032]


def test_cases_of_other_rounds_have_no_place_in_it(noticed: tuple[LaboratoryWorld, CaseRecord]) -> None:
    world, record = noticed
    CaseRecord.objects.filter(pk=record.pk).update(round="XXXX-XXXX-XXXX")
    record.refresh_from_db()
    with pytest.raises(Refused, match="不是本批次的事项"):
        publish(world.round, "P1", [Item(record, PASSED)], world.officer)


def test_notices_of_a_round_are_numbered(noticed: tuple[LaboratoryWorld, CaseRecord]) -> None:
    world, record = noticed
    first = publish(world.round, "P1", [Item(record, PASSED)], world.officer)
    withdraw(first, world.officer, "名称写错")
    second = publish(world.round, "P1", [Item(record, PASSED)], world.officer)

    assert [first.number, second.number] == [1, 2]
    first.refresh_from_db()
    assert (first.state, first.withdrawn_why) == ("withdrawn", "名称写错")


def test_what_follows_waits_for_the_last_day_of_a_longer_notice(on: Clock, noticed: tuple[LaboratoryWorld, CaseRecord]
                                                                ) -> None:
    world, record = noticed
    made = publish(world.round, "P1", [Item(record, PASSED)], world.officer, days=9)
    shortest = record.agenda.get(kind="notice", ref="P1").end
    assert shortest < made.ends
    on(shortest.isoformat())
    refused = make_move(record, "T10", world.officer, acting_for=world.bureau.public_id)
    assert isinstance(refused, Refusal)
    assert (refused.code, refused.text.zh) == ("notice", f"形式审查结果公示公布的期满日是 {made.ends}")

    on(made.ends.isoformat())
    assert isinstance(make_move(record, "T10", world.officer, acting_for=world.bureau.public_id), CaseRecord)
