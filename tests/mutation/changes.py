"""The changes that make mutants of a rule file: one small step away from what the author wrote."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from guiju.source.document import Mapping, Node, Scalar, Sequence

# What is said for readers, cites the source or only names things.
SILENT = {"id", "name", "en", "zh", "cite", "note", "title", "ref", "unverified", "issuer", "number", "region",
          "published", "clauses", "duties", "parameters", "in_force", "merge_cite", "ceiling_cite", "ceiling_id", "on",
          "type", "unit", "full", "main", "pays", "score", "category"}
SILENT_COLUMNS = {"id", "依据", "说明"}
DROPPED = {"when", "where", "strength_when", "ceiling", "merge", "by", "first", "each_when"}
SHORTENED = {"all_of", "any_of", "none_of", "of", "when", "require", "by", "conditions", "of_each", "best_of"}
RENAMED = {"all_of": "any_of", "any_of": "all_of", "none_of": "all_of"}
COMPARISONS = {">=": ">", "<=": "<", ">": ">=", "<": "<=", "=": "!=", "!=": "="}
WORDS = {"and": "or", "or": "and", "not in": "in", "rolling": "calendar", "calendar": "rolling", "exists": "none",
         "none": "exists", "max": "min", "min": "max"}
STRENGTHS = {"principle": "hard", "judgement": "preference", "preference": "hard", "silent": "hard", "hint": "hard",
             "veto": "hard", "hard": "preference"}
KINDS = {"up_to": "exact", "exact": "up_to", "discretionary": "exact"}
DATE = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d(?![\w-])")
NUMBER = re.compile(r"(?<![\w.\"\-(-])\d+(?:\.\d+)?(?![\w.\-()])|(?<=\()\d+(?:\.\d+)?(?![\w.\-()])")
COMPARISON = re.compile(r"(?<![<>!=])(>=|<=|!=|>|<|=)(?!=)")
WORD = re.compile(r"(?<![\w.])(not in|and|or|rolling|calendar|exists|none|max|min)(?![\w.])")
NOT = re.compile(r"(?<!\w)not (?!in )")
WINDOW = re.compile(r"(?<= before )(\S+) (?!rolling|calendar|and|or|then|else)([^\s()]+)")


@dataclass(frozen=True, slots=True)
class Change:
    """A changed file: the rule and line that changed, what changed in words, and the tree."""

    rule: str
    line: int
    text: str
    tree: Node


def changes(tree: Node) -> Iterator[Change]:
    """Every change of one file."""
    return _of_node(tree, "", "")


def _of_node(node: Node, key: str, rule: str) -> Iterator[Change]:
    if isinstance(node, Scalar):
        yield from _of_scalar(node, key, rule)
    elif isinstance(node, Sequence):
        yield from _of_sequence(node, key, rule)
    else:
        yield from _of_mapping(node, rule)


def _of_sequence(node: Sequence, key: str, rule: str) -> Iterator[Change]:
    for i, item in enumerate(node.items):
        before, after = node.items[:i], node.items[i + 1:]
        if key in SHORTENED and len(node.items) > 1:
            shown = item.text if isinstance(item, Scalar) else _id_of(item, str(i + 1))
            yield Change(rule, item.span.line, f"{key}: without {shown}", Sequence((*before, *after), node.span))
        for change in _of_node(item, key, rule):
            yield replace(change, tree=Sequence((*before, change.tree, *after), node.span))


def _of_mapping(node: Mapping, rule: str) -> Iterator[Change]:
    rule = _id_of(node, rule)
    for i, (name, value) in enumerate(node.entries):
        before, after = node.entries[:i], node.entries[i + 1:]
        if name.text in SILENT:
            continue
        if name.text in DROPPED and not (name.text == "first" and getattr(value, "block", False)):
            yield Change(rule, name.span.line, f"without {name.text}", Mapping((*before, *after), node.span))
        if name.text in RENAMED:
            other = replace(name, text=RENAMED[name.text])
            yield Change(rule, name.span.line, f"{name.text} -> {other.text}",
                         Mapping((*before, (other, value), *after), node.span))
        for change in _of_node(value, name.text, rule):
            yield replace(change, tree=Mapping((*before, (name, change.tree), *after), node.span))


def _id_of(node: Node, otherwise: str) -> str:
    id_ = node.get("id") if isinstance(node, Mapping) else None
    return id_.text if isinstance(id_, Scalar) else otherwise


def _of_scalar(node: Scalar, key: str, rule: str) -> Iterator[Change]:
    if key in ("strength", "kind"):
        other = {"strength": STRENGTHS, "kind": KINDS}[key].get(node.text)
        if other:
            yield Change(rule, node.span.line, f"{key}: {node.text} -> {other}", replace(node, text=other))
        return
    table = key == "table" or (node.block and "|" in node.text)
    offset = 0
    silent: set[int] = set()
    for row, line in enumerate(node.text.splitlines(keepends=True)):
        cells = line.split("|") if table else [line]
        if key == "table" and row == 0:
            silent = {i for i, c in enumerate(cells) if c.strip() in SILENT_COLUMNS}
            offset += len(line)
            continue
        at, place = offset, node.span.line + (row + 1 if node.block else 0)
        rule_here = cells[0].strip() if key == "table" else rule
        for i, cell in enumerate(cells):
            if i not in silent:
                for start, end, new in _of_text(cell):
                    text = node.text[:at + start] + new + node.text[at + end:]
                    old = cell[max(0, start - 12):end + 8].strip()
                    yield Change(rule_here, place, f"{key}: {cell[start:end]} -> {new or '(dropped)'} in …{old}…",
                                 replace(node, text=text))
            at += len(cell) + 1
        offset += len(line)


def _of_text(text: str) -> Iterator[tuple[int, int, str]]:
    """Places in an expression, and what stands there instead."""
    for found in DATE.finditer(text):
        day = dt.date.fromisoformat(found[0])
        yield from ((*found.span(), str(day + dt.timedelta(days=step))) for step in (-1, 1))
    for found in NUMBER.finditer(text):
        step = Decimal(1).scaleb(Decimal(found[0]).as_tuple().exponent)  # type: ignore[arg-type]  # of digits it is a number
        yield from ((*found.span(), str(Decimal(found[0]) + sign * step)) for sign in (-1, 1))
    for found in COMPARISON.finditer(text):
        yield *found.span(), COMPARISONS[found[0]]
    for found in WORD.finditer(text):
        yield *found.span(), WORDS[found[0]]
    for found in NOT.finditer(text):
        yield *found.span(), ""
    for found in WINDOW.finditer(text):
        yield from ((*found.span(2), kind) for kind in ("rolling", "calendar"))
    for found in re.finditer(r"[^、\s\[\]]+、|、[^、\s\[\]]+", text):
        yield *found.span(), ""
