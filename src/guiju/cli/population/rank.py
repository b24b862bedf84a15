"""`guiju population rank`."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.help import Command
from guiju.cli.layout import Column, table, terminal_width
from guiju.cli.population.asking import Asked, data_argument, law_options
from guiju.cli.population.question import (
    Question,
    form_option,
    head_lines,
    head_record,
    out_option,
    policy_argument,
    question_of,
    region_option,
)
from guiju.cli.voice import Voice
from guiju.cli.words import points
from guiju.source.diagnostics import Text

if TYPE_CHECKING:
    from guiju.language.policy import Goal
    from guiju.population.questions.ranks import PassLine, Ranking, Row

NEAR = {"above": Text("线的附近：一定在线上的", "around the line: surely above"),
        "possibly": Text("线的附近：可能在线上的", "around the line: possibly above"),
        "below": Text("线的附近：线下的", "around the line: below")}


def command(say: Voice) -> click.Command:
    @click.command("rank", cls=Command, help=say(
        "按得分排队：同分同名次、后一名跳过；分数线附近的单位，多一分会怎样。得分未定的，名次是一个范围。"
        "政策没有写分数线的，用 --line 或 --places 给出。",
        "A list by score: equal points share a place and the next is skipped; who stands near the line, and what one "
        "point more would do. A score in bounds has a place in bounds. Where the policy draws no line, give one with "
        "--line or --places."))
    @policy_argument(say)
    @data_argument(say)
    @click.option("--goal", default="", metavar="ID", help=say("按哪一问的得分",
                                                                "by whose score, where there are several"))
    @click.option("--line", type=float, callback=_finite, metavar="POINTS",
                  help=say("分数线（默认：政策所写）", "from how many points on (default: the policy's)"))
    @click.option("--places", type=click.IntRange(1), metavar="N", help=say("取前几名", "the first N places"))
    @click.option("--around", type=click.IntRange(0, 1000), default=5, show_default=True, metavar="N",
                  help=say("一定在线上、可能在线上、线下各列几家",
                           "so many of those surely above, possibly above and below the line"))
    @click.option("--top", type=click.IntRange(0, 1000), default=10, show_default=True, metavar="N",
                  help=say("列出前几家", "list the first N"))
    @region_option(say)
    @out_option(say)
    @form_option(say)
    @law_options(say)
    def rank(data: Path, asked: Asked, goal: str, line: float | None, places: int | None, around: int, top: int,
             region: str, out: Path | None, form: str) -> None:
        from guiju.population.questions.ranks import PassLine, contest, pass_line, ranking, scored_goal
        from guiju.source.diagnostics import Span, fail

        question = question_of(data, asked, region)
        scored = scored_goal(question.policy, goal)
        if line is not None and places is not None:
            raise fail("E978", Span("--places"), "--line 和 --places 只给一个", "give either --line or --places")
        drawn = None if places else PassLine(line) if line is not None else pass_line(question.policy, scored)
        found = ranking(contest(question.chunks(), question.policy, scored, question.setting), drawn, places, around,
                        top)
        if out is not None:
            _write(found, out)
        if form == "json":
            from guiju.documents.store import dump

            click.echo(dump(_record(question, scored, found)))
        else:
            click.echo("\n".join(_lines(question, scored, found, say)))

    return rank


def _finite(context: click.Context, option: click.Parameter, line: float | None) -> float | None:
    from guiju.source.diagnostics import Span, fail

    if line is not None and not isfinite(line):
        raise fail("E978", Span(f"--line {line}"), "分数线要是一个确定的数", "the line is a finite number of points")
    return line


def _write(found: Ranking, out: Path) -> None:
    """Everybody who is ranked."""
    import numpy as np

    from guiju.population.questions.lists import PLACES, ROWS, ListFile
    from guiju.population.questions.ranks import SIDES as NAMES

    drawn = found.line is not None or found.places is not None
    sides = np.array(NAMES, object)
    with ListFile(out, PLACES) as file:
        for start in range(0, found.ranked, ROWS):
            rows = slice(start, start + ROWS)
            low, high = found.contest.low[rows], found.contest.high[rows]
            file.add({"organisation": found.contest.names.slice(start, ROWS).combine_chunks(), "points_low": low,
                      "points_high": high, "place_first": found.first[rows], "place_last": found.last[rows],
                      "side": sides[found.sides[rows]] if drawn else [None] * len(low)})


def _lines(question: Question, goal: Goal, found: Ranking, say: Voice) -> list[str]:
    score = question.policy.scores[goal.score]
    lines = [*head_lines(question, say), say.text(goal.name) + say("：按 ", ": by ") + say.text(score.name)]
    lines.append(_line_words(found, say))
    refused = say(f"{found.everybody:,} 家单位，{found.refused:,} 家不符合其他条件，不排队",
                  f"{found.everybody:,} organisations; {found.refused:,} fail another condition and are not ranked")
    lines += ["", refused]
    if found.line or found.places:
        lines.append(say(f"一定在线上 {found.above:,} 家，可能在线上 {found.possibly:,} 家，线下 {found.below:,} 家；"
                         f"多一分就一定上线的 {found.one_more:,} 家",
                         f"surely above {found.above:,}, possibly above {found.possibly:,}, below {found.below:,}; "
                         f"one point more would surely bring over {found.one_more:,}"))
    if found.tied_at_cut > 1 and found.cut:
        lines.append(say(f"末位 {points(*found.cut)} 分有 {found.tied_at_cut} 家同分",
                         f"{found.tied_at_cut} have the last place's {points(*found.cut)} points"))
    for side, heading in NEAR.items():
        rows = tuple(row for row in found.near if row.side == side)
        if rows:
            lines += ["", say.text(heading), *_rows(rows, True, say)]
    if found.top:
        lines += ["", say("名次在前", "the first"), *_rows(found.top, False, say)]
    return lines


def _line_words(found: Ranking, say: Voice) -> str:
    line = found.line
    if found.places:
        return say(f"取前 {found.places} 名（所给）", f"the first {found.places} places (as given)")
    if line is None:
        return say("政策没有写分数线：用 --line 或 --places 给出，才分线上线下",
                   "the policy draws no line: give one with --line or --places")
    words = say("分数线 ", "line: ") + points(line.points, line.points) + say(" 分", " points")
    if not line.reached:
        words += say("以上（不含）", ", to be passed")
    if line.condition is None:
        return words + say("（所给）", " (as given)")
    return words + say.in_brackets(line.condition.id + say("，", ", ") + say.clauses(line.condition.clauses))


def _rows(rows: tuple[Row, ...], near: bool, say: Voice) -> list[str]:
    cells = []
    for row in rows:
        place = str(row.first) if row.first == row.last else f"{row.first}–{row.last}"
        more = say(f"{row.tied} 家同分", f"{row.tied} tied") if row.tied > 1 else ""
        if near:
            more += say("；", "; ") if more else ""
            more += say(f"多一分至高第 {row.gain} 名", f"one point more: place {row.gain} at best")
            more += say("，上线", ", over the line") if row.reaches else ""
        cells.append([place, row.name, points(*map(_plain, (row.low, row.high))), more])
    return table(cells, [Column(">"), Column(), Column(">"), Column()], terminal_width())


def _plain(value: float) -> Any:
    """A score as it is written: doubles here are whole or short decimals."""
    from fractions import Fraction

    return value if value in (float("inf"), float("-inf")) else Fraction(repr(value))


def _record(question: Question, goal: Goal, found: Ranking) -> dict[str, Any]:
    return {**head_record(question), "goal": goal.id, "score": goal.score, "line": _drawn(found.line),
            "places": found.places, "organisations": found.everybody, "ranked": found.ranked,
            "refused": found.refused, "above": found.above, "possibly_above": found.possibly, "below": found.below,
            "one_point_more": found.one_more, "cut": list(found.cut) if found.cut else None,
            "tied_at_cut": found.tied_at_cut, "near": [_row(r) for r in found.near],
            "top": [_row(r) for r in found.top]}


def _drawn(line: PassLine | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {"points": line.points, "reached": line.reached, "condition": line.condition and line.condition.id,
            "clauses": list(line.condition.clauses) if line.condition else []}


def _row(row: Row) -> dict[str, Any]:
    low, high = (None if value in (float("inf"), float("-inf")) else value for value in (row.low, row.high))
    return {"organisation": row.name, "points_low": low, "points_high": high, "place_first": row.first,
            "place_last": row.last, "tied": row.tied, "side": row.side,
            "place_with_one_more": row.gain, "reaches": row.reaches}
