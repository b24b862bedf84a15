"""`guiju population budget`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, Callback, together
from guiju.cli.population.asking import Asked, law_options
from guiju.cli.population.question import (
    Question,
    fen_of,
    form_option,
    out_option,
    question_of,
    region_option,
)
from guiju.cli.voice import Voice
from guiju.source.diagnostics import GuijuError, Span, Text, fail

if TYPE_CHECKING:
    from guiju.population.files.held import Held
    from guiju.population.questions.claimants import Claims, Scoring
    from guiju.population.questions.pools import Pool
    from guiju.population.questions.stage import Rule

WAYS = ["rank", "quota", "pool", "equal", "pro-rata"]


def command(say: Voice) -> click.Command:
    @click.command("budget", cls=Command, help=say(
        "一笔预算怎样落到各单位：按名次、名额、资金池，或由经办人选定均分、按比例。数到分，合计恰为预算；待定的单位另列或先留足。",
        "How a budget falls to organisations: by rank, quota or pool, or shared equally or pro rata where an officer "
        "chose that. Exactly to the budget, to the fen; the undecided are listed apart, or money is kept for them."))
    @click.argument("data", cls=Argument, type=PATH, metavar="DATA|RESULTS", help=say(
        "数据（文件夹或数据库），或 match 写好的结果文件夹：不用再算一遍",
        "the data (a folder or a database), or the folder that match wrote: nothing is evaluated again"))
    @click.option("--policy", "-p", "words", required=True, metavar="ID", help=say("哪个政策", "which policy"))
    @_sharing_options(say)
    @_ranking_options(say)
    @click.option("--top", type=click.IntRange(0, 1000), default=10, show_default=True, metavar="N",
                  help=say("末一名前后各列几家；均分、按比例的列前几家",
                           "so many before and behind the last place paid; of shares without places, the first"))
    @region_option(say)
    @out_option(say)
    @form_option(say)
    @law_options(say, _day_of_results)
    def budget_(data: Path, asked: Asked, budget: str, way: str, quota: int | None, pool: str, share: str | None,
                rank_by: str, ranking: Path | None, lowest_first: bool, line: Any, reserve: bool, top: int,
                region: str, out: Path | None, form: str) -> None:
        from guiju.cli.population.shares import report
        from guiju.population.questions.claimants import claimants
        from guiju.population.questions.stage import run_stage

        question = question_of(data, asked, region)
        _refuse_idle(question, way, budget, quota, pool, share)
        held = _pool(question, pool) if way == "pool" else None
        rule = _rule(question, held, way, share, budget, quota, line, reserve)
        scoring = _scoring(question, rule, rank_by, ranking, lowest_first)
        found = claimants(_claims(question, held, rank_by, say), scoring)
        strangers = getattr(scoring, "strangers", 0)
        if strangers:
            click.echo(say(f"评审名单里有 {strangers} 家不在数据里",
                           f"{strangers} of the list are not in the data"), err=True)
        click.echo(report(question, rule, held, found, run_stage(found, rule), top, out, form, say))

    return budget_


def _sharing_options(say: Voice) -> Callable[[Callback], Callback]:
    """How much there is, and how it is shared."""
    return together(
        click.option("--budget", "budget", default="", metavar="AMOUNT", help=say(
            "预算，如 500万元", "such as 500万元")),
        click.option("--by", "way", type=click.Choice(WAYS), required=True, metavar="|".join(WAYS), help=say(
            "怎样分：名次、名额、资金池、均分、按比例（后两种由经办人选定）",
            "how; the last two are an officer's choice")),
        click.option("--quota", type=click.IntRange(1), metavar="N",
                     help=say("多少名（--by quota）", "how many places")),
        click.option("--pool", "pool", default="", metavar="LIMIT", help=say(
            "哪条上限是全体共用的资金池（--by pool）", "which limit is a pool for all (--by pool)")),
        click.option("--share", type=click.Choice(["rank", "equal", "pro-rata"]), metavar="rank|equal|pro-rata",
                     help=say("资金池里怎样分", "how the pool is shared")))


def _ranking_options(say: Voice) -> Callable[[Callback], Callback]:
    """By what places are given, and what becomes of the last one and of the undecided."""
    return together(
        click.option("--rank-by", "rank_by", default="", metavar="ID", help=say(
            "按哪个得分、数值事实或 amount 排名", "rank by a score, a numeric fact, or amount")),
        click.option("--ranking", type=PATH, metavar="FILE", help=say(
            "评审名单：CSV，每行“单位,分数”", "the reviewers' list: a CSV of organisation,points")),
        click.option("--lowest-first", is_flag=True,
                     help=say("数小的在前（如名次）", "the lowest first, as of places")),
        click.option("--line", type=click.Choice(["hold", "equal", "pro-rata", "key"]), default="hold",
                     show_default=True, metavar="hold|equal|pro-rata|key", help=say(
                         "剩下的不够付足的那一名：留待决定，或均分、按比例、按单位代码",
                         "the place that the rest can't pay in full: left to decide, or shared")),
        click.option("--reserve", is_flag=True,
                     help=say("先为待定单位留足", "first keep the most the undecided may get")))


def _day_of_results(options: Mapping[str, Any]) -> dt.date | None:
    """Results are of the day that was asked of then."""
    from guiju.population.files.folder import day_of_run

    return day_of_run(options["data"])


def _claims(question: Question, pool: Pool | None, rank_by: str, say: Voice) -> Iterator[Claims]:
    """From the data, or from what `match` wrote of them."""
    from guiju.population.files.held import held_at
    from guiju.population.questions.claimants import claims_held, claims_in, fact_to_rank_by

    held, fact = held_at(question.data), fact_to_rank_by(question.policy, rank_by)
    if held is None:
        policy = pool.policy if pool else question.policy
        yield from claims_in(question.chunks(*[fact.id] if fact else []), policy, question.setting)
        return
    if pool is not None:
        raise _wants_data(question, held, "--by pool", Text("资金池那一部分的金额", "what falls to the pool"))
    if fact is not None:
        raise _wants_data(question, held, f"--rank-by {rank_by}", Text(f"“{fact.name}”", f"'{fact.id}'"))
    if question.within is not None:
        raise _wants_data(question, held, "--region", Text("各单位的登记地", "where organisations are registered"))
    if not held.is_of_this_program:
        click.echo(say("这些结果是另一版程序算的", "these results are of another version of the program"), err=True)
    yield from claims_held(held, question.policy, question.setting)


def _wants_data(question: Question, held: Held, option: str, what: Text) -> GuijuError:
    """Results hold answers and no facts, and don't say where the data stand: only what their files are called."""
    files = list(dict.fromkeys(str(table["file"]) for table in held.receipt["identity"]["data"].values()))
    zh, en = (Voice(language).listed(files, 3) for language in ("zh", "en"))
    day = question.asked.day
    return fail("E978", Span(option),
                f"match 的结果里只有答复，没有{what.zh}。把 {question.data} 换成那次所用的数据（{zh}），"
                f"加上 --on {day}，其余照写",
                f"the results of match hold answers only, not {what.en}. Put the data that they were made from ({en}) "
                f"in the place of {question.data}, with --on {day} and all else as it is")


