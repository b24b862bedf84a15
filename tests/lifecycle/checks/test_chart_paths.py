"""Stages and moves: every stage is reached and left, an end is an end, a bounded loop can repeat."""

from collections.abc import Callable

Find = Callable[..., list[str]]


def test_a_sound_chart_has_no_findings(find: Find) -> None:
    assert find() == []


def test_a_stage_to_which_no_way_leads(find: Find) -> None:
    leaving = "leave: {from: lost, to: done, by: OFFICE}"

    assert find(stages="lost: {}", moves=leaving) == ["E541 lost"]
    assert find(stages="lost: {}", moves=f"enter: {{from: open, to: lost, by: OFFICE}}\n{leaving}") == []


def test_stages_that_lead_to_each_other_only_are_not_reached(find: Find) -> None:
    circle = "there: {from: east, to: west, by: OFFICE}\nback: {from: west, to: east, by: OFFICE}"
    out = "out: {from: west, to: done, by: OFFICE}"

    assert find(stages="east: {}\nwest: {}", moves=f"{circle}\n{out}") == ["E541 east", "E541 west"]
    assert find(stages="east: {}\nwest: {}", moves=f"{circle}\n{out}\nin: {{from: open, to: east, by: HOST}}") == []


def test_a_stage_that_leads_to_no_end(find: Find) -> None:
    entering = "enter: {from: open, to: stuck, by: OFFICE}\nwait: {from: stuck, by: OFFICE}"

    assert find(stages="stuck: {}", moves=entering) == ["E542 stuck"]
    assert find(stages="stuck: {}", moves=f"{entering}\nback: {{from: stuck, to: open, by: OFFICE}}") == []


def test_an_end_that_is_none(find: Find) -> None:
    assert find(moves="reopen: {from: [open, done], to: open, by: OFFICE}") == ["E543 reopen"]
    assert find(moves="reopen: {from: open, to: open, by: OFFICE}") == []


def test_a_chart_that_no_move_opens(find: Find) -> None:
    chart = "id: small\ncite: '1'\nclauses: {'1': {zh: 一}}\nroles: {HOST: {held_by: applicant}}\n" \
            "stages: {open: {}, done: {final: 是}}\nmoves: {finish: {from: open, to: done, by: HOST}%s}\n"

    assert find(files={"small/chart.yaml": chart % ""}) == ["E561 small"]
    assert find(files={"small/chart.yaml": chart % ", begin: {from: start, to: open, by: HOST}"}) == []


def test_a_case_is_opened_into_a_stage(find: Find) -> None:
    assert find(moves="apply: {from: start, by: HOST}") == ["E561 apply"]
    assert find(moves="apply: {from: start, to: open, by: HOST}") == []


def test_a_bounded_loop_over_what_happens_once(find: Find) -> None:
    loop = "asked: {name: 申请次数, moves: [ask], most: 1}"
    asking = "ask: {from: open, to: asked_for, by: HOST}\nrefuse: {from: asked_for, to: %s, by: OFFICE}"

    assert find(stages="asked_for: {}", moves=asking % "done", loops=loop) == ["E552 asked"]
    assert find(stages="asked_for: {}", moves=asking % "open", loops=loop) == []


def test_a_loop_that_only_counts_may_be_over_what_happens_once(find: Find) -> None:
    assert find(moves="""note: {from: open, to: noted, by: HOST}
                         end: {from: noted, to: done, by: OFFICE, when: [{require: 记录次数 = 1 次}]}""",
                stages="noted: {}", loops="notes: {name: 记录次数, moves: [note]}") == []


def test_two_moves_of_a_loop_that_follow_each_other(find: Find) -> None:
    moves = "first: {from: open, to: midway, by: HOST}\nsecond: {from: midway, to: done, by: HOST}"

    assert find(stages="midway: {}", moves=moves, loops="n: {name: 次, moves: [first, second], most: 1}") == []
    assert find(stages="midway: {}", moves=moves, loops="n: {name: 次, moves: [second], most: 1}") == ["E552 n"]
