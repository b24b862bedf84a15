"""The outcome of a budget stage: in words, as data, and as a list of organisations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from guiju.cli.layout import Column, table, terminal_width
from guiju.cli.population.question import Question, head_lines, head_record
from guiju.cli.voice import Voice
from guiju.cli.words import money, money_range
from guiju.population.budget import BLOCK, FULL
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
TO_THE_CEILING = Text("按上限留足，实际由评审定", "kept to the ceiling, the review decides")
WAYS = {
    "rank": Text("按名次，先到先足", "by rank, in full while it lasts"), "quota": Text("按名额", "by quota"),
    "equal": Text("均分，不超过各自金额", "in equal shares, none above its amount"),
    "pro-rata": Text("按比例", "pro rata"),
}


def report(question: Question, rule: Rule, pool: Pool | None, found: Claimants, outcome: Outcome, top: int,
           out: Path | None, form: str, say: Voice) -> str:
    """Writes the list, and says what came out."""
    shown = sorted(around_line(outcome, top), key=lambda n: (int(outcome.place[n]), n))
    with ListFile(out, SHARES) as file:
        for start in range(0, len(found.names), BLOCK):
            file.add(_columns(found, outcome, np.arange(start, min(start + BLOCK, len(found.names)))))
    if form == "json":
        from guiju.documents.store import dump

        return dump(_record(question, rule, pool, found, outcome, shown))
    return "\n".join(_lines(question, rule, pool, found, outcome, shown, say))


def _columns(found: Claimants, outcome: Outcome, rows: Any) -> dict[str, pa.Array]:
    """The list's rows of these claimants."""
    place, most = outcome.place[rows], found.high[rows]
    return {"organisation": found.names.take(pa.array(rows, pa.int64())).combine_chunks(),
            "state": pa.array(STATES).take(pa.array(outcome.state[rows])), "place": pa.array(place, mask=place == 0),
            "claim_low": pa.array(found.low[rows]), "claim_high": pa.array(most, mask=most == UNBOUNDED),
            "ceiling": pa.array(found.ceiling[rows]), "granted": pa.array(outcome.granted[rows])}


def _lines(question: Question, rule: Rule, pool: Pool | None, found: Claimants, outcome: Outcome,
           shown: list[int], say: Voice) -> list[str]:
    lines = head_lines(question, say)
    if pool is not None:
        limit = pool.limit
        lines.append(say("资金池：", "pool: ") + f"{limit.id} {say.text(limit.name)}"
                     + say.in_brackets(say.clauses(limit.clauses))
                     + (say("，原则上", ", in principle") if limit.strength == "principle" else ""))
    lines.append(_chosen(rule, say))
    lines += ["", *_sums(rule, outcome, say), "", *_counts(found, outcome, say)]
    if shown:
        heading = say("末一名前后", "around the last place paid") if outcome.ranked else say(
            "各家分得：按单位编号的前几家", "what each gets: the first by code")
        lines += ["", heading + say("，分给 / 申领", ", granted / claimed"), *_rows(found, outcome, shown, say)]
    return lines


def _chosen(rule: Rule, say: Voice) -> str:
    words = say.text(WAYS[rule.by])
    if rule.quota is not None:
        words += say(f" {rule.quota} 名", f" of {rule.quota}")
    how = say("分法由经办人选定，条文没有规定", "how to share is the officer's choice; no clause says it")
    if rule.by == "pro-rata" or rule.line == "pro-rata":
        how += say("；没有一条规定按比例压减", "; no clause cuts in proportion")
    return say("分法：", "shared ") + words + say.in_brackets(how)


