"""Guards: conditions of the rule language that a move needs."""

from __future__ import annotations

from guiju.evaluate.doubts import Doubts
from guiju.evaluate.findings import blockers, finding
from guiju.evaluate.spelling import spell_value
from guiju.language.ir import walk
from guiju.language.policy import Condition
from guiju.lifecycle.attempt import Attempt, Reasons, decision
from guiju.lifecycle.chart import TODAY
from guiju.lifecycle.refusal import Reason
from guiju.source.diagnostics import Text
from guiju.values import FAIL, NOT_APPLICABLE, OPEN, PASS, UNKNOWN


def guards(a: Attempt) -> Reasons:
    for guard in a.move.guards:
        yield from _unmet(a, guard)


def _unmet(a: Attempt, guard: Condition) -> Reasons:
    """Why a guard does not let the move pass."""
    status = a.it.status(guard.node)
    if status in (PASS, NOT_APPLICABLE):
        return
    if status == FAIL:
        for found in blockers(guard, a.it) or [finding(guard, status, a.it)]:
            said, asked = _said(found.name, found.statement), found.statement
            stated = _stated(next((c for c in guard.descendants() if c.id == found.id), guard), a)
            yield a.reason("guard", found.id, Text(f"不满足：{said.zh}{stated.zh}", f"not met: {said.en}{stated.en}"),
                           Text(f"满足“{asked.zh or said.zh}”", f"meet '{asked.en or said.en}'"),
                           found.clauses or guard.clauses)
        return
    said = _said(guard.name, finding(guard, status, a.it).statement)
    if status & (OPEN | UNKNOWN):
        yield _waiting(a, guard, status, said)
    else:
        text = Text(f"须由人裁量：{said.zh}", f"for a person to decide: {said.en}")
        yield from decision(a, guard.id, text, guard.clauses)


def _waiting(a: Attempt, guard: Condition, status: int, said: Text) -> Reason:
    """A guard that can't be judged yet: for an open parameter, or for a fact."""
    names = "、".join(d.name for d in Doubts(a.chart.parameters, a.it).add(guard.node).found())
    if status & OPEN:
        return a.reason("open", guard.id, Text(f"无法判断“{said.zh}”：参数“{names}”还没有定",
                                               f"'{said.en}' can't be judged: '{names}' is not set"),
                        Text(f"由批次定下“{names}”", f"let the round set '{names}'"), guard.clauses)
    return a.reason("unknown", guard.id, Text(f"无法判断“{said.zh}”：缺少{names}",
                                              f"'{said.en}' can't be judged: '{names}' is missing"),
                    Text(f"给出{names}", f"give '{names}'"), guard.clauses)


def _said(name: Text, statement: Text) -> Text:
    """The guard in words: its name, or what it asks."""
    return Text(name.zh or statement.zh, name.en or statement.en or name.zh)


def _stated(guard: Condition, a: Attempt) -> Text:
    """What is known of the facts that a guard reads, as it was given."""
    vocabulary = a.chart.vocabulary
    read = dict.fromkeys(str(n.args[0]) for n in walk(guard.bare) if n.op == "fact" and n.args[0] != TODAY)
    known = [(vocabulary.facts[f], spell_value(a.it.facts.value(vocabulary.facts[f]), vocabulary.facts[f]))
             for f in read if f in a.it.facts.values]
    if not known:
        return Text("", "")
    return Text("（" + "；".join(f"{f.name} = {v.zh}" for f, v in known) + "）",
                " (" + "; ".join(f"{f.en} = {v.en}" for f, v in known) + ")")
