"""Guards: conditions of the rule language that a move needs."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map

from guiju.evaluate.doubts import Doubts
from guiju.evaluate.findings import blockers, finding
from guiju.evaluate.interpreter import Interpreter
from guiju.language.policy import Condition, Parameter
from guiju.lifecycle.refusal import Reason
from guiju.source.diagnostics import Text
from guiju.values import FAIL, NOT_APPLICABLE, OPEN, PASS, UNKNOWN


def guard_reasons(guard: Condition, it: Interpreter, parameters: Map[str, Parameter], usual: tuple[str, ...],
                  decisions: Map[str, str]) -> Iterator[Reason]:
    """Why a guard does not let the move pass. `usual`: the clauses where it cites none."""
    status = it.status(guard.node)
    clauses = guard.clauses or usual
    if status in (PASS, NOT_APPLICABLE):
        return
    if status == FAIL:
        for found in blockers(guard, it) or [finding(guard, status, it)]:
            said = _said(found.name, found.statement)
            yield Reason("guard", found.id, Text(f"不满足：{said.zh}", f"not met: {said.en}"), found.clauses or clauses,
                         Text(f"满足“{said.zh}”", f"meet '{said.en}'"))
        return
    said = _said(guard.name, finding(guard, status, it).statement)
    if status & (OPEN | UNKNOWN):
        yield _waiting(guard, status, it, parameters, clauses, said)
    elif not decisions.get(guard.id, "").strip():
        open_ = Text(f"须由人裁量：{said.zh}", f"for a person to decide: {said.en}")
        yield Reason("decision", guard.id, open_, clauses,
                     Text(f"由办理人写明理由（decisions: {guard.id}）后可以继续",
                          f"the actor may go on with a written reason for {guard.id}"))


def _waiting(guard: Condition, status: int, it: Interpreter, parameters: Map[str, Parameter],
             clauses: tuple[str, ...], said: Text) -> Reason:
    names = "、".join(d.name for d in Doubts(parameters, it).add(guard.node).found())
    if status & OPEN:
        return Reason("open", guard.id, Text(f"无法判断“{said.zh}”：参数“{names}”还没有定",
                                             f"'{said.en}' can't be judged: '{names}' is not set"), clauses,
                      Text(f"由批次定下“{names}”", f"let the round set '{names}'"))
    return Reason("unknown", guard.id, Text(f"无法判断“{said.zh}”：缺少{names}",
                                            f"'{said.en}' can't be judged: '{names}' is missing"), clauses,
                  Text(f"给出{names}", f"give '{names}'"))


def _said(name: Text, statement: Text) -> Text:
    """The guard in words: its name, or what it asks."""
    return Text(name.zh or statement.zh, name.en or statement.en or name.zh)
