"""Whom a reform can make a difference to: for anybody surely outside, both policies say the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guiju.language.build import Builder
from guiju.language.ir import Node
from guiju.language.policy import Benefit, Limit, Policy, PriceRow
from guiju.language.types import COUNT
from guiju.population.reform.implied import implied

_PAID = "paid"


@dataclass(frozen=True, slots=True)
class Reach:
    """`priced`: who has something that is paid for otherwise; `lost`, `won`: who may no longer fulfil the main goals,
    and who newly may; `touched`: whoever the reform may make a difference to."""

    touched: Node
    priced: Node
    lost: Node
    won: Node


def reach_of(before: Policy, after: Policy) -> Reach:
    """Each is FALSE by itself where the reform surely does so to nobody."""
    build = Builder(after.graph)
    benefits, parts = {b.id: b for b in before.benefits}, []
    for id_ in dict.fromkeys([*benefits, *(b.id for b in after.benefits)]):
        new = next((b for b in after.benefits if b.id == id_), None)
        parts += _touching(build, (before, benefits.get(id_)), (after, new))
    priced = build.every([payable(before, after), build.some(parts)])
    lost, won = _moved_by(before, after)
    return Reach(build.some([priced, *_goals(build, before, after)]), priced, lost, won)


def payable(before: Policy, after: Policy) -> Node:
    """Who fulfils what a payment waits for, under either policy."""
    build = Builder(after.graph)
    return build.some([goal.node for policy in (before, after) for goal in policy.goals if goal.pays])


def _goals(build: Builder, before: Policy, after: Policy) -> Iterator[Node]:
    """For whom a goal, main or not, comes out otherwise."""
    old, new = ({g.id: g for g in policy.goals} for policy in (before, after))
    if [(g.id, g.main, g.pays) for g in before.goals] != [(g.id, g.main, g.pays) for g in after.goals]:
        yield build.truth(True)
        return
    for id_, goal in new.items():
        if old[id_].node is not goal.node:
            yield build.every([old[id_].node, build.negate(goal.node)])
            yield build.every([build.negate(old[id_].node), goal.node])


def _moved_by(before: Policy, after: Policy) -> tuple[Node, Node]:
    """Who may no longer fulfil the main goals, and who newly may; a payment that a goal waits for counts with it."""
    build = Builder(after.graph)
    old, new = ({g.id: g for g in policy.goals if g.main} for policy in (before, after))
    if old.keys() != new.keys() or (any(g.pays for g in new.values()) and _pays(before) != _pays(after)):
        return build.truth(True), build.truth(True)
    pairs = [_flips(build, old[id_].node, new[id_].node, after) for id_ in old if old[id_].node is not new[id_].node]
    return build.some([lost for lost, _ in pairs]), build.some([won for _, won in pairs])


def _flips(build: Builder, old: Node, new: Node, policy: Policy) -> tuple[Node, Node]:
    """What was met and is not, what was not and is; FALSE where it surely happens to nobody."""
    lost, won = build.every([old, build.negate(new)]), build.every([build.negate(old), new])
    return (build.truth(False) if implied(old, new, policy) else lost,
            build.truth(False) if implied(new, old, policy) else won)


def _pays(policy: Policy) -> list[object]:
    """What decides whether anything is paid at all: not how much, where that is a sum of money anyway."""
    return [(b.id, b.record, [c.node for c in b.when if c.counts], b.ceiling,
             [(r.id, r.test, None if r.net is None else _PAID if _surely_paid(r.net) else r.net) for r in b.rows])
            for b in policy.benefits]


def _surely_paid(amount: Node) -> bool:
    return bool(amount.op == "const" and amount.args[0] > 0)


def _touching(build: Builder, old: tuple[Policy, Benefit | None], new: tuple[Policy, Benefit | None]) -> list[Node]:
    """Who has something to claim under what differs: single lines, or all where the whole benefit is another."""
    sides = [(policy, benefit) for policy, benefit in (old, new) if benefit is not None]
    if len(sides) == 2 and _frame(*sides[0]) == _frame(*sides[1]):
        marks = [{line.id: _line(line) for line in benefit.rows} for _, benefit in sides]
        lines = [[r for r in benefit.rows if marks[0].get(r.id) != marks[1].get(r.id)] for _, benefit in sides]
    else:
        lines = [list(benefit.rows) for _, benefit in sides]
    return [claims(build, benefit, chosen) for (_, benefit), chosen in zip(sides, lines, strict=True) if chosen]


def _line(line: PriceRow) -> tuple[object, ...]:
    return line.test, line.amount, line.net


def _frame(policy: Policy, benefit: Benefit) -> tuple[object, ...]:
    """All that says what a benefit pays but for its single lines."""
    merge = benefit.merge.keys if benefit.merge else None
    return (benefit.record, benefit.category, benefit.kind, benefit.first, benefit.ceiling, merge,
            [c.node for c in benefit.when if c.counts], [(less.amount, less.rest) for less in benefit.less],
            [_reach(limit, benefit.id) for limit in policy.limits if benefit.id in limit.benefits],
            [line.id for line in benefit.rows if line.amount is None])


def _reach(limit: Limit, benefit: str) -> tuple[object, ...]:
    return (limit.id, limit.form, limit.stage, limit.n, limit.amount, limit.gate, limit.benefits,
            limit.keys.get(benefit), limit.where.get(benefit))


def of_organisation(build: Builder, node: Node) -> Node | None:
    """Whether it holds for any row of the one record set whose row it reads; None where it reads two."""
    rows = sorted(node.rows)
    if not rows:
        return node
    return _any_row(build, rows[0], node) if len(rows) == 1 and not rows[0].startswith("^") else None


def _any_row(build: Builder, record: str, node: Node) -> Node:
    return build.compare("ge", build.count(record, node), build.const(1, COUNT))


def claims(build: Builder, benefit: Benefit, lines: Sequence[PriceRow]) -> Node:
    """Whether the organisation has anything that these lines of the benefit price."""
    node = build.every([*(c.node for c in benefit.when if c.counts), build.some([line.test for line in lines])])
    return _any_row(build, benefit.record, node) if benefit.record else node
