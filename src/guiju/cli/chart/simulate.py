"""`guiju chart simulate`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guiju.cli.chart.sources import charts_at, day_option, source_options
from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, Callback, together
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Span, fail

if TYPE_CHECKING:
    from guiju.lifecycle.chart import Chart
    from guiju.lifecycle.simulation.samples import Samples, Setting

MOST = 1_000_000


def command(say: Voice) -> click.Command:
    @click.command("simulate", cls=Command, help=say(
        "模拟许多案件：每个案件按图随机走，只走图许可的步骤。报告到达哪些终点、历时多久、等在哪里、"
        "各角色每月的工作量、逾期和被挡住的理由。结果是模拟，不是事实；没有给出的可能性和天数按通常假设。",
        "Simulate many cases, each walked at random, only as the chart allows. Reports which ends they reach, how long "
        "they take, where they wait, the load of each role by month, overruns, and what stood in the way. Figures are "
        "simulated, not facts; chances and days that are not given are assumed."))
    @click.argument("chart", cls=Argument, metavar="CHART",
                    help=say("流程图编号或其一段", "the chart's id, or part of it"))
    @click.argument("count", cls=Argument, metavar="N", type=click.IntRange(1, MOST),
                    help=say("案件数", "how many cases"))
    @_run_options(say)
    @day_option(say, "案件从哪一天开始（默认：所取走法案例的首日，否则今天）",
                "the day on which cases begin (default: the first day of the timeline taken, else today)", "--start")
    @click.option("--json", "as_json", is_flag=True, help=say("给程序读的 JSON", "JSON for programs"))
    @source_options(say)
    def simulate(chart: str, count: int, round_id: str, settings: tuple[str, ...], example: bool,
                 odds_path: Path | None, seed: int, on: str, as_json: bool, charts: Path | None,
                 folder: Path | None) -> None:
        import datetime as dt

        from guiju.calendar import load_calendar
        from guiju.cli.chart import jsonform
        from guiju.cli.chart.figures import figure_lines, figures_form
        from guiju.cli.chart.inputs import read_day_option, read_settings
        from guiju.cli.chart.telling import Teller
        from guiju.cli.layout import terminal_width
        from guiju.lifecycle.simulation.odds import Odds, read_odds
        from guiju.lifecycle.simulation.report import Run, simulate
        from guiju.lifecycle.simulation.samples import known_samples

        library = charts_at(charts, folder)
        found = library.chart(chart)
        day = read_day_option(on, "--start")
        words = read_settings(found, round_id, settings)
        samples = known_samples(library, found)
        setting = _setting(found, samples, round_id, words, example)
        odds = Odds() if odds_path is None else read_odds(odds_path, found)
        run = Run(found, setting, count, day or setting.start or dt.date.today(), seed, odds)
        report = simulate(run, samples, load_calendar())
        if as_json:
            click.echo(jsonform.document(figures_form(run, report)))
        else:
            click.echo("\n".join(figure_lines(run, report, Teller(found, say, terminal_width()))))

    return simulate


def _run_options(say: Voice) -> Callable[[Callback], Callback]:
    """What a run is drawn from: `round_id`, `settings`, `example`, `odds_path`, `seed`."""
    return together(
        click.option("--round", "round_id", default="", metavar="ROUND", help=say("在哪个批次里", "in which round")),
        click.option("--set", "settings", multiple=True, metavar="PARAM=VALUE",
                     help=say("设定参数或换一种读法（可多次）",
                              "set a parameter, or take another reading (repeatable)")),
        click.option("--example", is_flag=True,
                     help=say("没有定的参数取自该图的走法案例",
                              "take what is not set from the chart's worked timelines")),
        click.option("--odds", "odds_path", type=PATH, metavar="FILE",
                     help=say("可能性和天数（.yaml）：{moves: {T11: 0.2}, days: {S04: [5, 20]}, late: 0.1}",
                              "chances and days (.yaml): {moves: {T11: 0.2}, days: {S04: [5, 20]}, late: 0.1}")),
        click.option("--seed", type=int, default=1, metavar="N", show_default=True,
                     help=say("随机种子：同一种子，同一结果", "the same seed gives the same figures")))


def _setting(chart: Chart, samples: Samples, round_id: str, words: dict[str, str], example: bool) -> Setting:
    """The settings of a run. Raises E532 where a parameter is open that neither is set nor may stay open."""
    from guiju.lifecycle.simulation.samples import Setting, example_setting, unsettled

    if example:
        return example_setting(chart, samples, round_id, words)
    start = next((s.start for s in samples.settings if round_id and s.round == round_id), None)
    setting = Setting(round_id, words, start)
    allowed = chart.rounds[round_id].open if round_id else ()
    missing = [chart.parameters[id_] for id_ in unsettled(chart, setting) if id_ not in allowed]
    if missing:
        zh = "、".join(f"{p.id}（{p.name}）" for p in missing)
        en = ", ".join(p.id for p in missing)
        raise fail("E532", Span(chart.id), f"这些参数来源没有定，模拟前要设定：{zh}。用 --set 参数=值，或用 --example "
                   "取该图走法案例里的设定",
                   f"the sources leave these parameters open; set them first: {en}. Use --set PARAM=VALUE, or "
                   "--example to take the settings of the chart's worked timelines")
    return setting
