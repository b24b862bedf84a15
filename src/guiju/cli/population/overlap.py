"""`guiju population overlap`."""

from __future__ import annotations

from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.help import Command
from guiju.cli.layout import Column, table, terminal_width
from guiju.cli.population.asking import Asked, data_argument, law_options, policy_option
from guiju.cli.population.question import CONTRACT, Question, form_option
from guiju.cli.voice import Voice
from guiju.cli.words import money

if TYPE_CHECKING:
    from guiju.population.questions.overlaps import Bite, Overlaps, Pair


def command(say: Voice) -> click.Command:
    @click.command("overlap", cls=Command, help=say(
        "哪些政策为同一条记录（同一项标准、同一个奖）付钱，各付多少；政策自己的互斥、扣减规定拦下了多少。"
        "逐条记录按价目表算，不计同一系列和各种上限。",
        "Which policies pay for the same record (one standard, one award), and how much; what the policies' own "
        "exclusions refused or took off. By record, as price tables have it, before series and caps."))
    @data_argument(say)
    @policy_option(say)
    @form_option(say)
    @law_options(say)
    def overlap(data: Path, asked: Asked, form: str) -> None:
        from guiju.population.questions.overlaps import overlaps

        question = Question(data, asked)
        found = overlaps(question.chunks(), asked.policies, named=asked.named)
        if form == "json":
            from guiju.documents.store import dump

            click.echo(dump(_record(question, found)))
        else:
            click.echo("\n".join(_lines(question, found, say)))

    return overlap


def _lines(question: Question, found: Overlaps, say: Voice) -> list[str]:
    paying = [p for p, _ in question.asked.policies if any(b.record for b in p.benefits)]
    lines = [say(f"按 {question.asked.day} 计；{found.everybody} 家单位，{len(paying)} 个为记录付钱的政策",
                 f"as of {question.asked.day}; {found.everybody} organisations, {len(paying)} policies that pay")]
    left_out = [p.id for p in question.asked.expired if any(b.record for b in p.benefits)]
    if left_out:
        lines.append(say("当日无效、没有看的：", "not in force, left out: ") + say.listed(left_out, 5))
    unknown = {record: n for record, n in found.unknown.items() if n}
    if unknown:
        lines.append(say("记录未知的单位数：", "organisations whose records are not known: ")
                     + say.listed([f"{_kind(question, r, say)} {n}" for r, n in unknown.items()], 6))
    lines += ["", say("付钱的记录（一定 / 可能）", "records paid for (surely / possibly)")]
    lines += table([[_kind(question, record, say), policy, f"{n[0]} / {n[1]}"]
                    for (record, policy), n in sorted(found.records.items()) if any(n)] or [[say("没有", "none")]],
                   [Column(), Column(), Column()], terminal_width())
    lines += ["", say("同一条记录由两个政策付钱", "records for which two policies pay")]
    lines += table([_pair(question, p, say) for p in _ordered(found)] or [[say("没有", "none")]],
                   [Column(), Column(), Column()], terminal_width())
    lines += ["", say("互斥与扣减拦下的", "what exclusions refused or took off")]
    return lines + table([_bite(question, b, say) for b in _by_weight(found)] or [[say("没有", "none")]],
                         [Column(), Column(most=44), Column()], terminal_width())


def _ordered(found: Overlaps) -> list[Pair]:
    return sorted(found.pairs.values(), key=lambda p: (-p.surely, -p.possibly, p.record, p.first, p.second))


def _by_weight(found: Overlaps) -> list[Bite]:
    return sorted(found.bites.values(), key=lambda b: (-b.surely, -b.possibly, b.policy, b.benefit, b.rules))


def _kind(question: Question, record: str, say: Voice) -> str:
    kind = question.policy.vocabulary.records[record]
    return say(kind.name, kind.en)


def _pair(question: Question, pair: Pair, say: Voice) -> list[str]:
    both = say(f"一定 {pair.surely}，可能另有 {pair.possibly}", f"surely {pair.surely}, possibly {pair.possibly} more")
    amounts = [f"{id_}：{_span(low, high, say)}" for id_, low, high in (
        (pair.first, pair.first_low, pair.first_high), (pair.second, pair.second_low, pair.second_high))]
    return [_kind(question, pair.record, say), both, say("；", "; ").join(amounts)]


def _bite(question: Question, bite: Bite, say: Voice) -> list[str]:
    policy = next(p for p, _ in question.asked.policies if p.id == bite.policy)
    names = say("、", ", ").join(f"{id_} {name}" for id_, name, _ in _rules(policy, bite, say))
    clauses = [c for _, _, own in _rules(policy, bite, say) for c in own]
    how = say("不予资助", "refused") if bite.kind == "refused" else say("扣减", "reduced")
    words = say(f"{how} {bite.surely} 条，可能另有 {bite.possibly} 条；",
                f"{how} {bite.surely}, possibly {bite.possibly} more; ") + _span(bite.low, bite.high, say)
    if bite.paid_elsewhere:
        words += say(f"；其中 {bite.paid_elsewhere} 条别的政策付或可能付",
                     f"; another policy pays or may pay for {bite.paid_elsewhere}")
    return [bite.policy, names + say.in_brackets(say.clauses(list(dict.fromkeys(clauses)))), words]


def _rules(policy: Any, bite: Bite, say: Voice) -> list[tuple[str, str, tuple[str, ...]]]:
    benefit = next(b for b in policy.benefits if b.id == bite.benefit)
    known: dict[str, Any] = {rule.id: rule for rule in (*benefit.when, *benefit.less)}
    return [(id_, say.text(known[id_].name), known[id_].clauses) for id_ in bite.rules]


def _span(low: float, high: float, say: Voice) -> str:
    least, most = int(low), None if high == inf else int(high)
    return money(most, say) if least == most else money(least, say) + say(" 至 ", " to ") + money(most, say)


def _record(question: Question, found: Overlaps) -> dict[str, Any]:
    def fen(amount: float) -> int | None:
        return None if amount == inf else int(amount)

    return {"contract": CONTRACT, "as_of": question.asked.day.isoformat(), "organisations": found.everybody,
            "policies": [p.id for p, _ in question.asked.policies if any(b.record for b in p.benefits)],
            "left_out": [p.id for p in question.asked.expired if any(b.record for b in p.benefits)],
            "unknown": found.unknown,
            "records": [{"record": record, "policy": policy, "surely": n[0], "possibly": n[1]}
                        for (record, policy), n in sorted(found.records.items())],
            "pairs": [{"record": p.record, "surely": p.surely, "possibly": p.possibly,
                       "policies": [{"policy": p.first, "low": fen(p.first_low), "high": fen(p.first_high)},
                                    {"policy": p.second, "low": fen(p.second_low), "high": fen(p.second_high)}]}
                      for p in _ordered(found)],
            "exclusions": [{"policy": b.policy, "benefit": b.benefit, "kind": b.kind, "rules": list(b.rules),
                            "surely": b.surely, "possibly": b.possibly, "low": fen(b.low), "high": fen(b.high),
                            "paid_elsewhere": b.paid_elsewhere} for b in _by_weight(found)]}
