"""A goal's proof as a tree: each condition with its status, what it asks, the facts it read and their sources."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.cli.layout import indented, sides, width
from guiju.cli.voice import STATUSES, Voice, coloured
from guiju.cli.words import entry_name, measured, points, score
from guiju.evaluate.answer import Answer, GoalAnswer
from guiju.evaluate.evaluation import Evaluation
from guiju.evaluate.explain import FactLine, Proof, explain_goal
from guiju.facts.model import Provenance
from guiju.language.policy import Score
from guiju.source.diagnostics import Text

_STRENGTHS = {"principle": Text("原则上", "in principle"), "judgement": Text("人工判定", "a person's judgement"),
              "veto": Text("否决", "veto"), "silent": Text("后果原文未载", "consequence not stated"),
              "preference": Text("优先", "preference"), "hint": Text("提示", "hint")}
_FORMS = {"any_of": Text("满足其一即可", "one is enough"), "all_of": Text("须全部满足", "all are needed"),
          "none_of": Text("须一项也没有", "there must be none"), "at_least": Text("须满足若干项", "several are needed")}


def goal_tree(goal: GoalAnswer, answer: Answer, evaluation: Evaluation, say: Voice, page: int) -> list[str]:
    """The goal, its conditions as a tree, and its score by indicator."""
    head = f"{say.text(goal.name)}{say('：', ': ')}{say.outcome(goal.outcome)}"
    lines = [coloured(head, goal.outcome)]
    proofs = explain_goal(evaluation, goal.id)
    lines += _branches(proofs, evaluation, say, page, "")
    if not proofs:
        lines.append("  " + say("没有别的条件", "no other condition"))
    if goal.score is not None:
        lines += _score(evaluation.policy.scores[goal.score.id], goal, say, page)
    return lines


def _branches(proofs: Sequence[Proof], evaluation: Evaluation, say: Voice, page: int, indent: str) -> list[str]:
    lines: list[str] = []
    for position, proof in enumerate(proofs):
        last = position == len(proofs) - 1
        lines += _branch(proof, evaluation, say, page, indent + ("└─ " if last else "├─ "),
                         indent + ("   " if last else "│  "))
    return lines


def _branch(proof: Proof, evaluation: Evaluation, say: Voice, page: int, first: str, rest: str) -> list[str]:
    title = say.text(proof.name) or say.text(proof.statement) or proof.id
    status = say.text(STATUSES[proof.status])
    strength = say.in_brackets(say.text(_STRENGTHS[proof.strength])) if proof.strength in _STRENGTHS else ""
    head = sides(f"{title}  {coloured(status, proof.status)}{strength}", say.clauses(proof.clauses),
                 page - width(first))
    lines = [(first if i == 0 else rest) + part for i, part in enumerate(head)]
    if proof.members:
        form = say.text(_FORMS[proof.form])
        if proof.form == "at_least":
            k = evaluation.policy.conditions[proof.id].k
            form = say(f"须满足 {k} 项", f"{k} are needed")
        lines += indented(form, page, rest + "   ")
        return lines + _branches(proof.members, evaluation, say, page, rest)
    statement = say.text(proof.statement)
    if statement and statement != title:
        lines += indented(say("要求 ", "requires ") + statement, page, rest + "   ")
    condition = evaluation.policy.conditions.get(proof.id)
    value = measured(condition, evaluation, say) if condition is not None and not condition.record else ""
    if value:
        lines.append(rest + "   " + say("现为 ", "now ") + value)
    for fact in proof.facts:
        if not fact.known and proof.status in ("pass", "fail"):
            continue  # another branch decided
        lines += indented(_fact(fact, evaluation, say), page, rest + "   ", rest + "     ")
    return lines


def _fact(fact: FactLine, evaluation: Evaluation, say: Voice) -> str:
    name = entry_name(fact.id, fact.name, evaluation.policy.vocabulary, say)
    value = say.text(fact.value) if fact.known or fact.value.zh != "未给" else say("未给", "not given")
    return f"{name} = {value}{say.in_brackets(_origin(fact.provenance, say))}"


def _origin(origin: Provenance, say: Voice) -> str:
    """Where a fact comes from; who judged, when, on what."""
    parts = [origin.source]
    if origin.by:
        parts.append(say(f"{origin.by} {origin.on or ''} 判定，依据 {origin.evidence}",
                         f"judged by {origin.by} on {origin.on or '?'}: {origin.evidence}"))
    return say("；", "; ").join(p for p in parts if p)


def _score(found: Score, goal: GoalAnswer, say: Voice, page: int) -> list[str]:
    from guiju.cli.layout import Column, table
    from guiju.evaluate.spelling import decimal

    assert goal.score is not None
    rows = [[say.clauses(i.clauses, 1), say.text(i.name), points(*goal.score.by_indicator[i.id][:2]), decimal(i.full)]
            for g in found.groups for i in g.items]
    head = say.text(found.name) + say("：", ": ") + score(goal.score, say)
    columns = [Column(most=16), Column(most=48), Column(align=">"), Column()]
    header = [say("条款", "clause"), say("分项", "indicator"), say("得分", "points"), say("满分", "full")]
    return ["", head, *table([header, *rows], columns, page)]
