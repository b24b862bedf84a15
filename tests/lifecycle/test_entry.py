"""The one entry: what it lets pass, and what it refuses, with code, clause and remedy."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from small_charts import actor, building, chart_of, day, evidence, made, on_notice, opened

from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.refusal import Refusal


@pytest.fixture(scope="module")
def chart(tmp_path_factory: pytest.TempPathFactory) -> Chart:
    return chart_of(tmp_path_factory.mktemp("charts"))


def refused(result: Case | Refusal) -> Refusal:
    assert isinstance(result, Refusal)
    assert all(reason.clauses for reason in result.reasons)
    assert all(reason.text.zh and reason.text.en and reason.lift.zh for reason in result.reasons)
    return result


def codes(result: Case | Refusal) -> list[tuple[str, str]]:
    return [(reason.code, reason.about) for reason in refused(result).reasons]


def submit(case: Case, on: str = "2024-03-10", given: dict[str, str] | None = None,
           papers: tuple[str, ...] = ("申请书",), **decisions: str) -> Case | Refusal:
    return move(case, "submit", actor("HOST", "甲公司"),
                evidence({"推荐次序": "1 项"} if given is None else given, papers, **decisions), day(on))


def test_the_last_day_of_a_limit_is_in_time_and_the_next_is_late(chart: Chart) -> None:
    assert made(submit(opened(chart), "2024-03-10")).stage == "review"
    assert codes(submit(opened(chart), "2024-03-11")) == [("late", "window")]


def test_a_refusal_names_the_clause_and_what_would_lift_it(chart: Chart) -> None:
    reason = refused(submit(opened(chart), papers=())).reasons[0]
    assert (reason.code, reason.about, reason.clauses) == ("documents", "申请书", ("2",))
    assert (reason.lift.zh, reason.lift.en) == ("交来“申请书”", "hand in 'application form'")


def test_every_obstacle_is_told_at_once_the_gravest_first(chart: Chart) -> None:
    found = codes(move(opened(chart), "submit", actor("OFFICE"), evidence(), day("2024-03-11")))
    assert found == [("role", "submit"), ("late", "window"), ("unknown", "in-quota"), ("input", "rank_given"),
                     ("documents", "申请书")]


def test_a_failed_guard_refuses(chart: Chart) -> None:
    assert codes(submit(opened(chart), given={"推荐次序": "3 项"})) == [("guard", "in-quota")]


def test_a_principle_refuses_only_until_someone_gives_a_reason(chart: Chart) -> None:
    small = opened(chart, area="80 平方米")
    assert codes(submit(small)) == [("decision", "room")]
    assert codes(submit(small, room="  ")) == [("decision", "room")]
    case = made(submit(small, room="租用邻近场地"))
    assert case.last.evidence.decisions == {"room": "租用邻近场地"}


def test_an_open_parameter_is_not_computable_and_never_a_number(chart: Chart) -> None:
    case = made(begin(chart, "x", "open", actor("HOST"), evidence({"场地面积": "120 平方米"}), day("2024-02-01")))
    assert codes(submit(case)) == [("open", "in-quota")]
    assert refused(submit(case)).lift.zh == "由批次定下“名额”"


def test_facts_that_are_missing_unreadable_or_not_asked_for_are_told(chart: Chart) -> None:
    case = opened(chart)
    assert codes(submit(case, given={}))[-1] == ("input", "rank_given")
    assert codes(submit(case, given={"推荐次序": "第一"})) == [("input", "submit")]
    assert codes(submit(case, given={"推荐次序": "1 项", "取消日": "2024-01-01"})) == [("input", "withdrawn_on")]
    assert codes(submit(case, given={"推荐次序": "1 项", "今日": "2024-01-01"})) == [("input", "today")]
    assert codes(submit(case, given={"推荐次序": "1 项", "没有的": "1"})) == [("input", "submit")]


def test_a_wrong_stage_and_a_wrong_name_are_refused(chart: Chart) -> None:
    case = opened(chart)
    assert codes(move(case, "finish", actor("OFFICE"), evidence(), day("2024-02-02"))) == [("stage", "draft")]
    wrong = refused(move(case, "submitt", actor("HOST"), evidence(), day("2024-02-02")))
    assert wrong.code == "move"
    assert "submit" in wrong.text.zh
    assert codes(move(case, "objection#4:uphold", actor("OFFICE"), evidence(), day("2024-02-02"))) == [
        ("thread", "objection#4")]
    assert codes(begin(chart, "x", "submit", actor("HOST"), evidence(), day("2024-02-02"))) == [("stage", "")]


def test_nothing_is_done_before_what_was_done(chart: Chart) -> None:
    assert codes(submit(opened(chart), "2024-01-31")) == [("time", "submit")]


def test_who_applied_may_not_judge_nor_may_those_below_him(chart: Chart) -> None:
    case = made(submit(opened(chart)))
    given = evidence({"评审认为可行": "是"}, ("意见",))
    assert codes(move(case, "judge", actor("EXPERT", "甲公司"), given, day("2024-03-12"))) == [("barred", "EXPERT")]
    assert codes(move(case, "judge", actor("EXPERT", "子公司", "甲公司"), given, day("2024-03-12"))) == [
        ("barred", "EXPERT")]
    assert made(move(case, "judge", actor("EXPERT", "乙教授"), given, day("2024-03-12"))).stage == "shown"


@pytest.mark.parametrize(("on", "code"), [
    ("2024-09-30", "notice"), ("2024-10-08", "notice"), ("2024-10-09", "decision"), ("2024-10-10", None)])
def test_a_notice_over_the_national_holiday(chart: Chart, on: str, code: str | None) -> None:
    """2024-09-27 is a Friday; 09-29 is worked, 10-01 to 10-07 are free: the fifth working day is 10-10."""
    result = move(on_notice(chart), "approve", actor("OFFICE"), evidence(), day(on))
    if code is None:
        assert made(result).stage == "building"
    else:
        assert codes(result) == [(code, "list")]


def raised(case: Case, on: str) -> Case | Refusal:
    return move(case, "objection:raise", actor("PUBLIC", "丙"),
                evidence({"异议理由": "数据不实", "异议人已实名": "是"}, ("异议书",)), day(on))


def test_an_objection_on_the_last_day_holds_back_the_approval(chart: Chart) -> None:
    case = made(raised(on_notice(chart), "2024-10-10"))
    assert codes(move(case, "approve", actor("OFFICE"), evidence(), day("2024-10-11"))) == [("objection", "objection")]
    assert made(move(case, "decline", actor("OFFICE"), evidence(), day("2024-10-11"))).stage == "refused"


def test_an_objection_a_day_late_is_refused(chart: Chart) -> None:
    assert codes(raised(on_notice(chart), "2024-10-11")) == [("late", "list")]


def test_an_objection_outside_a_notice_is_refused(chart: Chart) -> None:
    assert codes(raised(opened(chart), "2024-02-02")) == [("stage", "draft")]


def test_the_system_moves_when_a_term_has_run_out(chart: Chart) -> None:
    case = made(move(building(chart), "report", actor("HOST", "甲公司"), evidence(), day("2027-01-04")))
    assert [(e.move, e.date.isoformat()) for e in case.events[-2:]] == [
        ("run_out", "2026-10-11"), ("report", "2027-01-04")]
    assert case.stage == "ended"


def test_a_loop_has_its_maximum(chart: Chart) -> None:
    given = evidence({"延期缘由": "设备迟到"})
    case = made(move(building(chart), "extend", actor("OFFICE"), given, day("2026-07-10")))
    assert codes(move(case, "extend", actor("OFFICE"), given, day("2026-08-01"))) == [("loop", "extensions")]


def test_a_term_counted_back_and_its_other_reading(chart: Chart) -> None:
    """Three months before 2026-10-10 is 2026-07-10. From the strict reading it is refused; from the other it asks."""
    late = refused(move(building(chart), "extend", actor("OFFICE"), evidence({"延期缘由": "迟"}), day("2026-07-11")))
    assert [(r.code, r.about) for r in late.reasons] == [("late", "ask")]
    assert [(r.parameter, r.value, r.codes) for r in late.readings] == [("strict", "从宽", ("decision",))]


def test_a_ban_refuses_a_new_case_until_its_last_day(chart: Chart) -> None:
    """Withdrawn on 2024-10-31: three years end on 2027-10-31."""
    case = made(move(building(chart), "withdraw", actor("OFFICE"), evidence(), day("2024-10-31")))
    assert [(b.id, b.until.isoformat()) for b in case.bans] == [("no_grant", "2027-10-31")]

    def again(on: str) -> Case | Refusal:
        return begin(chart, "y", "open", actor("HOST"), evidence(), day(on), bans=case.bans)

    assert codes(again("2027-10-31")) == [("banned", "no_grant")]
    assert made(again("2027-11-01")).stage == "draft"


def test_a_case_keeps_the_revision_that_it_began_with(chart: Chart, tmp_path: Path) -> None:
    from small_charts import GRANT

    from guiju.lifecycle.fold import fold
    from guiju.source.diagnostics import GuijuError

    case = opened(chart)
    changed = chart_of(tmp_path, GRANT.replace("most: 1", "most: 2"))
    with pytest.raises(GuijuError) as error:
        fold(case.events, changed)
    assert error.value.diagnostics[0].code == "E522"


def test_a_case_is_a_value(chart: Chart) -> None:
    case = opened(chart)
    before = copy.deepcopy(case, {id(chart): chart})  # all but the chart, which is no part of the case's state
    made(submit(case))
    assert case == before
