"""Words for the rules of a policy's page, in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from guiju.cli.show import STRENGTHS
from guiju.evaluate.readings import spell
from guiju.language.expression.parser import parse
from guiju.language.expression.syntax import Expression
from guiju.language.expression.words import statement
from guiju.language.policy import Benefit, Condition, Limit, Parameter, Policy
from guiju.source.diagnostics import GuijuError, Span, Text
from guiju.source.document import Mapping
from guiju.source.fields import as_scalar, text_of, texts_of
from guiju.vocabulary import Vocabulary

KINDS = {
    "reading": Text("读法", "reading"), "term": Text("用语", "term"), "condition": Text("条件", "condition"),
    "score": Text("评分", "score"), "benefit": Text("资助", "benefit"), "less": Text("抵减", "deduction"),
    "merge": Text("归并", "merging"), "ceiling": Text("上限", "ceiling"), "limit": Text("限额", "limit"),
    "ban": Text("禁申", "ban")}
PAID = {"exact": Text("定额", "fixed"), "up_to": Text("至多", "up to"), "discretionary": Text("裁量", "at discretion")}
ONLY = Text("仅当 ", "only if ")
_NOTHING = Text("", "")
ORGANISATION = Text("单位", "the organisation")
_COLUMNS = {"金额": Text("金额", "amount"), "amount": Text("金额", "amount"), "依据": Text("依据", "clause"),
            "cite": Text("依据", "clause"), "条件": Text("条件", "condition"), "when": Text("条件", "condition")}
_SCOPES = {"all": Text("全部资助", "all benefits"), "category": Text("各类资助", "benefits by category"),
           "benefit": Text("资助事项", "benefit")}


class _Cell(Protocol):
    @property
    def text(self) -> str: ...


def strength_of(strength: str) -> tuple[Text, ...]:
    """How binding a rule is, where that is said."""
    return (STRENGTHS[strength],) if strength in STRENGTHS else ()


def form_of(c: Condition) -> Text:
    """How the members of a condition make it up."""
    return {"all_of": Text("全部满足", "all of"), "any_of": Text("任一满足", "any of"),
            "none_of": Text("一项也没有", "none of"), "at_least": Text(f"至少 {c.k} 项", f"at least {c.k} of")}[c.form]


def record_name(vocabulary: Vocabulary, id_: str) -> Text:
    return Text(vocabulary.records[id_].name, vocabulary.records[id_].en)


def readings(p: Parameter) -> Iterator[Text]:
    """The default reading, the others, and the values by day."""
    if p.default is not None:
        yield Text(f"缺省读法：{spell(p, p.default)}", f"default: {spell(p, p.default)}")
    for value in p.alternatives:
        yield Text(f"另一读法：{spell(p, value)}", f"or: {spell(p, value)}")
    for dated in p.dated:
        yield Text(f"自 {dated.start}：{spell(p, dated.value)}", f"from {dated.start}: {spell(p, dated.value)}")
    if p.default is None and not p.dated:
        yield Text("未定：设定之前不可计算", "open: not computable until it is set")


class Words:
    """Says what the rules of one policy say."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.english = {d.name: d.en for d in policy.definitions.values() if d.en}
        self.benefits = {b.id: b.name for b in policy.benefits}

    def expression(self, expression: Expression) -> Text:
        return statement(expression, self.policy.vocabulary, self.english)

    def written(self, entry: Mapping, key: str, before: Text = _NOTHING) -> Text:
        """An expression of the files in words; what is none stands as it is written."""
        found = self.in_words(text_of(entry, key), entry.span)
        return Text(before.zh + found.zh, before.en + found.en)

    def in_words(self, text: str, span: Span) -> Text:
        """An expression as it is read."""
        try:
            return self.expression(parse(text, span, dict(self.policy.vocabulary.units)))
        except GuijuError:
            return Text(text, text)

    def gates(self, benefit: Benefit) -> tuple[Text, ...]:
        named = [c.name for c in benefit.when if "#" not in c.id]
        if not named:
            return ()
        zh, en = "、".join(n.zh for n in named), "; ".join(n.en or n.zh for n in named)
        return (Text(f"条件：{zh}", f"conditions: {en}"),)

    def score(self, entry: Mapping) -> Iterator[Text]:
        """How points come about where no table says it all."""
        for key, label in (("of", Text("看 ", "by ")), ("points", Text("得分：", "points: "))):
            if entry.get(key) is not None:
                yield self.written(entry, key, label)
        if entry.get("each") is not None:
            each = text_of(entry, "each")
            yield Text(f"每项 {each} 分", f"{each} points each")

    def limit(self, entry: Mapping, limit: Limit) -> Iterator[Text]:
        """What a limit leaves, of which benefits, by what they are grouped, and when it holds."""
        n = limit.n
        cap = self.written(entry, "cap") if entry.get("cap") is not None else Text("", "")
        yield {"keep": Text(f"每组取最高 {n} 项", f"the {n} highest of each group"),
               "highest": Text(f"同族只取最高 {n} 项", f"only the {n} highest of a family"),
               "best": Text(f"取最高 {n} 类", f"the best {n} categories"),
               "elect": Text(f"自选 {n} 项", f"{n} of the applicant's choice"),
               "cap": Text(f"合计至多 {cap.zh}", f"in all at most {cap.en}")}[limit.form]
        yield _listed(Text("对象：", "of: "), [_SCOPES.get(w) or self.benefits.get(w, Text(w, w))
                                          for w in texts_of(entry, "of")])
        if entry.get("by") is not None:
            yield _listed(Text("分组：", "grouped by: "), [_SCOPES.get(w) or self.in_words(w, entry.span)
                                                       for w in texts_of(entry, "by")])
        yield from self._scope(entry)

    def ban(self, entry: Mapping) -> Iterator[Text]:
        """After what, from when and for how long an application is barred."""
        record = self.policy.vocabulary.record(text_of(entry, "each"))
        if record is not None:
            yield Text(f"因：{record.name}", f"after: {record.en}")
        yield from self._scope(entry)
        least = entry.get("at_least") is not None
        for key, label in (("from", Text("起算：", "from: ")),
                           ("lasts", Text("至少 ", "at least ") if least else Text("期限：", "for: "))):
            if entry.get(key) is not None:
                yield self.written(entry, key, label)

    def _scope(self, entry: Mapping) -> Iterator[Text]:
        for key, label in (("where", Text("限于：", "where: ")), ("when", ONLY)):
            if entry.get(key) is not None:
                yield self.written(entry, key, label)
        note = entry.get("note")
        if note is not None:
            yield Text(text_of(note, "zh"), text_of(note, "en")) if isinstance(note, Mapping) else \
                Text(as_scalar(note, "note").text, "")

    def cells(self, header: Sequence[str], benefit: Benefit) -> Cells:
        return Cells(self, tuple(header), benefit)


