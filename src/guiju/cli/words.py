"""Facts, amounts, scores and conditions in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from fractions import Fraction
from math import inf
from typing import Any

from guiju.cli.voice import STATUSES, Voice
from guiju.evaluate.answer import Amount, Finding, Missing, ScoreAnswer
from guiju.evaluate.evaluation import Evaluation
from guiju.evaluate.explain import FactLine, fact_lines
from guiju.evaluate.spelling import decimal, spell_money, spell_money_range
from guiju.language.ir import Node
from guiju.language.policy import Condition, Policy
from guiju.source.diagnostics import Text
from guiju.values import UNDECIDED, date_of
from guiju.vocabulary import Vocabulary

_COMPARISONS = {"lt", "le", "gt", "ge", "eq", "ne"}
FACTS_SHOWN = 4


def money(fen: int | None, say: Voice) -> str:
    return say.text(spell_money(fen))


def amount(found: Amount, say: Voice) -> str:
    """An amount with its kind: 60 万元（定额）, 至多 30 万元（上限） …"""
    if found.kind == "none":
        return say("无资助", "nothing")
    if found.kind == "external":
        return say("金额另有规定", "amount fixed elsewhere") + _besides(found, say)
    if found.kind == "exact":
        return span_of(found, say) + say("（定额）", " (fixed)")
    if found.high is None:
        return say("金额尚无上界", "no upper bound yet")
    words = {"up_to": ("（上限，实际由评审定）", " (a ceiling; the review decides)"),
             "discretionary": ("（由人裁量）", " (at discretion)")}
    return say("至多 ", "up to ") + money(found.high, say) + say(*words[found.kind])


def _besides(found: Amount, say: Voice) -> str:
    return say("；其余至多 ", "; the rest up to ") + money(found.high, say) if found.high else ""


def span_of(found: Amount, say: Voice) -> str:
    """The two ends of an amount, or the one number."""
    return money_range(found.low, found.high, say)


def money_range(low: int, high: int | None, say: Voice, besides: Sequence[str] = ()) -> str:
    """Money between two ends, or the one number; `high` None where nothing bounds it. `besides`: what the numbers do
    not tell, in brackets."""
    if high is None:
        text = money(low, say) + say(" 起", " or more") if low else say("尚无上界", "no upper bound yet")
    else:
        text = money(high, say) if low == high else say.text(spell_money_range(low, high))
    return text + say.in_brackets(say("，", "; ").join(besides))


def points(low: Any, high: Any) -> str:
    """A score, or its ends: 57–72."""
    ends = ["?" if abs(v) == inf else decimal(v) for v in (low, high)]
    return ends[0] if low == high else f"{ends[0]}–{ends[1]}"


def score(found: ScoreAnswer, say: Voice) -> str:
    return points(found.low, found.high) + say(f" / {decimal(found.full)} 分", f" / {decimal(found.full)} points")


def missing_name(missing: Missing, vocabulary: Vocabulary, policy: Policy, say: Voice) -> str:
    """What is missing, by name; with the rows that lack the cell."""
    name = entry_name(missing.id, missing.name, vocabulary, say)
    if missing.kind == "parameter" and say.language == "en":
        name = missing.id
    if missing.kind == "unset":
        name = say(missing.name, "a figure that the source leaves open")
    if not missing.rows:
        return name
    rows = "、".join(map(str, missing.rows[:5])) + ("…" if len(missing.rows) > 5 else "")
    return name + say(f"（第 {rows} 条）", f" (row {rows.replace('、', ', ')})")


def entry_name(id_: str, name: str, vocabulary: Vocabulary, say: Voice) -> str:
    """The name of a fact, a record set or a field `record.field`."""
    if say.language == "zh":
        return name
    first, _, rest = id_.partition(".")
    record = vocabulary.records.get(first)
    if record is not None:
        field = record.field(rest) if rest else None
        return f"{record.en}: {field.en}" if field else record.en
    fact = vocabulary.facts.get(id_)
    return fact.en if fact else name


def title_of(finding: Finding, say: Voice) -> str:
    """A condition's name; its statement where it has none."""
    return say.text(finding.name) or say.text(finding.statement) or finding.id


