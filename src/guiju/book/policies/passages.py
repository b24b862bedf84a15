"""Clause, rules and cases side by side."""

from __future__ import annotations

from html import escape

from guiju.book.markdown import anchor
from guiju.book.page import chinese, ident, said, table
from guiju.book.policies.reference import Passage, Reference, Rule
from guiju.cli.voice import OUTCOMES, STATUSES, Voice
from guiju.evaluate.cases import Case
from guiju.source.diagnostics import Text
from guiju.source.document import Mapping, Scalar

_RESULTS = {**STATUSES, **OUTCOMES}


def place_of(passage: Passage) -> str:
    """Where a clause stands on the page."""
    return f"c-{anchor(passage.key)}"


def rule_place(id_: str) -> str:
    """Where a rule stands on the page."""
    return f"r-{id_}"


def passages(reference: Reference, say: Voice) -> str:
    """All clauses in the order of their index; a rule can be linked to where it stands first."""
    placed: set[str] = set()
    return "".join(_passage(shown, reference, placed, say) for shown in reference.passages)


def _passage(shown: Passage, reference: Reference, placed: set[str], say: Voice) -> str:
    """One clause with what cites it."""
    lines = say(f"原文第 {shown.source} 行", f"lines {shown.source}")
    source = f'<p class="soft">{escape(lines)}</p>' if shown.source else ""
    key = escape(say.clause(shown.key)) or say("未引条款", "citing no clause")
    text = f"<p>{said(shown.text, say)}</p>" if shown.key else ""
    rules = "".join(_rule(rule, placed, say) for rule in shown.rules)
    cases = "".join(_case(case, reference.failed, say) for case in shown.cases)
    none = f'<p class="soft">{say("没有规则引用", "no rule cites it")}</p>'
    return (f'<section class="clause" id="{place_of(shown)}"><div><h3 class="clause-key">{key}</h3>{text}{source}</div>'
            f'<div>{rules or none}</div><div class="cases">{cases}</div></section>')


def _placed(id_: str, placed: set[str]) -> str:
    """An id, as a place of the page where it stands first."""
    mark = ident(id_)
    if id_ in placed:
        return mark
    placed.add(id_)
    return mark.replace("<small ", f'<small id="{escape(rule_place(id_))}" ', 1)


def _rule(rule: Rule, placed: set[str], say: Voice) -> str:
    tags = f'<span class="tag">{said(rule.kind, say)}</span>' + "".join(
        f'<span class="tag strong">{said(t, say)}</span>' for t in rule.tags)
    lines = "".join(f"<p>{said(line, say)}</p>" for line in rule.lines)
    return (f'<div class="rule"><h4>{said(rule.name, say)} {_placed(rule.id, placed)}</h4>'
            f"<p>{tags}</p>{lines}{_table(rule, placed, say)}</div>")


def _table(rule: Rule, placed: set[str], say: Voice) -> str:
    """A price table or a rubric; the id of a line stands small behind its last cell."""
    if not rule.table:
        return ""
    head, *rows = rule.table
    columns = [say.text(t) for t in head[1:]]
    clause = columns.index(say("依据", "clause")) if say("依据", "clause") in columns else -1
    made = []
    for line in rows:
        cells = [escape(say.clause(t.zh)) if i == clause else said(t, say) for i, t in enumerate(line[1:])]
        made.append([*cells[:-1], f"{cells[-1]} {_placed(line[0].zh, placed)}" if line[0].zh else cells[-1]])
    return table(columns, made, say.text(rule.name))


def _case(case: Case, failed: frozenset[str] | None, say: Voice) -> str:
    place = f"{case.span.file.rsplit('/', 1)[-1]}:{case.span.line}"
    mark = "·"
    if failed is not None:
        mark = '<span class="bad">✗</span>' if case.name in failed else '<span class="good">✓</span>'
    words = f'{chinese(_named(case), say)} <span class="soft">{_expected(case, say)}</span>'
    return f'<p title="{escape(place)}">{mark} {words}</p>'


def _named(case: Case) -> str:
    """The case's name; one that a table made ends in its results, which are told anyway."""
    words = case.name.split(" ")
    while len(words) > 1 and words[-1] in _RESULTS:
        words.pop()
    return " ".join(words)


def _expected(case: Case, say: Voice) -> str:
    words = []
    for key, node in case.expect:
        if key in ("outcome", "amount") and isinstance(node, Scalar):
            words.append(said(_RESULTS.get(node.text, Text(node.text, "")), say))
        elif key == "amount" and isinstance(node, Mapping):
            ends = [chinese(v.text, say) for _, v in node.entries if isinstance(v, Scalar)]
            words.append(say(" 至 ", " to ").join(ends))
    return f"→ {say('，', ', ').join(words)}" if words else ""
