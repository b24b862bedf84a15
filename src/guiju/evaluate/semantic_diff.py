"""What changes between two versions of a policy: not which lines, but for whom the answer is another.

Both versions are compiled over one graph, so rules that mean the same are one node and fall away. What differs is
searched for a critical cell in which the old rule holds and the new one does not, or the reverse.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from guiju.evaluate.cell_words import describe
from guiju.evaluate.cells import Cells
from guiju.evaluate.formula import Variable
from guiju.evaluate.readings import spell
from guiju.evaluate.spelling import decimal, spell_money
from guiju.language.compile import compile_policy
from guiju.language.ir import Graph, Node, walk
from guiju.language.policy import Condition, Limit, Parameter, Policy, PriceRow, ScoreItem
from guiju.source.diagnostics import Text
from guiju.vocabulary import Vocabulary

_Rule = TypeVar("_Rule")
_SCOPE = "compared"  # a layer's parameters are those of its base, whatever the two are called


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule that answers otherwise. `kind`: added, removed, stricter, looser, changed, amount, parameter.

    `cells` are examples of where the answer changes: a cell that was met and no longer is, or the reverse.
    """

    rule: str
    kind: str
    text: Text
    cells: tuple[Text, ...] = ()


def compare(old: Path, new: Path, vocabulary: Vocabulary) -> tuple[Difference, ...]:
    """The differences of two policy folders. Raises GuijuError where one does not compile."""
    graph = Graph()
    return differences(*(compile_policy(folder, vocabulary, graph, _SCOPE) for folder in (old, new)))


def differences(old: Policy, new: Policy) -> tuple[Difference, ...]:
    """The differences of two policies that were compiled over one graph and in one scope, in the new policy's order."""
    cells = Cells(new)
    found = [*_conditions(old, new, cells), *_scores(old, new), *_prices(old, new, cells), *_limits(old, new),
             *_parameters(old, new)]
    return tuple(found)


def _ids(old: dict[str, Any], new: dict[str, Any], what: Text) -> Iterator[Difference]:
    """Rules that only one version has."""
    for id_ in sorted(old.keys() - new.keys()):
        yield Difference(id_, "removed", Text(f"{what.zh} {id_} 取消", f"{what.en} {id_} removed"))
    for id_ in sorted(new.keys() - old.keys()):
        yield Difference(id_, "added", Text(f"{what.zh} {id_} 新增", f"{what.en} {id_} added"))


def _in_both(old: Map[str, _Rule], new: Map[str, _Rule]) -> Iterator[tuple[str, _Rule, _Rule]]:
    """The rules that both versions have, by id."""
    for id_ in sorted(old.keys() & new.keys()):
        yield id_, old[id_], new[id_]


def _conditions(old: Policy, new: Policy, cells: Cells) -> Iterator[Difference]:
    before = {c.id: c for c in old.conditions.values() if "#" not in c.id}
    after = {c.id: c for c in new.conditions.values() if "#" not in c.id}
    yield from _ids(before, after, Text("条件", "condition"))
    for id_, first, second in _in_both(before, after):
        if first.node is second.node or _same_frame(first, second):
            continue
        if first.strength != second.strength and first.bare is second.bare:
            words = f"{first.strength} → {second.strength}"
            yield Difference(id_, "changed", Text(f"条件 {id_} 强度 {words}", f"condition {id_}: strength {words}"))
        else:
            yield _tightened(id_, first.node, second.node, new, cells)


def _same_frame(first: Condition, second: Condition) -> bool:
    """Whether a compound differs only inside its members, which are told by themselves."""
    frames = [(c.form, c.k, c.strength, c.applies, [m.id for m in c.members]) for c in (first, second)]
    return bool(first.members) and frames[0] == frames[1]


def _tightened(id_: str, before: Node, after: Node, policy: Policy, cells: Cells) -> Difference:
    """In which direction a test moved, with a cell for each."""
    lost, won = cells.ask((before, True), (after, False)), cells.ask((before, False), (after, True))
    shown = []
    if lost.possible:
        shown.append(_told("原来满足、现在不满足", "was met, is no longer", lost.cell, policy))
    if won.possible:
        shown.append(_told("原来不满足、现在满足", "was not met, is now", won.cell, policy))
    kind = "stricter" if won.impossible else "looser" if lost.impossible else "changed"
    word = {"stricter": "收紧", "looser": "放宽", "changed": "改变"}[kind]
    return Difference(id_, kind, Text(f"{id_} {word}", f"{id_} {kind}"), tuple(shown))


def _told(zh: str, en: str, cell: Map[Variable, Any], policy: Policy) -> Text:
    """A change and a cell in which it happens; what a condition counts in records has no words of its own."""
    if not any(variable.is_leaf for variable in cell):
        return Text(zh, en)
    return Text(f"{zh}：{describe(cell, policy)}", f"{en}: {describe(cell, policy)}")


