"""`guiju chart calendar`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.chart.sources import case_argument, charts_at, day_option, source_options
from guiju.cli.help import Command
from guiju.cli.options import PATH
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("calendar", cls=Command, help=say(
        "案件的期限、公示和定期义务，写成日历文件（iCal），提前 30、7、1 天提醒。",
        "The terms, notices and duties of a case as a calendar file (iCal), with reminders 30, 7 and 1 days ahead."))
    @case_argument(say)
    @day_option(say, "哪一天的期限（默认案件最后一步那天，同一案件总得同一文件）",
                "whose deadlines (default: the day of the last event, so that a case gives one file)")
    @click.option("--output", "-o", type=PATH, metavar="FILE",
                  help=say("写到 .ics 文件（默认写到标准输出）", "write to an .ics file (default: standard output)"))
    @source_options(say)
    def calendar(path: Path, on: str, output: Path | None, charts: Path | None, folder: Path | None) -> None:
        from guiju.calendar import load_calendar
        from guiju.cli.chart.casefiles import case_at_path, replace_file
        from guiju.cli.chart.inputs import not_before, read_day_option
        from guiju.lifecycle.automatic import case_at
        from guiju.lifecycle.ical import ical
        from guiju.lifecycle.terms import deadlines
        from guiju.source.diagnostics import Span, fail, visible

        if output is not None and output.suffix.lower() not in (".ics", ".ical"):
            raise fail("E101", Span(str(output)), "日历写成 .ics 文件", "a calendar is written as an .ics file")
        case = case_at_path(path, charts_at(charts, folder))
        day = read_day_option(on) or case.last.date
        not_before(day, case)
        seen = case_at(case, day, load_calendar())
        due = deadlines(seen, day, load_calendar())
        made = ical(seen, due, say.language)
        if output is None:
            click.echo(made.decode(), nl=False)
            return
        replace_file(output.resolve(), made)
        name = visible(str(output))
        click.echo(say(f"已写 {name}：{len(due)} 个日子", f"wrote {name}: {len(due)} days"))

    return calendar
