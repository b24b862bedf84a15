"""Legal basis: every rule stands on a clause, and each clause that is cited is there."""

import dataclasses
from collections.abc import Callable

import pytest

from guiju.lifecycle.chart import Chart
from guiju.lifecycle.checks import findings

Find = Callable[..., list[str]]
FACT = "since: {name: 起日, type: date}"


def test_a_clause_that_is_not_in_the_index(compiled: Callable[..., Chart]) -> None:
    """The compiler refuses it, too: this holds for a chart made in any other way."""
    chart = compiled()
    bare = dataclasses.replace(chart, clauses={})

    assert findings(chart) == []
    assert [(d.code, d.span) for d in findings(bare)] == [("E550", chart.span)]


def test_rules_without_a_clause_where_the_chart_has_none(find: Find) -> None:
    assert find(head="revision: '1'", clauses="") == ["E550 begin", "E550 finish"]
    assert find(head='cite: "1"') == []


@pytest.mark.parametrize(("section", "entry"), [
    ("terms", "T: {length: 1 日, from: 起日, then: register%s}"),
    ("notices", "T: {stage: open, from: 起日, at_least: 1 日, blocks: [begin2, finish2]%s}"),
    ("duties", "T: {move: report, every: 1 年, from: 起日, while: open%s}"),
    ("loops", "T: {name: 次, moves: [report], most: 9%s}"),
    ("bans", "T: {length: 1 年, from: 起日, who: HOST%s}"),
    ("procedures", "T: {use: objection, roles: {raiser: HOST, handler: OFFICE}, while: open%s}"),
])
def test_each_kind_of_rule_stands_on_a_clause(compiled: Callable[..., Chart], section: str, entry: str) -> None:
    def unfounded(cite: str) -> list[str]:
        chart = compiled(head="revision: '1'", facts=FACT, **{section: entry % cite}, moves="""
            begin2: {from: open, to: done, by: HOST, gives: [起日], cite: "1"}
            finish2: {from: open, to: done, by: HOST, cite: "1"}
            report: {from: open, by: HOST, cite: "1", bans: [%s]}""" % ("T" if section == "bans" else ""))
        return [d.message.en for d in findings(chart) if d.code == "E550" and "'T'" in d.message.en]

    assert len(unfounded("")) == 1
    assert unfounded(', cite: "1"') == []


def test_a_guard_stands_on_its_own_clause_or_on_that_of_its_move(find: Find) -> None:
    moves = "end: {from: open, to: done, by: HOST, when: [{id: g, require: 今日 > 进入本环节日%s}]%s}"
    bare = ["E550 begin", "E550 finish"]

    def found(guard: str, move: str) -> list[str]:
        return [f for f in find(head="revision: '1'", moves=moves % (guard, move)) if f.startswith("E550 ")]

    assert found("", "") == [*bare, "E550 end", "E550 g"]
    assert found(', cite: "1"', "") == [*bare, "E550 end"]
    assert found("", ', cite: "1"') == bare
