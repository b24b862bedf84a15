"""Runs worked cases and says where an answer is not as expected, and which rules no case proves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from guiju.evaluate.answer import Answer
from guiju.evaluate.assess import answer_of, outcome_name
from guiju.evaluate.cases import Case, read_cases, words_of
from guiju.evaluate.evaluation import Evaluation, evaluate, outcome_of, quick, setting_for
from guiju.evaluate.signs import may_be_negative
from guiju.facts.read import facts_from_node
from guiju.language.compile.benefits import EXTERNAL
from guiju.language.compile.context import Context
from guiju.language.compile.identity import parameter_value
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic, GuijuError, Text, fail
from guiju.source.document import Mapping, Node, Scalar
from guiju.source.fields import as_mapping, as_scalar, suggestion
from guiju.values import status_name, whole

_AMOUNT = re.compile(r"(至多|裁量)?\s*(\d+(?:\.\d+)?)\s*(元|万元|亿元)$")
_KINDS = {"": "exact", "至多": "up_to", "裁量": "discretionary"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one case went: no mismatch is a pass."""

    case: Case
    mismatches: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """All cases of one policy, and the rules that none of them covers."""

    policy: str
    verdicts: tuple[Verdict, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def failed(self) -> list[Verdict]:
        return [v for v in self.verdicts if v.mismatches]


def try_policy(policy: Policy, folder: Path) -> Trial:
    """Run every case of a policy by both evaluators."""
    cases = read_cases(folder, policy)
    verdicts = tuple(Verdict(case, tuple(_mismatches(case, policy))) for case in cases)
    return Trial(policy.id, verdicts, tuple(_uncovered(policy, cases)))


def _mismatches(case: Case, policy: Policy) -> list[Diagnostic]:
    try:
        evaluation = evaluation_of(case, policy)
        found = _expectations(case, evaluation, answer_of(evaluation))
    except GuijuError as error:
        return list(error.diagnostics)
    if quick(policy, evaluation.facts, evaluation.setting) != outcome_of(evaluation):
        found.append(Diagnostic("E402", case.span, Text("两种求值结果不一致", "the two evaluators disagree")))
    return found


def evaluation_of(case: Case, policy: Policy) -> Evaluation:
    """The traced evaluation of a case."""
    chosen = {id_: _parameter(id_, words, policy) for id_, words in case.chosen}
    facts = facts_from_node(case.given, policy.vocabulary, recorded=case.recorded, known_at=case.known_at)
    return evaluate(policy, facts, setting_for(policy, case.as_of, case.known_at, chosen, case.presuming))


def _parameter(id_: str, words: Scalar, policy: Policy) -> Any:
    return chosen_value(policy, id_, words)[1]


def chosen_value(policy: Policy, word: str, value: Scalar) -> tuple[str, Any]:
    """A parameter by id or name, and its value from words. Raises E141; E245 for what is no value of its kind, or is
    below zero where it can't be."""
    for parameter in policy.parameters.values():
        if word in (parameter.id, parameter.name):
            context = Context(policy.id, policy.vocabulary, policy.graph)
            found = parameter_value(value, parameter.type, parameter.enumeration, context)
            if parameter.type.kind == "number" and found < 0 and not may_be_negative(policy, parameter):
                raise fail("E245", value.span, f"“{parameter.name}”不能小于零：“{value.text}”；写零或更大的数",
                           f"'{parameter.id}' can't be below zero: '{value.text}'; write zero or more")
            return parameter.id, found
    names = [w for p in policy.parameters.values() for w in (p.id, p.name)]
    hint = suggestion(word, names)
    raise fail("E141", value.span, f"{policy.id} 没有参数“{word}”{hint.zh}", f"no parameter '{word}'{hint.en}")


def _expectations(case: Case, evaluation: Evaluation, answer: Answer) -> list[Diagnostic]:
    found = []
    for key, node in case.expect:
        for wanted, got in _compare(key, node, evaluation, answer):
            if wanted != got:
                text = Text(f"{case.name}：{key} 应为 {_shown(wanted)}，实为 {_shown(got)}",
                            f"{case.name}: {key} should be {_shown(wanted)}, is {_shown(got)}")
                found.append(Diagnostic("E401", node.span, text))
    return found


def _shown(value: Any) -> str:
    if isinstance(value, tuple | list | set | frozenset):
        return "、".join(map(_shown, value)) or "（无）"
    return str(value)


def _compare(key: str, node: Node, evaluation: Evaluation, answer: Answer) -> Iterable[tuple[Any, Any]]:
    """Pairs of what is wanted and what came out."""
    policy = evaluation.policy
    if key == "outcome":
        yield as_scalar(node, key).text, answer.outcome
    elif key == "amount":
        yield _amount(node, answer)
    elif key == "items":
        for id_, value in as_mapping(node, node.span, key).entries:
            _check_item(id_, policy)
            yield (f"{id_.text} {_wanted(as_scalar(value, key))}", f"{id_.text} {_paid(id_.text, answer)}")
    elif key in ("cut", "blockers", "missing"):
        yield from ((w, w if w in _words(key, answer) else f"没有 {w}；有 {_shown(_words(key, answer))}")
                    for w in words_of(node))
    elif key == "differs":
        yield set(words_of(node)), {r.parameter for r in answer.readings}
    elif key == "bars":
        bars = {b.id: str(b.until) for b in answer.bars}
        for id_, value in as_mapping(node, node.span, key).entries:
            yield as_scalar(value, key).text, bars.get(id_.text, "（无）")
    elif key in evaluation.goals:
        yield as_scalar(node, key).text, outcome_name(evaluation.goals[key])
    elif key in policy.conditions and not policy.conditions[key].node.rows:
        yield as_scalar(node, key).text, status_name(evaluation.interpreter.status(policy.conditions[key].node))
    else:
        yield _score(key, node, evaluation)


def _check_item(id_: Scalar, policy: Policy) -> None:
    known = {b.id for b in policy.benefits} | {r.id for b in policy.benefits for r in b.rows}
    if id_.text not in known:
        hint = suggestion(id_.text, known)
        raise fail("E404", id_.span, f"没有资助项或价目行“{id_.text}”{hint.zh}",
                   f"there is no benefit or price row '{id_.text}'{hint.en}")


def _words(key: str, answer: Answer) -> set[str]:
    if key == "cut":
        return {c.id for i in answer.items for c in i.cuts}
    if key == "blockers":
        return {b.id for b in answer.blockers} | {b.id for g in answer.goals for b in g.blockers}
    return {w for m in answer.missing for w in (m.id, m.name)} \
        | {w for g in answer.goals for m in g.missing for w in (m.id, m.name)}


def _amount(node: Node, answer: Answer) -> tuple[Any, Any]:
    amount = answer.amount
    if isinstance(node, Mapping):
        ends = [_fen(as_scalar(node.get(k) or node, k)) if node.get(k) is not None else None for k in ("low", "high")]
        return (ends[0], ends[1]), (amount.low, amount.high)
    if as_scalar(node, "amount").text in EXTERNAL:
        return "external", amount.kind
    match = _AMOUNT.match(as_scalar(node, "amount").text)
    if match is None:
        raise fail("E403", node.span, "金额写成 60 万元、至多 50 万元、裁量 8 万元、外部规定，或 {low:, high:}",
                   "not an amount")
    fen = _fen(Scalar(f"{match[2]} {match[3]}", node.span))
    if fen == 0:
        return 0, amount.high
    kind = _KINDS[match[1] or ""]
    wanted = (kind, fen if kind == "exact" else None, fen)
    return wanted, (amount.kind, amount.low if kind == "exact" else None, amount.high)


def _wanted(scalar: Scalar) -> int | str:
    """The fen of an item; what is fixed elsewhere has none."""
    return EXTERNAL[0] if scalar.text in EXTERNAL else _fen(scalar)


def _fen(scalar: Scalar) -> int:
    match = _AMOUNT.match(scalar.text)
    if match is None:
        raise fail("E403", scalar.span, f"不是金额：{scalar.text}", f"not an amount: {scalar.text}")
    return int(Fraction(match[2]) * {"元": 100, "万元": 1000000, "亿元": 10**10}[match[3]])


def _paid(id_: str, answer: Answer) -> int | str | None:
    found = [i.amount for i in answer.items if id_ in (i.id, i.benefit) and i.status != "fail"]
    if any(a.kind == "external" for a in found):
        return EXTERNAL[0]
    amounts = [a.high for a in found]
    return None if None in amounts else sum(a for a in amounts if a is not None)


def _score(key: str, node: Node, evaluation: Evaluation) -> tuple[Any, Any]:
    parts = {p.id: p.node for s in evaluation.policy.scores.values() for p in s.parts()}
    values = {**{d.id: d.node for d in evaluation.policy.definitions.values()
                 if not d.record and d.node.type.kind != "bool"}, **parts}
    if key not in values:
        raise fail("E404", node.span, f"“{key}”不是条件、目标或评分项", f"'{key}' is no condition, goal or score")
    low, high, _ = evaluation.interpreter.quantity(values[key])
    try:
        wanted = [whole(Fraction(w)) for w in words_of(node)]
    except ValueError:
        raise fail("E403", node.span, f"“{key}”应写成数，或 [少, 多]",
                   f"'{key}' must be a number") from None
    return (wanted[0], wanted[-1]), (low, high)


def _uncovered(policy: Policy, cases: list[Case]) -> Iterable[Diagnostic]:
    """Rules that no case covers, and covers that name no rule. What stands as in the base has the base's cases."""
    rules = policy.rule_ids()
    covered = {w for case in cases for w in case.covers}
    for case in cases:
        for word in case.covers:
            if word not in rules and word not in policy.definitions and word not in {g.id for g in policy.goals} \
                    and word not in {p.id for s in policy.scores.values() for p in s.parts()}:
                yield Diagnostic("E405", case.span, Text(f"covers 里的“{word}”不是规则",
                                                         f"covers: '{word}' is no rule"))
    for rule in rules:
        if rule not in covered and rule not in policy.inherited:
            yield Diagnostic("E406", policy.span, Text(f"规则 {rule} 没有案例；在 cases 里加一个 covers 它的案例",
                                                       f"no case covers rule {rule}; add one"))

