"""Public notices: no way out of one passes over an objection; shown again, a notice counts anew."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]


@pytest.fixture
def shown(find: Find) -> Find:
    """The findings in a chart with a stage `shown`, where a notice runs."""
    def shown_(notice: str, moves: str, stage: str = "shown", start: str = "公示起日", **sections: str) -> list[str]:
        entering = "show: {from: open, to: shown, by: OFFICE, sets: {公示起日: 今日}}"
        return find(**{"stages": "shown: {}", "facts": "since: {name: 公示起日, type: date}",
                       "roles": "PUBLIC: {held_by: anyone}",
                       "procedures": "objections: {use: objection, roles: {raiser: PUBLIC, handler: OFFICE}}",
                       **sections, "moves": f"{entering}\n{moves}",
                       "notices": f"N: {{stage: {stage}, from: {start}, at_least: 5 工作日, {notice}}}"})
    return shown_


def test_a_way_out_that_does_not_wait(shown: Find) -> None:
    moves = "list: {from: shown, to: done, by: OFFICE}\ndrop: {from: shown, to: done, by: OFFICE}"

    assert shown("objections: objections, blocks: [list]", moves) == ["E546 drop"]
    assert shown("objections: objections, blocks: [list, drop]", moves) == []
    assert shown("objections: objections, blocks: [list], despite: [drop]", moves) == []


def test_a_move_that_stays_within_the_notice_is_no_way_out(shown: Find) -> None:
    moves = "look: {from: shown, to: looked, by: OFFICE}\nlist: {from: [shown, looked], to: done, by: OFFICE}"
    stages = "shown: {}\nlooked: {}"

    assert shown("objections: objections, blocks: [list]", moves, stages=stages) == ["E546 look"]
    assert shown("objections: objections, blocks: [list]", moves, stage="[shown, looked]", stages=stages) == []
    assert shown("objections: objections, blocks: [list]", f"{moves}\nnote: {{from: shown, by: OFFICE}}",
                 stage="[shown, looked]", stages=stages) == []


def test_a_notice_that_stops_nothing(shown: Find) -> None:
    moves = "list: {from: shown, to: done, by: OFFICE}"

    assert shown("despite: [list]", moves, procedures="", roles="") == ["E546 N"]
    assert shown("blocks: [list]", moves, procedures="", roles="") == []
    assert shown("objections: objections, despite: [list]", moves) == []


def test_a_notice_that_lists_a_move_of_another_stage(shown: Find) -> None:
    moves = "list: {from: shown, to: done, by: OFFICE}"

    assert shown("objections: objections, blocks: [list, finish]", moves) == ["E546 N"]
    assert shown("objections: objections, blocks: [list], despite: [finish]", moves) == ["E546 N"]


def test_objections_that_are_never_settled(shown: Find) -> None:
    small = "id: endless\ncite: '9'\nclauses: {'9': {zh: 九}}\nroles: {raiser: {held_by: anyone}}\n" \
            "stages: {raised: {}, settled: {final: 是}}\nmoves: {raise: {from: start, to: raised, by: raiser}%s}\n"
    procedure = "objections: {use: endless, roles: {raiser: PUBLIC}}"
    notice, moves = "objections: objections, blocks: [list]", "list: {from: shown, to: done, by: OFFICE}"

    assert shown(notice, moves, procedures=procedure, files={"endless/chart.yaml": small % ""}) == ["E546 N"]
    settling = ", settle: {from: raised, to: settled, by: raiser}"
    assert shown(notice, moves, procedures=procedure, files={"endless/chart.yaml": small % settling}) == []


def test_a_notice_shown_again_counts_anew(shown: Find) -> None:
    notice = "objections: objections, blocks: [list], despite: [look]"
    moves = """look: {from: shown, to: looked, by: OFFICE}
               again: {from: looked, to: shown, by: OFFICE%s}
               list: {from: shown, to: done, by: OFFICE}"""
    stages = "shown: {}\nlooked: {}"

    assert shown(notice, moves % "", stages=stages) == ["W568 again"]
    assert shown(notice, moves % ", sets: {公示起日: 今日}", stages=stages) == []
    assert shown(notice.replace("look]", "]"), moves % "", stage="[shown, looked]", stages=stages) == []


def test_a_notice_from_the_day_the_stage_was_entered_counts_anew(shown: Find) -> None:
    moves = """look: {from: shown, to: looked, by: OFFICE}
               again: {from: looked, to: shown, by: OFFICE}
               list: {from: shown, to: done, by: OFFICE, when: [{require: 今日 > 公示起日}]}"""
    notice, stages = "objections: objections, blocks: [list], despite: [look]", "shown: {}\nlooked: {}"

    assert shown(notice, moves, stages=stages) == ["W568 again"]
    assert shown(notice, moves, start="进入本环节日", stages=stages) == []


def test_a_notice_entered_once_may_count_from_an_earlier_day(shown: Find) -> None:
    moves = "publish: {from: open, to: shown, by: HOST}\nlist: {from: shown, to: done, by: OFFICE}"

    assert shown("objections: objections, blocks: [list]", moves) == []
