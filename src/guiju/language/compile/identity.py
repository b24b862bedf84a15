"""Reads policy.yaml: identity, clause index, parameters, duties."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from guiju.language.compile.context import Context
from guiju.language.policy import CitedDocument, Clause, DatedValue, Duty, Parameter
from guiju.language.types import BOOL, DATE, Type, number
from guiju.source.diagnostics import Span, Text, fail
from guiju.source.document import Mapping, Node, Scalar
from guiju.source.fields import (
    FALSE_WORDS,
    TRUE_WORDS,
    as_items,
    as_mapping,
    as_scalar,
    bilingual,
    check_keys,
    date_of,
    text_of,
)
from guiju.values import FAIL, PASS, day
from guiju.vocabulary import Enumeration, Member

DOCUMENT_KEYS = {"zh", "en", "region"}
_PARAMETER_KEYS = {"name", "type", "unit", "default", "or", "cite", "note", "ref", "values", "domain"}
DUTY_KINDS = {"procedure", "material", "payment", "use_of_funds", "report", "sanction", "interpretation", "note"}


def read_clauses(node: Node | None, span: Span, of_base: Map[str, str] | None = None) -> dict[str, Clause]:
    """The clause index. `of_base`: the policy whose clause a key is, where it is not this one's."""
    clauses: dict[str, Clause] = {}
    for key, value in as_mapping(node, span, "clauses").entries:
        entry = as_mapping(value, key.span, key.text)
        check_keys(entry, {"zh", "en", "lines"}, {"zh"})
        clauses[key.text] = Clause(key.text, Text(text_of(entry, "zh"), text_of(entry, "en")),
                                   text_of(entry, "lines"), key.span, (of_base or {}).get(key.text, ""))
    return clauses


def read_documents(node: Node | None, span: Span) -> dict[str, CitedDocument]:
    """The documents whose clauses the index holds, by what the keys of these clauses begin with."""
    documents: dict[str, CitedDocument] = {}
    for key, value in as_mapping(node, span, "documents").entries:
        entry = as_mapping(value, key.span, key.text)
        check_keys(entry, DOCUMENT_KEYS, {"zh"})
        documents[key.text] = CitedDocument(key.text, Text(text_of(entry, "zh"), text_of(entry, "en")),
                                            text_of(entry, "region"), key.span)
    return documents


def read_parameters(node: Node | None, span: Span, context: Context) -> dict[str, Parameter]:
    """The parameters, each announced to the scope by id and by name."""
    parameters: dict[str, Parameter] = {}
    for key, value in as_mapping(node, span, "parameters").entries if node else ():
        made = context.gather(_parameter, key, value, context)
        if made is not None:
            parameters[made.id] = made
            _announce(made, context)
    return parameters


def _announce(parameter: Parameter, context: Context) -> None:
    for word in (parameter.id, parameter.name):
        context.symbols.organisation[word] = lambda: parameter.node


def _parameter(key: Scalar, value: Node, context: Context) -> Parameter:
    entry = as_mapping(value, key.span, key.text)
    check_keys(entry, _PARAMETER_KEYS, {"name", "type"})
    context.claim(key.text, key.span)
    readings = [*as_items(entry.get("default")), *as_items(entry.get("or"))]
    kind, enumeration = text_of(entry, "type"), None
    if kind == "choice":
        dated = [as_mapping(v, key.span, "values").get("value") for v in as_items(entry.get("values"))]
        words = [as_scalar(r, "or").text for r in [*readings, *(d for d in dated if d is not None)]]
        unique = tuple(dict.fromkeys(words))
        enumeration = Enumeration(f"{context.policy}:{key.text}", text_of(entry, "name"), key.text, False,
                                  tuple(Member(w, w, w) for w in unique))
        context.symbols.enumerations[enumeration.id] = enumeration
    type_ = _type_of(kind, entry, enumeration, context)
    read = [parameter_value(as_scalar(r, key.text), type_, enumeration, context) for r in readings]
    has_default = entry.get("default") is not None
    return Parameter(
        key.text, text_of(entry, "name"), type_, context.graph.node("param", (f"{context.policy}:{key.text}",), type_),
        read[0] if has_default else None, tuple(read[1:] if has_default else read),
        tuple(_dated(v, type_, enumeration, context) for v in as_items(entry.get("values"))), enumeration,
        context.cite(entry), bilingual(entry.get("note"), key.span, "note"), text_of(entry, "ref"), key.span)


