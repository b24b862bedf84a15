"""Terms and duties: they have a consequence that can be had, and can be met."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]
FACTS = "since: {name: 起日, type: date}\nplanned: {name: 计划日, type: date}"
BEGIN = """enter: {from: open, to: running, by: HOST, gives: [起日, 计划日]}
    stop: {from: running, to: done, by: OFFICE}"""


@pytest.fixture
def run(find: Find) -> Find:
    """The findings in a chart with a stage `running`, which is entered with two dates."""
    def run_(moves: str, **sections: str) -> list[str]:
        return find(**{"stages": "running: {}", "facts": FACTS, **sections, "moves": f"{BEGIN}\n{moves}"})
    return run_


def test_a_limit_says_what_follows(run: Find) -> None:
    moves = "end: {from: running, to: done, by: HOST, within: T}"

    assert run(moves, terms="T: {length: 30 日, from: 起日, in: running}") == ["E544 T"]
    assert run(moves, terms="T: {length: 30 日, from: 起日, in: running, then: register}") == []
    assert run(moves.replace("within", "after"), terms="T: {length: 30 日, from: 起日, kind: minimum}") == []


def test_a_limit_of_opening_moves_needs_no_consequence(find: Find) -> None:
    parameters = 'by: {name: 截止日, type: date, default: 2024-03-01, cite: "1"}'

    assert find(moves="apply: {from: start, to: open, by: HOST, within: T}", parameters=parameters,
                terms="T: {until: 截止日, in: start}") == []


@pytest.mark.parametrize(("limit", "wait", "never"), [
    ("length: 5 日, from: 起日, counts: state", "length: 6 日, from: 起日, kind: minimum", True),
    ("length: 5 日, from: 起日", "length: 6 日, from: 起日, kind: minimum", False),  # it rolls over a weekend
    ("length: 6 日, from: 起日", "length: 6 日, from: 起日, kind: minimum", False),
    ("length: 1 月, from: 起日, counts: state", "length: 32 日, from: 起日, kind: minimum", True),
    ("length: 1 月, from: 起日, counts: state", "length: 31 日, from: 起日, kind: minimum", False),
    ("length: 10 日, from: 起日", "length: 20 工作日, from: 起日, kind: minimum", True),
    ("length: 30 日, from: 起日", "length: 20 工作日, from: 起日, kind: minimum", False),
    ("length: 6 日, from: 起日, counts: state", "length: 6 日, from: 起日, counts: state, then: register", True),
    ("length: 7 日, from: 起日, counts: state", "length: 6 日, from: 起日, counts: state, then: register", False),
    ("length: 3 日, before: 起日", "length: 1 日, from: 起日, kind: minimum", True),
    ("until: 起日", "length: 1 日, from: 起日, kind: minimum", True),
    ("length: 5 日, from: 计划日, counts: state", "length: 6 日, from: 起日, kind: minimum", False),
    ("length: 5 日, from: 起日, counts: state, strength: principle", "length: 6 日, from: 起日, kind: minimum", False),
    ("length: 5 日, from: 起日, counts: state", "length: 6 日, from: 起日, kind: minimum, strength: principle", False),
])
def test_a_limit_that_is_over_before_the_wait_is(run: Find, limit: str, wait: str, never: bool) -> None:
    assert run("end: {from: running, to: done, by: HOST, within: T, after: W}",
               terms=f"T: {{{limit}, then: register}}\nW: {{{wait}}}") == ["E545 end"] * never


def test_a_limit_within_and_after_which_a_move_is_made(run: Find) -> None:
    moves = "end: {from: running, to: done, by: HOST, within: T, after: %s}"
    terms = "T: {length: 5 日, from: 起日, then: register}\nM: {length: 5 日, from: 起日, kind: minimum}"

    assert run(moves % "T", terms=terms.splitlines()[0]) == ["E545 end"]
    assert run(moves % "M", terms=terms) == []


@pytest.mark.parametrize(("days", "never"), [(5, False), (6, False), (7, True)])
def test_a_notice_that_outlasts_a_limit(run: Find, days: int, never: bool) -> None:
    """With both ends counted a notice may close a day early, with a reason."""
    assert run("end: {from: running, to: done, by: HOST, within: T}",
               terms="T: {length: 5 日, from: 起日, counts: state, then: register}",
               notices=f"N: {{stage: running, from: 起日, at_least: {days} 日, blocks: [end, stop]}}"
               ) == ["E545 end"] * never


@pytest.mark.parametrize(("months", "never"), [(11, False), (12, False), (13, True)])
def test_a_backward_term_longer_than_what_fixes_its_anchor(run: Find, months: int, never: bool) -> None:
    facts = "since: {name: 起日, type: date}\nplanned: {name: 计划日, type: date}\nend_day: {name: 期满日, type: date}"

    for anchor, setting in (("期满日", "sets: {期满日: 起日 + 1 年}"), ("起日 + 1 年", ""), ("YEAR止日", "")):
        assert run(f"end: {{from: running, to: done, by: HOST}}\nset: {{from: running, by: HOST, {setting}}}",
                   facts=facts if setting else FACTS,
                   terms=f"""YEAR: {{length: 1 年, from: 起日, counts: state, then: register}}
                             T: {{length: {months} 月, before: {anchor}, then: register}}""") == ["E545 T"] * never


def test_a_backward_term_whose_anchor_a_person_gives_is_not_judged(run: Find) -> None:
    assert run("end: {from: running, to: done, by: HOST, sets: {计划日: 起日 + 1 年}}",
               terms="T: {length: 13 月, before: 计划日, then: register}") == []


def test_what_follows_must_be_a_move_of_the_stage(run: Find) -> None:
    term = "T: {length: 5 日, from: 起日, in: [running, other], then: %s}"
    moves = """go: {from: running, to: other, by: HOST}
               here: {from: running, to: done, by: HOST}
               there: {from: other, to: done, by: HOST}
               elsewhere: {from: open, to: done, by: HOST}"""
    stages = "running: {}\nother: {}"

    assert run(moves, stages=stages, terms=term % "elsewhere") == ["E559 T"]
    assert run(moves, stages=stages, terms=term % "here") == ["W559 T"]
    assert run(moves, stages=stages, terms=term % "[here, there]") == []
    assert run(moves, stages=stages, terms=term % "[here, register]") == []


def test_what_is_owed_must_be_a_move_of_some_stage_where_it_runs(run: Find) -> None:
    duty = "D: {move: %s, every: 1 年, from: 起日, while: [running, other]}"
    moves = """report: {from: running, by: HOST}
               go: {from: running, to: other, by: HOST}
               end: {from: other, to: done, by: HOST}"""
    stages = "running: {}\nother: {}"

    assert run(moves, stages=stages, duties=duty % "finish") == ["E559 D"]
    assert run(moves, stages=stages, duties=duty % "report") == []


def test_what_follows_from_a_duty_not_done_must_be_a_move_of_its_stages(run: Find) -> None:
    duty = "D: {move: report, every: 1 年, from: 起日, while: running, overdue: %s}"
    moves = "report: {from: running, by: HOST}\nexpire: {from: running, to: done, by: HOST}"

    assert run(moves, duties=duty % "finish") == ["E559 D"]
    assert run(moves, duties=duty % "expire") == []


def test_what_runs_only_where_everything_is_over(run: Find) -> None:
    moves = "end: {from: running, to: done, by: HOST}"

    assert run(moves, terms="T: {length: 5 日, from: 起日, in: done, then: register}") == ["E563 T"]
    assert run(moves, terms="T: {length: 5 日, from: 起日, in: [running, done], then: register}") == []


def test_an_automatic_consequence_waits_for_its_limit(run: Find) -> None:
    term = "T: {length: 5 日, from: 起日, in: running, then: end}"
    end = "end: {from: running, to: done, auto: 是%s}"

    assert run(end % "", terms=term) == ["E567 end"]
    assert run(end % ", after: T", terms=term) == []
    assert run(end % ", when: [{require: 今日 > T止日}]", terms=term) == []
    assert run(end.replace("auto: 是", "by: HOST") % "", terms=term) == []


def test_a_stage_that_can_be_left_in_time_only(find: Find) -> None:
    enter = "enter: {from: open, to: running, by: HOST, gives: [起日]}"
    terms = "T: {length: 5 日, from: 起日, in: running, then: register%s}"

    def stranded(moves: str, more: str = "") -> list[str]:
        return find(stages="running: {}", facts="since: {name: 起日, type: date}", terms=terms % more,
                    moves=f"{enter}\nend: {{from: running, to: done, by: HOST, within: T}}\n{moves}")

    assert stranded("") == stranded("wait: {from: running, by: OFFICE}") == ["E569 running"]
    assert stranded("", ", strength: principle, strength_when: 今日 > 起日") == ["E569 running"]
    assert stranded("", ", strength: principle") == []
    assert stranded("expire: {from: running, to: done, by: OFFICE, after: T}") == []