def _sums(rule: Rule, outcome: Outcome, say: Voice) -> list[str]:
    rows = [] if rule.budget is None else [[say("预算", "budget"), money(rule.budget, say)]]
    rows += [[say("申领（已定的单位）", "claimed by the decided"), money(outcome.claimed, say) + _ceilings(
                 outcome.ceilings, say)],
             [say("分给", "granted"), money(outcome.total, say) + _ceilings(outcome.kept, say)]]
    if outcome.held or outcome.places:
        places = say(f"，{outcome.places} 个名额", f", {outcome.places} places") if outcome.places else ""
        rows.append([say("留待线上决定", "held for the line"), money(outcome.held, say) + places])
    if rule.reserve:
        rows.append([say("为待定单位留足", "kept for the undecided"), money(outcome.reserved, say)])
    if outcome.left:
        rows.append([say("结余", "left"), money(outcome.left, say)])
    least, most = outcome.waiting
    if most is None or most:
        rows.append([say("待定单位可能申领", "the undecided may claim"), money_range(least, most, say)])
    return table(rows, [Column(), Column()], terminal_width())


def _ceilings(part: tuple[int, int], say: Voice) -> str:
    """What of a sum is no more than ceilings."""
    number, fen = part
    return say.in_brackets(say(f"其中 {number:,} 家是上限，最多 {money(fen, say)}，实际由评审定",
                               f"of which {number:,} with a ceiling, at most {money(fen, say)}: the review decides")
                           ) if number else ""


def _counts(found: Claimants, outcome: Outcome, say: Voice) -> list[str]:
    counts = outcome.counts()
    ceilings = int(np.count_nonzero(found.ceiling & (outcome.state == FULL)))
    numbers = [(say.text(WORDS["full"]), counts.pop("full") - ceilings), (say.text(TO_THE_CEILING), ceilings),
               *((say.text(WORDS[name]), number) for name, number in counts.items()),
               (say("金额由别的文件定，不在各项合计里", "amount set by another document, in no sum"), found.elsewhere),
               (say("登记在外地，没有算", "registered elsewhere, not asked"), found.outside)]
    rows = [[word, f"{number:,}"] for word, number in numbers if number]
    rows.append([say("不符合，或没有可得的", "not eligible, or nothing to get"), f"{found.refused:,}"])
    return table(rows, [Column(), Column(align=">")], terminal_width())


def _rows(found: Claimants, outcome: Outcome, shown: list[int], say: Voice) -> Iterator[str]:
    cells = []
    for n in shown:
        place = str(int(outcome.place[n])) if outcome.place[n] else ""
        state = STATES[int(outcome.state[n])]
        word = TO_THE_CEILING if state == "full" and found.ceiling[n] else WORDS[state]
        most = money(int(found.high[n]), say)
        cells.append([place, found.names[n].as_py(), say.text(word), money(int(outcome.granted[n]), say) + " / "
                      + (say(f"至多 {most}", f"up to {most}") if found.ceiling[n] else most)])
    yield from table(cells, [Column(), Column(), Column(), Column()], terminal_width())


def _record(question: Question, rule: Rule, pool: Pool | None, found: Claimants, outcome: Outcome,
            shown: list[int]) -> dict[str, Any]:
    columns = {name: values.to_pylist() for name, values in _columns(found, outcome, np.array(shown, np.int64)).items()}
    return {**head_record(question),
            "rule": {"by": rule.by, "budget": rule.budget, "quota": rule.quota, "line": rule.line,
                     "reserve": rule.reserve, "pool": pool and pool.limit.id,
                     "clauses": list(pool.limit.clauses) if pool else [], "chosen_by": "officer"},
            "organisations": found.everybody, "counts": outcome.counts(), "refused": found.refused,
            "elsewhere": found.elsewhere, "other_region": found.outside, "claimed": outcome.claimed,
            "granted": outcome.total, "held": outcome.held, "open_places": outcome.places,
            "reserved": outcome.reserved, "left": outcome.left,
            "ceilings": {"claimants": outcome.ceilings[0], "claimed": outcome.ceilings[1],
                         "granted_to": outcome.kept[0], "granted": outcome.kept[1]},
            "undecided": {"low": outcome.waiting[0], "high": outcome.waiting[1]},
            "shown": [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]}
