"""What a policy's page shows: the clauses, under each the rules that cite it, and the cases that cover these."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.book.policies.words import (
    KINDS,
    ONLY,
    ORGANISATION,
    PAID,
    Words,
    form_of,
    readings,
    record_name,
    strength_of,
)
from guiju.cli.show import DUTIES
from guiju.evaluate.cases import Case, read_cases
from guiju.evaluate.spelling import decimal
from guiju.evaluate.trial import try_policy
from guiju.language.compile.document import policy_document
from guiju.language.policy import Benefit, Condition, Parameter, Policy, ScoreItem
from guiju.source.diagnostics import Span, Text
from guiju.source.document import Mapping, Node
from guiju.source.fields import as_items, as_mapping, as_scalar, text_of, texts_of
from guiju.source.table import read_rows


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule under its clause: what it says, line by line, and a table if it has one. The first row of the table is
    its head; the first cell of every other row is the id of the line."""

    id: str
    kind: Text
    name: Text
    clauses: tuple[str, ...]
    tags: tuple[Text, ...] = ()
    lines: tuple[Text, ...] = ()
    table: tuple[tuple[Text, ...], ...] = ()


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
    ids = {r.id for r in rules} | {row[0].zh for r in rules for row in r.table[1:]}
    return Passage(key, text, source, tuple(rules), tuple(c for c in cases if ids & set(c.covers)))


class _Reader:
    """Describes rules in words; what the compiled form no longer has as text is read from the files."""

    def __init__(self, policy: Policy, folder: Path) -> None:
        self.policy = policy
        self.entries = dict(_with_ids(policy_document(folder).entries()))
        self.words = Words(policy)

    def rules(self) -> Iterator[Rule]:
        policy = self.policy
        yield from (self._parameter(p) for p in policy.parameters.values())
        for d in policy.definitions.values():
            lines = (self.words.written(self._entry(d.id), "value"),)
            yield Rule(d.id, KINDS["term"], Text(d.name, d.en), d.clauses, self._about(d.record), lines)
        yield from (self._condition(c) for c in policy.conditions.values() if "#" not in c.id and c.form != "ban")
        for score in policy.scores.values():
            for group in score.groups:
                yield from (self._item(i, group.clauses or score.clauses) for i in group.items)
        for benefit in policy.benefits:
            yield from self._benefit(benefit)
        for limit in policy.limits:
            told = tuple(self.words.limit(self._entry(limit.id), limit))
            yield Rule(limit.id, KINDS["limit"], limit.name, limit.clauses, strength_of(limit.strength), told)
        for ban in policy.bans:
            yield Rule(ban.id, KINDS["ban"], ban.name, ban.clauses, (), tuple(self.words.ban(self._entry(ban.id))))
        for duty in policy.duties:
            yield Rule(duty.id, DUTIES[duty.kind], duty.text, duty.clauses)

    def _entry(self, id_: str) -> Mapping:
        return self.entries.get(id_) or Mapping((), Span(""))

    def _about(self, record: str) -> tuple[Text, ...]:
        return (record_name(self.policy.vocabulary, record),) if record else ()

    def _parameter(self, p: Parameter) -> Rule:
        return Rule(p.id, KINDS["reading"], Text(p.name, ""), p.clauses, (),
                    (*readings(p), *((p.note,) if p.note.zh else ())))

    def _condition(self, c: Condition) -> Rule:
        entry = self._entry(c.id)
        lines = [self.words.written(entry, "when", ONLY)] if entry.get("when") else []
        if c.expression is not None:
            lines.append(self.words.expression(c.expression))
        elif c.members:
            form = form_of(c)
            lines += [Text(f"{form.zh}：", f"{form.en}:"), *(self._member(m) for m in c.members)]
        if c.note.zh:
            lines.append(c.note)
        if c.unverified:
            lines.append(Text(f"待核：{c.unverified}", ""))
        return Rule(c.id, KINDS["condition"], c.name, c.clauses, (*strength_of(c.strength), *self._about(c.record)),
                    tuple(lines))

    def _member(self, m: Condition) -> Text:
        if "#" not in m.id and m.name.zh:
            return Text(f"· {m.name.zh}（{m.id}）", f"· {m.name.en or m.name.zh} ({m.id})")
        if m.expression is None:
            form, inner = form_of(m), [self._member(x) for x in m.members]
            return Text(f"· {form.zh}（{'；'.join(x.zh.removeprefix('· ') for x in inner)}）",
                        f"· {form.en} ({'; '.join(x.en.removeprefix('· ') for x in inner)})")
        words = self.words.expression(m.expression)
        return Text(f"· {words.zh}", f"· {words.en}")

    def _item(self, item: ScoreItem, clauses: tuple[str, ...]) -> Rule:
        rows = tuple((Text("", ""), Text(t.text or "其余", "" if t.text else "otherwise"),
                      Text(f"{decimal(t.points)} 分", f"{decimal(t.points)} points"))
                     for table in item.tables for t in table)
        head = (Text("", ""), Text("档", "tier"), Text("得分", "points"))
        full = Text(f"满分 {decimal(item.full)}", f"full mark {decimal(item.full)}")
        doubt = (Text(f"待核：{item.unverified}", ""),) if item.unverified else ()
        return Rule(item.id, KINDS["score"], item.name, item.clauses or clauses, (full,),
                    (*self.words.score(self._entry(item.id)), *doubt), (head, *rows) if rows else ())

    def _benefit(self, benefit: Benefit) -> Iterator[Rule]:
        entry = self._entry(benefit.id)
        header, *lines = read_rows(as_scalar(entry.get("table") or entry, "table"))
        cells = self.words.cells([c.text for c in header], benefit)
        for clauses in dict.fromkeys(row.clauses for row in benefit.rows):
            ids = {row.id for row in benefit.rows if row.clauses == clauses}
            rows = tuple(cells.row(line) for line in lines if line[0].text in ids)
            tags = (PAID[benefit.kind], *(self._about(benefit.record) or (ORGANISATION,)))
            yield Rule(benefit.id, KINDS["benefit"], benefit.name, clauses, tags, self.words.gates(benefit),
                       (cells.head(), *rows))
        for less in benefit.less:
            yield Rule(less.id, KINDS["less"], _of(benefit, less.name), less.clauses)
        if benefit.merge is not None:
            by = "、".join(texts_of(as_mapping(entry.get("merge"), entry.span, "merge"), "by"))
            same = Text(f"同{by}的算一项", f"one item for equal {by}")
            yield Rule(benefit.merge.id, KINDS["merge"], _of(benefit, same), benefit.merge.clauses)
        if benefit.ceiling_id:
            ceiling = self.words.written(entry, "ceiling")
            yield Rule(benefit.ceiling_id, KINDS["ceiling"],
                       _of(benefit, Text(f"不超过{ceiling.zh}", f"no more than {ceiling.en}")), benefit.ceiling_clauses)


def _of(benefit: Benefit, what: Text) -> Text:
    return Text(f"{benefit.name.zh}：{what.zh}", f"{benefit.name.en or benefit.name.zh}: {what.en or what.zh}")


def _with_ids(nodes: Iterable[Node]) -> Iterator[tuple[str, Mapping]]:
    """Every mapping below that has an id: rules, their members, score items."""
    for node in nodes:
        if isinstance(node, Mapping):
            if node.get("id") is not None:
                yield text_of(node, "id"), node
            yield from _with_ids([child for _, value in node.entries for child in as_items(value)])
