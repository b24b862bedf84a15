"""The outcome of a budget stage: in words, as data, and as a list of organisations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guiju.cli.layout import Column, table, terminal_width
from guiju.cli.population.question import Question, head_lines, head_record
from guiju.cli.voice import Voice
from guiju.cli.words import money
from guiju.population.questions.asking import in_order
from guiju.population.questions.claimants import UNBOUNDED, Claimants
from guiju.population.questions.lists import SHARES, ListFile
from guiju.population.questions.stage import STATES, Outcome, Rule, around_line
from guiju.source.diagnostics import Text

if TYPE_CHECKING:
    from guiju.population.questions.pools import Pool

WORDS = {
    "full": Text("足额", "in full"), "part": Text("一部分", "a part"), "open": Text("在线上，待决定", "on the line"),
    "beyond": Text("候补", "waiting list"), "undecided": Text("待定", "undecided"),
}
WAYS = {
    "rank": Text("按名次，先到先足", "by rank, in full while it lasts"), "quota": Text("按名额", "by quota"),
    "equal": Text("均分，不超过各自金额", "in equal shares, none above its amount"),
    "pro-rata": Text("按比例", "pro rata"),
}


def report(question: Question, rule: Rule, pool: Pool | None, found: Claimants, outcome: Outcome, top: int,
           out: Path | None, form: str, say: Voice) -> str:
    """Writes the list, and says what came out."""
    wanted = set(around_line(outcome, top))
    names = _listed(question, found, outcome, wanted, out)
    if form == "json":
        from guiju.documents.store import dump

        return dump(_record(question, rule, pool, found, outcome, names))
    return "\n".join(_lines(question, rule, pool, found, outcome, names, say))


def _listed(question: Question, found: Claimants, outcome: Outcome, wanted: set[int],
            out: Path | None) -> dict[int, str]:
    """Reads the names once more, writes every claimant, and keeps the names that are shown."""
    kept: dict[int, str] = {}
    if out is None and not wanted:
        return kept
    with ListFile(out, SHARES) as file:
        start = 0
        for first, names, _ in in_order(question.named()):
            end = start
            while end < len(found.numbers) and found.numbers[end] < first + len(names):
                end += 1
            rows = range(start, end)
            own = [names[int(found.numbers[n]) - first] for n in rows]
            kept.update((n, name) for n, name in zip(rows, own, strict=True) if n in wanted)
            file.add(_columns(own, found, outcome, slice(start, end)))
            start = end
    return kept


def _columns(names: list[str], found: Claimants, outcome: Outcome, part: slice | list[int]) -> dict[str, Any]:
    most = found.high[part]
    return {"organisation": names, "state": [STATES[s] for s in outcome.state[part]],
            "place": [int(p) or None for p in outcome.place[part]], "claim_low": found.low[part].tolist(),
            "claim_high": [None if m == UNBOUNDED else int(m) for m in most],
            "granted": outcome.granted[part].tolist()}


def _lines(question: Question, rule: Rule, pool: Pool | None, found: Claimants, outcome: Outcome,
           names: dict[int, str], say: Voice) -> list[str]:
    lines = head_lines(question, say)
    if pool is not None:
        limit = pool.limit
        lines.append(say("资金池：", "pool: ") + f"{limit.id} {say.text(limit.name)}"
                     + say.in_brackets(say.clauses(limit.clauses))
                     + (say("，原则上", ", in principle") if limit.strength == "principle" else ""))
    lines.append(_chosen(rule, say))
    lines += ["", *_sums(rule, found, outcome, say), "", *_counts(found, outcome, say)]
    if names:
        lines += ["", say("末一名前后", "around the last place paid"), *_rows(found, outcome, names, say)]
    return lines


def _chosen(rule: Rule, say: Voice) -> str:
    words = say.text(WAYS[rule.by])
    if rule.quota is not None:
        words += say(f" {rule.quota} 名", f" of {rule.quota}")
    how = say("分法由经办人选定，条文没有规定", "how to share is the officer's choice; no clause says it")
    if rule.by == "pro-rata" or rule.line == "pro-rata":
        how += say("；没有一条规定按比例压减", "; no clause cuts in proportion")
    return say("分法：", "shared ") + words + say.in_brackets(how)


def _sums(rule: Rule, found: Claimants, outcome: Outcome, say: Voice) -> list[str]:
    rows = [] if rule.budget is None else [[say("预算", "budget"), money(rule.budget, say)]]
    rows += [[say("申领（已定的单位）", "claimed by the decided"), money(outcome.claimed, say)],
             [say("分给", "granted"), money(outcome.total, say)]]
    if outcome.held or outcome.places:
        places = say(f"，{outcome.places} 个名额", f", {outcome.places} places") if outcome.places else ""
        rows.append([say("留待线上决定", "held for the line"), money(outcome.held, say) + places])
    if rule.reserve:
        rows.append([say("为待定单位留足", "kept for the undecided"), money(outcome.reserved, say)])
    if outcome.left:
        rows.append([say("结余", "left"), money(outcome.left, say)])
    least, most = outcome.waiting
    if most is None or most:
        rows.append([say("待定单位可能申领", "the undecided may claim"),
                     money(least, say) + say(" 至 ", " to ") + money(most, say)])
    return table(rows, [Column(), Column()], terminal_width())


def _counts(found: Claimants, outcome: Outcome, say: Voice) -> list[str]:
    rows = [[say.text(WORDS[name]), str(number)] for name, number in outcome.counts().items() if number]
    if found.unnumbered:
        rows.append([say("符合，金额另有规定", "qualify; amount fixed elsewhere"), str(found.unnumbered)])
    rows.append([say("不符合", "not eligible"), str(found.refused)])
    return table(rows, [Column(), Column()], terminal_width())


def _by_place(outcome: Outcome, names: dict[int, str]) -> list[int]:
    return sorted(names, key=lambda n: (int(outcome.place[n]), n))


def _rows(found: Claimants, outcome: Outcome, names: dict[int, str], say: Voice) -> Iterator[str]:
    cells = []
    for n in _by_place(outcome, names):
        place = str(int(outcome.place[n])) if outcome.place[n] else ""
        cells.append([place, names[n], say.text(WORDS[STATES[int(outcome.state[n])]]),
                      money(int(outcome.granted[n]), say) + " / " + money(int(found.high[n]), say)])
    yield from table(cells, [Column(), Column(), Column(), Column()], terminal_width())


def _record(question: Question, rule: Rule, pool: Pool | None, found: Claimants, outcome: Outcome,
            names: dict[int, str]) -> dict[str, Any]:
    shown = _by_place(outcome, names)
    columns = {key: list(values) for key, values in _columns([names[n] for n in shown], found, outcome,
                                                             shown).items()}
    return {**head_record(question),
            "rule": {"by": rule.by, "budget": rule.budget, "quota": rule.quota, "line": rule.line,
                     "reserve": rule.reserve, "pool": pool and pool.limit.id,
                     "clauses": list(pool.limit.clauses) if pool else [], "chosen_by": "officer"},
            "organisations": found.everybody, "counts": outcome.counts(), "refused": found.refused,
            "unnumbered": found.unnumbered, "claimed": outcome.claimed, "granted": outcome.total,
            "held": outcome.held, "open_places": outcome.places, "reserved": outcome.reserved, "left": outcome.left,
            "undecided": {"low": outcome.waiting[0], "high": outcome.waiting[1]},
            "shown": [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]}
