"""`guiju chart next`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.chart.sources import case_argument, charts_at, day_option, source_options
from guiju.cli.help import Command
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("next", cls=Command, help=say(
        "一个案件现在走到哪一步，谁能办什么、还缺什么、凭哪条，什么时候到期。",
        "Where a stored case stands: who may do what, what that needs, under which clause, and what is due when."))
    @case_argument(say)
    @day_option(say, "哪一天（默认今天）", "the day (default: today)")
    @click.option("--role", default="", metavar="ROLE",
                  help=say("只看这个角色能办的", "only what this role may do"))
    @click.option("--json", "as_json", is_flag=True, help=say("给程序读的 JSON", "JSON for programs"))
    @source_options(say)
    def next_(path: Path, on: str, role: str, as_json: bool, charts: Path | None, folder: Path | None) -> None:
        import datetime as dt

        from guiju.calendar import load_calendar
        from guiju.cli.chart import jsonform
        from guiju.cli.chart.casefiles import case_at_path
        from guiju.cli.chart.citing import citing
        from guiju.cli.chart.inputs import actor_named, not_before, read_day_option
        from guiju.cli.chart.standing import due_lines, head_lines, option_lines, standing
        from guiju.cli.chart.telling import Teller, title_line
        from guiju.cli.layout import terminal_width

        case = case_at_path(path, charts_at(charts, folder))
        day = read_day_option(on)
        if day is not None:
            not_before(day, case)
        actor = actor_named(case, role) if role else None
        found = standing(case, day or max(dt.date.today(), case.last.date), load_calendar(), actor)
        if as_json:
            click.echo(jsonform.document(jsonform.standing_form(found)))
            return
        teller = Teller(case.chart, citing(say, case.chart, case.opening.round), terminal_width())
        lines = [title_line(teller, case.id, case.opening.round), *head_lines(found, teller),
                 *option_lines(found.options, found.day, teller, found.hidden),
                 *due_lines(found, teller)]
        click.echo("\n".join(lines))

    return next_
