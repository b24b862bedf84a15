"""What values a rule carries, and which clauses it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from guiju.documents.figures import Value, figures_of
from guiju.language.ir import Node, walk
from guiju.language.policy import Condition, Parameter, Policy, PriceRow
from guiju.vocabulary import Vocabulary

_DIMENSIONS = {"money": "money", "ratio": "ratio", "duration": "months", "days": "days", "workdays": "days",
               "point": "points"}
_ID = re.compile(r"[A-Za-z][\w.]*(?:-[\w.]+)+")
_WITH_NUMBERS = frozenset({"at_least", "mod", "shift", "shift_days", "open"})


@dataclass(slots=True)
class Rule:
    """`own` are the constants written in the rule itself; `values` also those of what it uses and of the names of
    its facts and choices. `kind` is `rule` or `duty` (a paraphrase that is shown and never evaluated)."""

    id: str
    clauses: tuple[str, ...]
    values: set[Value] = field(default_factory=set)
    own: set[Value] = field(default_factory=set)
    kind: str = "rule"


def rules_of(policy: Policy) -> list[Rule]:
    """Every rule of a policy with its values in base units."""
    reader = _Reader(policy)
    return [r for r in reader.rules() if r.clauses]


class _Reader:
    def __init__(self, policy: Policy) -> None:
        self.policy, self.vocabulary = policy, policy.vocabulary
        self.shared = {d.node for d in policy.definitions.values()}
        self.shared |= {p.node for s in policy.scores.values() for p in s.parts()}
        self.shared |= {c.node for c in policy.conditions.values()} | {c.bare for c in policy.conditions.values()}

    def rules(self) -> Iterator[Rule]:
        policy = self.policy
        for condition in policy.conditions.values():
            yield self._condition(condition)
        for definition in policy.definitions.values():
            yield self.rule(definition.id, definition.clauses, [definition.node])
        for score in policy.scores.values():
            for part in score.parts():
                points = [("points", Fraction(part.full))] if isinstance(part.full, int | Fraction) else []
                tiers = [t for table in getattr(part, "tables", ()) for t in table]
                points += [("points", Fraction(t.points)) for t in tiers if isinstance(t.points, int | Fraction)]
                tests = [t.test for t in tiers if t.test is not None]
                yield self.rule(part.id, part.clauses or score.clauses, [part.node, *tests], points)
        yield from self._money()
        for parameter in policy.parameters.values():
            yield self.rule(parameter.id, parameter.clauses, [], _settings(parameter))
        yield self._force()
        for duty in policy.duties:
            yield Rule(duty.id, duty.clauses, {v for f in figures_of(duty.text.zh) for v in f.values}, kind="duty")

    def _condition(self, condition: Condition) -> Rule:
        clauses = condition.clauses or next(
            (c.clauses for c in self.policy.conditions.values() if condition in c.descendants() and c.clauses), ())
        roots = [condition.node, condition.bare] + ([condition.applies] if condition.applies else [])
        extra = [("count", Fraction(condition.k))] if condition.k else []
        return self.rule(condition.id, clauses, roots, extra)

    def _money(self) -> Iterator[Rule]:
        for benefit in self.policy.benefits:
            gates = [c.node for c in benefit.when]
            for row in benefit.rows:
                amount = [row.amount] if row.amount is not None else []
                written = self._written(row) if amount else set()
                rule = self.rule(row.id, row.clauses or benefit.clauses, [row.test, *gates, *amount], written)
                if written:  # 50% of another row is what the clause says; the product is not
                    rule.own = self.rule(row.id, row.clauses, [row.test]).own | written
                yield rule
            for less in benefit.less:
                yield self.rule(less.id, less.clauses, [less.amount])
            if benefit.ceiling is not None:
                yield self.rule(benefit.ceiling_id, benefit.ceiling_clauses, [benefit.ceiling])
            if benefit.merge:
                yield self.rule(benefit.merge.id, benefit.merge.clauses, benefit.merge.keys)
        for limit in self.policy.limits:
            roots = [limit.gate, *limit.where.values(), *(k for keys in limit.keys.values() for k in keys)]
            roots += [limit.amount] if limit.amount is not None else []
            yield self.rule(limit.id, limit.clauses, roots, [("count", Fraction(limit.n))])
        for ban in self.policy.bans:
            yield self.rule(ban.id, ban.clauses, [ban.until])

    def _written(self, row: PriceRow) -> set[Value]:
        """The figures of an amount that is written as a share of another row (`50% * B-1`)."""
        assert row.amount is not None
        texts = [o.text for o in self.policy.graph.origins.get(row.amount, ())
                 if (o.span.file, o.span.line) == (row.span.file, row.span.line) and "*" in o.text]
        return {v for text in texts for f in figures_of(_ID.sub("", text)) for v in f.values}

    def _force(self) -> Rule:
        policy = self.policy
        days = [d for d in (policy.start, policy.end, policy.published) if d is not None]
        values: list[Value] = [("date", Fraction(d.toordinal())) for d in days]
        between = (policy.start - policy.published).days  # 30日后 begins on the day after the thirtieth
        values += [("days", Fraction(between)), ("days", Fraction(max(between - 1, 0)))]
        if policy.end is not None:
            values.append(("months", Fraction(round((policy.end - policy.start).days / 30.4375))))
        return self.rule("in_force", policy.force_clauses, [], values, own=False)

    def rule(self, id_: str, clauses: tuple[str, ...], roots: Iterable[Node], extra: Iterable[Value] = (),
             own: bool = True) -> Rule:
        roots, extra = list(roots), set(extra)
        near = _above(roots, self.shared)
        deep = walk(*roots)
        values = {v for n in deep for v in _constants(n)} | {v for n in deep for v in _named(n, self.vocabulary)}
        return Rule(id_, clauses, values | extra, {v for n in near for v in _constants(n)} | extra if own else set())


def _above(roots: list[Node], shared: set[Node]) -> list[Node]:
    """The nodes that a rule says itself, down to what has an own name."""
    seen: dict[Node, None] = {}
    stack = list(roots)
    while stack:
        node = stack.pop()
        if node not in seen:
            seen[node] = None
            stack += [c for c in node.children if c not in shared or (node in roots and c in roots)]
    return list(seen)


def _constants(node: Node) -> Iterator[Value]:
    if node.op == "const" and node.type.kind in ("number", "date"):
        dimension = "date" if node.type.kind == "date" else _DIMENSIONS.get(node.type.dimension, "count")
        if isinstance(node.args[0], int | Fraction):
            yield dimension, abs(Fraction(node.args[0]))
    elif node.op in _WITH_NUMBERS:
        for argument in node.args:
            if isinstance(argument, int | Fraction) and not isinstance(argument, bool):
                dimension = {"shift": "months", "shift_days": "days"}.get(node.op, "count")
                yield dimension, abs(Fraction(argument))


def _named(node: Node, vocabulary: Vocabulary) -> Iterator[Value]:
    """Values that stand in names: a choice 百强企业, a fact 近两年平均增长率."""
    for name in _names(node, vocabulary):
        for figure in figures_of(name):
            yield from figure.values


def _names(node: Node, vocabulary: Vocabulary) -> list[str]:
    if node.op == "const" and node.type.kind == "enum" and isinstance(node.args[0], int):
        enumeration = vocabulary.enumerations.get(node.type.enum)
        members = enumeration.members if enumeration else ()
        return [members[node.args[0]].name] if 0 <= node.args[0] < len(members) else []
    if node.op == "fact" and node.args[0] in vocabulary.facts:
        return [vocabulary.facts[node.args[0]].name]
    if node.op in ("field", "around") and node.args[0] in vocabulary.records:
        fields = vocabulary.records[node.args[0]].fields
        return [fields[node.args[1]].name] if isinstance(node.args[1], int) and node.args[1] < len(fields) else []
    return []


def _settings(parameter: Parameter) -> Iterator[Value]:
    given: list[Any] = [parameter.default, *parameter.alternatives, *(d.value for d in parameter.dated)]
    for value in given:
        if isinstance(value, int | Fraction) and not isinstance(value, bool) and parameter.type.kind == "number":
            yield _DIMENSIONS.get(parameter.type.dimension, "count"), abs(Fraction(value))
