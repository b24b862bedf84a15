"""A round from draft to close, and the cases that are begun in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction

import pytest
from rounds_world import GIVEN, LABORATORY, begun, laboratory_world

from guiju.lifecycle.library import installed_charts
from guiju.lifecycle.refusal import Refusal
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign
from guiju.web.cases.models import CaseRecord, RoleHolder
from guiju.web.cases.queries import seen_by
from guiju.web.cases.store import case_of, verified
from guiju.web.kit.clock import today
from guiju.web.kit.permissions import Refused
from guiju.web.outbox.models import Message
from guiju.web.rounds.checks import open_points
from guiju.web.rounds.domain import Edit, change, close, edit, finish, impact_of, new_round, open_case, publish
from guiju.web.rounds.models import RoundChange
from guiju.web.rounds.procedure import caller_role, is_for_rounds
from guiju.web.rounds.programmes import CHARTS
from guiju.web.rounds.review_rules import rules_of

pytestmark = pytest.mark.django_db
Clock = Callable[[str], None]


def test_a_case_begins_with_the_call_in_the_officers_name_and_the_applicants_answer(on: Clock) -> None:
    on("2026-03-02")
    world = laboratory_world()
    on("2026-03-09")
    record = begun(world)
    case = case_of(record)

    assert [(e.move, e.role, e.actor.name, str(e.date)) for e in case.events] == [
        ("T01", "SAMR", "齐质量", "2026-03-02"), ("T02", "HOST", "申申报", "2026-03-09")]
    assert (record.stage, record.round, record.organisation, record.owner) == (
        "S02", world.round.public_id, world.host, world.applicant)
    assert [e.actor for e in record.events.order_by("number")] == [world.officer, world.applicant]
    assert verified(record) == []


def test_settings_are_the_rounds_and_over_them_the_bodys() -> None:
    world = laboratory_world()
    world.body.deadline, world.body.department_quota = today() + dt.timedelta(days=20), 1
    world.body.save()
    words = case_of(begun(world)).opening.parameters

    assert words == {"pass_line": "60 分", "vote_majority": "60%", "recommender_copies": "3 份",
                     "recommender_deadline": (today() + dt.timedelta(days=20)).isoformat(), "has_quota": "是",
                     "department_quota": "1 个",
                     **{f"objection_p{n}.objection_handling": "10 工作日" for n in (1, 2, 3)},
                     **{f"objection_p{n}.objection_identity": "不限" for n in (1, 2, 3)}}


def test_where_nobody_may_stay_unnamed_the_case_says_so() -> None:
    words = case_of(begun(laboratory_world(rules={"anonymous_objections": False}))).opening.parameters

    assert {words[f"objection_p{n}.objection_identity"] for n in (1, 2, 3)} == {"须实名"}


def test_where_the_round_is_silent_the_charts_reading_of_unnamed_objections_stands_and_the_check_says_so() -> None:
    world = laboratory_world(rules={"anonymous_objections": None})
    words = case_of(begun(world)).opening.parameters

    assert not any("objection_identity" in word for word in words)
    assert "评审细则没有设定：是否受理匿名异议" in {p.what.zh for p in open_points(world.round)}


def test_the_recommending_body_sees_the_case_the_public_does_not() -> None:
    world = laboratory_world()
    record = begun(world)

    for user in (world.applicant, world.recommender, world.officer, world.ministries, world.chair):
        assert record in seen_by(user)
    for user in (world.stranger, world.partner, *world.experts):
        assert record not in seen_by(user)


def test_the_call_itself_sends_no_letters() -> None:
    world = laboratory_world()
    before = Message.objects.count()
    begun(world)

    assert Message.objects.count() == before


def test_a_refused_answer_leaves_nothing() -> None:
    world = laboratory_world()
    answer = open_case(world.round, world.body, world.host, world.applicant, {"依托单位隶属": "地方"})

    assert isinstance(answer, Refusal)
    assert not CaseRecord.objects.exists()
    assert not RoleHolder.objects.filter(role="RECOMMENDER").exists()


def test_nobody_begins_for_an_organisation_that_is_not_his() -> None:
    world = laboratory_world()

    assert isinstance(open_case(world.round, world.body, world.host, world.stranger, GIVEN), Refusal)
    assert not CaseRecord.objects.exists()


@pytest.mark.parametrize(("day", "why"), [("2026-03-01", "申报从 2026-03-02 开始"),
                                          ("2026-05-02", "已于 2026-05-01 截止")])
def test_applications_are_begun_from_the_first_day_to_the_last(on: Clock, day: str, why: str) -> None:
    on("2026-03-02")
    world = laboratory_world()
    on("2026-05-01")
    begun(world)
    on(day)
    with pytest.raises(Refused, match=why):
        open_case(world.round, world.body, world.host, world.applicant, GIVEN)


def test_a_closed_round_takes_nothing_new() -> None:
    world = laboratory_world()
    with pytest.raises(Refused, match="提前截止要写明理由"):
        close(world.round, world.officer)
    close(world.round, world.officer, "名额已满")
    kept = RoundChange.objects.get()
    assert (kept.before, kept.after, kept.reason) == ({"state": "open"}, {"state": "closed"}, "名额已满")
    with pytest.raises(Refused, match="没有开放申报"):
        open_case(world.round, world.body, world.host, world.applicant, GIVEN)


def test_an_empty_round_says_what_keeps_it_from_being_published() -> None:
    world = laboratory_world(published=False)
    empty = new_round(LABORATORY, "空批次", 2026, world.bureau, world.officer)
    blocking = {p.what.zh for p in open_points(empty) if p.blocks}

    assert {"没有定申报开始日", "没有定申报截止日", "没有列推荐单位", "没有指定“市场监管总局”由哪个单位担任",
            "“推荐环节份数”没有设定"} <= blocking
    with pytest.raises(Refused, match="还不能发布"):
        publish(empty, world.officer, empty.version)


def test_an_unset_pass_line_warns_and_names_what_stands_still() -> None:
    world = laboratory_world(published=False, parameters={"pass_line": ""})
    point = next(p for p in open_points(world.round) if "评审合格线" in p.what.zh)

    assert (point.blocks, point.clauses) == (False, ("指24三(四)",))
    assert any("T15" in s.zh for s in point.stops)


def test_the_quota_of_a_department_is_asked_for_only_where_there_is_one() -> None:
    world = laboratory_world(published=False)
    assert not any("每部门限额" in p.what.zh for p in open_points(world.round))
    found = edit(world.round, Edit(parameters={"has_quota": "是"}), world.round.version)

    assert [p.blocks for p in open_points(found) if "每部门限额" in p.what.zh] == [True]


def test_of_two_officers_the_second_is_told() -> None:
    world = laboratory_world(published=False)
    edit(world.round, Edit({"title": "甲的改动"}), world.round.version)
    with pytest.raises(Refused, match="这期间别人改过"):
        edit(world.round, Edit({"title": "乙的改动"}), world.round.version)
    world.round.refresh_from_db()

    assert world.round.title == "甲的改动"


@pytest.mark.parametrize(("words", "why"), [({"pass_line": "不少"}, "不少"), ({"vote_majority": "-1%"}, "不能是负数"),
                                            ({"passline": "60 分"}, "没有参数")])
def test_settings_that_do_not_fit_are_refused(words: dict[str, str], why: str) -> None:
    world = laboratory_world(published=False)
    with pytest.raises(Refused, match=why):
        edit(world.round, Edit(parameters=words), world.round.version)


def test_a_round_is_over_when_every_application_is_decided() -> None:
    world = laboratory_world()
    record = begun(world)
    closed = close(world.round, world.officer, "名额已满")
    with pytest.raises(Refused, match="还有 1 个申报没有办结"):
        finish(closed, world.officer)
    CaseRecord.objects.filter(pk=record.pk).update(stage="S20")

    assert finish(closed, world.officer).state == "over"


def test_every_programme_with_rounds_is_named_and_no_other() -> None:
    library = installed_charts()
    found = {i for i in library.ids() if not i.startswith("common/") and is_for_rounds(library.chart(i))}

    assert set(CHARTS) == found
    assert len(CHARTS) == len(found)


@pytest.mark.parametrize("chart_id", CHARTS)
def test_a_round_of_every_programme_can_be_drafted_and_checked(chart_id: str) -> None:
    world, chart = laboratory_world(published=False), installed(chart_id)
    assign(chart, caller_role(chart), organisation=world.administration)
    made = new_round(chart_id, "另一个项目", 2026, world.bureau, world.officer)

    assert any(p.blocks for p in open_points(made))
    assert [rules_of(made).weights, made.parameters] == [{}, {}]


def test_what_nobody_set_is_not_set() -> None:
    world = laboratory_world(published=False)
    rules = rules_of(new_round(LABORATORY, "空批次", 2026, world.bureau, world.officer))

    assert {rules.scale, rules.aggregate, rules.pass_line, rules.majority, rules.quorum, rules.panel_size, rules.blind,
            rules.one_per_institution, rules.visit_required, rules.anonymous_objections} == {None}
    assert rules.hides_names


def test_figures_are_exact() -> None:
    world = laboratory_world(rules={"weights": {"equipment": "12.5"}, "quorum": "2/3"})
    rules = rules_of(world.round)

    assert (rules.weights["equipment"], rules.quorum, rules.majority, rules.pass_line) == (
        Fraction(25, 2), Fraction(2, 3), Fraction(3, 5), Fraction(60))


def test_only_an_office_below_the_caller_publishes() -> None:
    world = laboratory_world(published=False)
    offices = {**world.round.rules["offices"], "SAMR": world.both_ministries.public_id}
    found = edit(world.round, Edit(rules={"offices": offices}), world.round.version)
    with pytest.raises(Refused, match="也不隶属于它"):
        publish(found, world.officer, found.version)


def test_a_published_round_keeps_its_chart_and_is_not_edited() -> None:
    world = laboratory_world()
    assert world.round.revision is not None
    with pytest.raises(Refused, match="走“变更”"):
        edit(world.round, Edit({"title": "别的"}), world.round.version)
    with pytest.raises(Refused, match="已经发布"):
        publish(world.round, world.officer, world.round.version)


def test_a_change_without_a_reason_or_a_difference_is_refused() -> None:
    world = laboratory_world()
    with pytest.raises(Refused, match="理由"):
        change(world.round, Edit({"title": "新名称"}), "  ", world.officer, world.round.version)
    with pytest.raises(Refused, match="没有任何改动"):
        change(world.round, Edit({"title": world.round.title}), "改", world.officer, world.round.version)
    with pytest.raises(Refused, match="开始日不能再改"):
        change(world.round, Edit({"opens": today() - dt.timedelta(days=3)}), "改", world.officer, world.round.version)
    world.round.refresh_from_db()
    assert (world.round.title, RoundChange.objects.count()) == ("2026 年度国家质量标准实验室", 0)


def test_looking_at_an_impact_changes_nothing() -> None:
    world = laboratory_world()
    begun(world)
    impact = impact_of(world.round, Edit(rules={"scale": 10, "objection_days": 5}))
    world.round.refresh_from_db()

    assert [name for name, *_ in impact.differs] == ["rules.scale", "rules.objection_days"]
    assert impact.kept == ["rules.objection_days"]
    assert impact.live == []  # nothing is under review
    assert world.round.rules["scale"] == 100
