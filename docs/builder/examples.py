"""Runs the examples of the manual: what a table states beside what the engine computes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from builder import spelled
from builder.language import EXPRESSION, ID, compiled, policy_folder, vocabulary
from builder.spec import Chapter, Code, Row, Section, Table
from guiju.evaluate.answer import Answer, Reading
from guiju.evaluate.assess import answer_of
from guiju.evaluate.doubts import Doubts
from guiju.evaluate.evaluation import Evaluation, evaluate, outcome_of, quick, setting_for
from guiju.evaluate.trial import chosen_value, try_policy
from guiju.facts.model import Facts, Provenance
from guiju.facts.read import facts_from_node
from guiju.language.ir import Node
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic, GuijuError, Span
from guiju.source.document import Mapping, Scalar, parse_document
from guiju.source.document import Node as DocumentNode
from guiju.values import UNDECIDED

ARROW = "→"
TODAY = dt.date(2024, 6, 30)
RECORDED = Provenance(by="评审组", on=dt.date(2024, 1, 1), evidence="评审意见")
OPEN_WORDS = ("", "?")
SETTINGS = ("as_of", "known_at", "presume")


@dataclass(frozen=True, slots=True)
class Result:
    """One cell: what the manual states, what came out, and the diagnostic behind it if it is an error."""

    stated: str
    computed: str
    line: int
    note: str = ""

    @property
    def agrees(self) -> bool:
        return self.stated == self.computed


@dataclass(frozen=True, slots=True)
class Example:
    """A table with the rule text, the rules that it amends, the expression, the shared facts and the cases that stand
    above it."""

    section: Section
    table: Table
    rules: str
    base: str
    expression: str
    facts: str
    cases: str
    number: int

    @property
    def title(self) -> str:
        return f"{self.section.title}·{self.number}" if self.number > 1 else self.section.title

    def run(self) -> dict[tuple[int, int], Result]:
        """Every result of the table, by row and column."""
        return {(row.line, column): result for row in self.table.rows for column, result in self._row(row)}

    def differences(self, computed: dict[tuple[int, int], Result]) -> list[str]:
        """`file:line  what was stated, what came out`, for each result of `run` that differs."""
        return [f"docs/manual/spec/{self.section.file}:{r.line}  {self.section.title}: stated “{r.stated}”, "
                f"computed “{r.computed}”" + (f" ({r.note})" if r.note else "")
                for r in computed.values() if not r.agrees]

    def _row(self, row: Row) -> Iterator[tuple[int, Result]]:
        cells = [cell.strip("`") for cell in row.cells]
        given = {name: cell for name, cell in zip(self.table.header, cells, strict=True) if not _is_result(name)}
        find, note = self._finder(given, row.line)
        for column, (name, stated) in enumerate(zip(self.table.header, cells, strict=True)):
            if _is_result(name):
                yield column, Result(stated, find(name.removeprefix(ARROW).strip()), row.line, note)

    def _finder(self, given: dict[str, str], line: int) -> tuple[Callable[[str], str], str]:
        """How to find a result of the row; the text of the errors, if that is what came out."""
        try:
            if "案例" in given:
                return self._verdict(given["案例"])
            expression = given.get("式", self.expression)
            policy = compiled(self.rules, expression, self.base)
            evaluation = _evaluation(policy, self._facts(given, line, policy), given, line)
        except GuijuError as error:
            codes, note = _codes(error.diagnostics)
            return lambda _: codes, note
        answer = answer_of(evaluation)
        if quick(policy, evaluation.facts, evaluation.setting) != outcome_of(evaluation):
            return lambda _: "the two evaluators disagree", ""
        return lambda name: _found(name, evaluation, answer), ""

    def _verdict(self, name: str) -> tuple[Callable[[str], str], str]:
        policy = compiled(self.rules, base=self.base)
        with policy_folder(self.rules, cases=self.cases, base=self.base) as folder:
            trial = try_policy(policy, folder)
        wrong = [d for v in trial.verdicts if v.case.name == name for d in v.mismatches]
        wrong += [d for d in trial.findings if name == "（全部）"]
        codes, note = _codes(wrong)
        return lambda _: codes or "通过", note

    def _facts(self, given: dict[str, str], line: int, policy: Policy) -> Facts:
        words, entries = vocabulary(), []
        shared = parse_document(self.facts) if self.facts else None
        if isinstance(shared, Mapping):
            entries += [(k, v) for k, v in shared.entries if k.text not in given]
        for name, cell in given.items():
            if (words.fact(name) or words.record(name)) and cell not in OPEN_WORDS:
                entries.append((Scalar(name, Span(self.section.file, line)), self._stated(name, cell, line)))
            elif not (words.fact(name) or words.record(name) or _is_setting(name, policy)):
                raise AssertionError(f"{self.section.file}:{line}: no fact, records or parameter “{name}”")
        return facts_from_node(Mapping(tuple(entries), Span(self.section.file, line)), words, recorded=RECORDED,
                               known_at=_date(given, "known_at"))

    def _stated(self, name: str, cell: str, line: int) -> DocumentNode:
        if vocabulary().record(name) is not None or cell.startswith("{"):
            return parse_document(cell, self.section.file)
        return Scalar(cell, Span(self.section.file, line))


def examples_of(chapters: list[Chapter]) -> list[Example]:
    """Every table with results, in reading order."""
    return [example for chapter in chapters for section in chapter.sections for example in _of_section(section)]


def _of_section(section: Section) -> Iterator[Example]:
    latest = {"yaml": "", "base": "", "guiju": "", "facts": "", "cases": ""}
    number = 0
    for block in section.blocks:
        if isinstance(block, Code) and block.language in latest:
            if block.language == "yaml":
                latest = dict.fromkeys(latest, "")
            latest[block.language] = block.text
        elif isinstance(block, Table) and any(map(_is_result, block.header)):
            number += 1
            expression = " ".join(latest["guiju"].split())
            yield Example(section, block, latest["yaml"], latest["base"], expression, latest["facts"], latest["cases"],
                          number)


def _is_result(name: str) -> bool:
    return name.startswith(ARROW)


def _is_setting(name: str, policy: Policy) -> bool:
    return name in (*SETTINGS, "式", "案例", "说明") or any(name in (p.id, p.name) for p in policy.parameters.values())


def _codes(found: list[Diagnostic] | tuple[Diagnostic, ...]) -> tuple[str, str]:
    codes = list(dict.fromkeys(d.code for d in found))
    return "、".join(codes), "；".join(d.message.zh for d in found)


def _date(given: dict[str, str], key: str) -> dt.date | None:
    return dt.date.fromisoformat(given[key]) if given.get(key, "") not in OPEN_WORDS else None


def _evaluation(policy: Policy, facts: Facts, given: dict[str, str], line: int) -> Evaluation:
    chosen = {}
    for parameter in policy.parameters.values():
        for word in (parameter.id, parameter.name):
            if given.get(word, "") not in OPEN_WORDS:
                id_, found = chosen_value(policy, word, Scalar(given[word], Span("", line)))
                chosen[id_] = found
    as_of = _date(given, "as_of") or TODAY
    setting = setting_for(policy, as_of, _date(given, "known_at"), chosen, given.get("presume") == "是")
    return evaluate(policy, facts, setting)


def _found(name: str, evaluation: Evaluation, answer: Answer) -> str:
    special: dict[str, Callable[[], str]] = {
        "outcome": lambda: answer.outcome,
        "amount": lambda: spelled.amount(answer.amount),
        "items": lambda: spelled.items(answer.items),
        "cut": lambda: spelled.listed(dict.fromkeys(c.id for i in answer.items for c in i.cuts)),
        "blockers": lambda: spelled.listed(f.id for f in answer.blockers),
        "reviews": lambda: spelled.listed(dict.fromkeys(f.id for g in answer.goals for f in g.reviews)),
        "differs": lambda: spelled.listed(f"{r.name}={r.value}：{_reading(r)}" for r in answer.readings),
        "bars": lambda: spelled.listed(f"{b.id} {'至少' if b.at_least else ''}至 {b.until}" for b in answer.bars),
        "notices": lambda: spelled.listed(dict.fromkeys(n.code for n in answer.notices)),
    }
    if name in special:
        return special[name]()
    if name == "missing" and "expression" not in evaluation.policy.definitions:
        return spelled.listed(f"{m.name}（第 {'、'.join(map(str, m.rows))} 行）" if m.rows else m.name
                              for m in answer.missing)
    if name.startswith("missing"):
        node = _node(name.removeprefix("missing").strip() or EXPRESSION, evaluation.policy)
        waits = evaluation.interpreter.value(node)
        if not (waits[2] if isinstance(waits, tuple) else waits) & UNDECIDED:
            return spelled.NOTHING
        return spelled.doubts(Doubts(evaluation.policy.parameters, evaluation.interpreter).add(node).found())
    if name in evaluation.goals:
        return next(g.outcome for g in answer.goals if g.id == name)
    node = _node(EXPRESSION if name in ("值", "missing") else name, evaluation.policy)
    return spelled.value(evaluation.interpreter.value(node), node.type, evaluation.policy)


def _reading(reading: Reading) -> str:
    amount = spelled.amount(reading.amount)
    return reading.outcome + (f" {amount}" if amount != "0 元" else "")


def _node(name: str, policy: Policy) -> Node:
    """The node that a result column names: a condition, a definition, a score or a part of one."""
    if name in policy.conditions:
        return policy.conditions[name].node
    for entry in (*policy.definitions.values(), *(p for s in policy.scores.values() for p in s.parts())):
        title = entry.name if isinstance(entry.name, str) else entry.name.zh
        if name in (entry.id, title):
            return entry.node
    raise AssertionError(f"no result “{name}” in {ID}")
