"""The first two lines of an answer: which policy on which day, and what comes out."""

from __future__ import annotations

from guiju.cli.layout import sides
from guiju.cli.voice import Voice
from guiju.cli.words import amount, money, score
from guiju.evaluate.answer import Amount, Answer, GoalAnswer
from guiju.language.policy import Policy


def title_lines(answer: Answer, policy: Policy, say: Voice, width: int) -> list[str]:
    """The title, and at the right how long it is in force and the day that counts."""
    force = say(f"{answer.start} 起有效", f"in force from {answer.start}") if answer.end is None else say(
        f"{answer.start} 至 {answer.end} 有效", f"in force {answer.start} to {answer.end}")
    day = say(f"按 {answer.as_of} 计", f"as of {answer.as_of}")
    if answer.known_at != answer.as_of:
        day += say(f"（依 {answer.known_at} 所知）", f" (as known on {answer.known_at})")
    return sides(say.text(answer.title) or policy.id, f"{force} · {day}", width)


def headline(answer: Answer, policy: Policy, say: Voice) -> str:
    """The outcome in one line."""
    if not any(g.pays for g in policy.goals) or any(b.id == "in_force" for b in answer.blockers):
        return _standing(answer, say)
    return _payment(answer, say)


def _standing(answer: Answer, say: Voice) -> str:
    if answer.blockers and answer.blockers[0].id == "in_force":
        return say.text(answer.blockers[0].name) + say.in_brackets(say.clauses(answer.blockers[0].clauses))
    main = [g for g in answer.goals if g.main]
    if len(main) == 1:
        return say.outcome(answer.outcome) + say("：", ": ") + _named(main[0], say)
    best = [g for g in main if g.outcome == answer.outcome]
    if best and answer.outcome != "ineligible":
        return say.outcome(answer.outcome) + say("：", ": ") + say.listed([_named(g, say) for g in best])
    return say.outcome(answer.outcome)


def _named(goal: GoalAnswer, say: Voice) -> str:
    return say.text(goal.name) + (say.in_brackets(score(goal.score, say)) if goal.score else "")


def _payment(answer: Answer, say: Voice) -> str:
    found, outcome = answer.amount, answer.outcome
    others = sum(i.amount.kind == "external" for i in answer.items) if found.kind != "external" else 0
    besides = say(f"；另有 {others} 项金额另有规定", f"; {others} more of an amount fixed elsewhere") if others else ""
    if outcome == "eligible":
        return _eligible(found, say) + besides
    if outcome == "ineligible":
        return say("不符合，不予资助", "Not eligible: nothing is payable")
    return say.outcome(outcome) + say("；", "; ") + _possible(found, say) + besides


def _eligible(found: Amount, say: Voice) -> str:
    if found.kind in ("up_to", "discretionary") or found.high is None:
        return say("可申请，", "May apply: ") + amount(found, say)
    return say("可得 ", "Payable: ") + amount(found, say)


def _possible(found: Amount, say: Voice) -> str:
    if found.kind == "none":
        return say("目前算不出资助", "nothing is payable so far")
    if found.kind == "external":
        return say("金额另有规定", "the amount is fixed elsewhere")
    low = say(f"已能确定 {money(found.low, say)}，", f"{money(found.low, say)} is certain, ") if found.low else ""
    if found.high is None:
        return low + say("上限要等记录补齐", "the upper bound awaits records")
    return low + say(f"至多 {money(found.high, say)}", f"at most {money(found.high, say)}")