def _type_of(kind: str, entry: Mapping, enumeration: Enumeration | None, context: Context) -> Type:
    if enumeration is not None:
        return Type("enum", enum=enumeration.id)
    if kind == "number":
        unit = context.vocabulary.units.get(text_of(entry, "unit"))
        if unit is None:
            raise fail("E243", entry.span, "数值参数要写单位 unit", "a number parameter needs a unit")
        return number(unit.dimension)
    simple = {"bool": BOOL, "date": DATE, "money": number("money"), "ratio": number("ratio")}
    if kind in simple:
        return simple[kind]
    raise fail("E244", entry.span, f"参数类型“{kind}”应是 choice、bool、number、money、ratio、date 之一",
               f"parameter type '{kind}' must be choice, bool, number, money, ratio or date")


def parameter_value(scalar: Scalar, type_: Type, enumeration: Enumeration | None, context: Context) -> Any:
    """A parameter's value from its words. Raises E245 where it does not fit the type."""
    if enumeration is not None:
        index = enumeration.index(scalar.text)
        if index is not None:
            return index
        names = "、".join(m.name for m in enumeration.members)
        raise fail("E245", scalar.span, f"“{scalar.text}”不在取值里：{names}", f"'{scalar.text}' is none of: {names}")
    if type_ == DATE:
        return day(date_of(scalar, "date"))
    if type_ == BOOL:
        word = scalar.text.lower()
        if word in TRUE_WORDS or word in FALSE_WORDS:
            return PASS if word in TRUE_WORDS else FAIL
        raise fail("E245", scalar.span, f"应是 是 或 否，不是“{scalar.text}”", "must be true or false")
    node = context.expression(scalar)
    if node.op != "const" or node.type.dimension != type_.dimension:
        units = list(dict.fromkeys(u.name for u in context.vocabulary.units.values() if u.dimension == type_.dimension))
        raise fail("E245", scalar.span,
                   f"“{scalar.text}”不是合适的数" + (f"；请带上单位：{'、'.join(units)}" if units else ""),
                   f"'{scalar.text}' is no fitting number" + (f"; add its unit: {', '.join(units)}" if units else ""))
    return node.args[0]


def _dated(node: Node, type_: Type, enumeration: Enumeration | None, context: Context) -> DatedValue:
    entry = as_mapping(node, node.span, "values")
    check_keys(entry, {"from", "published", "value"}, {"from", "value"})
    start = date_of(entry.get("from") or entry, "from")
    published = entry.get("published")
    value = parameter_value(as_scalar(entry.get("value") or entry, "value"), type_, enumeration, context)
    return DatedValue(start, date_of(published, "published") if published is not None else start, value)


def read_duties(entries: list[Mapping], context: Context) -> tuple[Duty, ...]:
    """Obligations, procedure, materials, sanctions."""
    duties = []
    for entry in entries:
        check_keys(entry, {"id", "kind", "zh", "en", "cite"}, {"id", "kind", "zh"})
        kind = text_of(entry, "kind")
        if kind not in DUTY_KINDS:
            raise fail("E246", entry.span, f"kind 应是 {'、'.join(sorted(DUTY_KINDS))} 之一，不是“{kind}”",
                       f"kind must be one of {', '.join(sorted(DUTY_KINDS))}, not '{kind}'")
        duties.append(Duty(context.claim(text_of(entry, "id"), entry.span), kind,
                           Text(text_of(entry, "zh"), text_of(entry, "en")), context.cite(entry), entry.span))
    return tuple(duties)
