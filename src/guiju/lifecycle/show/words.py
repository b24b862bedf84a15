"""Nodes of a chart in words, in both languages: lengths of time, dates, tests, and values of parameters."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from guiju.evaluate.readings import spell
from guiju.evaluate.spelling import decimal, spell_money
from guiju.language.expression.words import statement
from guiju.language.ir import Node
from guiju.language.policy import Condition, Parameter
from guiju.lifecycle.chart import Chart
from guiju.source.diagnostics import Text
from guiju.values import PASS, date_of
from guiju.vocabulary import Enumeration

_BETWEEN = {"eq": (" = ", " = "), "ne": (" ≠ ", " ≠ "), "lt": (" < ", " < "), "le": (" ≤ ", " ≤ "),
            "gt": (" > ", " > "), "ge": (" ≥ ", " ≥ "), "add": (" + ", " + "), "sub": (" − ", " − "),
            "mul": (" × ", " × "), "div": (" ÷ ", " ÷ "), "all": (" 且 ", " and "), "any": (" 或 ", " or ")}
_SINGLE = {"fact", "param", "const", "min", "max", "not"}
_COUNTED = {"duration": ("个月", "months"), "workdays": ("个工作日", "working days")}


class Words:
    """Says what the nodes of one chart mean."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.english = {p.name: english_of(p) for p in chart.parameters.values()}
        own = (p.enumeration for p in chart.parameters.values())
        self.enumerations: dict[str, Enumeration] = {
            **chart.vocabulary.enumerations, **{e.id: e for e in own if e is not None}}
        base = [u for u in chart.vocabulary.units.values() if u.per == 1]
        self.units = {u.dimension: (u.name, u.en) for u in reversed(base)}

    def condition(self, condition: Condition) -> Text:
        """What a condition asks; empty where it only has members."""
        if condition.expression is None:
            return Text("", "")
        return statement(condition.expression, self.chart.vocabulary, self.english)

    def text(self, node: Node) -> Text:
        """A node in words; what no word is known for, as its keeper wrote it."""
        said = self._said(node)
        if said is not None:
            return said
        written = next((o.text for o in self.chart.graph.origins.get(node, ()) if o.text), "")
        return Text(written or "按式计算", written or "by a formula")

    def part(self, node: Node) -> Text:
        """A node in words as a part of something longer: in brackets where it is more than a name or a value."""
        text = self.text(node)
        return text if node.op in _SINGLE else Text(f"（{text.zh}）", f"({text.en})")

    def length(self, node: Node) -> Text:
        """A length of time; with the default where a parameter gives it."""
        if self._parameter(node) is None:
            return self.part(node)
        text, brief = self.text(node), self.brief(node)
        return Text(f"{text.zh}（{brief.zh}）", f"{text.en} ({brief.en})")

    def brief(self, node: Node) -> Text:
        """A length of time in as few words as will do."""
        parameter = self._parameter(node)
        if parameter is None:
            return self._usual(node)
        if parameter.default is None:
            return Text("待定", "open")
        value = self.value(parameter, parameter.default)
        return Text(f"默认 {value.zh}", f"{value.en} by default")

    def fact(self, id_: str) -> Text:
        """A fact, or a record set, by name."""
        entry = self.chart.vocabulary.facts.get(id_) or self.chart.vocabulary.records.get(id_)
        return Text(entry.name, entry.en) if entry is not None else Text(id_, id_)

    def value(self, parameter: Parameter, value: Any) -> Text:
        """A value of a parameter, with its unit."""
        if parameter.type.kind == "number":
            return self._number(value, parameter.type.dimension)
        word = spell(parameter, value)
        return Text(word, {"是": "yes", "否": "no"}.get(word, word))

    def _usual(self, node: Node) -> Text:
        """A length; where it depends on something, the one that holds otherwise."""
        if node.op == "if":
            usual = self._usual(node.args[2])
            return Text(f"一般 {usual.zh}", f"{usual.en} as a rule")
        return self.text(node) if node.op in _SINGLE else Text("按式计算", "by a formula")

    def _said(self, node: Node) -> Text | None:
        match node.op:
            case "fact":
                return self.fact(node.args[0])
            case "param":
                parameter = self._parameter(node)
                return Text(parameter.name, english_of(parameter)) if parameter else None
            case "const":
                return self._constant(node.args[0], node)
            case "not":
                return self._negated(node.args[0])
            case "shift" | "shift_days":
                return self._shifted(node)
            case "if":
                a, b, c = map(self.text, node.args)
                return Text(f"若 {a.zh} 则 {b.zh}，否则 {c.zh}", f"if {a.en} then {b.en} else {c.en}")
            case "in":
                names = [self._constant(v, node.args[0]) for v in node.args[1]]
                subject = self.text(node.args[0])
                return Text(f"{subject.zh} 属于 {'、'.join(n.zh for n in names)}",
                            f"{subject.en} in {', '.join(n.en for n in names)}")
            case "min" | "max":
                first, last = {"min": (("较早的", "earlier"), ("较小的", "smaller")),
                               "max": (("较晚的", "later"), ("较大的", "larger"))}[node.op]
                word = first if node.type.kind == "date" else last
                parts = [self.text(n) for n in node.args]
                return Text(f"{'、'.join(p.zh for p in parts)}中{word[0]}",
                            f"the {word[1]} of {', '.join(p.en for p in parts)}")
            case "neg":
                inner = self._bracketed(node.args[0])
                return Text("−" + inner.zh, "−" + inner.en)
        return self._joined(node) if node.op in _BETWEEN else None

    def _parameter(self, node: Node) -> Parameter | None:
        return self.chart.parameters.get(node.args[0].rpartition(":")[2]) if node.op == "param" else None

    def _joined(self, node: Node) -> Text:
        zh, en = _BETWEEN[node.op]
        parts = [self._bracketed(n) for n in node.args]
        return Text(zh.join(p.zh for p in parts), en.join(p.en for p in parts))

    def _bracketed(self, node: Node) -> Text:
        """A part of a larger expression; a comparison needs no brackets there."""
        return self.text(node) if node.op in ("eq", "ne", "lt", "le", "gt", "ge", "in") else self.part(node)

    def _negated(self, node: Node) -> Text:
        text = self.text(node)
        return Text(f"非“{text.zh}”", f"not ({text.en})" if node.op not in _SINGLE else f"not {text.en}")

    def _shifted(self, node: Node) -> Text:
        date, count = node.args
        anchor = self._bracketed(date)
        if count.op != "const":
            more = self._bracketed(count)
            return Text(f"{anchor.zh} + {more.zh}", f"{anchor.en} + {more.en}")
        size = count.args[0]
        span = self._number(abs(size), "duration" if node.op == "shift" else "days")
        return (Text(f"{anchor.zh}后 {span.zh}", f"{span.en} after {anchor.en}") if size > 0
                else Text(f"{anchor.zh}前 {span.zh}", f"{span.en} before {anchor.en}"))

    def _constant(self, value: Any, node: Node) -> Text:
        type_ = node.type
        if type_.kind == "enum" and type_.enum in self.enumerations:
            member = self.enumerations[type_.enum].members[value]
            return Text(member.name, member.en or member.name)
        if type_.kind == "bool":
            return Text("是", "yes") if value == PASS else Text("否", "no")
        if type_.kind == "date":
            return Text(date_of(value).isoformat(), date_of(value).isoformat())
        if type_.kind == "number":
            return self._number(value, type_.dimension)
        return Text(str(value), str(value))

    def _number(self, value: Any, dimension: str) -> Text:
        """A number with the unit in which people say it."""
        number = Fraction(value)
        if dimension == "money":
            return spell_money(value)
        if dimension == "ratio":
            return Text(f"{decimal(number * 100)}%", f"{decimal(number * 100)}%")
        zh, en = _COUNTED.get(dimension) or self.units.get(dimension, ("", ""))
        if dimension == "duration" and number and number % 12 == 0:
            number, zh, en = number / 12, "年", "years"
        plain = decimal(number)
        return Text(f"{plain} {zh}".strip(), f"{plain} {en[:-1] if number == 1 and en[-1:] == 's' else en}".strip())


def english_of(parameter: Parameter) -> str:
    """What a parameter is called in English, where it has a Chinese name only."""
    return parameter.id.replace("_", " ")
