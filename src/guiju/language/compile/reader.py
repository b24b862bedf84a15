"""Reads conditions, named or inline, in the order in which they are needed."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from types import ModuleType

from guiju.language.build import Builder
from guiju.language.compile.context import Context, title_of
from guiju.language.constructs import constructs_of
from guiju.language.elaborate import Elaborator
from guiju.language.expression.syntax import Expression
from guiju.language.ir import Node
from guiju.language.policy import Condition
from guiju.language.types import BOOL
from guiju.source.diagnostics import Span, Text, fail
from guiju.source.document import Mapping, Scalar, Sequence
from guiju.source.document import Node as DocumentNode
from guiju.source.fields import as_items, bilingual, check_keys, suggestion, text_of
from guiju.vocabulary import RecordType

COMMON_KEYS = {"id", "name", "strength", "strength_when", "when", "cite", "note", "unverified", "on"}


@functools.cache
def forms() -> dict[str, ModuleType]:
    """Condition forms by their key."""
    return {m.KEY: m for m in constructs_of("conditions")}


@functools.cache
def strengths() -> dict[str, ModuleType]:
    """Strengths by name."""
    return {m.NAME: m for m in constructs_of("strengths")}


def allowed_keys() -> set[str]:
    return COMMON_KEYS | set(forms()) | {c for m in forms().values() for c in m.COMPANIONS}


@dataclass(frozen=True, slots=True)
class ConditionReader:
    """Reads one condition; `record` is the set whose rows it tests, if any."""

    context: Context
    record: RecordType | None
    parent: str

    @property
    def builder(self) -> Builder:
        return self.context.builder

    @property
    def elaborator(self) -> Elaborator:
        return self.context.elaborator(self.record)

    def read(self, mapping: Mapping) -> Condition:
        """The condition that a mapping declares. Raises E22x for its keys, E251 where it has no or two forms."""
        check_keys(mapping, allowed_keys())
        present = [key for key in mapping.names() if key in forms()]
        if len(present) != 1:
            listed = "、".join(sorted(forms()))
            raise fail("E251", mapping.span, f"条件要有且只有一种写法：{listed}",
                       f"a condition has exactly one of: {listed}")
        form = forms()[present[0]].lower(mapping, self)
        strength = text_of(mapping, "strength", "hard")
        if strength not in strengths():
            hint = suggestion(strength, strengths())
            raise fail("E252", mapping.span, f"没有强度“{strength}”{hint.zh}",
                       f"there is no strength '{strength}'{hint.en}")
        applies = self._optional(mapping, "when")
        node = self._weighed(form.test, strength, present[0], self._optional(mapping, "strength_when"))
        if applies is not None:
            node = self.builder.make("guard", (applies, node), BOOL)
        return Condition(
            self.parent, title_of(mapping, ""), self.context.cite(mapping), strength, present[0], node, form.test,
            applies, form.members, form.k, form.expression, self.record.id if self.record else "",
            bilingual(mapping.get("note"), mapping.span, "note"), text_of(mapping, "unverified"), mapping.span,
            strengths()[strength].COUNTS, self._scope(mapping))

    def _weighed(self, test: Node, strength: str, form: str, only_when: Node | None) -> Node:
        """The test with its strength. What is made of members has their presumptions already."""
        if form != "require" and strength in ("hard", "judgement"):
            return test
        weighed: Node = strengths()[strength].lower(test, self.builder)
        if only_when is None:
            return weighed
        return self.builder.conditional(only_when, weighed, strengths()["hard"].lower(test, self.builder))

    def _scope(self, mapping: Mapping) -> Expression | None:
        node = mapping.get("when")
        return self.context.parse(node) if isinstance(node, Scalar) else None

    def _optional(self, mapping: Mapping, key: str) -> Node | None:
        node = mapping.get(key)
        if node is None:
            return None
        if isinstance(node, Scalar):
            return self.elaborator.condition(self.context.parse(node))
        raise fail("E021", node.span, f"“{key}”应是一个表达式", f"'{key}' must be one expression")

    def members(self, mapping: Mapping, key: str) -> tuple[Condition, ...]:
        """The members listed under `key`."""
        node = mapping.get(key)
        if not isinstance(node, Sequence) or not node.items:
            raise fail("E253", mapping.span, f"“{key}”应列出至少一项", f"'{key}' must list at least one")
        return tuple(self.member(item, f"{self.parent}#{number}") for number, item in enumerate(node.items, 1))

    def member(self, item: DocumentNode, fallback: str) -> Condition:
        """A member: the id of a condition, an expression, or a condition written in place."""
        if isinstance(item, Scalar):
            known = find(self.context, item.text, item.span)
            return self._fitting(known, item.span) if known is not None else self._plain(item, fallback)
        if isinstance(item, Mapping):
            id_ = text_of(item, "id")
            if id_:
                self.context.claim(id_, item.span)
            made = ConditionReader(self.context, self.record, id_ or fallback).read(item)
            self.context.conditions[made.id] = made
            return made
        raise fail("E254", item.span, "这里应是条件的 id、表达式或条件",
                   "expected a condition's id, an expression or a condition")

    def _fitting(self, known: Condition, span: Span) -> Condition:
        elsewhere = known.node.rows - ({self.record.id} if self.record else set())
        if elsewhere:
            record = self.context.vocabulary.records[min(elsewhere)]
            raise fail("E255", span, f"“{known.id}”逐行判断“{record.name}”，不能用在这里；用 count 或 exists 汇总",
                       f"'{known.id}' tests each of the {record.en}: use count or exists here")
        return known

    def _plain(self, item: Scalar, id_: str) -> Condition:
        expression = self.context.parse(item)
        test = self.elaborator.condition(expression)
        node = strengths()["hard"].lower(test, self.builder)
        made = Condition(id_, Text("", ""), (), "hard", "require", node, test, None, (), 0, expression,
                         self.record.id if self.record else "", Text("", ""), "", item.span)
        self.context.conditions[id_] = made
        return made

    def available(self, member: Condition) -> Node:
        """A member as one of several ways: where it does not apply, it is no way."""
        if member.applies is None:
            return member.node
        return self.builder.every([member.applies, member.node])


def find(context: Context, word: str, span: Span) -> Condition | None:
    """The condition with this id, read now if it has not been; None where none is declared."""
    if word in context.conditions:
        return context.conditions[word]
    entry = context.declared.get(word)
    if entry is None:
        return None
    reader = ConditionReader(context, context.record(entry, "on"), word)
    made = context.once(f"condition {word}", span, lambda: reader.read(entry))
    context.conditions[word] = made
    return made


def read_conditions(entries: list[Mapping], context: Context) -> None:
    """Read every declared condition into `context.conditions`; members may come before or after their parents."""
    for entry in entries:
        context.gather(_declare, entry, context)
    for word, entry in context.declared.items():
        context.gather(find, context, word, entry.span)


def _declare(entry: Mapping, context: Context) -> None:
    context.declared[context.claim(text_of(entry, "id"), entry.span)] = entry


def condition_list(node: DocumentNode | None, context: Context, record: RecordType | None,
                   parent: str) -> tuple[Condition, ...]:
    """Conditions listed as ids, expressions or in place, e.g. a benefit's `when`."""
    reader = ConditionReader(context, record, parent)
    return tuple(reader.member(item, f"{parent}#{number}") for number, item in enumerate(as_items(node), 1))
