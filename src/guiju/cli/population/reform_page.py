"""What a simulated reform says in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from guiju.cli.layout import Column, indented, table
from guiju.cli.voice import Voice
from guiju.cli.words import money as spelled
from guiju.cli.words import money_range
from guiju.evaluate.assess import OUTCOMES
from guiju.evaluate.readings import spell
from guiju.population.reform.groups import DIMENSIONS, UNKNOWN, Dimension
from guiju.population.reform.sides import (
    GAINS,
    KINDS,
    LOSES,
    LOWERED,
    NEWLY,
    NO_LONGER,
    OPEN,
    POSSIBLE,
    RAISED,
)
from guiju.population.reform.simulation import Result
from guiju.population.reform.sweep import Sweep
from guiju.population.reform.totals import Difference, Group, Money
from guiju.source.diagnostics import Text

KIND_WORDS = {
    "newly_eligible": Text("新够条件", "newly eligible"),
    "no_longer_eligible": Text("不再够条件", "no longer eligible"),
    "gains": Text("多得", "gains"), "loses": Text("少得", "loses"),
    "ceiling_raised": Text("上限提高", "ceiling raised"), "ceiling_lowered": Text("上限降低", "ceiling lowered"),
    "unchanged": Text("不变", "unchanged"), "undecided": Text("说不定", "undecided")}
_ALWAYS = ((NEWLY, GAINS), (NO_LONGER, LOSES))
_COLUMNS = ((Text("得", "up"), _ALWAYS[0]), (Text("失", "down"), _ALWAYS[1]),
            (Text("上限动", "ceilings"), (RAISED, LOWERED)), (Text("说不定", "undecided"), (OPEN,)))
_MOST = 12  # groups of a dimension, the dearest first; all are in reform.json


def page(result: Result, changed: int, out: Path, say: Voice, width: int) -> Iterator[str]:
    """The whole report."""
    reform, totals = result.reform, result.totals
    by = say.listed(list(reform.proposed_by))
    yield say(f"{say.text(reform.title)}（{by}提出），改 {reform.before.id}，按 {result.as_of} 的规定，"
              f"{totals.count:,} 个单位", f"{say.text(reform.title)} (proposed by {by}), on {reform.before.id}, the "
              f"law of {result.as_of}, {totals.count:,} organisations")
    for heading, lines in (
            (say("改了什么、谁在里面", "What changes, and who sits there"), _rules(result, say, width)),
            (say("谁得谁失", "Who gains and who loses"), _kinds(result, say, width)),
            (say("前后对照", "Before and after"), _sides(result, say, width)),
            (say("要多少预算：得钱的单位按金额从少到多排，付到某一分位那家为止。分位数的是单位，不是可能性；下端和上端各自排",
                 "Budget: those who get something, from the smallest amount up, paid as far as the one at each share. "
                 "Shares are of organisations, not chances; low and high ends are ordered by themselves"),
             _quantiles(result, say, width)),
            *((say(f"按{d.title.zh}", f"By {d.title.en}"), _groups(result, d, say, width)) for d in DIMENSIONS),
            (say("参数逐步变动", "The parameter in steps"), _sweep(result.sweep, say, width))):
        shown = list(lines)
        if shown:
            yield from ("", *indented(heading, width), *shown)
    yield ""
    yield say(f"结果在 {out}：changed.parquet 有 {changed:,} 个单位，其余在 reform.json 和图里",
              f"results in {out}: {changed:,} organisations in changed.parquet, the rest in reform.json and the "
              "pictures")


def range_of(money: Money, say: Voice) -> str:
    """A cost: one sum, or from–to, with what makes it one and what it leaves out."""
    marks = [(money.ceilings, say("家是上限", "with a ceiling")), (money.doubtful, say("家有疑", "in doubt")),
             (money.unbounded, say("家无上界、不在内", "without bound, not in it")),
             (money.elsewhere, say("家金额另有规定、不在内", "set elsewhere, not in it"))]
    return money_range(money.low, money.high, say, [f"{number:,} {word}" for number, word in marks if number])


def _rules(result: Result, say: Voice, width: int) -> Iterator[str]:
    for difference in result.cells.differences:
        called = say.in_brackets(_rule_name(result, difference.rule, say))
        yield from indented(say.text(difference.text) + called, width, "- ", "  ")
        seats = [seat for seat in result.seats if seat.cell.difference is difference]
        for cell in difference.cells:
            if cell not in [seat.cell.what for seat in seats]:  # who sits there says it, too
                yield from indented(say.text(cell), width, "    ")
        for seat in seats:
            perhaps = say(f"，还可能有 {seat.perhaps:,} 家", f", perhaps {seat.perhaps:,} more") if seat.perhaps else ""
            names = say(f"：{say.listed(seat.samples)}", f": {say.listed(seat.samples)}") if seat.samples else ""
            yield from indented(say(f"{seat.cell.what.zh}：{seat.surely:,} 家{perhaps}{names}",
                                    f"{seat.cell.what.en}: {seat.surely:,}{perhaps}{names}"), width, "    ")


def _rule_name(result: Result, id_: str, say: Voice) -> str:
    """What a changed condition, limit or parameter is called; what the policy had is said to be its old name, which may
    tell the old figure. Nothing for what has no name of its own."""
    for policy, words in ((result.reform.before, say("原规定：", "was: ")), (result.reform.after, "")):
        named = {p.id: p.name for p in policy.parameters.values()}
        named.update({limit.id: say.text(limit.name) for limit in policy.limits})
        named.update({condition.id: say.text(condition.name) for condition in policy.conditions.values()})
        if named.get(id_, id_) != id_:
            return words + named[id_]
    return ""


def _kinds(result: Result, say: Voice, width: int) -> Iterator[str]:
    totals = result.totals
    rows = [[say("", ""), say("确定", "surely"), say("至多还有", "at most besides")]]
    for kind in KINDS:
        rows.append([say.text(KIND_WORDS[kind]), f"{totals.kinds[kind]:,}",
                     f"{totals.possible[kind]:,}" if kind in POSSIBLE else ""])
    yield from table(rows, [Column(), Column(align=">"), Column(align=">"), Column()], width)
    if totals.kinds[RAISED] or totals.kinds[LOWERED]:
        yield from indented(say("上限动了的，实际给多少由评审定，不一定多得或少得。",
                                "Where a ceiling moves, the review decides what is paid: nobody surely gains or "
                                "loses."), width, "  ")
    if totals.kinds[OPEN]:
        yield from indented(say("“说不定”的缺事实、要人裁量或参数未定，或是上限看不出增减；“至多还有”从它们里面数，"
                                "一家可以数进几行。",
                                "The undecided lack facts, wait for a person or for a parameter, or have ceilings that "
                                "don't tell; 'at most besides' counts them, in several lines where several are "
                                "possible."), width, "  ")


def _sides(result: Result, say: Voice, width: int) -> Iterator[str]:
    before, after = result.totals.outcomes
    rows = [["", say("改前", "before"), say("改后", "after")]]
    rows += [[say.outcome(o), f"{before[o]:,}", f"{after[o]:,}"] for o in OUTCOMES if before[o] or after[o]]
    yield from table(rows, [Column(), Column(align=">"), Column(align=">"), Column()], width)
    if result.reform.before.benefits or result.reform.after.benefits:
        old, new = result.totals.money
        for word, money in ((say("改前费用", "cost before"), old), (say("改后费用", "cost after"), new)):
            yield from indented(say(f"{word}：{range_of(money, say)}", f"{word}: {range_of(money, say)}"), width, "  ")
        added = added_cost(result.totals.difference, say)
        yield from indented(say(f"费用增减：{added}", f"difference: {added}"), width, "  ")


def added_cost(difference: Difference, say: Voice) -> str:
    """What a reform adds or saves, of those who don't surely stay as they are."""
    low, high = difference.low, difference.high
    if low == high == 0:
        text = say("不增不减", "none")
    elif low >= 0:
        text = say("增加 ", "adds ") + money_range(low, high, say)
    elif high <= 0:
        text = say("减少 ", "saves ") + money_range(-high, -low, say)
    else:
        text = say(f"从减少 {spelled(-low, say)} 到增加 {spelled(high, say)}",
                   f"from saving {spelled(-low, say)} to adding {spelled(high, say)}")
    rest = say(f"另有 {difference.open:,} 家说不出数", f"{difference.open:,} more without a number")
    return text + say.in_brackets(rest if difference.open else "")


