"""What every reader of declarations shares: the dictionary, the graph, the policy's names, and the findings so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from guiju.language.build import Builder, TypeFault
from guiju.language.elaborate import Elaborator
from guiju.language.expression import syntax
from guiju.language.expression.parser import parse
from guiju.language.ir import Graph, Node, Origin
from guiju.language.policy import Clause, Condition
from guiju.language.scope import Scope, Symbols
from guiju.language.types import Type
from guiju.source.diagnostics import Diagnostic, GuijuError, Span, Text, fail
from guiju.source.document import Mapping, Scalar
from guiju.source.fields import bilingual, suggestion, text_of, texts_of
from guiju.source.table import Cell
from guiju.vocabulary import RecordType, Vocabulary

_Made = TypeVar("_Made")
_Arguments = ParamSpec("_Arguments")


@dataclass(slots=True)
class Context:
    """The state of one compilation."""

    policy: str
    vocabulary: Vocabulary
    graph: Graph
    clauses: dict[str, Clause] = field(default_factory=dict)
    symbols: Symbols = field(default_factory=Symbols)
    conditions: dict[str, Condition] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    declared: dict[str, Mapping] = field(default_factory=dict)
    ids: dict[str, Span] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict)

    @property
    def builder(self) -> Builder:
        return Builder(self.graph)

    def elaborator(self, record: RecordType | None = None, items: bool = False) -> Elaborator:
        scope = Scope(self.vocabulary, self.builder, self.symbols, items=items)
        return Elaborator(scope.inside(record) if record else scope)

    def gather(self, read: Callable[_Arguments, _Made], *args: _Arguments.args,
               **kwargs: _Arguments.kwargs) -> _Made | None:
        """Run a reader; keep its findings and go on, so that one fault does not hide the next."""
        try:
            return read(*args, **kwargs)
        except GuijuError as error:
            self.findings.extend(d for d in error.diagnostics if d not in self.findings)
            return None

    def parse(self, scalar: Scalar | Cell) -> syntax.Expression:
        """The syntax tree of a one-line expression."""
        quoted = isinstance(scalar, Scalar) and scalar.quoted
        return parse(scalar.text, scalar.span.shifted(1 if quoted else 0), dict(self.vocabulary.units))

    def expression(self, scalar: Scalar | Cell, record: RecordType | None = None,
                   expected: Type | None = None) -> Node:
        """The node of a one-line expression."""
        node = self.elaborator(record).node(self.parse(scalar), expected)
        return self.graph.note(node, Origin(scalar.span, "expression", scalar.text))

    def test(self, scalar: Scalar | Cell, record: RecordType | None = None) -> Node:
        """The node of a one-line condition."""
        node = self.elaborator(record).condition(self.parse(scalar))
        return self.graph.note(node, Origin(scalar.span, "expression", scalar.text))

    def typed(self, span: Span, make: Callable[[], Node]) -> Node:
        """Run a builder call whose type faults belong to `span`."""
        try:
            return make()
        except TypeFault as fault:
            raise fail(fault.code, span, fault.message.zh, fault.message.en) from None

    def cite(self, mapping: Mapping, key: str = "cite") -> tuple[str, ...]:
        """The clause keys under `cite`. Raises E240 where one is not in the clause index."""
        keys = texts_of(mapping, key)
        for word in keys:
            if word not in self.clauses:
                node = mapping.get(key)
                hint = suggestion(word, self.clauses)
                raise fail("E240", node.span if node else mapping.span,
                           f"条款“{word}”不在 policy.yaml 的 clauses 里{hint.zh}",
                           f"clause '{word}' is not in policy.yaml's clauses{hint.en}")
        return keys

    def claim(self, id_: str, span: Span) -> str:
        """Take an id for this declaration. Raises E241 where it is taken or empty."""
        if not id_:
            raise fail("E241", span, "缺少 id", "an id is missing")
        if id_ in self.ids:
            raise fail("E241", span, f"id “{id_}”在 {self.ids[id_]} 已经用过", f"id '{id_}' is taken: {self.ids[id_]}")
        self.ids[id_] = span
        return id_

    def record(self, mapping: Mapping, key: str) -> RecordType | None:
        """The record set named under `key`, or None where there is none. Raises E227."""
        word = text_of(mapping, key)
        if not word:
            return None
        return self.elaborator().record(syntax.Word(word, (mapping.get(key) or mapping).span))

    def once(self, id_: str, span: Span, make: Callable[[], _Made]) -> _Made:
        """Make a lazily elaborated thing once. Raises E242 where its meaning leads back to itself."""
        if id_ in self.memo:
            if self.memo[id_] is _UNFINISHED:
                raise fail("E242", span, f"“{id_}”的含义绕回了自己", f"'{id_}' is defined by itself")
            return self.memo[id_]  # type: ignore[no-any-return]  # an id has what one `make` made
        self.memo[id_] = _UNFINISHED
        try:
            made = self.memo[id_] = make()
        except GuijuError:
            del self.memo[id_]
            raise
        return made


_UNFINISHED = object()


def title_of(mapping: Mapping, fallback: str) -> Text:
    """The name under `name`, or the fallback in both languages."""
    return bilingual(mapping.get("name"), mapping.span, "name") if mapping.get("name") else Text(fallback, fallback)
