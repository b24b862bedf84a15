"""Why a goal stands as it does: what refuses, what a person decides, what waits for facts."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.cli.voice import Voice, coloured
from guiju.cli.words import entry_name, missing_name, points, score, stands, title_of
from guiju.evaluate.answer import Answer, Finding, GoalAnswer, Missing
from guiju.evaluate.evaluation import Evaluation
from guiju.evaluate.explain import explain_goal

Line = tuple[str, str]  # label, text
CONDITIONS_SHOWN, NAMES_SHOWN, REASONS_SHOWN = 4, 6, 8


def goal_lines(answer: Answer, evaluation: Evaluation, say: Voice) -> list[Line]:
    """The lines under each main goal; the other goals in one line each outcome."""
    main = [g for g in answer.goals if g.main]
    if len({(g.outcome, g.blockers) for g in main}) == 1 and main[0].outcome == "ineligible":
        return blocker_lines(main[0].blockers, evaluation, say)
    lines: list[Line] = []
    for goal in main:
        if len(main) > 1:
            lines.append((coloured(say.outcome(goal.outcome), goal.outcome), _goal(goal, say)))
        lines += _met(goal, evaluation, say) + blocker_lines(goal.blockers, evaluation, say)
        lines += waiting_lines(goal, evaluation, say)
    return lines


def side_lines(answer: Answer, say: Voice) -> list[Line]:
    """The goals beside the main ones, grouped by outcome."""
    groups: dict[str, list[str]] = {}
    for goal in answer.goals:
        if not goal.main:
            groups.setdefault(goal.outcome, []).append(say.text(goal.name))
    order = ("eligible", "ineligible", "review", "not_computable", "unknown")
    words = [say.outcome(o) + say("：", ": ") + say.listed(groups[o], 3) for o in order if o in groups]
    return [(say("另有各问", "besides"), say("；", "; ").join(words))] if words else []


def _goal(goal: GoalAnswer, say: Voice) -> str:
    wide = goal.outcome == "ineligible" and goal.score is not None and goal.score.low != goal.score.high
    return say.text(goal.name) + (f"  {score(goal.score, say)}" if goal.score and not wide else "")


def _met(goal: GoalAnswer, evaluation: Evaluation, say: Voice) -> list[Line]:
    """What a goal that is reached rests on."""
    if goal.outcome != "eligible":
        return []
    proofs = [p for p in explain_goal(evaluation, goal.id) if p.status == "pass"]
    words = [(say.text(p.name) or say.text(p.statement)) + say.in_brackets(say.clauses(p.clauses, 1)) for p in proofs]
    return [(say("满足", "met"), say.listed(words, REASONS_SHOWN))] if words else []


def blocker_lines(blockers: Sequence[Finding], evaluation: Evaluation, say: Voice) -> list[Line]:
    """A line for each failed condition: clause, what it asks, what is the case."""
    lines = []
    for blocker in blockers:
        words = stands(blocker, evaluation, say)
        text = title_of(blocker, say) + (say("：", ": ") + words if words else "")
        lines.append((say.clauses(blocker.clauses, 1), coloured("✗ ", "fail") + text))
    return lines


def waiting_lines(goal: GoalAnswer, evaluation: Evaluation, say: Voice) -> list[Line]:
    """What is not decided: unmet principles with their values, then judgements, then what waits for facts."""
    soft = [f for f in goal.reviews if f.status == "review" and f.strength in ("principle", "silent")]
    judged = [f for f in goal.reviews if f.status == "review" and f not in soft]
    waiting = [f for f in goal.reviews if f.status in ("unknown", "not_computable")]
    lines = [_soft(f, evaluation, say) for f in soft]
    lines += _shown(judged, say("待判定", "for a person"), evaluation, say)
    lines += _shown(waiting, say("待事实", "waits for facts"), evaluation, say)
    return lines + _open_parts(goal, evaluation, say)


def _soft(finding: Finding, evaluation: Evaluation, say: Voice) -> Line:
    words = stands(finding, evaluation, say)
    why = {"principle": ("原则上的要求未满足，说明理由后由人裁量",
                         "unmet in principle: give reasons, a person decides"),
           "silent": ("未满足的后果原文未载，由人裁量", "the source does not say what follows: a person decides")}
    text = title_of(finding, say) + (say("：", ": ") + words if words else "")
    return say.clauses(finding.clauses, 1), f"{coloured('? ', 'review')}{text} → {say(*why[finding.strength])}"


def _shown(findings: Sequence[Finding], label: str, evaluation: Evaluation, say: Voice) -> list[Line]:
    """The first few with their clauses; of the rest the number."""
    if not findings:
        return []
    if len(findings) <= CONDITIONS_SHOWN:
        return [_waiting(f, evaluation, say) for f in findings]
    named = [title_of(f, say) + say.in_brackets(say.clauses(f.clauses, 1)) for f in findings]
    return [(label, say.listed(named, NAMES_SHOWN))]


def _waiting(finding: Finding, evaluation: Evaluation, say: Voice) -> Line:
    words = stands(finding, evaluation, say)
    status = coloured(say({"review": "待判定", "unknown": "缺事实"}.get(finding.status, "不可计算"),
                          {"review": "for a person", "unknown": "facts missing"}.get(finding.status, "not computable")),
                      finding.status)
    return say.clauses(finding.clauses, 1), f"{status} {title_of(finding, say)}" + (say("：", ": ") + words if words
                                                                                  else "")


def _open_parts(goal: GoalAnswer, evaluation: Evaluation, say: Voice) -> list[Line]:
    """The indicators of a score that are not known, where the score decides something."""
    if goal.score is None or goal.outcome in ("eligible", "ineligible"):
        return []
    found = evaluation.policy.scores[goal.score.id]
    parts = [(i, goal.score.by_indicator[i.id]) for g in found.groups for i in g.items]
    wide = [f"{say.text(i.name)} {points(low, high)}{say.in_brackets(say.clauses(i.clauses, 2))}"
            for i, (low, high, _) in parts if low != high]
    return [(say("未定分项", "open indicators"), say.listed(wide, NAMES_SHOWN))] if wide else []


def missing_lines(missing: Sequence[Missing], evaluation: Evaluation, say: Voice) -> list[Line]:
    """What to answer, what a person has to judge, what an authority has to set; the most telling question last."""
    policy = evaluation.policy
    kinds = [(("fact", "records"), say("尚缺事实", "facts missing")), (("judgement",), say("尚待判定", "judgements")),
             (("parameter", "unset"), say("尚待设定", "to be set"))]
    lines: list[Line] = []
    for wanted, label in kinds:
        names = [missing_name(m, policy.vocabulary, policy, say) for m in missing if m.kind in wanted]
        if names:
            lines.append((label, say.listed(names, NAMES_SHOWN)))
    return lines + _first_question(missing, evaluation, say)


def _first_question(missing: Sequence[Missing], evaluation: Evaluation, say: Voice) -> list[Line]:
    from guiju.evaluate.ask import questions

    askable = ("fact", "records", "judgement")
    if sum(m.kind in askable for m in missing) < 2:
        return []
    asked = [q for q in questions([evaluation]) if q.kind in askable and q.weight > 0]
    if not asked:
        return []
    name = entry_name(asked[0].id, asked[0].name, evaluation.policy.vocabulary, say)
    decides = say("：一答就可能有结论", ": the answer may decide") if asked[0].decides else ""
    return [(say("先答", "ask first"), name + decides)]
