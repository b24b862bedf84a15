"""Charts, settings and moves that try to get past the rules, or to break what reads them."""

import dataclasses
import datetime as dt

import pytest
from small_charts import actor, building, chart_of, day, evidence, made, on_notice, opened

from guiju.calendar import load_calendar
from guiju.lifecycle.automatic import case_at
from guiju.lifecycle.casefile import read_case, write_case
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.events import CHINA, Actor, Evidence, moment, sealed
from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import GuijuError

SMALL = """
id: demo/small
title: {zh: 小图, en: small}
cite: "1"
clauses: {"1": {zh: 总则, en: general}}
parameters: {length: {name: 期限长, type: number, unit: 日}}
facts:
  hurried: {name: 加急, type: bool}
  since: {name: 起日, type: date}
  proof: {name: 凭据, type: text}
roles: {HOST: {label: {zh: 单位, en: host}, held_by: applicant}, OFFICE: {label: {zh: 机关, en: office}}}
stages: {here: {}, done: {final: 是}, gone: {final: 是}}
moves:
  open: {from: start, to: here, by: HOST, may_give: [加急], sets: {since: 今日}}
  end: {from: here, to: done, by: OFFICE, within: T}
  wait: {from: here, to: done, by: OFFICE, after: T}
  list: {from: here, to: done, by: OFFICE}
  stop: {from: here, to: gone, by: OFFICE, bans: [ban]}
  lapse: {from: here, to: gone, auto: 是, when: [{id: fit, require: 单位类型 = 企业}]}
terms: {T: {length: 3 日, from: 起日, when: 加急, in: here, then: register}}
notices: {N: {stage: here, from: 起日, at_least: 5 日, when: 加急, blocks: [list], despite: [end, wait, stop, lapse]}}
bans: {ban: {length: 期限长, from: 今日, who: HOST}}
"""
OFFICE, HOST = actor("OFFICE"), actor("HOST", "甲公司")


def codes(result) -> list[str]:
    return [r.code for r in result.reasons] if isinstance(result, Refusal) else []


def found(folder, text: str) -> list[str]:
    """The codes with which a chart does not compile."""
    with pytest.raises(GuijuError) as caught:
        chart_of(folder, text, "demo/small")
    return [d.code for d in caught.value.diagnostics]


def begun(folder, text: str = SMALL, given=None, **parameters):
    chart = chart_of(folder, text, "demo/small")
    return made(begin(chart, "c", "open", HOST, evidence(given), day("2024-03-01"), parameters=parameters))


@pytest.mark.parametrize(("old", "new", "code"), [
    ("length: 3 日, from: 起日", "length: -3 日, from: 起日", "E510"),
    ("length: 3 日, from: 起日", "length: 1.5 工作日, from: 起日", "E510"),
    ("at_least: 5 日", "at_least: -5 日", "E510"),
    ("by: HOST", "by: []", "E504"),
    ("zh: 小图", 'zh: "小\\e]0;图\\a"', "E115"),
    ("notices:", "duties: {D: {move: list, every: 0 日, from: 起日, while: here}}\nnotices:", "E510"),
    ("notices:", "duties: {D: {move: list, every: -1 年, from: 起日, while: here}}\nnotices:", "E510"),
    ("notices:", "duties: {D: {move: list, yearly: 02-30, from: 起日, while: here}}\nnotices:", "E508"),
    ("notices:", "duties: {D: {move: list, yearly: 13-01, from: 起日, while: here}}\nnotices:", "E508"),
    ("notices:", "duties: {D: {move: list, yearly: 04-31, from: 起日, while: here}}\nnotices:", "E508"),
    ("notices:", "duties: {D: {move: list, yearly: ٣-01, from: 起日, while: here}}\nnotices:", "E508"),
])
def test_times_and_moves_that_can_not_be_are_found(tmp_path, old, new, code):
    assert code in found(tmp_path, SMALL.replace(old, new))


def test_a_case_is_not_opened_into_nothing(tmp_path):
    with pytest.raises(GuijuError) as caught:
        begun(tmp_path, SMALL.replace("from: start, to: here", "from: start"))
    assert caught.value.diagnostics[0].code == "E561"


