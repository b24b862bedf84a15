"""`guiju chart list`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.chart.sources import charts_at, chosen, source_options
from guiju.cli.help import Command
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("list", cls=Command, help=say("有哪些流程图：版本、环节数、步骤数、走法案例数、批次。",
                                                 "The charts there are: revision, stages, moves, timelines, rounds."))
    @source_options(say)
    def list_(charts: Path | None, folder: Path | None) -> None:
        from guiju.cli.layout import indented, terminal_width
        from guiju.lifecycle.timeline import timelines
        from guiju.source.diagnostics import GuijuError

        library = charts_at(charts, folder)
        lines = []
        for id_ in chosen(library, ()):
            lines.append(id_)
            try:
                chart, walks = library.chart(id_), timelines(library.folder / id_)
            except GuijuError as error:
                count = len(error.diagnostics)
                lines.append("  " + say(f"不能编译：{count} 处错误，见 guiju chart check {id_}",
                                        f"does not compile: {count} errors, see guiju chart check {id_}"))
                continue
            lines += indented(say.text(chart.title), terminal_width(), "  ")
            counts = say(f"版本 {chart.revision}，{len(chart.stages)} 个环节，{len(chart.moves)} 步，"
                         f"{len(walks)} 个走法案例",
                         f"revision {chart.revision}, {len(chart.stages)} stages, {len(chart.moves)} moves, "
                         f"{len(walks)} timelines")
            rounds = say("，批次 ", ", rounds ") + say.listed(list(chart.rounds)) if chart.rounds else ""
            lines += indented(counts + rounds, terminal_width(), "  ")
        click.echo("\n".join(lines))

    return list_
