"""Worked cases beside a policy: reads them, expanding tables into one case a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guiju.language.policy import Policy
from guiju.source.diagnostics import Span, fail
from guiju.source.document import Mapping, Node, Scalar, Sequence, read_document
from guiju.source.fields import as_items, as_mapping, as_scalar, bool_of, check_keys, date_of, text_of, texts_of
from guiju.source.table import read_rows

_CASE_KEYS = {"name", "as_of", "known_at", "covers", "presume", "set", "given", "recorded", "expect", "table", "note"}
_EXPECT_KEYS = {"outcome", "goals", "amount", "items", "cut", "blockers", "conditions", "scores", "bars", "missing",
                "differs"}


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case: given facts under a setting, and what is expected (nodes, so that faults have a place)."""

    name: str
    as_of: dt.date
    known_at: dt.date
    covers: tuple[str, ...]
    presuming: bool
    chosen: tuple[tuple[str, Scalar], ...]
    given: Mapping
    recorded: Node | None
    expect: tuple[tuple[str, Node], ...]
    span: Span


def read_cases(folder: Path, policy: Policy) -> list[Case]:
    """Every case in the policy's folder. Raises GuijuError where a file is not in shape."""
    cases: list[Case] = []
    for path in sorted(folder.glob("cases*.yaml")):
        label = f"policies/{policy.id}/{path.name}"
        cases += _cases_of(read_document(path, label), policy)
    return cases


def _cases_of(document: Node, policy: Policy) -> Iterator[Case]:
    recorded: Node | None = None
    if isinstance(document, Mapping):
        check_keys(document, {"recorded", "cases"}, {"cases"})
        recorded = document.get("recorded")
        document = document.get("cases") or document
    for node in as_items(document):
        yield from _expanded(as_mapping(node, node.span, "case"), recorded, policy)


def _expanded(entry: Mapping, recorded: Node | None, policy: Policy) -> Iterator[Case]:
    check_keys(entry, _CASE_KEYS, {"name", "as_of", "given"})
    as_of = date_of(entry.get("as_of") or entry, "as_of")
    known = entry.get("known_at")
    chosen = entry.get("set")
    given = as_mapping(entry.get("given"), entry.span, "given")
    usual = Case(
        text_of(entry, "name"), as_of, date_of(known, "known_at") if known is not None else as_of,
        texts_of(entry, "covers"), bool_of(entry, "presume"),
        tuple((k.text, as_scalar(v, k.text)) for k, v in as_mapping(chosen, entry.span, "set").entries)
        if chosen is not None else (),
        given, entry.get("recorded") or recorded, _expected(entry.get("expect"), entry.span), entry.span)
    table = entry.get("table")
    if table is None:
        yield usual
        return
    header, *rows = read_rows(as_scalar(table, "table"))
    for row in rows:
        facts: list[tuple[Scalar, Node]] = []
        expected: list[tuple[str, Node]] = list(usual.expect)
        for title, cell in zip(header, row, strict=True):
            value = Scalar(cell.text, cell.span)
            if policy.vocabulary.fact(title.text):
                facts.append((Scalar(title.text, title.span), value))
            else:
                expected.append((title.text, value))
        yield Case(f"{usual.name}：{' '.join(c.text for c in row)}", usual.as_of, usual.known_at, usual.covers,
                   usual.presuming, usual.chosen, _with(given, facts), usual.recorded, tuple(expected), row[0].span)


def _with(given: Mapping, facts: list[tuple[Scalar, Node]]) -> Mapping:
    replaced = {name.text for name, _ in facts}
    return Mapping((*((k, v) for k, v in given.entries if k.text not in replaced), *facts), given.span)


def _expected(node: Node | None, span: Span) -> tuple[tuple[str, Node], ...]:
    """Expectations, flattened: `goals: {a: eligible}` is an expectation of `a`."""
    if node is None:
        return ()
    expect = as_mapping(node, span, "expect")
    check_keys(expect, _EXPECT_KEYS)
    flat: list[tuple[str, Node]] = []
    for key, value in expect.entries:
        if key.text in ("goals", "conditions", "scores"):
            flat += [(k.text, v) for k, v in as_mapping(value, key.span, key.text).entries]
        else:
            flat.append((key.text, value))
    return tuple(flat)


def words_of(node: Node) -> list[str]:
    """A list of words, or one word."""
    if isinstance(node, Sequence):
        return [as_scalar(n, "list").text for n in node.items]
    if isinstance(node, Scalar):
        return [node.text]
    raise fail("E021", node.span, "这里应是一串词", "expected a list of words")
