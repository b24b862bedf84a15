"""The rules that a reform changes, as questions to every organisation: whose answer changes, and how.

A rule's changed cell is the set of those for whom it was met and no longer is, or the reverse; of an amount or a limit,
those who qualify and have something that it prices or holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from guiju.evaluate.evaluation import Setting
from guiju.evaluate.semantic_diff import Difference, differences
from guiju.evaluate.settled import settled
from guiju.language.build import Builder
from guiju.language.compile.reform import Reform
from guiju.language.ir import Graph, Node, walk
from guiju.language.policy import Benefit, Condition, Goal, Policy, PriceRow, ScoreItem
from guiju.population.reform.touched import claims, of_organisation, payable, reach_of
from guiju.source.diagnostics import Text
from guiju.values import FAIL

LOST = Text("原来满足、现在不满足", "was met, is no longer")
WON = Text("原来不满足、现在满足", "was not met, is now")
FREED = Text("原来被它挡住", "was kept out by it")
BARRED = Text("现在被它挡住", "is kept out by it")
MOVED = Text("得分不同", "another mark")
PRICED = Text("够条件，有它定价的项目", "qualifies and has something that it prices")
HELD = Text("够条件，有它限制的项目", "qualifies and has something that it holds")


@dataclass(frozen=True, slots=True)
class Cell:
    """`what` becomes of those in it."""

    difference: Difference
    what: Text
    node: Node


@dataclass(frozen=True, slots=True)
class Cells:
    """`differences` of the rules in words; `cells` of those that one can sit in; `questions`: a policy whose goals are
    first those of `Reach`, then the cells; with its setting. `operations`: how many the policy asks for as it is set,
    how many the reformed one, and how many of these are the same."""

    differences: tuple[Difference, ...]
    cells: tuple[Cell, ...]
    questions: tuple[Policy, Setting]
    operations: tuple[int, int, int]

    @property
    def touched_nobody(self) -> bool:
        """The reform surely makes no difference to anybody."""
        node = self.questions[0].goals[0].node
        return node.op == "const" and node.args[0] == FAIL


def cells_of(reform: Reform, before: Setting, after: Setting) -> Cells:
    """What the reform changes under these settings."""
    graph = Graph()
    old, new = settled(reform.before, before, graph), settled(reform.after, after, graph)
    found = differences(old, new)
    cells = tuple(cell for d in found for cell in _Asking(old, new).cells(d))
    reach = reach_of(old, new)
    nodes = [reach.touched, reach.priced, reach.lost, reach.won, *(cell.node for cell in cells)]
    return Cells(found, cells, _questions(old, new, after, nodes), _operations(old, new))


def _operations(old: Policy, new: Policy) -> tuple[int, int, int]:
    asked = [set(walk(*policy.roots())) for policy in (old, new)]
    return len(asked[0]), len(asked[1]), len(asked[0] & asked[1])


def _questions(old: Policy, new: Policy, setting: Setting, nodes: Sequence[Node]) -> tuple[Policy, Setting]:
    """A policy with these nodes as its goals. What is set stands in them; what is open stays open."""
    goals = tuple(Goal(str(n), Text("", ""), True, (), node, "", False, new.span) for n, node in enumerate(nodes))
    policy = replace(new, id=f"{new.id}?", parameters={**old.parameters, **new.parameters}, conditions={}, scores={},
                     benefits=(), limits=(), goals=goals, duties=(), kept={})
    return policy, replace(setting, readings={}, chosen=frozenset())


@dataclass(frozen=True, slots=True)
class _Asking:
    before: Policy
    after: Policy

    def cells(self, difference: Difference) -> Iterator[Cell]:
        sided = {"stricter": (LOST,), "looser": (WON,)}.get(difference.kind, ())
        for what, node in self._asked(difference.rule):
            if sided and what in (LOST, WON) and what not in sided:
                continue
            asked = of_organisation(Builder(self.after.graph), node)
            if asked is not None:
                yield Cell(difference, what, asked)

    def _asked(self, rule: str) -> Iterator[tuple[Text, Node]]:
        build = Builder(self.after.graph)
        if rule in self.before.conditions or rule in self.after.conditions:
            yield from _of_condition(build, self.before.conditions.get(rule), self.after.conditions.get(rule))
            return
        items = _items(self.before).get(rule), _items(self.after).get(rule)
        if items[0] is not None and items[1] is not None:
            yield MOVED, build.compare("ne", items[0].node, items[1].node)
        rows = [claims(build, benefit, [line]) for policy in (self.before, self.after)
                for benefit, line in _lines(policy) if line.id == rule]
        if rows:
            yield PRICED, build.every([payable(self.before, self.after), build.some(rows)])
        held = [claims(build, b, b.rows) for policy in (self.before, self.after) for limit in policy.limits
                if limit.id == rule for b in policy.benefits if b.id in limit.benefits]
        if held:
            yield HELD, build.every([payable(self.before, self.after), build.some(held)])


def _of_condition(build: Builder, before: Condition | None, after: Condition | None) -> Iterator[tuple[Text, Node]]:
    if before is not None and after is not None:
        yield LOST, build.every([before.node, build.negate(after.node)])
        yield WON, build.every([build.negate(before.node), after.node])
    elif before is not None:
        yield FREED, build.negate(before.node)
    elif after is not None:
        yield BARRED, build.negate(after.node)


def _items(policy: Policy) -> dict[str, ScoreItem]:
    return {i.id: i for s in policy.scores.values() for g in s.groups for i in g.items}


def _lines(policy: Policy) -> Iterator[tuple[Benefit, PriceRow]]:
    yield from ((benefit, line) for benefit in policy.benefits for line in benefit.rows)
