"""A small recursive-descent parser for one-line expressions.

    expression := "if" or "then" expression "else" expression | or
    or         := and ("or" and)*
    and        := not ("and" not)*
    not        := "not" not | comparison
    comparison := sum [ ("=" "!=" "<" "<=" ">" ">=") sum | ["not"] "in" "[" sum, … "]"
                      | "under" digits | "matches" text | "within" number unit "before" sum [kind] ]
    sum        := product (("+" "-") product)*
    product    := unary (("*" "/") unary)*
    unary      := "-" unary | primary
    primary    := number [unit] | date | text | 是 | 否 | name ["." name] | name "(" … ["where" expression] ")"
                      | "(" expression ")"
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from guiju.language.expression.syntax import (
    Binary,
    Call,
    Conditional,
    Date,
    Expression,
    Matches,
    Membership,
    Number,
    TextLiteral,
    Truth,
    Unary,
    Under,
    Within,
    Word,
)
from guiju.language.expression.tokens import Token, tokenize
from guiju.source.diagnostics import GuijuError, Span, fail
from guiju.vocabulary import Unit

COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})
_TRUTHS = {"是": True, "否": False, "true": True, "false": False}
_DEEPEST = 60
_LONGEST = 250  # tokens
_DIGITS = 40


def parse(source: str, span: Span, units: dict[str, Unit]) -> Expression:
    """The syntax tree of `source`. Raises GuijuError E200–E204 at the place of the fault."""
    tokens = tokenize(source, span)
    if len(tokens) > _LONGEST:
        raise fail("E204", span, "算式太长；请拆成几个定义", "too long; use definitions")
    parser = _Parser(tokens, units)
    expression = parser.expression()
    if parser.token.kind != "end":
        raise parser.unexpected("这里应当结束，或用 and、or 连接", "expected the end, or 'and' / 'or'")
    return expression


class _Parser:
    def __init__(self, tokens: list[Token], units: dict[str, Unit]) -> None:
        self.tokens = tokens
        self.units = units
        self.position = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.position]

    def at(self, *texts: str) -> bool:
        return self.token.kind in ("symbol", "keyword") and self.token.text in texts

    def take(self) -> Token:
        token = self.token
        self.position += 1
        return token

    def expect(self, text: str) -> Token:
        if not self.at(text):
            raise self.unexpected(f"这里应是“{text}”", f"expected '{text}'")
        return self.take()

    def unexpected(self, zh: str, en: str) -> GuijuError:
        seen = self.token.text or "行末"
        return fail("E201", self.token.span, f"{zh}，不是“{seen}”", f"{en}, not '{self.token.text or 'end of line'}'")

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise fail("E204", self.token.span, "括号嵌套太深；请拆成几个定义", "nested too deeply; use definitions")
        result = self._conditional() if self.at("if") else self._or()
        self.depth -= 1
        return result

    def _conditional(self) -> Expression:
        span = self.take().span
        condition = self._or()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return Conditional(condition, then, self.expression(), span)

    def _or(self) -> Expression:
        left = self._and()
        while self.at("or"):
            span = self.take().span
            left = Binary("or", left, self._and(), span)
        return left

    def _and(self) -> Expression:
        left = self._not()
        while self.at("and"):
            span = self.take().span
            left = Binary("and", left, self._not(), span)
        return left

    def _not(self) -> Expression:
        if self.at("not"):
            span = self.take().span
            return Unary("not", self._not(), span)
        return self._comparison()

    def _comparison(self) -> Expression:
        left = self._sum()
        if self.at(*COMPARISONS):
            token = self.take()
            return Binary(token.text, left, self._sum(), token.span)
        if self.at("not", "in"):
            return self._membership(left)
        if self.at("under"):
            return self._under(left)
        if self.at("matches"):
            span = self.take().span
            if self.token.kind != "text":
                raise self.unexpected("matches 后面应是引号里的式样", "a quoted pattern must follow 'matches'")
            return Matches(left, self.take().text, span)
        return self._within(left) if self.at("within") else left

    def _membership(self, subject: Expression) -> Expression:
        span = self.token.span
        negated = self.at("not")
        if negated:
            self.take()
        self.expect("in")
        self.expect("[")
        choices = [self._sum()]
        while self.at(","):
            self.take()
            choices.append(self._sum())
        self.expect("]")
        return Membership(subject, tuple(choices), negated, span)

    def _under(self, subject: Expression) -> Expression:
        span = self.take().span
        if self.token.kind not in ("number", "text") or not self.token.text.isdigit():
            raise self.unexpected("under 后面应是行政区划代码前缀", "a region code prefix must follow 'under'")
        return Under(subject, self.take().text, span)

    def _within(self, subject: Expression) -> Expression:
        span = self.take().span
        length = self._number()
        self.expect("before")
        anchor = self._sum()
        kind = self.take().text if self.token.kind == "name" else ""
        return Within(subject, length, anchor, kind, span)

    def _sum(self) -> Expression:
        left = self._product()
        while self.at("+", "-"):
            token = self.take()
            left = Binary(token.text, left, self._product(), token.span)
        return left

    def _product(self) -> Expression:
        left = self._unary()
        while self.at("*", "/"):
            token = self.take()
            left = Binary(token.text, left, self._unary(), token.span)
        return left

    def _unary(self) -> Expression:
        if self.at("-"):
            span = self.take().span
            return Unary("-", self._unary(), span)
        return self._primary()

    def _primary(self) -> Expression:
        token = self.token
        if token.kind == "number":
            return self._number()
        if token.kind == "date":
            return self._date()
        if token.kind == "text":
            return TextLiteral(self.take().text, token.span)
        if token.kind == "name":
            return self._name()
        if self.at("("):
            self.take()
            inner = self.expression()
            self.expect(")")
            return inner
        raise self.unexpected("这里应是数、名称或括号", "expected a number, a name or a bracket")

    def _number(self) -> Number:
        token = self.token
        if token.kind != "number":
            raise self.unexpected("这里应是数", "expected a number")
        if len(token.text) > _DIGITS:
            raise fail("E204", token.span, f"数字超过 {_DIGITS} 位", f"a number of more than {_DIGITS} digits")
        self.take()
        unit = ""
        if self.at("%") or (self.token.kind == "name" and self.token.text in self.units):
            unit = self.take().text
        return Number(Fraction(token.text), unit, token.span)

    def _date(self) -> Date:
        token = self.take()
        try:
            return Date(dt.date.fromisoformat(token.text), token.span)
        except ValueError:
            raise fail("E202", token.span, f"没有这一天：{token.text}", f"there is no such day: {token.text}") from None

    def _name(self) -> Expression:
        token = self.take()
        if token.text in _TRUTHS:
            return Truth(_TRUTHS[token.text], token.span)
        if self.at("("):
            return self._call(token)
        if self.at("."):
            self.take()
            if self.token.kind != "name":
                raise self.unexpected("点后面应是字段名", "a field name must follow the dot")
            return Word(self.take().text, token.span, owner=token.text)
        return Word(token.text, token.span)

    def _call(self, name: Token) -> Expression:
        self.take()
        arguments: list[Expression] = []
        where: Expression | None = None
        if not self.at(")"):
            arguments.append(self.expression())
            while self.at(","):
                self.take()
                arguments.append(self.expression())
            if self.at("where"):
                self.take()
                where = self.expression()
        self.expect(")")
        return Call(name.text, tuple(arguments), where, name.span)