def _refuse_idle(question: Question, way: str, budget: str, quota: int | None, pool: str, share: str | None) -> None:
    """What a way of sharing lacks, or can't use."""
    from guiju.population.questions.pools import pools_there

    lacks = {"quota": ("--quota", quota is None), "pool": ("--pool", not pool)}.get(way, ("--budget", not budget))
    if lacks[1]:
        there = pools_there(question.policy) if way == "pool" else Text("", "")
        raise fail("E978", Span(f"--by {way}"), f"还要给 {lacks[0]}{there.zh}", f"{lacks[0]} is needed, too{there.en}")
    if way == "pool" and share is None:
        raise fail("E978", Span("--by pool"), "条文只给了总额，没有说怎样分：用 --share 选定",
                   "the text gives a total and not how it is shared: choose with --share")
    for option, given, own in (("--quota", quota is not None, "quota"), ("--pool", bool(pool), "pool"),
                               ("--share", share is not None, "pool")):
        if given and way != own:
            raise fail("E978", Span(option), f"{option} 只和 --by {own} 同用", f"{option} goes with --by {own} only")


def _pool(question: Question, word: str) -> Pool:
    from guiju.population.questions.pools import pool_of

    return pool_of(question.policy, word, question.setting)


def _rule(question: Question, pool: Pool | None, way: Any, share: Any, budget: str, quota: int | None, line: Any,
          reserve: bool) -> Rule:
    from guiju.population.questions.stage import Rule

    fen = fen_of(budget, "--budget", question) if budget else pool.room if pool else None
    if pool is not None and fen is None:
        raise fail("E978", Span(f"--pool {pool.limit.id}"), "池子的数额还没有设定：用 --set 设参数，或给 --budget",
                   "the pool's amount is not set: set its parameter with --set, or give --budget")
    return Rule(share if pool else way, fen, quota, line, reserve)


def _scoring(question: Question, rule: Rule, rank_by: str, ranking: Path | None, lowest_first: bool) -> Scoring | None:
    from guiju.population.questions.claimants import ByList, by_score_or_fact

    if rule.by not in ("rank", "quota"):
        return None
    if bool(rank_by) == bool(ranking):
        raise fail("E978", Span(f"--by {rule.by}"), "按什么排名没有给：用 --rank-by 或 --ranking 之一",
                   "by what to rank: give either --rank-by or --ranking")
    if ranking is not None:
        from guiju.population.questions.lists import points_in

        return ByList(points_in(ranking), lowest_first)
    return by_score_or_fact(question.policy, rank_by, lowest_first)
