"""Rounds: they set what moves wait for, and set it to something that it can be."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]
PARAMETERS = """quota: {name: 名额, type: number, unit: 项, cite: "1"}
                applied: {name: 设名额, type: bool, default: 是, or: [否], cite: "1"}
                deadline: {name: 截止日, type: date, cite: "1"}"""
READ = "read: {from: open, to: done, by: HOST, within: D, when: [{require: 名次 <= 名额, when: 设名额}], gives: [名次]}"
CHART = {"parameters": PARAMETERS, "moves": READ, "facts": "place: {name: 名次, type: number, unit: 项}",
         "terms": "D: {until: 截止日, in: open, then: register}"}


@pytest.fixture
def under(find: Find) -> Callable[[str], list[str]]:
    """The findings in a round with these settings, beside the note on what rounds set."""
    def under_(more: str) -> list[str]:
        found = find(**CHART, files={"small/rounds/r.yaml": f"id: r\ntitle: {{zh: 批次}}\n{more}"})
        return [finding for finding in found if finding != "N551 small"]
    return under_


@pytest.mark.parametrize(("more", "found"), [
    ("sets: {quota: 3 项, deadline: 2024-03-01}", []),
    ("sets: {名额: 3 项, 截止日: 2024-03-01}", []),
    ("sets: {quota: 3 项}", ["W551 r"]),
    ("sets: {}", ["W551 r", "W551 r"]),
    ("sets: {quota: 3 项}\nopen: [deadline]", []),
    ("sets: {applied: 否, deadline: 2024-03-01}", []),  # no quota, so nothing waits for how much it is
])
def test_a_round_sets_what_some_move_waits_for(under: Callable[[str], list[str]], more: str, found: list[str]) -> None:
    assert under(more) == found


@pytest.mark.parametrize("bad", ["quota: 3 天", "quota: 很多", "applied: 也许", "deadline: 2024-02-30", "quote: 3 项",
                                 "nothing.quota: 3 项"])
def test_a_round_sets_a_parameter_that_there_is_to_a_value_of_it(under: Callable[[str], list[str]], bad: str) -> None:
    word = bad.partition(":")[0]
    good = {"quota": "3 项", "deadline": "2024-03-01"}
    rest = ", ".join(f"{name}: {value}" for name, value in good.items() if name != word)

    assert under(f"sets: {{{bad}, {rest}}}") == ["E551 r"]


def test_a_chart_tells_what_its_rounds_set(find: Find) -> None:
    assert find(**CHART) == ["N551 small"]
    assert find(**{**CHART, "parameters": PARAMETERS.replace("项, cite", "项, default: 3 项, cite")
                   .replace("date, cite", "date, default: 2024-03-01, cite")}) == []


@pytest.mark.parametrize("waiting", [
    "by: HOST, when: [{require: 今日 > 截止日}]", "by: [{role: HOST, when: 今日 > 截止日}]",
    "by: HOST, needs: [{zh: 报告, when: 今日 > 截止日}]", "by: HOST, within: D", "by: HOST, after: D"])
def test_every_way_to_wait_for_a_parameter(find: Find, waiting: str) -> None:
    sections = {"parameters": 'deadline: {name: 截止日, type: date, cite: "1"}',
                "terms": "D: {until: 截止日, in: open, then: register}"}

    assert find(**sections, moves=f"end: {{from: open, to: done, {waiting}}}") == ["N551 small"]
    assert find(**sections, moves="end: {from: open, to: done, by: HOST}") == []


def test_a_notice_and_a_loop_wait_for_their_lengths(find: Find) -> None:
    days = 'days: {name: 公示期, type: number, unit: 日, cite: "1"}'
    times = 'times: {name: 次数上限, type: number, unit: 次, cite: "1"}'
    notice = "N: {stage: open, from: 进入本环节日, at_least: 公示期, blocks: [finish]}"

    assert find(parameters=days, notices=notice) == ["N551 small"]
    assert find(parameters=times, moves="again: {from: open, by: HOST}",
                loops="n: {name: 次, moves: [again], most: 次数上限}") == ["N551 small"]


def test_the_parameters_of_a_sub_procedure_are_set_with_it_or_by_a_round(find: Find) -> None:
    small = "id: heard\ncite: '9'\nclauses: {'9': {zh: 九}}\nroles: {raiser: {held_by: anyone}}\n" \
            "parameters: {limit: {name: 听证截止日, type: date, cite: '9'}}\n" \
            "stages: {raised: {}, settled: {final: 是}}\nmoves: {raise: {from: start, to: raised, by: raiser}, " \
            "settle: {from: raised, to: settled, by: raiser, when: [{require: 今日 <= 听证截止日}]}}\n"
    round_ = "id: r\ntitle: {zh: 批次}\nsets: {%s}\n"

    def heard(sets: str, by_round: str | None = None) -> list[str]:
        files = {"heard/chart.yaml": small}
        if by_round is not None:
            files["small/rounds/r.yaml"] = round_ % by_round
        return find(procedures=f"P: {{use: heard, roles: {{raiser: HOST}}, while: open{sets}}}", files=files)

    assert heard("") == ["N551 small"]
    assert heard(", sets: {听证截止日: 2024-03-01}") == []
    assert heard(", sets: {听证截止日: 很久}") == ["N551 small", "E551 P"]
    assert heard("", "P.limit: 2024-03-01") == ["N551 small"]
    assert heard("", "P.limit: 很久") == ["N551 small", "E551 r"]
    assert heard("", "") == ["N551 small", "W551 r"]