def _quantiles(result: Result, say: Voice, width: int) -> Iterator[str]:
    found = [{q.percent: q for q in spread.quantiles()} for spread in result.totals.spread]
    percents = sorted({p for side in found for p in side})
    if not percents:
        return
    rows = [[say("分位", "share"), say("改前至此要", "before, up to here"), say("改后至此要", "after, up to here"),
             say("改后这家得", "amount there, after")]]
    for percent in percents:
        cells = [money_range(*side[percent].budget, say) if percent in side else "" for side in found]
        rows.append([f"{percent}%", *cells,
                     money_range(*found[1][percent].amount, say) if percent in found[1] else ""])
    yield from table(rows, [Column(align=">"), Column(), Column(), Column()], width)


def _groups(result: Result, dimension: Dimension, say: Voice, width: int) -> Iterator[str]:
    """The groups to whom anything is paid or happens."""
    found = {key: group for key, group in result.totals.groups.get(dimension.id, {}).items()
             if group.before.high or group.after.high or _moved(group)}
    if not found:
        return
    order = sorted(found.items(), key=lambda item: (
        (item[0] == UNKNOWN, item[0]) if dimension.ordered else (-item[1].after.high, -_moved(item[1]), item[0])))
    pays = any(group.before.high or group.after.high for group in found.values())
    columns = [(word, kinds) for word, kinds in _COLUMNS
               if kinds in _ALWAYS or any(group.kinds[kind] for group in found.values() for kind in kinds)]
    costs = [say("改前费用", "cost before"), say("改后费用", "cost after")] if pays else []
    rows: list[Sequence[str]] = [["", say("单位", "organisations"), *(say.text(word) for word, _ in columns), *costs]]
    for key, group in order[:_MOST]:
        rows.append([say.text(dimension.word(key, result.reform.before.vocabulary)), f"{group.count:,}",
                     *(f"{sum(group.kinds[kind] for kind in kinds):,}" for _, kinds in columns),
                     *(money_range(money.low, money.high, say) for money in (group.before, group.after) if pays)])
    yield from table(rows, [Column(most=20), *[Column(align=">")] * (1 + len(columns)), Column(most=24), Column()],
                     width)
    if len(order) > _MOST:
        yield say(f"  另有 {len(order) - _MOST} 组，见 reform.json", f"  {len(order) - _MOST} more in reform.json")


def _moved(group: Group) -> int:
    return group.count - group.kinds["unchanged"]


def _sweep(sweep: Sweep | None, say: Voice, width: int) -> Iterator[str]:
    if sweep is None:
        return
    rows: list[Sequence[str]] = [[sweep.parameter.name, say("够条件", "eligible"), say("费用", "cost")]]
    rows += [[spell(sweep.parameter, point.value), f"{point.outcomes['eligible']:,}", range_of(point.money, say)]
             for point in sweep.points]
    yield from table(rows, [Column(), Column(align=">"), Column()], width)
