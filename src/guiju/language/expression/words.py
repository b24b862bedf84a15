"""Expressions in words: Chinese as a reader of the law would put it, English beside it."""

from __future__ import annotations

from collections.abc import Mapping as Map
from fractions import Fraction

from guiju.language.expression import syntax as s
from guiju.source.diagnostics import Text
from guiju.vocabulary import Vocabulary

_ZH = {"and": " 且 ", "or": " 或 ", "=": " = ", "!=": " ≠ ", ">=": " ≥ ", "<=": " ≤ ", ">": " > ", "<": " < ",
       "+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_EN = {**_ZH, "and": " and ", "or": " or "}
_LEVEL = {"or": 1, "and": 2, "=": 4, "!=": 4, ">=": 4, "<=": 4, ">": 4, "<": 4, "+": 5, "-": 5, "*": 6, "/": 6}
_FUNCTIONS = {
    "count": ("数量", "number of"), "sum": ("合计", "sum of"), "max": ("最大", "largest"), "min": ("最小", "smallest"),
    "latest": ("最近", "latest"), "exists": ("有", "there is"), "none": ("没有", "there is no"),
    "distinct": ("不同", "different"), "the": ("其", "the"), "floor": ("取整", "floor"), "year": ("年份", "year of"),
    "month": ("月份", "month of"),
}


def statement(expression: s.Expression, vocabulary: Vocabulary, names: Map[str, str] | None = None) -> Text:
    """An expression as one line in both languages. `names` gives the English of names that a policy declares."""
    english = {**_english(vocabulary), **(names or {})}
    return Text(_Writer(vocabulary, "zh", english).write(expression),
                _Writer(vocabulary, "en", english).write(expression))


_OWNERS = {"本单位": "the applicant", "本行": "this row"}
_GLOSSARIES: dict[int, tuple[Vocabulary, dict[str, str]]] = {}


def _english(vocabulary: Vocabulary) -> dict[str, str]:
    """Chinese name → English name of everything in the dictionary; kept with the dictionary that it is of."""
    if id(vocabulary) not in _GLOSSARIES:
        pairs = [(m.name, m.en) for e in vocabulary.enumerations.values() for m in e.members]
        pairs += [(f.name, f.en) for r in vocabulary.all_records() for f in r.fields]
        pairs += [(r.name, r.en) for r in vocabulary.all_records()] + [(f.name, f.en) for f in vocabulary.all_facts()]
        _GLOSSARIES[id(vocabulary)] = (vocabulary, {name: en for name, en in pairs if en} | _OWNERS)
    return _GLOSSARIES[id(vocabulary)][1]


class _Writer:
    def __init__(self, vocabulary: Vocabulary, language: str, english: Map[str, str]) -> None:
        self.vocabulary = vocabulary
        self.english = english
        self.zh = language == "zh"

    def write(self, e: s.Expression, level: int = 0) -> str:
        match e:
            case s.Number(value=value, unit=unit):
                return f"{_plain(value)}{self._unit(unit)}"
            case s.Truth(value=value):
                return ("是" if value else "否") if self.zh else ("yes" if value else "no")
            case s.Date(value=date):
                return date.isoformat()
            case s.TextLiteral(value=text):
                return f"“{text}”"
            case s.Word(text=text, owner=owner):
                return f"{self._name(owner)}·{self._name(text)}" if owner else self._name(text)
            case s.Unary(op="not", operand=operand):
                return ("非（" if self.zh else "not (") + self.write(operand) + ("）" if self.zh else ")")
            case s.Unary(operand=operand):
                return "−" + self.write(operand, 7)
            case s.Binary(op=op, left=left, right=right):
                return self._binary(op, left, right, level)
            case s.Conditional() if level:
                return self._bracketed(self._special(e))
            case _:
                return self._special(e)

    def _bracketed(self, text: str) -> str:
        return f"（{text}）" if self.zh else f"({text})"

    def _binary(self, op: str, left: s.Expression, right: s.Expression, level: int) -> str:
        own = _LEVEL[op]
        text = self.write(left, own) + (_ZH if self.zh else _EN)[op] + self.write(right, own + (op in "-/"))
        return self._bracketed(text) if own < level else text

    def _special(self, e: s.Expression) -> str:
        match e:
            case s.Membership(subject=subject, choices=choices, negated=negated):
                word = ("不属于 " if negated else "属于 ") if self.zh else ("not in " if negated else "in ")
                return f"{self.write(subject)} {word}" + ("、" if self.zh else ", ").join(map(self.write, choices))
            case s.Under(subject=subject, prefix=prefix):
                region = self.vocabulary.regions.get(prefix.ljust(6, "0"), prefix)
                return f"{self.write(subject)} " + (f"在 {region}" if self.zh else f"in {region}")
            case s.Matches(subject=subject, pattern=pattern):
                return f"{self.write(subject)} " + ("符合式样 " if self.zh else "matches ") + pattern
            case s.Within(subject=subject, length=length, anchor=anchor):
                span, end = self.write(length), self.write(anchor)
                return (f"{self.write(subject)} 在 {end} 前 {span}内" if self.zh
                        else f"{self.write(subject)} within {span} before {end}")
            case s.Conditional(condition=condition, then=then, otherwise=otherwise):
                a, b, c = self.write(condition), self.write(then), self.write(otherwise)
                return f"若 {a} 则 {b}，否则 {c}" if self.zh else f"if {a} then {b} else {c}"
            case s.Call():
                return self._call(e)
            case _:
                raise AssertionError(type(e))

    def _call(self, e: s.Call) -> str:
        name = _FUNCTIONS.get(e.name, (e.name, e.name))[0 if self.zh else 1]
        inner = ("，" if self.zh else ", ").join(map(self.write, e.arguments))
        if e.where is None:
            return f"{name}（{inner}）" if self.zh else f"{name} ({inner})"
        condition = self.write(e.where)
        return f"{name}（{inner}：{condition}）" if self.zh else f"{name} ({inner} where {condition})"

    def _unit(self, unit: str) -> str:
        if not unit or unit == "%":
            return unit
        entry = self.vocabulary.units[unit]
        return f" {entry.name}" if self.zh else f" {entry.en}".rstrip()

    def _name(self, word: str) -> str:
        entry = self.vocabulary.fact(word) or self.vocabulary.record(word)
        name = entry.name if entry else word
        return name if self.zh else self.english.get(name, name)


def _plain(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    text = f"{float(value):.6f}".rstrip("0")
    return text if Fraction(text) == value else str(value)
