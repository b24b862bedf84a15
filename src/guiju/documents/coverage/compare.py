"""Figures against rules: cited, judgement, narrative or open; and rules whose value their clause does not have."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Literal

from guiju.documents.coverage.constants import Rule, rules_of
from guiju.documents.coverage.reasons import Place, Reason, places_of, read_reasons
from guiju.documents.figures import Figure, Value, figures_of
from guiju.documents.store import Stored, documents
from guiju.language.policy import Policy
from guiju.registers.model import Elsewhere
from guiju.source.diagnostics import Span, fail

# What can become of a figure of the text.
STATUSES = {"policy": ("cited", "duty", "judgement", "narrative", "open"),
            "register": ("target", "task", "head", "elsewhere", "open")}
TRIVIAL = (Fraction(0), Fraction(1), Fraction(100))  # none, at least one, the whole


@dataclass(slots=True)
class Found:
    """One figure of the text and its fate. `status`: one of the statuses of the report."""

    figure: Figure
    source: str
    line: int
    document: str
    clauses: tuple[str, ...]
    context: str
    status: str = "open"
    rules: tuple[str, ...] = ()
    reason: str = ""


@dataclass(slots=True)
class Mismatch:
    """A rule's value that the clauses it cites don't have. `reason` where a person has said why."""

    rule: str
    clauses: tuple[str, ...]
    value: Value
    reason: str = ""


@dataclass(slots=True)
class Coverage:
    """`subject`: the id of what is held to its text, a policy or a register as `kind` says; `idle`: where something is
    said of a figure that is not there; `unindexed`: lines of text that no clause has (asked of registers only)."""

    subject: str
    documents: list[tuple[str, str, int, int]]
    figures: list[Found]
    mismatches: list[Mismatch]
    idle: list[Reason | Elsewhere] = field(default_factory=list)
    kind: Literal["policy", "register"] = "policy"
    unindexed: list[int] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {s: sum(1 for f in self.figures if f.status == s) for s in STATUSES[self.kind]}

    @property
    def complete(self) -> bool:
        """Whether nothing is open, mismatched, without a clause, or said of a figure that is not there."""
        unexplained = any(not m.reason for m in self.mismatches)
        return not (self.counts["open"] or unexplained or self.idle or self.unindexed)


def cover(policy: Policy, folder: Path, store: Path) -> Coverage:
    """Hold a policy to the texts that it cites; what it cites of a policy that it amends is held there.

    Raises E870 without a store, E874 where it lacks a cited text.
    """
    index = {key: places_of(clause.lines, clause.span) for key, clause in policy.clauses.items() if not clause.policy}
    texts = _texts(index, documents(store), store)
    figures = [f for document in texts for f in figures_in(document, index)]
    rules, reasons = [r for r in rules_of(policy) if set(r.clauses) & set(index)], read_reasons(folder)
    used: set[int] = set()
    for found in figures:
        _judge(found, rules, index, reasons, used)
    mismatches = _mismatches(rules, figures, index, reasons, used)
    listed = [(d.source, d.title, *d.lines) for d in texts]
    return Coverage(policy.id, listed, figures, mismatches,
                    [r for i, r in enumerate(reasons) if i not in used])


def _texts(index: dict[str, tuple[Place, ...]], stored: list[Stored], store: Path) -> list[Stored]:
    wanted: dict[tuple[str, int], Stored] = {}
    for key, places in index.items():
        for place in places:
            fitting = [d for d in stored if d.source == place.source and d.lines[0] <= place.first <= d.lines[1]]
            if not fitting:
                raise fail("E874", Span(str(store)),
                           f"文本库里没有“{key}”所引的 {place.source}:{place.first}；请先导入这份文字",
                           f"the store has no {place.source}:{place.first}, cited as {key}: import that text first")
            wanted[(place.source, fitting[0].lines[0])] = fitting[0]
    return [wanted[key] for key in sorted(wanted)]


def figures_in(document: Stored, index: dict[str, tuple[Place, ...]]) -> list[Found]:
    """The figures of a document, in order, each with the clauses of an index that hold its line."""
    found = []
    for clause in document.clauses():
        for figure in figures_of(clause.text):
            line = clause.line_at(figure.start)
            keys = [k for k, places in index.items() if any(p.holds(document.source, line) for p in places)]
            start = max(0, figure.start - 14)
            context = clause.text[start:figure.start + len(figure.text) + 10].replace("\n", " ")
            text = clause.text[figure.start:figure.start + len(figure.text)]
            shown = Figure(text, figure.start, figure.kind, figure.values)
            found.append(Found(shown, document.source, line, document.title, tuple(keys), context))
    return found


def _judge(found: Found, rules: list[Rule], index: dict[str, tuple[Place, ...]], reasons: list[Reason],
           used: set[int]) -> None:
    """The first that holds: a rule, a duty's paraphrase, a person's reason."""
    citing = [r for r in rules if set(r.clauses) & set(found.clauses) and r.values & found.figure.values]
    for kind, status in (("rule", "cited"), ("duty", "duty")):
        names = tuple(r.id for r in citing if r.kind == kind)
        if names:
            found.status, found.rules = status, names
            return
    for position, reason in enumerate(reasons):
        if reason.rule or (reason.figure and reason.figure != found.figure.text):
            continue
        places = reason.places or index.get(reason.clause, ())
        if any(p.holds(found.source, found.line) for p in places):
            used.add(position)
            found.status, found.reason = reason.kind, reason.reason
            return


def _mismatches(rules: list[Rule], figures: list[Found], index: dict[str, tuple[Place, ...]], reasons: list[Reason],
                used: set[int]) -> list[Mismatch]:
    there: dict[str, set[Value]] = {}
    for found in figures:
        for key in found.clauses:
            there.setdefault(key, set()).update(found.figure.values)
    made = []
    for rule in rules:
        if rule.kind != "rule":
            continue
        said = set().union(*(there.get(c, set()) for c in rule.clauses))
        for value in sorted(rule.own, key=str):
            if value[1] in TRIVIAL or value in said or _as_count(value, said):
                continue
            mismatch = Mismatch(rule.id, rule.clauses, value)
            for position, reason in enumerate(reasons):
                if reason.rule == rule.id and reason.figure in ("", shown(value)):
                    used.add(position)
                    mismatch.reason = reason.reason
            made.append(mismatch)
    return made


def _as_count(value: Value, said: set[Value]) -> bool:
    """A count said in another unit of counting: 5 points as 5, 36 months as 3 years of a calendar."""
    return any(v == value[1] for d, v in said if "count" in (d, value[0]) or {d, value[0]} == {"points", "ratio"})


def shown(value: Value) -> str:
    """A value in base units as people write it: 150000元, 50%, 36个月, 2024-08-29."""
    import datetime as dt

    dimension, number = value
    if dimension == "date":
        return dt.date.fromordinal(int(number)).isoformat()
    units = {"money": (Fraction(1, 100), "元"), "ratio": (Fraction(100), "%"), "months": (Fraction(1), "个月"),
             "days": (Fraction(1), "天"), "points": (Fraction(1), "分")}
    factor, unit = units.get(dimension, (Fraction(1), ""))
    return f"{number * factor}{unit}"
