"""What the reader of an answer must know beside it."""

from __future__ import annotations

from collections.abc import Iterator

from guiju.evaluate.answer import Notice
from guiju.evaluate.evaluation import Evaluation
from guiju.evaluate.findings import finding
from guiju.language.ir import Node
from guiju.language.policy import Condition
from guiju.source.diagnostics import Text
from guiju.values import FAIL, NOT_APPLICABLE, PASS, Status


def notices_of(evaluation: Evaluation) -> tuple[Notice, ...]:
    """Doubts about the source, presumptions, preferences, limits that hold only in principle, how input was read."""
    policy = evaluation.policy
    found = [Notice("unverified", Text(f"原文待核：{t}", f"to be checked against the original: {t}"))
             for t in policy.unverified]
    found += _presumed(evaluation)
    found += _doubtful(evaluation)
    for condition in _reached(evaluation):
        found += _of_condition(condition, evaluation)
    found += _in_principle(evaluation)
    found += [Notice("input", d.message) for d in evaluation.facts.notices]
    return tuple(dict.fromkeys(found))


def _reached(evaluation: Evaluation) -> Iterator[Condition]:
    """Conditions of goals and of items that are paid for."""
    for goal in evaluation.policy.goals:
        for condition in goal.conditions:
            yield from condition.descendants()
    if evaluation.payment:
        benefits = {i.benefit.id for i in evaluation.payment.items if i.status != FAIL}
        for benefit in evaluation.policy.benefits:
            if benefit.id in benefits:
                yield from benefit.when


def _doubtful(evaluation: Evaluation) -> list[Notice]:
    """Parts of the rules that rest on a doubtful text, as far as the answer is built on them."""
    policy = evaluation.policy
    shown = {g.score for g in policy.goals if g.score}
    doubts = [(i.id, i.unverified, i.clauses) for s in policy.scores.values() if s.id in shown
              for group in s.groups for i in group.items]
    paid = {i.benefit.id: i.benefit for i in evaluation.payment.items if i.status != FAIL} if evaluation.payment else {}
    doubts += [(b.id, b.unverified, b.clauses) for b in paid.values()]
    doubts += [(c.id, c.unverified, c.clauses) for c in _reached(evaluation)]
    return [Notice("unverified", Text(f"{id_} 待核：{doubt}", f"{id_} to be checked: {doubt}"), clauses)
            for id_, doubt, clauses in doubts if doubt]


def _presumed(evaluation: Evaluation) -> list[Notice]:
    if not evaluation.setting.presuming:
        return []
    nodes = evaluation.interpreter.presumed
    held = [c for c in evaluation.policy.conditions.values() if any(n in nodes for n in _weights(c.node))]
    return [Notice("presumed", Text(f"未给事实，推定满足：{_title(c, evaluation).zh}",
                                    f"not stated, presumed met: {_title(c, evaluation).en}"), c.clauses) for c in held]


def _weights(node: Node) -> Iterator[Node]:
    """A condition's node and what its strength and scope are made of, down to where it may be presumed."""
    yield node
    if node.op in ("guard", "soften", "if"):
        for child in node.children[0 if node.op == "soften" else 1:]:
            yield from _weights(child)


def _title(condition: Condition, evaluation: Evaluation) -> Text:
    name = finding(condition, PASS, evaluation.interpreter).name
    return Text(name.zh or condition.id, name.en or name.zh or condition.id)


def _of_condition(condition: Condition, evaluation: Evaluation) -> Iterator[Notice]:
    if condition.counts:
        return
    title = _title(condition, evaluation)
    said, word = (Text("符合优先条件", "preferred"), "preference") if condition.strength == "preference" \
        else (Text("提示", "hint"), "hint")
    where = _of_rows(condition, evaluation) if condition.record else _of_unit(condition, evaluation)
    if where is not None:
        yield Notice(word, Text(f"{said.zh}：{title.zh}{where.zh}", f"{said.en}: {title.en}{where.en}"),
                     condition.clauses)


def _is_said(condition: Condition, status: Status) -> bool:
    """A preference is told where it is met, a hint where it is not."""
    return status == PASS if condition.strength == "preference" else status not in (PASS, NOT_APPLICABLE)


def _of_unit(condition: Condition, evaluation: Evaluation) -> Text | None:
    return Text("", "") if _is_said(condition, evaluation.interpreter.status(condition.node)) else None


def _of_rows(condition: Condition, evaluation: Evaluation) -> Text | None:
    """Which rows that are paid for are meant."""
    found: set[int] = set()
    for item in evaluation.payment.items if evaluation.payment else ():
        if item.status != FAIL and condition in item.benefit.when:
            for position, row in zip(item.positions, item.rows, strict=True):
                status = evaluation.interpreter.in_row(condition.record, row, condition.node)
                assert isinstance(status, int)
                if _is_said(condition, status):
                    found.add(position + 1)
    if not found:
        return None
    record = evaluation.policy.vocabulary.records[condition.record]
    rows = [str(n) for n in sorted(found)]
    return Text(f"（{record.name}第 {'、'.join(rows)} 条）", f" ({record.en}, row {', '.join(rows)})")


def _in_principle(evaluation: Evaluation) -> list[Notice]:
    """Limits and merges that took something although they hold only 原则上."""
    if evaluation.payment is None:
        return []
    cuts = {c.limit for i in evaluation.payment.items for c in i.cuts}
    policy = evaluation.policy
    soft = [(m.id, m.clauses) for m in policy.limits if m.strength == "principle"]
    soft += [(b.merge.id, b.merge.clauses) for b in policy.benefits if b.merge and b.merge.strength == "principle"]
    return [Notice("principle", Text(f"{id_} 是“原则上”的规定，已照此计算；突破须由人决定",
                                     f"{id_} holds in principle; only a person may depart from it"), clauses)
            for id_, clauses in soft if id_ in cuts]
