"""What runs in time: deadlines, duties, what has been missed, and what is near over many cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_charts import GRANT, actor, building, chart_of, day, evidence, made, on_notice, opened

from guiju.calendar import load_calendar
from guiju.lifecycle.agenda import agenda, due
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.entry import move
from guiju.lifecycle.options import allowed
from guiju.lifecycle.refusal import Refusal
from guiju.lifecycle.terms import deadlines, overruns

CALENDAR = load_calendar()


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> Chart:
    return chart_of(tmp_path_factory.mktemp("charts"))


def ends(case: Case, on: str) -> dict[str, str]:
    return {d.id: d.end.isoformat() for d in deadlines(case, day(on), CALENDAR)}


def test_what_runs_while_building(chart: Chart) -> None:
    assert ends(building(chart), "2024-10-10") == {
        "yearly": "2025-10-10", "ask": "2026-07-10", "term": "2026-10-10"}


def test_a_duty_rolls_on_from_a_free_day_and_the_next_period_does_not_move(chart: Chart) -> None:
    """Approved on 2024-10-12, a Saturday that is worked: the first report is due on Sunday 2025-10-12, so on Monday;
    the second on Monday 2026-10-12."""
    case = building(chart, "2024-10-12")
    assert ends(case, "2024-10-12")["yearly"] == "2025-10-13"
    case = made(move(case, "report", actor("HOST", "甲公司"), evidence(), day("2025-10-13")))
    assert ends(case, "2025-10-13")["yearly"] == "2026-10-12"


def test_a_report_not_made_is_marked_and_still_owed(chart: Chart) -> None:
    case = building(chart)
    missed = overruns(case, day("2025-10-11"), CALENDAR)
    assert [(m.id, m.due.isoformat()) for m in missed] == [("yearly", "2025-10-10")]
    late = made(move(case, "report", actor("HOST", "甲公司"), evidence(), day("2025-11-03")))
    assert [(m.id, m.due.isoformat()) for m in late.marks] == [("yearly", "2025-10-10")]
    assert ends(late, "2025-11-03")["yearly"] == "2026-10-10"  # a Saturday that is worked


def test_two_reports_in_one_year_do_not_serve_the_next(chart: Chart) -> None:
    case = building(chart)
    for on in ("2025-03-03", "2025-04-01"):
        case = made(move(case, "report", actor("HOST", "甲公司"), evidence(), day(on)))
    assert ends(case, "2025-04-01")["yearly"] == "2026-10-10"


def test_an_opportunity_that_passes_is_no_overrun(chart: Chart) -> None:
    case = made(move(building(chart), "report", actor("HOST", "甲公司"), evidence(), day("2025-10-10")))
    assert overruns(case, day("2026-08-01"), CALENDAR) == ()


def test_a_limit_is_missed_the_day_after(chart: Chart) -> None:
    assert overruns(opened(chart), day("2024-03-10"), CALENDAR) == ()
    assert [m.id for m in overruns(opened(chart), day("2024-03-11"), CALENDAR)] == ["window"]


def test_what_is_still_owed_is_marked_once(chart: Chart) -> None:
    case = building(chart)
    for name, who, given, on in (("extend", "OFFICE", {"延期缘由": "设备迟到"}, "2025-11-03"),
                                 ("report", "HOST", {}, "2025-12-01")):
        case = made(move(case, name, actor(who), evidence(given), day(on)))
        assert [(m.id, m.due.isoformat()) for m in case.marks] == [("yearly", "2025-10-10")]
    assert overruns(case, day("2025-12-02"), CALENDAR) == ()


def test_what_is_due_soon_and_when_to_remind(chart: Chart) -> None:
    case = building(chart)
    found = [(d.deadline.id, d.days, d.remind) for d in due([case, agenda(opened(chart))], day("2025-10-03"))]
    assert found == [("yearly", 7, True), ("window", -572, True)]
    assert list(due([case], day("2025-08-01"))) == []
    assert [(d.days, d.remind) for d in due([agenda(case)], day("2025-10-04"))] == [(6, False)]


def test_years_beyond_the_calendar_are_named(chart: Chart) -> None:
    """The term itself ends on its day and needs no calendar; the second report would roll in 2027."""
    case = building(chart, "2025-10-10")
    case = made(move(case, "report", actor("HOST", "甲公司"), evidence(), day("2026-10-09")))
    found = {d.id: d.unknown_years for d in deadlines(case, day("2026-10-09"), CALENDAR)}
    assert found == {"yearly": (2027,), "ask": (), "term": ()}


def test_what_may_be_done_says_until_when_and_what_it_needs(chart: Chart) -> None:
    options = {o.name: o for o in allowed(opened(chart), actor("HOST", "甲公司"), day("2024-02-02"))}
    submit = options["submit"]
    assert (submit.ready, submit.by, [f.name for f in submit.wants], submit.papers) == (
        True, day("2024-03-10"), ["推荐次序"], ("申请书",))


def test_a_term_that_does_not_hold_is_no_last_day(tmp_path: Path) -> None:
    chart = chart_of(tmp_path, GRANT.replace("until: 2024-03-10,", "until: 2024-03-10, when: 场地面积 < 50 平方米,"))
    last_days = [o.by for area in ("120 平方米", "40 平方米")
                 for o in allowed(opened(chart, area=area), actor("HOST", "甲公司"), day("2024-02-02"))
                 if o.name == "submit"]
    assert last_days == [None, day("2024-03-10")]


def test_what_may_not_be_done_yet_says_why(chart: Chart) -> None:
    options = {o.name: o for o in allowed(on_notice(chart), actor("OFFICE"), day("2024-09-29"))}
    assert [(r.code, r.about, r.clauses) for r in options["approve"].reasons] == [("notice", "list", ("3",))]
    assert options["decline"].ready
    assert [r.code for r in options["objection:raise"].reasons] == ["role"]


def test_another_reading_stands_beside_what_may_be_done(chart: Chart) -> None:
    options = {o.name: o for o in allowed(building(chart), actor("OFFICE"), day("2026-07-11"))}
    assert [(r.value, r.codes) for r in options["extend"].readings] == [("从宽", ("decision", "input"))]


def test_an_act_that_rests_on_unknown_years_says_so(chart: Chart) -> None:
    """Nobody has announced the holidays of 2027 yet."""
    case = on_notice(chart, "2027-01-04")
    refused = move(case, "approve", actor("OFFICE"), evidence(), day("2027-01-08"))
    assert isinstance(refused, Refusal)
    assert refused.text.zh.endswith("（2027 年放假安排未知，只按周末推算）")
    assert made(move(case, "approve", actor("OFFICE"), evidence(), day("2027-01-11"))).last.unknown_years == (2027,)
    assert building(chart).last.unknown_years == ()
