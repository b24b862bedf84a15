"""Items of a payment in words: what each claims, what each limit took, why one gets nothing."""

from __future__ import annotations

from math import inf
from typing import Any

from guiju.evaluate.answer import Amount, CutAnswer, Finding, ItemAnswer
from guiju.evaluate.evaluation import Evaluation
from guiju.evaluate.findings import finding
from guiju.evaluate.items import Item
from guiju.language.policy import Benefit, Policy
from guiju.source.diagnostics import Text
from guiju.values import FAIL, PASS, status_name

NO_PRICE = "no_price"


def item_answer(item: Item, evaluation: Evaluation) -> ItemAnswer:
    """One item of the answer."""
    benefit, it = item.benefit, evaluation.interpreter
    record_set = it.record(benefit.record).name if benefit.record else ""
    name = Text(f"{benefit.name.zh} {item.price.text}".strip(), benefit.name.en) if item.price else benefit.name
    failed = item.status == FAIL
    amount = Amount("none", 0, 0) if failed else _amount(item)
    return ItemAnswer(
        item.price.id if item.price else benefit.id, benefit.id, name, status_name(item.status), amount,
        _bounded(item.claimed), tuple(p + 1 for p in item.positions) if benefit.record else (), record_set,
        item.price.clauses if item.price else benefit.clauses,
        tuple(_cut(c.limit, c.taken, benefit, evaluation.policy) for c in item.cuts if c.taken),
        tuple(_reasons(item, evaluation)))


def _amount(item: Item) -> Amount:
    """An item's amount; one that is fixed elsewhere has no number."""
    if item.high:
        return Amount(item.kind, int(item.low), _bounded(item.high))
    return Amount("external", 0, None) if item.external else Amount("none", 0, 0)


def _bounded(amount: Any) -> int | None:
    return None if amount == inf else int(amount)


def _cut(limit_id: str, taken: Any, benefit: Benefit, policy: Policy) -> CutAnswer:
    limit = next((m for m in policy.limits if m.id == limit_id), None)
    if limit is not None:
        return CutAnswer(limit_id, limit.name, _bounded(taken), limit.clauses)
    if benefit.merge is not None and benefit.merge.id == limit_id:
        return CutAnswer(limit_id, Text("同一系列按一项",
                                        "one series, one item"), _bounded(taken), benefit.merge.clauses)
    less = next((m for m in benefit.less if m.id == limit_id), None)
    if less is not None:
        return CutAnswer(limit_id, less.name, _bounded(taken), less.clauses)
    return CutAnswer(limit_id, Text("不超过实际费用", "no more than actual cost"), _bounded(taken),
                     benefit.ceiling_clauses)


def _reasons(item: Item, evaluation: Evaluation) -> list[Finding]:
    """Why an item does not or may not qualify."""
    if item.status == PASS:
        return []
    if item.failed:
        return [finding(c, FAIL, evaluation.interpreter) for c in item.failed]
    if item.status == FAIL:
        text = Text("价目表中没有对应的一格", "no line of the price table fits")
        return [Finding(NO_PRICE, text, "fail", "hard", item.benefit.clauses)]
    return []


def reasons_of(evaluation: Evaluation) -> list[Finding]:
    """Why nothing at all is paid: the reasons of every row, or that there is no row."""
    assert evaluation.payment is not None
    reasons = [r for item in evaluation.payment.items if item.status == FAIL for r in _reasons(item, evaluation)
               if item.benefit.record or r.id != NO_PRICE]
    if reasons:
        return reasons
    return [Finding("no_item", Text("没有可资助的项目", "nothing that could be funded"), "fail", "hard", ())]
