"""Facts of the case: what is read is given before; guards can hold together."""

from collections.abc import Callable

import pytest

Find = Callable[..., list[str]]
STAGES = "seen: {}"
SEE = "see: {from: open, to: seen, by: OFFICE%s}"
READ = """end: {from: seen, to: done, by: OFFICE, when: [{id: g, require: 已通过}]%s}
    otherwise: {from: seen, to: done, by: OFFICE}"""
COMPUTED = ", sets: {已通过: 今日 > 进入本环节日}"
PASSED = "passed: {name: 已通过, type: bool}"
SINCE = "since: {name: 起日, type: date}"
FACTS = f"{PASSED}\n{SINCE}"


@pytest.mark.parametrize(("before", "here", "given"), [
    (", gives: [已通过]", "", True), (", may_give: [已通过]", "", True), (COMPUTED, "", True),
    ("", ", gives: [已通过]", True), ("", ", may_give: [已通过]", True), ("", COMPUTED, False), ("", "", False)])
def test_a_guard_reads_what_some_way_gives(find: Find, before: str, here: str, given: bool) -> None:
    """What the move itself computes comes too late for its guard."""
    assert find(facts=PASSED, stages=STAGES,
                moves=f"{SEE % before}\n{READ % here}") == ["E549 g"] * (not given)


def test_what_another_stage_gives_is_not_known_here(find: Find) -> None:
    moves = f"{SEE % ''}\n{READ % ''}\ntell: {{from: %s, by: HOST, gives: [已通过]}}"
    facts = PASSED

    assert find(facts=facts, stages=f"{STAGES}\naside: {{}}", moves=moves % "aside" + """
        step: {from: open, to: aside, by: HOST}
        leave: {from: aside, to: done, by: HOST}""") == ["E549 g"]
    assert find(facts=facts, stages=STAGES, moves=moves % "open") == []
    assert find(facts=facts, stages=STAGES, moves=moves % "seen") == []


def test_a_guard_in_one_of_several_stages(find: Find) -> None:
    moves = f"""{SEE % ', gives: [已通过]'}
        end: {{from: [open, seen], to: done, by: HOST, when: [{{id: g, require: 已通过}}]}}
        otherwise: {{from: seen, to: done, by: HOST}}"""

    assert find(facts=PASSED, stages=STAGES, moves=moves) == ["E549 g"]


def test_facts_of_the_dictionary_and_of_the_case_itself_are_always_there(find: Find) -> None:
    read = "依托单位隶属 = 中央 and 今日 >= 进入本环节日 and 延期次数 < 3 次 and 今日 > T止日"
    moves = f"""extend: {{from: open, by: HOST}}
        end: {{from: open, to: done, by: OFFICE, gives: [起日], when: [{{require: {read}}}]}}"""

    assert find(facts=SINCE, terms="T: {length: 1 日, from: 起日, kind: minimum}", moves=moves,
                loops="n: {name: 延期次数, moves: [extend]}") == []


@pytest.mark.parametrize("asking", [
    "by: [{role: HOST, when: 已通过}]", "by: HOST, needs: [{zh: 报告, when: 已通过}]",
    "by: HOST, sets: {起日: if 已通过 then 今日 else 今日 + 1 日}"])
def test_roles_papers_and_settings_read_facts_too(find: Find, asking: str) -> None:
    facts = FACTS if "sets" in asking else PASSED
    moves = f"end: {{from: open, to: done, {asking}%s}}"

    assert find(facts=facts, moves=moves % "") == ["E549 end"]
    assert find(facts=facts, moves=moves % ", gives: [已通过]") == []


@pytest.mark.parametrize("waiting", ["within: T", "after: M"])
def test_a_move_waits_for_a_term_whose_anchor_is_known(find: Find, waiting: str) -> None:
    terms = "T: {length: 5 日, from: 起日, then: register}\nM: {length: 5 日, from: 起日, kind: minimum}"
    moves = f"""a: {{from: open, to: done, by: HOST, within: T, after: M, gives: [起日]}}
        end: {{from: open, to: done, by: HOST, {waiting}}}"""

    assert find(facts=SINCE, terms=terms, moves=moves) == ["E549 end"]
    assert find(facts=SINCE, terms=terms, moves=f"{moves}\nset: {{from: open, by: HOST, gives: [起日]}}") == []


def test_a_notice_blocks_where_its_first_day_is_known(find: Find) -> None:
    notice = "N: {stage: seen, from: 起日, at_least: 5 日, blocks: [end]}"
    moves = f"{SEE}\nend: {{from: seen, to: done, by: OFFICE%s}}"

    assert find(facts=SINCE, stages=STAGES, notices=notice, moves=moves % ("", ", gives: [起日]")) == ["E549 N"]
    assert find(facts=SINCE, stages=STAGES, notices=notice, moves=moves % (", sets: {起日: 今日}", "")) == []


