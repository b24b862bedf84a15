"""`guiju population match`."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.help import Command
from guiju.cli.options import PATH
from guiju.cli.population.asking import Asked, data_argument, law_options, policy_option
from guiju.cli.population.on_spark import Engine, answered_on_spark, engine_options
from guiju.cli.voice import Voice

if TYPE_CHECKING:
    from guiju.population.files.results import Count
    from guiju.population.files.run import Outcome


def command(say: Voice) -> click.Command:
    @click.command("match", cls=Command, help=say(
        "每个单位对每项政策：够不够条件、得几分、给多少钱、卡在哪些条件。中断后照原样再运行一次，就接着做。",
        "Every organisation against every policy: outcome, score, money, and which conditions stand in the way. After "
        "an interruption run the same command again: it goes on from there."))
    @data_argument(say)
    @click.option("--out", type=PATH, required=True, metavar="DIR",
                  help=say("结果的文件夹（空的，或同一次运行的）", "the folder of results (empty, or of the same run)"))
    @policy_option(say)
    @click.option("--workers", type=click.IntRange(1, 256), metavar="N",
                  help=say("几个进程（默认按处理器数）；不影响结果",
                           "processes (default: as many as processors); changes no result"))
    @engine_options(say)
    @law_options(say, _day_begun)
    def match(data: Path, out: Path, workers: int | None, engine: Engine, asked: Asked) -> None:
        import os

        outcome = answered_on_spark(data, out, engine, asked) if engine.spark else \
            _answered(data, out, workers or os.cpu_count() or 1, asked, _progress(say))
        click.echo("\n".join(_summary(outcome, asked, out, say)))

    return match


def _day_begun(options: Mapping[str, Any]) -> dt.date | None:
    """A run that goes on asks of the day it began with."""
    from guiju.population.files.folder import day_of_run

    return day_of_run(options["out"])


def _answered(data: Path, out: Path, workers: int, asked: Asked, progress: Callable[[int, int], None]) -> Outcome:
    from contextlib import closing
    from dataclasses import replace

    from guiju.population.files.asked import needs_of
    from guiju.population.files.faults import Faults
    from guiju.population.files.folder import Folder
    from guiju.population.files.identity import identity_of
    from guiju.population.files.places import tables_at
    from guiju.population.files.run import Job, answer_all, run_of
    from guiju.population.files.source import CHUNK

    needs = needs_of([policy for policy, _ in asked.policies])
    tables = tables_at(data, asked.library.vocabulary, Faults())
    identity = identity_of(asked.policies, asked.named, tables, CHUNK, asked.tolerant)
    with Folder(out, identity) as folder, closing(
            replace(asked, scratch=asked.scratch or folder.sorted).opened(data, needs)) as source:
        folder.begin()
        settings = tuple((policy.id, setting) for policy, setting in asked.policies)
        job = Job(asked.library.folder, settings, asked.named, replace(source, scratch=None, faults=Faults()), out,
                  run_of(identity), source.faults)
        return answer_all(job, identity, asked.library, workers, CHUNK, progress)


def _progress(say: Voice) -> Callable[[int, int], None]:
    """Says how far it is, where a person is looking."""
    def progress(done: int, chunks: int) -> None:
        if sys.stderr.isatty():
            bar = "█" * (done * 30 // max(1, chunks))
            click.echo(say(f"\r{bar:<30} {done}/{chunks} 批", f"\r{bar:<30} {done}/{chunks} chunks"), nl=done == chunks,
                       err=True)
    return progress


def _summary(outcome: Outcome, asked: Asked, out: Path, say: Voice) -> list[str]:
    """A line a policy: how many of which outcome, and the money."""
    from guiju.cli.layout import Column, table, terminal_width
    from guiju.population.files.results import pays

    lines = [say(f"{outcome.rows:,} 个单位，{len(asked.policies)} 项政策，按 {asked.day} 的规定",
                 f"{outcome.rows:,} organisations, {len(asked.policies)} policies, the law of {asked.day}")]
    rows = []
    for policy, _ in asked.policies:
        count = outcome.counts[policy.id]
        words = [f"{_name(kind, say)} {number:,}" for kind, number in _in_order(count.outcomes)]
        money = _money(count, say) if pays(policy) else ""
        rows.append((policy.id, say.listed(words) + money))
    lines += table(rows, [Column(), Column()], terminal_width())
    if asked.expired:
        lines.append(say(f"这天无效、没有算的：{say.listed([p.id for p in asked.expired])}",
                         f"not in force on the day, left out: {say.listed([p.id for p in asked.expired])}"))
    if outcome.anew:
        lines.append(say(f"有 {outcome.anew:,} 批的文件写成以后改动过或已损坏，重新算了",
                         f"{outcome.anew:,} chunks had been changed or damaged since they were written, and were made "
                         "anew"))
    wrong = outcome.faults.wrong
    if wrong:
        total = sum(f.count for f in wrong)
        lines.append(say(f"不合要求、按未知算的：{total:,} 处（见 {out}/run.json 的 does_not_fit）",
                         f"taken as unknown because it did not fit: {total:,} (does_not_fit in {out}/run.json)"))
    lines.append(say(f"结果在 {out}/chunks，凭据 {outcome.receipt} 在 {out}/run.json",
                     f"results in {out}/chunks, receipt {outcome.receipt} in {out}/run.json"))
    return lines


def _in_order(outcomes: dict[str, int]) -> list[tuple[str, int]]:
    from guiju.evaluate.assess import OUTCOMES
    from guiju.population.files.results import ELSEWHERE

    return [(kind, outcomes[kind]) for kind in (*OUTCOMES, ELSEWHERE) if kind in outcomes]


def _name(kind: str, say: Voice) -> str:
    return say("不在地域内", "in another region") if kind == "other_region" else say.outcome(kind)


def _money(count: Count, say: Voice) -> str:
    """What is payable in all, and what the sums leave out."""
    from guiju.cli.words import money_range

    marks = [(count.ceilings, say("家的是上限，实际由评审定", "with a ceiling: the review decides")),
             (count.unbounded, say("家没有上界、不在内", "without a bound, not in it")),
             (count.elsewhere, say("家的金额由别的文件定、不在内", "set by another document, not in it"))]
    return say("；共 ", "; in all ") + money_range(count.low, count.high, say,
                                                 [f"{number:,} {word}" for number, word in marks if number])