def test_two_rounds_of_one_id_are_found(tmp_path):
    rounds = tmp_path / "demo" / "small" / "rounds"
    rounds.mkdir(parents=True)
    for name in ("a", "b"):
        (rounds / f"{name}.yaml").write_text("id: spring\ntitle: 春\n", "utf-8")

    assert found(tmp_path, SMALL) == ["E005"]


@pytest.mark.parametrize("words", ["-3 日", "1.5 日", "三日", "3 月", "3"])
def test_a_length_below_nothing_or_not_whole_is_no_setting(tmp_path, words):
    with pytest.raises(GuijuError) as caught:
        begun(tmp_path, length=words)
    assert caught.value.diagnostics[0].code in ("E220", "E245")


def test_a_computed_length_below_nothing_is_used_up(tmp_path):
    text = SMALL.replace("length: 3 日, from: 起日, when: 加急", "length: 期限长 - 10 日, from: 起日")
    case = begun(tmp_path, text, length="3 日")

    assert codes(move(case, "end", OFFICE, evidence(), day("2024-03-02"))) == ["late"]
    assert codes(move(case, "end", OFFICE, evidence(), day("2024-03-01"))) == []


def test_automatic_moves_without_end_are_refused_with_a_code(tmp_path):
    chart = chart_of(tmp_path, SMALL.replace("lapse: {from: here, to: gone", "lapse: {from: here, to: here").replace(
        ", when: [{id: fit, require: 单位类型 = 企业}]", ""), "demo/small")
    case = made(begin(chart, "c", "open", HOST, evidence(), day("2024-03-01")))
    with pytest.raises(GuijuError) as caught:
        move(case, "end", OFFICE, evidence(), day("2024-03-02"))
    assert caught.value.diagnostics[0].code == "E533"


def test_a_yearly_duty_ends_with_the_years(tmp_path):
    text = SMALL.replace("notices:", "duties: {D: {move: list, yearly: 12-31, from: 起日, while: here}}\nnotices:")
    case = begun(tmp_path, text)

    assert case_at(case, dt.date.max, load_calendar()).stage == "here"


@pytest.mark.parametrize(("name", "code"), [("end", "unknown"), ("wait", "unknown"), ("list", "unknown")])
def test_a_time_is_not_passed_over_while_nobody_knows_whether_it_binds(tmp_path, name, code):
    """A missing fact is never taken for no."""
    assert codes(move(begun(tmp_path), name, OFFICE, evidence(), day("2024-03-20"))) == [code]
    assert codes(move(begun(tmp_path, given={"加急": "否"}), name, OFFICE, evidence(), day("2024-03-20"))) == []


def test_a_ban_whose_length_is_open_is_not_left_out(tmp_path):
    refused = move(begun(tmp_path), "stop", OFFICE, evidence(), day("2024-03-02"))

    assert [(r.code, r.about) for r in refused.reasons] == [("open", "ban")]
    stopped = made(move(begun(tmp_path, length="30 日"), "stop", OFFICE, evidence(), day("2024-03-02")))
    assert [b.until for b in stopped.bans] == [day("2024-04-01")]


@pytest.mark.parametrize("given", [{}, {"单位类型": "企业"}])
def test_nobody_makes_an_automatic_move_by_calling_himself_the_system(tmp_path, given):
    someone = Actor("SYSTEM", "系统", frozenset({"SYSTEM", "OFFICE"}))

    assert "role" in codes(move(begun(tmp_path), "lapse", someone, evidence(given), day("2024-03-02")))


@pytest.mark.parametrize("words", ["\u200b", " \u3000", "……", "\u202e理由", "a\x00b", "x" * 2001, "\ud800"],
                         ids=lambda words: ascii(words)[:12])
def test_a_reason_that_says_nothing_is_no_reason(tmp_path, words):
    case = opened(chart_of(tmp_path), area="50 平方米")
    given = evidence({"推荐次序": "1 项"}, ("申请书",), room=words)

    assert set(codes(move(case, "submit", HOST, given, day("2024-03-01")))) & {"decision", "input"}


@pytest.mark.parametrize("more", [
    {"given": {"延期缘由": float("nan")}}, {"given": {"延期缘由": dt.date(2024, 1, 1)}}, {"note": "\ud800"},
    {"decisions": {"\ud800": "x"}}], ids=["nan", "date", "note", "decision"])
def test_what_no_record_can_hold_is_refused(tmp_path, more):
    whole = Evidence(**{"given": {"延期缘由": "x"}, **more})

    assert codes(move(building(chart_of(tmp_path)), "extend", OFFICE, whole, day("2025-01-01"))) == ["input"]


