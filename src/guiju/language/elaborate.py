"""From an expression's syntax tree to typed nodes."""

from __future__ import annotations

import re
from fractions import Fraction

from guiju.language.build import Builder, TypeFault
from guiju.language.constructs import functions
from guiju.language.expression import syntax as s
from guiju.language.ir import Node, Origin
from guiju.language.scope import Scope
from guiju.language.types import BOOL, COUNT, DATE, TEXT, Type, describe, number
from guiju.source.diagnostics import GuijuError, Span, fail
from guiju.source.fields import suggestion
from guiju.values import day, whole
from guiju.vocabulary import RecordType

_COMPARISONS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


class Elaborator:
    """Elaborates expressions in one scope. `sugar` functions live in `constructs/functions`, one file each."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.build: Builder = scope.builder

    def inside(self, record: RecordType) -> Elaborator:
        return Elaborator(self.scope.inside(record))

    def node(self, expression: s.Expression, expected: Type | None = None) -> Node:
        """The node of an expression. `expected` lets a bare word be a member of that enumeration.

        Raises GuijuError E2xx at the place of the fault.
        """
        try:
            node = self._node(expression, expected)
        except TypeFault as fault:
            raise fail(fault.code, expression.span, fault.message.zh, fault.message.en) from None
        self.build.graph.note(node, Origin(expression.span, type(expression).__name__.lower()))
        return node

    def condition(self, expression: s.Expression) -> Node:
        """The node of an expression that must be true or false."""
        node = self.node(expression)
        if node.type.kind != "bool":
            raise fail("E210", expression.span, f"这里应是条件（真或假），不是{describe(node.type)}",
                       "expected a condition")
        return node

    def _node(self, e: s.Expression, expected: Type | None) -> Node:
        match e:
            case s.Number() | s.Truth() | s.Date() | s.TextLiteral() | s.Word():
                return self._leaf(e, expected)
            case s.Unary(op="not", operand=operand):
                return self.build.negate(self.condition(operand))
            case s.Unary(operand=operand):
                return self.build.negative(self.node(operand))
            case s.Binary():
                return self._binary(e)
            case s.Membership():
                return self._membership(e)
            case s.Under():
                return self._under(e)
            case s.Matches(subject=subject, pattern=pattern):
                return self._matches(subject, pattern)
            case s.Within():
                return self._within(e)
            case s.Conditional(condition=condition, then=then, otherwise=otherwise):
                first, second = self._pair(then, otherwise, expected)
                return self.build.conditional(self.condition(condition), first, second)
            case s.Call():
                return functions.lower(e, self)

    def _leaf(self, e: s.Number | s.Truth | s.Date | s.TextLiteral | s.Word, expected: Type | None) -> Node:
        match e:
            case s.Number():
                return self._number(e, expected)
            case s.Truth(value=value):
                return self.build.truth(value)
            case s.Date(value=value):
                return self.build.const(day(value), DATE)
            case s.TextLiteral(value=value):
                return self._text(value, expected)
            case s.Word():
                return self._word(e, expected)

    def _number(self, e: s.Number, expected: Type | None) -> Node:
        if not e.unit:
            if expected is not None and expected.kind in ("region", "industry"):
                return self._text(str(e.value), expected)
            return self.build.const(whole(e.value), number("count"))
        unit = self.scope.vocabulary.units[e.unit]
        return self.build.const(whole(e.value * Fraction(unit.per)), number(unit.dimension))

    def _text(self, value: str, expected: Type | None) -> Node:
        if expected is not None and expected.kind == "enum":
            index = self.scope.enumeration(expected.enum).index(value)
            if index is not None:
                return self.build.const(index, expected.rows(False))
        if expected is not None and expected.kind == "region" and value.isdigit():
            return self.build.const(int(value.ljust(6, "0")), Type("region"))
        if expected is not None and expected.kind == "industry":
            return self.build.const(value, Type("industry"))
        return self.build.const(value, TEXT)

    def _word(self, e: s.Word, expected: Type | None) -> Node:
        if expected is not None and expected.kind == "enum" and not e.owner:
            index = self.scope.enumeration(expected.enum).index(e.text)
            if index is not None:
                return self.build.const(index, expected.rows(False))
        if expected is not None and expected.kind == "industry" and e.text in self.scope.vocabulary.industries:
            return self.build.const(e.text, Type("industry"))
        found = self.scope.lookup(e.text, e.owner)
        if found is not None:
            return found
        if expected is not None and expected.kind == "enum":
            names = [m.name for m in self.scope.enumeration(expected.enum).members]
            hint = suggestion(e.text, names)
            raise fail("E221", e.span, f"“{e.text}”不是这个枚举的成员{hint.zh or '。可用：' + '、'.join(names)}",
                       f"'{e.text}' is no member of {expected.enum}{hint.en}")
        hint = suggestion(e.text, self.scope.known_names())
        raise fail("E220", e.span, f"“{e.text}”没有声明{hint.zh}", f"'{e.text}' is not declared{hint.en}")

    def _pair(self, left: s.Expression, right: s.Expression, expected: Type | None = None) -> tuple[Node, Node]:
        """Both sides, each helping the other to know its enumeration."""
        try:
            first = self.node(left, expected)
        except GuijuError as error:
            if error.diagnostics[0].code not in ("E220", "E221"):
                raise
            try:
                second = self.node(right, expected)
            except GuijuError:
                raise error from None  # neither side is known: the left is what the other is compared with
            return self.node(left, second.type), second
        return first, self.node(right, expected or first.type)

    def _binary(self, e: s.Binary) -> Node:
        if e.op == "and":
            return self.build.every([self.condition(e.left), self.condition(e.right)])
        if e.op == "or":
            return self.build.some([self.condition(e.left), self.condition(e.right)])
        left, right = self._pair(e.left, e.right)
        if e.op in _COMPARISONS:
            if left.type.kind == right.type.kind == "bool" and e.op in ("=", "!="):
                same = self.build.conditional(left, right, self.build.negate(right))
                return same if e.op == "=" else self.build.negate(same)
            return self.build.compare(_COMPARISONS[e.op], left, right)
        return {"+": lambda: self.build.add(left, right), "-": lambda: self.build.add(left, right, -1),
                "*": lambda: self.build.multiply(left, right), "/": lambda: self.build.divide(left, right)}[e.op]()

    def _membership(self, e: s.Membership) -> Node:
        subject = self.node(e.subject)
        choices = [self.node(choice, subject.type) for choice in e.choices]
        for choice, expression in zip(choices, e.choices, strict=True):
            self.build.compare("eq", subject, choice)
            if choice.op != "const":
                raise fail("E222", expression.span, "in 后面只能列出值", "only values may be listed after 'in'")
        node = self.build.member_of(subject, [choice.args[0] for choice in choices])
        return self.build.negate(node) if e.negated else node

    def _under(self, e: s.Under) -> Node:
        subject = self.node(e.subject)
        if subject.type.kind != "region":
            raise fail("E223", e.span, "under 只用于地区", "'under' is for regions only")
        if len(e.prefix) > 6:
            raise fail("E223", e.span, "行政区划代码至多六位", "a region code has six digits at the most")
        low, high = int(e.prefix.ljust(6, "0")), int(e.prefix.ljust(6, "9"))
        region = Type("region")
        return self.build.every([self.build.make("ge", (subject, self.build.const(low, region)), BOOL),
                                 self.build.make("le", (subject, self.build.const(high, region)), BOOL)])

    def _matches(self, subject: s.Expression, pattern: str) -> Node:
        node = self.node(subject)
        if node.type.kind != "text":
            raise fail("E224", subject.span, "matches 只用于文字", "'matches' is for text only")
        try:
            re.compile(pattern)
        except (re.error, OverflowError) as error:
            raise fail("E224", subject.span, f"式样“{pattern}”不合法：{error}", f"bad pattern: {error}") from None
        return self.build.make("matches", (node, pattern), BOOL)

    def _within(self, e: s.Within) -> Node:
        subject, anchor = self.node(e.subject), self.node(e.anchor)
        length = self.node(e.length)
        rolling = self.build.every([
            self.build.compare("ge", subject, self.build.add(anchor, length, -1)),
            self.build.compare("le", subject, anchor)])
        if e.kind in ("rolling", "滚动"):
            return rolling
        if length.type.dimension != "duration" or length.args[0] % 12:
            raise fail("E225", e.length.span, "按自然年的窗口要写整年，例如 3 年",
                       "a window of calendar years is a whole number of years")
        years = self.build.const(length.args[0] // 12, number("calendar_year"))
        subject_year, anchor_year = self.year(subject), self.year(anchor)
        calendar = self.build.every([
            self.build.compare("ge", subject_year, self.build.add(anchor_year, years, -1)),
            self.build.compare("lt", subject_year, anchor_year)])
        if e.kind in ("calendar", "自然年"):
            return calendar
        return self._window_of_choice(e, rolling, calendar)

    def _window_of_choice(self, e: s.Within, rolling: Node, calendar: Node) -> Node:
        choice = self.scope.lookup(e.kind) if e.kind else None
        if choice is None or choice.type.kind != "enum":
            raise fail("E225", e.span, "窗口要写明口径：rolling、calendar，或取值为 滚动/自然年 的参数",
                       "say how the window runs: rolling, calendar, or a parameter whose values are 滚动/自然年")
        members = self.scope.enumeration(choice.type.enum)
        index = members.index("滚动")
        if index is None or members.index("自然年") is None:
            raise fail("E225", e.span, f"“{e.kind}”的取值应是 滚动 与 自然年", f"'{e.kind}' must be 滚动 or 自然年")
        is_rolling = self.build.compare("eq", choice, self.build.const(index, choice.type))
        return self.build.conditional(is_rolling, rolling, calendar)

    def year(self, date: Node) -> Node:
        """The calendar year of a date."""
        if date.type.kind != "date":
            raise TypeFault("E226", "这里应是日期", "expected a date")
        return self.build.make("year", (date,), number("calendar_year"))

    def month(self, date: Node) -> Node:
        """The month of a date, 1 to 12."""
        if date.type.kind != "date":
            raise TypeFault("E226", "这里应是日期", "expected a date")
        return self.build.make("month", (date,), COUNT)

    def record(self, word: s.Expression) -> RecordType:
        """The record set that a word names."""
        if isinstance(word, s.Word):
            found = self.scope.vocabulary.record(word.text)
            if found is not None:
                return found
            hint = suggestion(word.text, [r.name for r in self.scope.vocabulary.all_records()])
            raise fail("E227", word.span, f"没有名为“{word.text}”的记录{hint.zh}", f"no records '{word.text}'{hint.en}")
        raise fail("E227", Span(word.span.file, word.span.line, word.span.column), "这里应是记录名", "expected records")
