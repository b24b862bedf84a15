"""The steps of what a policy pays to organisations themselves: prices by their facts, under ceilings."""

from __future__ import annotations

from dataclasses import dataclass

from guiju.language.ir import Node
from guiju.language.policy import Benefit, Policy
from guiju.population.kernels.parts import NOTHING, Between, Beyond, Codes, Fails, Number, Ratio, Truth
from guiju.population.kernels.rules import Rules


@dataclass(frozen=True, slots=True)
class Money:
    """In fen. `paid`: whether anything is paid for."""

    low: Number
    high: Number
    paid: Truth


def is_plain(policy: Policy) -> bool:
    """Whether a kernel can hold what the policy pays, as far as its form goes."""
    return not policy.limits and not any(
        benefit.record or benefit.merge or any(less.rest for less in benefit.less)
        or any(line.net is None for line in benefit.rows) for benefit in policy.benefits)


def money(rules: Rules, policy: Policy) -> Money:
    """As `guiju.population.payments` has it where nothing is in doubt."""
    if not is_plain(policy):
        raise Beyond
    values, paid = rules.values, []
    low: Number = NOTHING
    high: Number = NOTHING
    for benefit in policy.benefits:
        price = _price(rules, benefit)
        amount = price
        if benefit.ceiling is not None:
            ceiling = values.extreme("maximum", _amount(rules, benefit.ceiling), NOTHING)
            amount = values.extreme("minimum", price, ceiling)
        paid.append(values.compared("gt", price, NOTHING))
        high = values.whole(values.summed(high, amount)) if high != NOTHING else amount
        if benefit.kind == "exact":
            low = values.whole(values.summed(low, amount)) if low != NOTHING else amount
    return Money(low, high, values.some(paid))


def _price(rules: Rules, benefit: Benefit) -> Number:
    """What the first line comes to that fits; nothing where the benefit's conditions do not hold."""
    values = rules.values
    price: Number = NOTHING
    for line in reversed(benefit.rows):
        assert line.net is not None
        amount = values.extreme("maximum", _amount(rules, line.net), NOTHING)
        price = values.either(_test(rules, line.test), amount, price)
    conditions = [_test(rules, condition.node) for condition in benefit.when if condition.counts]
    return values.either(values.every(conditions), price, NOTHING) if conditions else price


def _amount(rules: Rules, node: Node) -> Number:
    found = rules.number(node)
    if isinstance(found, Between | Ratio):
        raise Beyond  # money in doubt is weighed by others
    return found


def _test(rules: Rules, node: Node) -> Fails:
    found = rules.status(node)
    if isinstance(found, Codes):
        raise Beyond
    return found