@pytest.mark.parametrize("section", [
    {"terms": "T: {length: 5 日, from: 起日, in: seen, then: register}"},
    {"duties": "T: {move: report, every: 1 年, from: 起日, while: seen}"},
    {"terms": "T: {length: 5 日, from: 进入本环节日, when: 今日 > 起日, in: seen, then: register}"}])
def test_what_runs_reads_what_is_given_before_it_runs(find: Find, section: dict[str, str]) -> None:
    moves = f"{SEE}\nreport: {{from: seen, by: HOST}}\nend: {{from: seen, to: done, by: OFFICE%s}}"

    assert find(facts=SINCE, stages=STAGES, moves=moves % ("", ", gives: [起日]"), **section) == ["E549 T"]
    assert find(facts=SINCE, stages=STAGES, moves=moves % (", gives: [起日]", ""), **section) == []


def test_a_term_that_runs_everywhere_reads_what_some_move_gives(find: Find) -> None:
    term = "T: {length: 5 日, from: 起日, then: register}"

    assert find(facts=SINCE, terms=term) == ["E549 T"]
    assert find(facts=SINCE, terms=term, moves="end: {from: open, to: done, by: HOST, sets: {起日: 今日}}") == []


def test_a_ban_counts_from_what_its_move_knows(find: Find) -> None:
    ban = "year: {length: 1 年, from: 起日, who: HOST}"
    moves = "expel: {from: open, to: done, by: OFFICE, bans: [year]%s}"

    assert find(facts=SINCE, bans=ban, moves=f"{moves % ''}\nend: {{from: open, to: done, by: HOST, gives: [起日]}}"
                ) == ["E549 year"]
    assert find(facts=SINCE, bans=ban, moves=moves % ", sets: {起日: 今日}") == []


def test_a_sub_procedure_is_passed_what_is_known_where_it_is_opened(find: Find) -> None:
    procedure = "P: {use: objection, roles: {raiser: HOST, handler: OFFICE}, while: seen, passes: {听证日: 起日}}"
    moves = f"{SEE}\nend: {{from: seen, to: done, by: OFFICE%s}}"

    assert find(facts=SINCE, stages=STAGES, moves=moves % ("", ", gives: [起日]"), procedures=procedure) == ["E549 P"]
    assert find(facts=SINCE, stages=STAGES, moves=moves % (", gives: [起日]", ""), procedures=procedure) == []


@pytest.mark.parametrize(("guards", "never"), [
    ("{require: 已通过}, {require: not 已通过}", True),
    ("{require: 今日 > 起日}, {require: 今日 <= 起日}", True),
    ("{require: 已通过}, {require: not 已通过, strength: principle}", False),
    ("{require: 已通过}, {require: not 已通过, when: 今日 > 起日}", False),
    ("{require: 已通过}, {require: 今日 > 起日}", False)])
def test_guards_that_contradict_each_other(find: Find, guards: str, never: bool) -> None:
    assert find(facts=FACTS, moves=f"end: {{from: open, to: done, by: OFFICE, gives: [已通过, 起日], when: [{guards}]}}"
                ) == ["E562 end"] * never


@pytest.mark.parametrize(("ways", "stuck"), [
    (["等级 = 甲"], True), (["等级 = 甲", "等级 = 乙"], True), (["等级 = 甲", "等级 in [乙, 丙]"], False),
    (["等级 = 甲 and 已通过", "not 已通过"], True), (["等级 = 甲 or 已通过", "not 已通过"], False),
    (["等级 = 甲", ""], False), (["等级 = 甲", "依托单位隶属 = 中央"], False)])
def test_an_outcome_for_which_no_move_leaves(find: Find, ways: list[str], stuck: bool) -> None:
    facts = f"grade: {{name: 等级, type: choice, of: [甲, 乙, 丙]}}\n{PASSED}"
    moves = [SEE % ", gives: [等级, 已通过]", "look: {from: open, to: done, by: OFFICE, when: [{require: 已通过}], "
             "gives: [已通过]}"]
    moves += [f"out{n}: {{from: seen, to: done, by: OFFICE%s}}" % (f', when: [{{require: "{way}"}}]' if way else "")
              for n, way in enumerate(ways)]

    assert find(facts=facts, stages=STAGES, moves="\n".join(moves)) == ["W570 seen"] * stuck
    again = "again: {from: seen, by: OFFICE, gives: [等级, 已通过]}"
    assert find(facts=facts, stages=STAGES, moves="\n".join([*moves, again])) == []
