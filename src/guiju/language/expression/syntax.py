"""The syntax tree of an expression."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from guiju.source.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction
    unit: str
    span: Span


@dataclass(frozen=True, slots=True)
class Truth:
    value: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Date:
    value: dt.date
    span: Span


@dataclass(frozen=True, slots=True)
class TextLiteral:
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Word:
    """A name; `owner` is what stood before a dot (a record set, or 本单位)."""

    text: str
    span: Span
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Unary:
    op: str
    operand: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Binary:
    """`and or = != < <= > >= + - * /`."""

    op: str
    left: Expression
    right: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Membership:
    subject: Expression
    choices: tuple[Expression, ...]
    negated: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Under:
    subject: Expression
    prefix: str
    span: Span


@dataclass(frozen=True, slots=True)
class Matches:
    subject: Expression
    pattern: str
    span: Span


@dataclass(frozen=True, slots=True)
class Within:
    """`subject within length before anchor kind`; an empty kind is an error of its own."""

    subject: Expression
    length: Number
    anchor: Expression
    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Conditional:
    condition: Expression
    then: Expression
    otherwise: Expression
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """`name(argument, …)`, or an aggregate `name(R.F where C)`."""

    name: str
    arguments: tuple[Expression, ...]
    where: Expression | None
    span: Span


Expression = (Number | Truth | Date | TextLiteral | Word | Unary | Binary | Membership | Under | Matches | Within
              | Conditional | Call)


def children(node: Expression) -> tuple[Expression, ...]:
    """The direct parts of an expression."""
    match node:
        case Unary(operand=a):
            return (a,)
        case Binary(left=a, right=b):
            return (a, b)
        case Membership(subject=a, choices=more):
            return (a, *more)
        case Under(subject=a) | Matches(subject=a):
            return (a,)
        case Within(subject=a, anchor=b):
            return (a, b)
        case Conditional(condition=a, then=b, otherwise=c):
            return (a, b, c)
        case Call(arguments=more, where=where):
            return more if where is None else (*more, where)
        case _:
            return ()
