"""Plans of improvement in words: what to change, and what comes out then."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.cli.layout import Column, indented, table
from guiju.cli.voice import Voice, coloured
from guiju.cli.words import amount, money, span_of
from guiju.evaluate.evaluation import Evaluation
from guiju.evaluate.improve import Plan


def plan_lines(plans: Sequence[Plan], evaluation: Evaluation, say: Voice, page: int) -> list[str]:
    """Plans by goal. A plan that brings nothing is told as such: it saves the effort."""
    lines: list[str] = []
    for goal in evaluation.policy.goals:
        own = [p for p in plans if p.goal == goal.id]
        if not own:
            continue
        lines += ["", say.text(goal.name)]
        rows = [[f"{i}.", _changes(p, say), "→ " + result(p, say)] for i, p in enumerate(own, start=1)]
        lines += table(rows, [Column(), Column(most=max(30, page - 44)), Column()], page)
    if not lines:
        lines = ["", *indented(_nothing(evaluation, say), page, "  ")]
    return lines


def _changes(plan: Plan, say: Voice) -> str:
    return say("；并且 ", "; and ").join(say.text(c.text) for c in plan.changes)


def result(plan: Plan, say: Voice) -> str:
    """What comes of a plan, wherever it is told: the outcome where it changes, how much more, and the amount then."""
    parts = []
    if plan.outcome_before != plan.outcome_after:
        parts.append(coloured(say.outcome(plan.outcome_after), plan.outcome_after))
    if plan.amount_after != plan.amount_before:
        after = plan.amount_after
        in_all = span_of(after, say) if after.kind == "exact" else amount(after, say)
        parts += [_more(plan, say), say("共 ", "in all ") + in_all]
    return say("，", ", ").join(filter(None, parts)) or say("不变", "no change")


def _more(plan: Plan, say: Voice) -> str:
    """By how much the two ends of the amount rise; nothing where there is nothing to add to, or none rises."""
    before, after = plan.amount_before, plan.amount_after
    if not before.high or after.high is None or plan.gain <= 0:
        return ""
    least = after.low - before.low
    if least == plan.gain:
        return "+" + money(plan.gain, say)
    if least <= 0:
        return say("至多 ", "at most ") + "+" + money(plan.gain, say)
    return f"+{money(least, say)}" + say(" 至 ", " to ") + f"+{money(plan.gain, say)}"


def _nothing(evaluation: Evaluation, say: Voice) -> str:
    if all(evaluation.goals[g.id] == 0 for g in evaluation.policy.goals if g.main):
        return say("已经符合，没有可再提高的", "already met; nothing to better")
    return say("没有找到靠改变事实就能做到的办法：可能尚缺事实（guiju ask），或所差的不由申报单位决定",
               "no plan was found: facts may be missing (guiju ask), or it is not in the applicant's hands")
