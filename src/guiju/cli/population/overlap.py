"""`guiju population overlap`."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.help import Command
from guiju.cli.layout import Column, table, terminal_width
from guiju.cli.population.asking import Asked, data_argument, law_options, policy_option
from guiju.cli.population.question import (
    CONTRACT,
    Question,
    form_option,
    out_option,
    question_of,
    region_lines,
    region_option,
    region_record,
)
from guiju.cli.voice import Voice
from guiju.cli.words import money_range

if TYPE_CHECKING:
    from guiju.language.policy import Condition, Less, Policy
    from guiju.population.people import Population
    from guiju.population.questions.bites import Bite, Sum
    from guiju.population.questions.lists import ListFile
    from guiju.population.questions.overlaps import Listed, Overlaps, Pair


def command(say: Voice) -> click.Command:
    @click.command("overlap", cls=Command, help=say(
        "哪些政策为同一条记录（同一项标准、同一个奖）付钱，各付多少；政策自己的互斥、扣减规定拦下了多少。"
        "逐条记录按价目表算，不计同一系列和各种上限。",
        "Which policies pay for the same record (one standard, one award), and how much; what the policies' own "
        "exclusions refused or took off. By record, as price tables have it, before series and caps."))
    @data_argument(say)
    @policy_option(say)
    @region_option(say)
    @out_option(say)
    @form_option(say)
    @law_options(say)
    def overlap(data: Path, asked: Asked, region: str, out: Path | None, form: str) -> None:
        from guiju.population.questions.lists import OVERLAPS, ListFile
        from guiju.population.questions.overlaps import overlaps

        question = question_of(data, asked, region)
        with ListFile(out, OVERLAPS) as file:
            found = overlaps(question.chunks(), asked.policies, named=asked.named,
                             listing=_Lister(question, file, say) if out else None)
        if form == "json":
            from guiju.documents.store import dump

            click.echo(dump(_record(question, found)))
        else:
            click.echo("\n".join(_lines(question, found, say)))

    return overlap


class _Lister:
    """Writes the records of which something is said, a line each."""

    def __init__(self, question: Question, file: ListFile, say: Voice) -> None:
        self.question, self.file, self.say = question, file, say

    def __call__(self, names: Sequence[str], people: Population, listed: Listed) -> None:
        count, owners = len(listed.rows), people.tables[listed.record].owners
        policy = _policy(self.question, listed.policy)
        clauses = [self.say.clause(c) for _, rule in _rules_of(policy, listed.benefit, listed.rules)
                   for c in rule.clauses]
        self.file.add({
            "organisation": [names[n] for n in owners[listed.rows].tolist()],
            "record": [listed.record] * count, "key": _keys(people, listed.record, listed.rows.tolist(), self.say),
            "policy": [listed.policy] * count, "how": [listed.how] * count, "surely": listed.surely,
            "low": [_whole(x) for x in listed.low.tolist()], "high": [_whole(x) for x in listed.high.tolist()],
            "rules": ["、".join(listed.rules)] * count, "clauses": ["、".join(dict.fromkeys(clauses))] * count})


def _whole(fen: float) -> int | None:
    """None where there is no number."""
    return int(fen) if isfinite(fen) else None


def _keys(people: Population, record: str, rows: Sequence[int], say: Voice) -> list[str]:
    """What the rows are called by: the fields of their key, in words."""
    from guiju.evaluate.spelling import spell_value

    kind, fields = people.vocabulary.records[record], people.tables[record].fields
    parts = [(fields[kind.position(id_)], kind.fields[kind.position(id_)]) for id_ in kind.key]
    return [say("，", ", ").join(say.text(spell_value(stored.value(row, people.texts, entry), entry))
                                for stored, entry in parts) for row in rows]


def _lines(question: Question, found: Overlaps, say: Voice) -> list[str]:
    paying = [p for p, _ in question.asked.policies if any(b.record for b in p.benefits)]
    lines = [say(f"按 {question.asked.day} 计；{found.everybody:,} 家单位，{len(paying)} 个为记录付钱的政策",
                 f"as of {question.asked.day}; {found.everybody:,} organisations, {len(paying)} policies that pay"),
             *region_lines(question, say)]
    left_out = [p.id for p in question.asked.expired if any(b.record for b in p.benefits)]
    if left_out:
        lines.append(say("当日无效、没有看的：", "not in force, left out: ") + say.listed(left_out, 5))
    unknown = {record: n for record, n in found.unknown.items() if n}
    if unknown:
        lines.append(say("记录未知的单位数：", "organisations whose records are not known: ")
                     + say.listed([f"{_kind(question, r, say)} {n}" for r, n in unknown.items()], 6))
    lines += ["", say("付钱的记录（一定 / 可能）", "records paid for (surely / possibly)")]
    lines += table([[_kind(question, record, say), _title(question, policy, say), f"{n[0]} / {n[1]}"]
                    for (record, policy), n in sorted(found.records.items()) if any(n)] or [[say("没有", "none")]],
                   [Column(), Column(), Column()], terminal_width())
    lines += ["", say("同一条记录由两个政策付钱", "records for which two policies pay")]
    pairs = [_pair(question, p, say) for p in _ordered(found)]
    lines += [line for pair in pairs for line in pair] or [say("  没有", "  none")]
    lines += ["", say("互斥与扣减拦下的", "what exclusions refused or took off")]
    bites = [_bite(question, b, say) for b in _by_weight(found)]
    return lines + ([line for bite in bites for line in bite] or [say("  没有", "  none")])


def _wrapped(indent: int, words: str) -> list[str]:
    from guiju.cli.layout import wrapped

    return [" " * indent + line for line in wrapped(words, terminal_width() - indent)]


def _policy(question: Question, id_: str) -> Policy:
    return next(p for p, _ in question.asked.policies if p.id == id_)


def _title(question: Question, policy: str, say: Voice) -> str:
    title = _policy(question, policy).title
    return say(title.zh, title.en or title.zh)


def _ordered(found: Overlaps) -> list[Pair]:
    return sorted(found.pairs.values(), key=lambda p: (-p.surely, -p.possibly, p.record, p.first, p.second))


def _by_weight(found: Overlaps) -> list[Bite]:
    return sorted(found.bites.values(), key=lambda b: (-b.surely, -b.possibly, b.policy, b.benefit, b.rules))


def _kind(question: Question, record: str, say: Voice) -> str:
    kind = question.policy.vocabulary.records[record]
    return say(kind.name, kind.en)


def _pair(question: Question, pair: Pair, say: Voice) -> list[str]:
    lines = _wrapped(2, _kind(question, pair.record, say) + say(
        f"：一定 {pair.surely} 条，可能另有 {pair.possibly} 条",
        f": surely {pair.surely}, possibly {pair.possibly} more"))
    for id_, paid in ((pair.first, pair.first_money), (pair.second, pair.second_money)):
        lines += _wrapped(4, _title(question, id_, say) + say("：", ": ") + _span(paid, say))
    return lines


def _bite(question: Question, bite: Bite, say: Voice) -> list[str]:
    policy = _policy(question, bite.policy)
    rules = _rules_of(policy, bite.benefit, bite.rules)
    clauses = list(dict.fromkeys(c for _, rule in rules for c in rule.clauses))
    names = say("、", ", ").join(f"{id_} {say.text(rule.name)}" for id_, rule in rules)
    if bite.kind == "refused" and len(rules) > 1:
        names += say("（几条同时拦下，取消一条仍不付）", " (together: lifting one alone would change nothing)")
    how = say("不予资助", "refused") if bite.kind == "refused" else say("扣减", "reduced")
    words = say(f"{how} {bite.surely} 条，可能另有 {bite.possibly} 条；",
                f"{how} {bite.surely}, possibly {bite.possibly} more; ") + _span(bite.money, say)
    if bite.paid_elsewhere:
        words += say(f"；其中 {bite.paid_elsewhere} 条别的政策付或可能付",
                     f"; another policy pays or may pay for {bite.paid_elsewhere}")
    return [*_wrapped(2, _title(question, bite.policy, say) + say("：", ": ") + names
                      + say.in_brackets(say.clauses(clauses))), *_wrapped(4, words)]


def _rules_of(policy: Policy, benefit: str, rules: Sequence[str]) -> list[tuple[str, Condition | Less]]:
    if not rules:
        return []
    held = next(b for b in policy.benefits if b.id == benefit)
    known: dict[str, Condition | Less] = {rule.id: rule for rule in held.when}
    known.update({rule.id: rule for rule in held.less})
    return [(id_, known[id_]) for id_ in rules]


def _span(found: Sum, say: Voice) -> str:
    marks = [(found.unbounded, say("条没有上界、不在内", "that nothing bounds, not in it")),
             (found.elsewhere, say("条的金额由别的文件定、不在内", "set by another document, not in it"))]
    return money_range(found.low, found.high, say, [f"{number:,} {word}" for number, word in marks if number])


def _record(question: Question, found: Overlaps) -> dict[str, Any]:
    return {"contract": CONTRACT, "as_of": question.asked.day.isoformat(), "region": region_record(question),
            "organisations": found.everybody,
            "policies": [p.id for p, _ in question.asked.policies if any(b.record for b in p.benefits)],
            "left_out": [p.id for p in question.asked.expired if any(b.record for b in p.benefits)],
            "unknown": found.unknown,
            "records": [{"record": record, "policy": policy, "surely": n[0], "possibly": n[1]}
                        for (record, policy), n in sorted(found.records.items())],
            "pairs": [{"record": p.record, "surely": p.surely, "possibly": p.possibly,
                       "policies": [{"policy": p.first, **_ends(p.first_money)},
                                    {"policy": p.second, **_ends(p.second_money)}]} for p in _ordered(found)],
            "exclusions": [{"policy": b.policy, "benefit": b.benefit, "kind": b.kind, "rules": list(b.rules),
                            "surely": b.surely, "possibly": b.possibly, **_ends(b.money),
                            "paid_elsewhere": b.paid_elsewhere} for b in _by_weight(found)]}


def _ends(found: Sum) -> dict[str, Any]:
    return {"low": found.low, "high": None if found.unbounded else found.high, "unbounded": found.unbounded,
            "elsewhere": found.elsewhere}
