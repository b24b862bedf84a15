"""`guiju chart test`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.chart.sources import charts_argument, charts_at, chosen, source_options
from guiju.cli.help import Command
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("test", cls=Command, help=say(
        "走一遍流程图的走法案例：哪一步与预期不同，哪些规则没有案例走到。有一样即退出码为 1。",
        "Walk the worked timelines: where one goes another way, which rules none covers. Exit status 1 if there is "
        "either."))
    @charts_argument(say)
    @click.option("--name", default="", metavar="PART",
                  help=say("只走名称含这几个字的案例（不查覆盖）", "only timelines so named (no coverage)"))
    @source_options(say)
    def test(words: tuple[str, ...], name: str, charts: Path | None, folder: Path | None) -> int:
        from guiju.cli.chart.upkeep import tried
        from guiju.cli.layout import Column, table, terminal_width
        from guiju.source.diagnostics import Span, fail

        library = charts_at(charts, folder)
        trials = [tried(library, id_, name) for id_ in chosen(library, words)]
        if name and not any(trial.wrong or trial.broken for trial in trials):
            raise fail("E500", Span("--name"), f"没有名称含“{name}”的走法案例", f"no timeline has '{name}' in its name")
        lines, rows = [], []
        for trial in trials:
            lines += [d.render(say.language) for d in trial.diagnostics()]
            if trial.broken:
                rows.append([trial.chart, say("不能编译", "does not compile")])
            elif trial.wrong or not name:
                rows.append([trial.chart, say(f"{len(trial.wrong) - len(trial.failed)} 例通过",
                                              f"{len(trial.wrong) - len(trial.failed)} passed"),
                             say(f"{len(trial.failed)} 例不符", f"{len(trial.failed)} failed"),
                             say(f"{len(trial.gaps)} 处缺案例", f"{len(trial.gaps)} gaps")])
        lines += table(rows, [Column(), Column(align=">"), Column(align=">"), Column()], terminal_width(), indent="")
        click.echo("\n".join(lines))
        return 1 if any(trial.bad for trial in trials) else 0

    return test
