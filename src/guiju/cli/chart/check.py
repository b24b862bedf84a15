"""`guiju chart check`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.chart.sources import charts_argument, charts_at, chosen, source_options
from guiju.cli.help import Command
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("check", cls=Command, help=say(
        "检查流程图：能否编译，环节走不走得到、走不走得出，期限有没有后果，条款对不对得上。有错误时退出码为 1。",
        "Check charts: do they compile; can every stage be reached and left; do terms have a consequence; do clauses "
        "resolve. Exit status 1 if there are errors."))
    @charts_argument(say)
    @source_options(say)
    def check(words: tuple[str, ...], charts: Path | None, folder: Path | None) -> int:
        from guiju.cli.chart.upkeep import check_findings

        library = charts_at(charts, folder)
        ids = chosen(library, words)
        findings = check_findings(library, ids)
        lines = [d.render(say.language) for d in findings]
        count = {s: sum(d.severity == s for d in findings) for s in ("error", "warning", "note")}
        lines.append(say(f"{len(ids)} 张流程图：{count['error']} 处错误，{count['warning']} 处警告，"
                         f"{count['note']} 处提示",
                         f"{len(ids)} charts: {count['error']} errors, {count['warning']} warnings, "
                         f"{count['note']} notes"))
        click.echo("\n".join(lines))
        return 1 if count["error"] else 0

    return check
