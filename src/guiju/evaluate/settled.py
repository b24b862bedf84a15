"""A policy under one setting: what its parameters are set to stands in its rules, so that two versions of it can be
compared as they are applied."""

from __future__ import annotations

from dataclasses import replace

from guiju.evaluate.evaluation import Setting, parameters_of
from guiju.evaluate.specialise import Specialiser
from guiju.language.ir import Graph, Node
from guiju.language.policy import Benefit, Condition, Goal, Limit, Policy, PriceRow, Score, ScoreItem, Tier


def settled(policy: Policy, setting: Setting, graph: Graph) -> Policy:
    """The policy with its rules as they are under the setting, over `graph`: there equal rules of two versions are one
    node. Definitions stand in what uses them."""
    specialiser = Specialiser(policy.vocabulary, parameters_of(policy, setting), graph)
    return replace(_Settling(specialiser).policy(policy), graph=graph, definitions={}, bans=(), kept={})


class _Settling:
    def __init__(self, specialiser: Specialiser) -> None:
        self._node = specialiser.node

    def policy(self, policy: Policy) -> Policy:
        return replace(
            policy, conditions={id_: self._condition(c) for id_, c in policy.conditions.items()},
            scores={id_: self._score(s) for id_, s in policy.scores.items()},
            benefits=tuple(map(self._benefit, policy.benefits)), limits=tuple(map(self._limit, policy.limits)),
            goals=tuple(map(self._goal, policy.goals)))

    def _some(self, node: Node | None) -> Node | None:
        return None if node is None else self._node(node)

    def _condition(self, condition: Condition) -> Condition:
        return replace(condition, node=self._node(condition.node), bare=self._node(condition.bare),
                       applies=self._some(condition.applies), members=tuple(map(self._condition, condition.members)))

    def _score(self, score: Score) -> Score:
        groups = tuple(replace(g, node=self._node(g.node), items=tuple(map(self._item, g.items)))
                       for g in score.groups)
        return replace(score, node=self._node(score.node), groups=groups)

    def _item(self, item: ScoreItem) -> ScoreItem:
        tables = tuple(tuple(map(self._tier, table)) for table in item.tables)
        return replace(item, node=self._node(item.node), tables=tables)

    def _tier(self, tier: Tier) -> Tier:
        return replace(tier, test=self._some(tier.test))

    def _benefit(self, benefit: Benefit) -> Benefit:
        merge = benefit.merge and replace(benefit.merge, keys=tuple(map(self._node, benefit.merge.keys)))
        less = tuple(replace(each, amount=self._node(each.amount)) for each in benefit.less)
        when, rows = tuple(map(self._condition, benefit.when)), tuple(map(self._row, benefit.rows))
        return replace(benefit, when=when, rows=rows, ceiling=self._some(benefit.ceiling), merge=merge, less=less)

    def _goal(self, goal: Goal) -> Goal:
        return replace(goal, node=self._node(goal.node), conditions=tuple(map(self._condition, goal.conditions)))

    def _row(self, row: PriceRow) -> PriceRow:
        return replace(row, test=self._node(row.test), amount=self._some(row.amount), net=self._some(row.net))

    def _limit(self, limit: Limit) -> Limit:
        keys = {id_: tuple(map(self._node, nodes)) for id_, nodes in limit.keys.items()}
        where = {id_: self._node(node) for id_, node in limit.where.items()}
        return replace(limit, keys=keys, where=where, amount=self._some(limit.amount), gate=self._node(limit.gate))