@pytest.mark.parametrize("firm", ["甲公司 ", "\u3000甲公司", "甲 公司", "甲公司\u200b"])
def test_a_blank_in_a_name_makes_nobody_another(tmp_path, firm):
    case = made(move(opened(chart_of(tmp_path)), "submit", HOST, evidence({"推荐次序": "1 项"}, ("申请书",)),
                     day("2024-03-01")))
    judge = Actor("乙", "乙", frozenset({"EXPERT"}), firm)

    assert codes(move(case, "judge", judge, evidence({"评审认为可行": "是"}), day("2024-03-05"))) == ["barred"]


@pytest.mark.parametrize("hours", [-12, 14])
def test_the_ends_of_time_are_no_fault(tmp_path, hours):
    zone = dt.timezone(dt.timedelta(hours=hours))
    case = on_notice(chart_of(tmp_path))

    assert moment(dt.datetime(1, 1, 1, tzinfo=zone)).tzinfo == moment(dt.datetime.max.replace(tzinfo=zone)).tzinfo
    assert codes(move(case, "approve", OFFICE, evidence(), dt.datetime(1, 1, 1, tzinfo=zone))) == ["time"]


def test_the_day_is_that_of_china_whatever_the_zone(tmp_path):
    """The notice is over on 10 October in China, and not when it is the tenth somewhere else."""
    case = on_notice(chart_of(tmp_path))
    east, utc = dt.timezone(dt.timedelta(hours=14)), dt.UTC

    assert codes(move(case, "approve", OFFICE, evidence(), dt.datetime(2024, 10, 10, 1, tzinfo=east))) == ["decision"]
    assert codes(move(case, "approve", OFFICE, evidence(), dt.datetime(2024, 10, 9, 17, tzinfo=utc))) == []


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_an_event_out_of_time_is_no_event(tmp_path, at):
    case = opened(chart_of(tmp_path))
    forged = sealed(dataclasses.replace(case.events[0], at=dt.datetime.fromisoformat(at)))
    with pytest.raises(GuijuError) as caught:
        read_case(write_case([forged]))
    assert caught.value.diagnostics[0].code == "E520"


@pytest.mark.parametrize("fact", ["今日", "进入本环节日", "延期次数", "名单异议成立数", "名单异议未决数", "term_end",
                                  "开工日", "计划完工日", "公示起日"])
def test_what_the_case_computes_is_not_given(tmp_path, fact):
    value = {"延期次数": "0 次", "名单异议成立数": "0 次", "名单异议未决数": "0 次"}.get(fact, "2020-01-01")
    refused = move(on_notice(chart_of(tmp_path)), "approve", OFFICE, evidence({fact: value}), day("2024-10-10"))

    assert codes(refused) == ["input"]


def test_an_open_objection_holds_the_approval_whatever_is_written(tmp_path):
    case = on_notice(chart_of(tmp_path))
    for on in ("2024-09-29", "2024-10-10"):
        case = made(move(case, "objection:raise", actor("PUBLIC"), evidence({"异议理由": "不实"}), day(on)))
    case = made(move(case, "objection#2:dismiss", OFFICE, evidence({"异议核查意见": "不成立"}), day("2024-10-11")))
    excuses = evidence(objection="已办", list="已满", clean="没有")

    assert "objection" in codes(move(case, "approve", OFFICE, excuses, day("2025-01-10")))
    assert codes(move(case, "approve", OFFICE, evidence(), day("2025-01-10"))) == ["objection"]
    assert codes(move(case, "objection#99:dismiss", OFFICE, evidence(), day("2025-01-10"))) == ["thread"]
    assert codes(move(case, "objection:raise", actor("PUBLIC"), evidence({"异议理由": "x"}), day("2025-01-10"))) == [
        "late"]


def test_a_reason_for_what_the_move_does_not_ask_is_refused(tmp_path):
    refused = move(building(chart_of(tmp_path)), "extend", OFFICE, evidence({"延期缘由": "x"}, nothing="理由"),
                   day("2025-01-01"))

    assert [(r.code, r.about) for r in refused.reasons] == [("input", "nothing")]


def test_china_is_where_days_are_counted():
    assert moment(dt.date(2024, 1, 1)).tzinfo is CHINA

