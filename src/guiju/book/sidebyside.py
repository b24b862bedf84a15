"""A few policies side by side: what each pays, asks and forbids, matched by what the rules speak of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from guiju.book.prices import Price, cross_tables, prices_of
from guiju.language.expression import syntax as s
from guiju.language.expression.words import statement
from guiju.language.ir import Node, walk
from guiju.language.policy import Condition, Policy
from guiju.source.diagnostics import Text

NOTHING = "—"
_BETWEEN = "；"
SIGNS = {">=": "≥", "<=": "≤"}
LIMITS = {"highest": "同族取高", "keep": "每组项数", "best": "类数", "elect": "自选项数", "cap": "合计上限"}


@dataclass(frozen=True, slots=True)
class Row:
    """What one thing comes to in each policy."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows about one kind of rule. `first`: the policies are named above it."""

    title: Text
    rows: tuple[Row, ...]
    first: bool = False


def side_by_side(compared: Sequence[tuple[Policy, Path]]) -> Iterator[Part]:
    """The parts that at least one policy fills."""
    policies = [policy for policy, _ in compared]
    yield Part(Text("是什么", "What they are"), tuple(_identity(policies)), first=True)
    yield from _prices(compared)
    for title, rows in ((Text("条件", "Conditions"), _matched(policies, _conditions)),
                        (Text("限额", "Limits"), _matched(policies, _limits)),
                        (Text("禁申", "Bans"), _matched(policies, _bans))):
        found = tuple(rows)
        if found:
            yield Part(title, found)


def _identity(policies: Sequence[Policy]) -> Iterator[Row]:
    said: dict[str, Callable[[Policy], str]] = {
        "名称": lambda p: p.title.zh, "机关": lambda p: "、".join(p.issuer),
        "有效期": lambda p: f"{p.start} 起" + (f"，至 {p.end}" if p.end else ""),
        "对象": lambda p: "、".join(p.audience), "目标": lambda p: "、".join(g.name.zh for g in p.goals if g.main)}
    for name, words in said.items():
        yield Row(name, tuple(words(p) or NOTHING for p in policies))


def _prices(compared: Sequence[tuple[Policy, Path]]) -> Iterator[Part]:
    for cross in cross_tables(price for policy, folder in compared for price in prices_of(policy, folder)):
        rows = [Row(value, tuple(_paid(found.get(policy.id, ()), cross.column) for policy, _ in compared))
                for value, found in cross.rows.items()]
        yield Part(Text(f"资助：{cross.of.zh}", f"paid: {cross.of.en}"), tuple(rows))


def _paid(prices: Sequence[Price], column: str) -> str:
    return _BETWEEN.join(dict.fromkeys(p.said(column) for p in prices)) or NOTHING


def _matched(policies: Sequence[Policy], rules: Callable[[Policy], Iterator[tuple[str, str]]]) -> Iterator[Row]:
    """The rules of every policy under what they speak of."""
    found: dict[str, dict[str, list[str]]] = {}
    for policy in policies:
        for about, words in rules(policy):
            found.setdefault(about, {}).setdefault(policy.id, []).append(words)
    for about, by_policy in found.items():
        yield Row(about, tuple(_BETWEEN.join(by_policy.get(p.id, [])) or NOTHING for p in policies))


def _conditions(policy: Policy) -> Iterator[tuple[str, str]]:
    for condition in policy.conditions.values():
        if "#" not in condition.id and condition.form != "ban":
            yield _about(condition, policy), f"{condition.id} {_asks(condition, policy)}"


def _asks(condition: Condition, policy: Policy) -> str:
    """What a condition asks: as it stands where it compares a fact with a value; else its name, with the figures that
    it asks for."""
    expression = condition.expression
    if expression is None:
        return condition.name.zh
    if _is_plain(expression) or not condition.name.zh:
        return statement(expression, policy.vocabulary).zh
    figures = "，".join(dict.fromkeys(_figures(expression, policy)))
    return condition.name.zh + (f"（{figures}）" if figures else "")


def _is_plain(e: s.Expression) -> bool:
    match e:
        case s.Word() | s.Under(subject=s.Word()) | s.Membership(subject=s.Word()):
            return True
        case s.Binary(op=op, left=s.Word(), right=s.Number() | s.Date() | s.Word()):
            return op not in ("and", "or")
        case _:
            return False


def _figures(e: s.Expression, policy: Policy) -> Iterator[str]:
    """≥ 15 项, ≥ 2000 万元: what is compared with a number that has a unit, outside of counted rows."""
    match e:
        case s.Binary(op="and" | "or", left=left, right=right):
            yield from (*_figures(left, policy), *_figures(right, policy))
        case s.Binary(op=">=" | "<=" | ">" | "<" | "=" as op, right=s.Number(unit=unit) as number) if unit:
            yield f"{SIGNS.get(op, op)} {statement(number, policy.vocabulary).zh}"


def _about(condition: Condition, policy: Policy) -> str:
    """The first fact or kind of row that a condition asks of."""
    for node in walk(condition.bare):
        name = _asked(node, policy)
        if name:
            return name
    return condition.name.zh


def _asked(node: Node, policy: Policy) -> str:
    if node.op == "fact":
        return policy.vocabulary.facts[node.args[0]].name
    if node.op in ("field", "any_item", "count"):
        record = policy.vocabulary.records.get(str(node.args[0]))
        return record.name if record else ""
    return ""


def _limits(policy: Policy) -> Iterator[tuple[str, str]]:
    for limit in policy.limits:
        yield LIMITS[limit.form], f"{limit.id} {limit.name.zh}"


def _bans(policy: Policy) -> Iterator[tuple[str, str]]:
    for ban in policy.bans:
        yield policy.vocabulary.records[ban.record].name, f"{ban.id} {ban.name.zh}"
