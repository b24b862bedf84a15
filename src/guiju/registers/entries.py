"""Clauses, tasks, targets, and figures that are neither: one reader each."""

from __future__ import annotations

from collections.abc import Collection

from guiju.registers.model import STRENGTHS, TARGET_KINDS, Clause, Elsewhere, Lines, Target, Task
from guiju.registers.reading import amount_of, choice_of, lines_of, listed_of, when_of, word_of, words_of
from guiju.source.diagnostics import Span, fail
from guiju.source.document import Mapping
from guiju.source.fields import bool_of, check_keys, date_of, int_of, suggestion

CLAUSE = ("id", "name", "lines")
ELSEWHERE = ("clause", "figure", "why")
TASK = {"id", "clause", "task", "verb", "lead", "with", "local", "from", "due", "due_text", "horizon", "figure",
         "unverified"}
TARGET = {"id", "clause", "indicator", "kind", "value", "words", "unit", "by", "by_assumed", "strength", "unverified"}
_YEARS = range(1949, 2100)
_QUOTES = frozenset("\"'“”")


def read_clause(entry: Mapping) -> Clause:
    check_keys(entry, CLAUSE, CLAUSE)
    return Clause(word_of(entry, "id"), words_of(entry, "name"), lines_of(entry), entry.span)


def read_task(entry: Mapping) -> Task:
    """Raises E713 for bodies that lead and take part, E714 for days that do not go together."""
    check_keys(entry, TASK, ("id", "clause", "task", "verb"))
    lead, with_ = listed_of(entry, "lead"), listed_of(entry, "with")
    both = [body for body in with_ if body in lead]
    if both:
        raise fail("E713", entry.span, f"“{both[0]}”既是牵头又是参与；只留一处",
                   f"'{both[0]}' leads and takes part: keep one")
    start, due = entry.get("from"), entry.get("due")
    begun = when_of(start, "from") if start is not None else None
    ends = date_of(due, "due") if due is not None else None
    if begun is not None and ends is not None and ends < begun.first:
        raise fail("E714", entry.span, f"due {ends} 早于 from {begun}", f"due {ends} is before from {begun}")
    if entry.get("due_text") is not None and ends is None:
        raise fail("E714", entry.span, "有 due_text 就要有 due：原文的期限折成哪一天",
                   "due_text wants due: the day that the text's words come to")
    return Task(word_of(entry, "id"), word_of(entry, "clause"), words_of(entry, "task"), word_of(entry, "verb"), lead,
                with_, bool_of(entry, "local"), begun, ends, word_of(entry, "due_text"), _horizon(entry),
                listed_of(entry, "figure"), words_of(entry, "unverified"), entry.span)


def _horizon(entry: Mapping) -> int:
    year = int_of(entry, "horizon", 0)
    if entry.get("horizon") is not None and year not in _YEARS:
        raise fail("E705", entry.span, f"horizon 是年份，如 2025；不是 {year}",
                   f"horizon is a year such as 2025: {year}")
    return year


def read_target(entry: Mapping) -> Target:
    """Raises E714 for parts that do not go together."""
    check_keys(entry, TARGET, ("id", "clause", "indicator", "kind"))
    value, by = entry.get("value"), entry.get("by")
    if (value is None) == (entry.get("words") is None):
        raise fail("E714", entry.span, "目标要有 value（数值）或 words（文字），恰好一样",
                   "a target has either a value or words, exactly one of them")
    if entry.get("by_assumed") is not None and by is None:
        raise fail("E714", entry.span, "有 by_assumed 就要有 by：推定的年份",
                   "by_assumed wants by: the year that is assumed")
    if entry.get("unit") is not None and value is None:
        raise fail("E714", entry.span, "没有 value，就没有 unit", "a unit wants a value")
    unit = word_of(entry, "unit")
    if set(unit) & _QUOTES:
        raise fail("E708", entry.span, f"unit 里有引号：{unit[:20]}；写成 unit: \"%\"",
                   "unit has a quote: write unit: \"%\"")
    return Target(word_of(entry, "id"), word_of(entry, "clause"), words_of(entry, "indicator"),
                  choice_of(entry, "kind", TARGET_KINDS), amount_of(value) if value is not None else None,
                  words_of(entry, "words"), unit, when_of(by, "by") if by is not None else None,
                  words_of(entry, "by_assumed"), choice_of(entry, "strength", STRENGTHS),
                  words_of(entry, "unverified"), entry.span)


def read_elsewhere(entry: Mapping) -> Elsewhere:
    check_keys(entry, ELSEWHERE, ELSEWHERE)
    return Elsewhere(word_of(entry, "clause"), word_of(entry, "figure"), words_of(entry, "why"), entry.span)


def cited(clause: str, span: Span, index: Collection[str]) -> None:
    """Raises E703 where the index lacks a clause."""
    if clause not in index:
        hint = suggestion(clause, index)
        raise fail("E703", span, f"条款目录里没有“{clause[:40]}”{hint.zh or '；先把它写进 clauses'}",
                   f"the index has no clause '{clause[:40]}'{hint.en or ': put it into clauses first'}")


def within(clause: Clause, lines: Lines) -> None:
    """Raises E706 for a clause that stands outside its document."""
    for part in clause.lines:
        if not (lines.holds(part.first) and lines.holds(part.last)):
            raise fail("E706", clause.span, f"“{clause.id}”的行号 {part} 不在本文件的 {lines} 之内",
                       f"lines {part} of '{clause.id}' are outside those of the document, {lines}")