def stands(finding: Finding, evaluation: Evaluation, say: Voice) -> str:
    """What a condition asks and what is the case: 要求 …；现为 …"""
    condition = evaluation.policy.conditions.get(finding.id)
    if condition is None:
        return ""
    if condition.members:
        return _members(condition, evaluation, say)
    asked = say.text(finding.statement)
    now = actual(condition, evaluation, say)
    asked = "" if asked in ("", title_of(finding, say)) else say("要求 ", "requires ") + _short(asked)
    return "；".join(x for x in (asked, now) if x) if say.language == "zh" else "; ".join(x for x in (asked, now) if x)


def _members(condition: Condition, evaluation: Evaluation, say: Voice) -> str:
    """How many members are needed, and how each stands."""
    from guiju.evaluate.findings import finding

    it = evaluation.interpreter
    found = [finding(m, it.status(m.node), it) for m in condition.members]
    words = [f"{title_of(f, say)} {say.text(STATUSES[f.status])}" for f in found]
    needed = {"all_of": ("须全部满足", "all of"), "any_of": ("须满足其一", "one of"),
              "none_of": ("须一项也没有", "none of"),
              "at_least": (f"须满足 {condition.k} 项", f"{condition.k} of")}[condition.form]
    return say(*needed) + say("：", ": ") + say.listed(words, 6)


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[:most] + "…"


def actual(condition: Condition, evaluation: Evaluation, say: Voice) -> str:
    """The values that a condition looked at: what it compares, if that is calculated, and the known facts."""
    if condition.record or condition.members:
        return ""
    looked_at = fact_lines(condition.bare, evaluation)
    lines = [line for line in looked_at if line.known]
    found = measured(condition, evaluation, say)
    if found:
        return say("现为 ", "now ") + found
    if lines and len(looked_at) == 1:  # of several, each by its name: one alone is not what the condition asks
        return say("现为 ", "now ") + say.text(lines[0].value) + say.in_brackets(lines[0].provenance.source)
    shown = [fact_words(line, evaluation.policy.vocabulary, say) for line in lines[:FACTS_SHOWN]]
    more = len(lines) - len(shown)
    words = say("、", ", ").join(shown) + (say(f" 等 {len(lines)} 项", f" and {more} more") if more else "")
    return say("现 ", "now ") + words if words else say("事实未给", "not given")


def fact_words(line: FactLine, vocabulary: Vocabulary, say: Voice) -> str:
    return f"{entry_name(line.id, line.name, vocabulary, say)} = {say.text(line.value)}"


def measured(condition: Condition, evaluation: Evaluation, say: Voice) -> str:
    """The value of a calculated left side of a comparison."""
    node = condition.bare
    if node.op not in _COMPARISONS or node.args[0].op in ("fact", "const") or node.args[1].op != "const":
        return ""
    value = evaluation.interpreter.value(node.args[0])
    if not isinstance(value, tuple) or value[0] is None or (value[2] & UNDECIDED and inf in map(abs, value[:2])):
        return ""
    return spell_number(value[0], value[1], node.args[0], evaluation.policy.vocabulary, say)


def spell_number(low: Any, high: Any, node: Node, vocabulary: Vocabulary, say: Voice) -> str:
    """A calculated value in the unit of its dimension."""
    first, last = (_single(v, node, vocabulary, say) for v in (low, high))
    return first if low == high else first + say(" 至 ", " to ") + last


def _single(value: Any, node: Node, vocabulary: Vocabulary, say: Voice) -> str:
    type_ = node.type
    if type_.kind == "date":
        return date_of(int(value)).isoformat()
    if type_.dimension == "money":
        return money(value, say)
    if type_.dimension == "ratio":
        return f"{_rounded(Fraction(value) * 100)}%"
    if type_.dimension == "duration" and Fraction(value) % 12 == 0:
        return _rounded(Fraction(value) / 12) + say(" 年", " years")
    if node.op in ("count", "distinct"):
        return _rounded(value) + say(" 条", " rows")
    unit = _base_units(vocabulary).get(type_.dimension)
    return _rounded(value) + (f" {say(unit.zh, unit.en)}" if unit else "")


def _base_units(vocabulary: Vocabulary) -> Map[str, Text]:
    return {u.dimension: Text(u.name, u.en) for u in reversed(list(vocabulary.units.values())) if u.per == 1}


def _rounded(value: Any) -> str:
    """Two decimals are enough for a reader; the comparison itself is exact."""
    fraction = Fraction(value)
    exact = decimal(fraction)
    return exact if len(exact) <= 9 and not exact.startswith("约") else f"{float(fraction):.2f}".rstrip("0").rstrip(".")