@dataclass(frozen=True, slots=True)
class Cells:
    """The columns of a price table, and its lines, in both languages. `header`: as written; the first is the id's."""

    words: Words
    header: tuple[str, ...]
    benefit: Benefit

    def head(self) -> tuple[Text, ...]:
        return (Text("编号", "id"), *(_COLUMNS.get(name) or self._field(name) for name in self.header[1:]))

    def row(self, line: Sequence[_Cell]) -> tuple[Text, ...]:
        return (Text(line[0].text, line[0].text), *(self._cell(name, cell.text) for name, cell in
                                                    zip(self.header[1:], line[1:], strict=True)))

    def _cell(self, column: str, text: str) -> Text:
        if text == "-":
            return Text("不限", "any") if column not in _COLUMNS else Text("—", "—")
        if _COLUMNS.get(column, Text("", "")).en == "condition":
            return self.words.in_words(text, self.benefit.span)
        if _COLUMNS.get(column, Text("", "")).en == "amount":
            return Text(text, self.words.in_words(text, self.benefit.span).en)
        if text in ("是", "否"):
            return Text(text, "yes" if text == "是" else "no")
        members = self._members(column)
        return Text(text, ", ".join(members.get(w, w) for w in text.split("、")) if members else text)

    def _field(self, name: str) -> Text:
        record = self.words.policy.vocabulary.records.get(self.benefit.record)
        fields = record.fields if record else tuple(self.words.policy.vocabulary.all_facts())
        english = next((f.en for f in fields if f.name == name), "") or self.words.english.get(name, "")
        return Text(name, english)

    def _members(self, column: str) -> dict[str, str]:
        record = self.words.policy.vocabulary.records.get(self.benefit.record)
        for field in record.fields if record else ():
            if field.name == column and field.enumeration is not None:
                return {m.name: m.en for m in field.enumeration.members}
        return {}


def _listed(before: Text, texts: Sequence[Text]) -> Text:
    return Text(before.zh + "、".join(t.zh for t in texts), before.en + ", ".join(t.en or t.zh for t in texts))
