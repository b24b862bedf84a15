"""What a set of policies asks of any population, found once: which rules are equal across policies, and who asks last.

Each policy's graph holds one node for equal content; across policies equal nodes are many, above all those on facts
and records. A plan has one for all of them. A parameter stands there as its value, so that a policy under two settings
shares what the difference does not touch.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guiju.evaluate.evaluation import Setting, parameters_of
from guiju.facts.model import APPLICATION_DATE
from guiju.language.ir import AGGREGATES, Node, walk
from guiju.language.policy import Benefit, Condition, Goal, Policy
from guiju.population.nearest import lattice_of

_HELD = frozenset({"const", "fact", "field", "any_item"})  # what is not worked out, or not from parts


@dataclass(frozen=True, slots=True)
class Questions:
    """What one policy asks under one setting. `same`: to each of its nodes the plan's own; `settles`: those that its
    goals and scores rest on; `pays`: those that its money does. `asked`: the `any_item` nodes of its caps, in their
    order; `main`: its first main goal; `parts`: the conditions that count there, in their order; `facts`, `records`:
    what it looks at, by id; `roots`: the nodes that answers and money are read from; `lattices`: of each score, into
    how many parts a point is cut, so that it is a whole number of them."""

    policy: Policy
    setting: Setting
    same: Map[Node, Node]
    settles: frozenset[Node]
    pays: frozenset[Node]
    asked: tuple[Node, ...]
    main: Goal | None
    parts: tuple[Condition, ...]
    facts: frozenset[str]
    records: frozenset[str]
    roots: tuple[Node, ...]
    lattices: tuple[int | None, ...]


class Plan:
    """`questions`: for each policy in order, what it asks."""

    def __init__(self, policies: Sequence[tuple[Policy, Setting]]) -> None:
        self._known: dict[tuple[object, ...], Node] = {}
        self.questions = tuple(self._questions(policy, setting, n) for n, (policy, setting) in enumerate(policies))
        self._last = {node: number for number, q in enumerate(self.questions) for node in q.settles | q.pays}
        self._spent = self._last_parts()

    def last(self, node: Node) -> int:
        """The number of the policy that asks for the plan's node last."""
        return self._last[node]

    def spent(self, node: Node) -> tuple[Node, ...]:
        """The parts of the plan's node that nobody asks for once it is worked out."""
        return self._spent.get(node, ())

    def _last_parts(self) -> dict[Node, tuple[Node, ...]]:
        """By the order in which the policies' nodes stand; who asks out of turn has a part worked out again."""
        last: dict[Node, Node] = {}
        for question in self.questions:
            for node in question.same.values():
                last.update(dict.fromkeys(node.children, node))
        asked = {question.same[root] for question in self.questions for root in question.roots}
        found: dict[Node, list[Node]] = {}
        for part, node in last.items():
            if part not in asked and part.op not in _HELD:
                found.setdefault(node, []).append(part)
        return {node: tuple(parts) for node, parts in found.items()}

    def _questions(self, policy: Policy, setting: Setting, number: int) -> Questions:
        main = next((g for g in policy.goals if g.main), None)
        parts = tuple(c for c in main.conditions if c.counts) if main else ()
        answers = [*(g.node for g in policy.goals), *(s.node for s in policy.scores.values()), *(c.node for c in parts)]
        money = nodes_of_money(policy)
        roots = [*answers, *money]
        settles, pays = walk(*answers), walk(*money)
        amounts = [limit.amount for limit in policy.limits if limit.amount is not None]
        asked = tuple(dict.fromkeys(node for node in walk(*amounts) if node.op == "any_item"))
        parameters = parameters_of(policy, setting)
        same: dict[Node, Node] = {}
        for node in (*settles, *pays):
            if node not in same:
                same[node] = self._one(node, same, parameters, number)
        facts = frozenset(node.args[0] for node in same if node.op == "fact") | {APPLICATION_DATE}
        records = frozenset(node.args[0] for node in same if node.op in AGGREGATES)
        return Questions(policy, setting, same, frozenset(same[n] for n in settles), frozenset(same[n] for n in pays),
                         asked, main, parts, facts, records | {benefit.record for benefit in policy.benefits},
                         tuple(roots), tuple(lattice_of(same[s.node]) for s in policy.scores.values()))

    def _one(self, node: Node, same: Map[Node, Node], parameters: Map[str, Any], number: int) -> Node:
        """The plan's node for this one, of which the parts are already the plan's."""
        op, args = node.op, tuple[Any, ...](same[a] if isinstance(a, Node) else a for a in node.args)
        if op == "param" and parameters.get(args[0]) is not None:
            op, args = "const", (parameters[args[0]],)
        # What a policy's own items fulfil is no other's matter.
        key = (op, node.type, number if op == "any_item" else -1, *((type(a), a) for a in args))
        if key not in self._known:
            self._known[key] = Node(op, args, node.type, node.rows, tuple(a for a in args if isinstance(a, Node)))
        return self._known[key]


def nodes_of_money(policy: Policy) -> list[Node]:
    """All that the policy's benefits and limits look at."""
    nodes = [node for benefit in policy.benefits for node in nodes_of_benefit(benefit)]
    for limit in policy.limits:
        nodes += [limit.gate, *(k for keys in limit.keys.values() for k in keys), *limit.where.values()]
        nodes += [limit.amount] if limit.amount is not None else []
    return nodes


def nodes_of_benefit(benefit: Benefit) -> list[Node]:
    """What decides the rows of a benefit and their amounts, but for limits."""
    nodes = [c.node for c in benefit.when if c.counts]
    nodes += [part for line in benefit.rows for part in (line.test, line.net) if part is not None]
    nodes += [benefit.ceiling] if benefit.ceiling is not None else []
    nodes += list(benefit.merge.keys) if benefit.merge else []
    return nodes + [less.amount for less in benefit.less if less.rest]