def _scores(old: Policy, new: Policy) -> Iterator[Difference]:
    before, after = _items(old), _items(new)
    yield from _ids(before, after, Text("评分项", "score item"))
    for id_, first, second in _in_both(before, after):
        if first.node is not second.node:
            tiers = tuple(Text(f"{a} → {b}", f"{a} → {b}") for a, b in _tiers(first, second))
            yield Difference(id_, "changed", Text(f"评分项 {id_} 改变", f"score item {id_} changed"), tiers)


def _items(policy: Policy) -> dict[str, ScoreItem]:
    return {i.id: i for s in policy.scores.values() for g in s.groups for i in g.items}


def _tiers(first: ScoreItem, second: ScoreItem) -> Iterator[tuple[str, str]]:
    old, new = ([f"{t.text} {decimal(t.points)} 分" for table in i.tables for t in table] for i in (first, second))
    yield from ((a, b) for a, b in zip(old, new, strict=False) if a != b)


def _prices(old: Policy, new: Policy, cells: Cells) -> Iterator[Difference]:
    before, after = _lines(old), _lines(new)
    yield from _ids(before, after, Text("价目", "price row"))
    for id_, first, second in _in_both(before, after):
        if first.test is not second.test:
            yield _tightened(id_, first.test, second.test, new, cells)
        if first.amount is not second.amount:
            a, b = _amounts(first.amount, second.amount)
            yield Difference(id_, "amount", Text(f"{id_} 金额 {a.zh} → {b.zh}", f"{id_}: {a.en} → {b.en}"))
        elif first.net is not second.net:
            yield Difference(id_, "amount", Text(f"{id_} 的扣减改变", f"{id_}: other deductions"))


def _lines(policy: Policy) -> dict[str, PriceRow]:
    return {line.id: line for b in policy.benefits for line in b.rows}


def _amount(node: Node | None) -> Text:
    if node is None:
        return Text("另有规定", "fixed elsewhere")
    return spell_money(node.args[0]) if node.op == "const" else Text("算式", "a formula")


def _amounts(first: Node | None, second: Node | None) -> tuple[Text, Text]:
    """Two amounts in words; of two formulas, the one figure of money in which they differ, if there is one."""
    if first is not None and second is not None and "const" not in (first.op, second.op):
        old, new = (_figures(node) for node in (first, second))
        if len(old - new) == len(new - old) == 1:
            a, b = (spell_money(figures.pop()) for figures in (old - new, new - old))
            return Text(f"算式里 {a.zh}", f"in a formula, {a.en}"), b
    return _amount(first), _amount(second)


def _figures(node: Node) -> set[Any]:
    return {n.args[0] for n in walk(node) if n.op == "const" and n.type.dimension == "money"}


def _limits(old: Policy, new: Policy) -> Iterator[Difference]:
    before, after = {m.id: m for m in old.limits}, {m.id: m for m in new.limits}
    yield from _ids(before, after, Text("限额", "limit"))
    for id_, first, second in _in_both(before, after):
        if (first.form, first.n) != (second.form, second.n):
            yield Difference(id_, "changed", Text(f"限额 {id_}：{first.form} {first.n} → {second.form} {second.n}",
                                                  f"limit {id_}: {first.form} {first.n} → {second.form} {second.n}"))
        elif first.amount is not second.amount:
            a, b = _amounts(first.amount, second.amount)
            yield Difference(id_, "amount", Text(f"限额 {id_} {a.zh} → {b.zh}", f"limit {id_}: {a.en} → {b.en}"))
        elif _reach(first) != _reach(second):
            yield Difference(id_, "changed", Text(f"限额 {id_} 的范围改变", f"limit {id_} acts on other items"))


def _reach(limit: Limit) -> tuple[Any, ...]:
    """Which items a limit acts on, and when."""
    return limit.benefits, limit.keys, limit.where, limit.gate


def _parameters(old: Policy, new: Policy) -> Iterator[Difference]:
    before, after = dict(old.parameters), dict(new.parameters)
    yield from _ids(before, after, Text("参数", "parameter"))
    for id_, first, second in _in_both(before, after):
        a, b = _readings(first), _readings(second)
        if a != b:
            yield Difference(id_, "parameter", Text(f"参数 {id_}：{a} → {b}", f"parameter {id_}: {a} → {b}"))


def _readings(parameter: Parameter) -> str:
    """The default in words, the other readings, and the values of their days."""
    others = sorted(spell(parameter, v) for v in parameter.alternatives)
    dated = [f"{v.start} {spell(parameter, v.value)}" for v in parameter.dated]
    return "；".join([spell(parameter, parameter.default), *others, *dated])
