"""What a policy's page shows: the clauses, under each the rules that cite it, and the cases that cover these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.evaluate.cases import Case, read_cases
from guiju.evaluate.readings import spell
from guiju.evaluate.trial import try_policy
from guiju.language.compile.document import policy_document
from guiju.language.compile.reader import strengths
from guiju.language.expression.parser import parse
from guiju.language.expression.words import statement
from guiju.language.policy import Benefit, Condition, Parameter, Policy, ScoreItem
from guiju.source.diagnostics import GuijuError, Span, Text
from guiju.source.document import Mapping, Node, Scalar
from guiju.source.fields import as_items, as_mapping, as_scalar, text_of, texts_of
from guiju.source.table import read_rows


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule under its clause: what it says, in lines of both languages, and a table if it has one."""

    id: str
    kind: str
    name: Text
    clauses: tuple[str, ...]
    tags: tuple[str, ...] = ()
    lines: tuple[Text, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One clause with its rules and cases; an empty key gathers the rules that cite none."""

    key: str
    text: Text
    source: str
    rules: tuple[Rule, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything about one policy. `failed`: the names of cases that did not come out as expected; None where they
    were not run."""

    policy: Policy
    passages: tuple[Passage, ...] = ()
    cases: tuple[Case, ...] = ()
    failed: frozenset[str] | None = None


def reference_of(policy: Policy, folder: Path, *, run: bool = True) -> Reference:
    """The clauses of a policy in the order of its index, each with its rules and the cases that cover them; the cases
    are run, if `run`."""
    cases = tuple(read_cases(folder, policy))
    failed = frozenset(v.case.name for v in try_policy(policy, folder).failed) if run else None
    rules = list(_Reader(policy, folder).rules())
    passages = [_passage(c.key, c.text, c.lines, [r for r in rules if c.key in r.clauses], cases)
                for c in policy.clauses.values()]
    loose = [r for r in rules if not r.clauses]
    if loose:
        passages.append(_passage("", Text("未引条款", "citing no clause"), "", loose, cases))
    return Reference(policy, tuple(passages), cases, failed)


def _passage(key: str, text: Text, source: str, rules: list[Rule], cases: Iterable[Case]) -> Passage:
    ids = {r.id for r in rules} | {row[0] for r in rules for row in r.table[1:]}
    return Passage(key, text, source, tuple(rules), tuple(c for c in cases if ids & set(c.covers)))


class _Reader:
    """Describes rules in words; what the compiled form no longer has as text is read from the files."""

    def __init__(self, policy: Policy, folder: Path) -> None:
        self.policy = policy
        self.english = {d.name: d.en for d in policy.definitions.values() if d.en}
        self.entries = dict(_with_ids(policy_document(folder).entries()))

    def rules(self) -> Iterator[Rule]:
        policy = self.policy
        yield from (self._parameter(p) for p in policy.parameters.values())
        for d in policy.definitions.values():
            lines = (self._words(self._entry(d.id), "value"),)
            yield Rule(d.id, "定义", Text(d.name, d.en), d.clauses, self._about(d.record), lines)
        yield from (self._condition(c) for c in policy.conditions.values() if "#" not in c.id and c.form != "ban")
        for score in policy.scores.values():
            for group in score.groups:
                yield from (self._item(i, group.clauses or score.clauses) for i in group.items)
        for benefit in policy.benefits:
            yield from self._benefit(benefit)
        for limit in policy.limits:
            yield self._plain(limit.id, "限额", limit.name, limit.clauses, ("id", "name", "cite"))
        for ban in policy.bans:
            yield self._plain(ban.id, "禁申", ban.name, ban.clauses, ("id", "name", "cite"))
        for duty in policy.duties:
            yield Rule(duty.id, f"义务 {duty.kind}", duty.text, duty.clauses)

    def _entry(self, id_: str) -> Mapping:
        return self.entries.get(id_) or Mapping((), Span(""))

    def _about(self, record: str) -> tuple[str, ...]:
        return (self.policy.vocabulary.records[record].name,) if record else ()

    def _words(self, entry: Mapping, key: str, before: str = "", english: str = "") -> Text:
        written = text_of(entry, key)
        try:
            found = statement(parse(written, entry.span, dict(self.policy.vocabulary.units)), self.policy.vocabulary,
                              self.english)
        except GuijuError:
            found = Text(written, written)
        return Text(before + found.zh, english + found.en)

    def _parameter(self, p: Parameter) -> Rule:
        lines = []
        if p.default is not None:
            lines.append(Text(f"缺省读法：{spell(p, p.default)}", f"default: {spell(p, p.default)}"))
        lines += [Text(f"另一读法：{spell(p, v)}", f"or: {spell(p, v)}") for v in p.alternatives]
        lines += [Text(f"自 {v.start}：{spell(p, v.value)}", f"from {v.start}: {spell(p, v.value)}") for v in p.dated]
        if p.default is None and not p.dated:
            lines.append(Text("未定：设定之前不可计算", "open: not computable until it is set"))
        return Rule(p.id, "参数", Text(p.name, ""), p.clauses, (p.ref,) if p.ref else (),
                    (*lines, *((p.note,) if p.note.zh else ())))

    def _condition(self, c: Condition) -> Rule:
        entry = self._entry(c.id)
        tags = [] if c.strength == "hard" else [strengths()[c.strength].LABEL.zh]
        lines = [self._words(entry, "when", "仅当 ", "only if ")] if entry.get("when") else []
        if c.expression is not None:
            lines.append(statement(c.expression, self.policy.vocabulary, self.english))
        elif c.members:
            lines += [Text(f"{_form(c)[0]}：", f"{_form(c)[1]}:"), *(self._member(m) for m in c.members)]
        if c.note.zh:
            lines.append(c.note)
        if c.unverified:
            lines.append(Text(f"待核：{c.unverified}", ""))
        return Rule(c.id, "条件", c.name, c.clauses, (*tags, *self._about(c.record)), tuple(lines))

    def _member(self, m: Condition) -> Text:
        named = Text("", "") if "#" in m.id else Text(f"{m.id} {m.name.zh}".strip(), f"{m.id} {m.name.en}".strip())
        if named.zh or m.expression is None:
            inner = "；".join(self._member(x).zh for x in m.members)
            return named if named.zh else Text(f"· {_form(m)[0]}（{inner}）", "")
        words = statement(m.expression, self.policy.vocabulary, self.english)
        return Text(f"· {words.zh}", f"· {words.en}")

    def _item(self, item: ScoreItem, clauses: tuple[str, ...]) -> Rule:
        rows = tuple((t.text, f"{t.points} 分") for table in item.tables for t in table)
        entry = self._entry(item.id)
        keys = [k for k in ("of", "points", "each") if entry.get(k) is not None]
        lines = tuple(Text(f"{k}: {text_of(entry, k)}", "") for k in keys)
        return Rule(item.id, f"评分（满分 {item.full}）", item.name, item.clauses or clauses, (), lines,
                    (("档", "得分"), *rows) if rows else ())

    def _benefit(self, benefit: Benefit) -> Iterator[Rule]:
        entry = self._entry(benefit.id)
        header, *lines = read_rows(as_scalar(entry.get("table") or entry, "table"))
        for clauses in dict.fromkeys(row.clauses for row in benefit.rows):
            ids = {row.id for row in benefit.rows if row.clauses == clauses}
            rows = tuple(tuple(c.text for c in line) for line in lines if line[0].text in ids)
            when = "、".join(c.name.zh or c.id for c in benefit.when if "#" not in c.id)
            about = Text(f"条件：{when}", "") if when else Text("", "")
            tags = (benefit.kind, *(self._about(benefit.record) or ("单位",)))
            yield Rule(benefit.id, "资助", benefit.name, clauses, tags, (about,) if when else (),
                       (tuple(c.text for c in header), *rows))
        for less in benefit.less:
            yield Rule(less.id, "抵减", Text(f"{benefit.name.zh}：{less.name.zh}", less.name.en), less.clauses)
        if benefit.merge is not None:
            by = "、".join(texts_of(as_mapping(entry.get("merge"), entry.span, "merge"), "by"))
            yield Rule(benefit.merge.id, "归并", Text(f"{benefit.name.zh}：同{by}的算一项", ""), benefit.merge.clauses)
        if benefit.ceiling_id:
            yield Rule(benefit.ceiling_id, "上限", Text(f"{benefit.name.zh}：不超过{text_of(entry, 'ceiling')}", ""),
                       benefit.ceiling_clauses)

    def _plain(self, id_: str, kind: str, name: Text, clauses: tuple[str, ...], skip: tuple[str, ...]) -> Rule:
        """A rule as its keeper wrote it, key by key."""
        lines = [Text(f"{k.text}: {_written(v)}", "") for k, v in self._entry(id_).entries if k.text not in skip]
        return Rule(id_, kind, name, clauses, (), tuple(lines))


def _form(c: Condition) -> tuple[str, str]:
    return {"all_of": ("全部满足", "all of"), "any_of": ("任一满足", "any of"), "none_of": ("一项也没有", "none of"),
            "at_least": (f"至少 {c.k} 项", f"at least {c.k} of")}[c.form]


def _written(node: Node) -> str:
    """Values as they stand in the file; a mapping is only hinted at."""
    if isinstance(node, Scalar):
        return node.text
    return "…" if isinstance(node, Mapping) else "、".join(map(_written, node.items))


def _with_ids(nodes: Iterable[Node]) -> Iterator[tuple[str, Mapping]]:
    """Every mapping below that has an id: rules, their members, score items."""
    for node in nodes:
        if isinstance(node, Mapping):
            if node.get("id") is not None:
                yield text_of(node, "id"), node
            yield from _with_ids([child for _, value in node.entries for child in as_items(value)])
