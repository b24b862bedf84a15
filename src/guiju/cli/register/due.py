"""`guiju register due`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Command
from guiju.cli.register.sources import json_option, lead_option, readable, registers_at, source_options
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("due", cls=Command, help=say(
        "从某一天看：哪些任务和目标将到期，哪些已过期，哪些没有期限（规划年份不是期限）。文件不说办没办完。",
        "As seen on a day: which tasks and targets end by when, which have passed, and which have no end (the year of "
        "a plan is none). Whether something is done, the documents do not say."))
    @click.option("--on", "on", default="", metavar="DATE", help=say("哪一天（默认今天）", "the day (default: today)"))
    @lead_option(say)
    @click.option("--all", "whole", is_flag=True,
                  help=say("没有期限的也逐项列出", "list what has no end one by one, too"))
    @json_option()
    @source_options(say)
    def due(on: str, lead: str, whole: bool, as_json: bool, folder: Path | None) -> None:
        import datetime as dt

        from guiju.cli.register.ends import lines_of
        from guiju.cli.register.jsonform import due_record
        from guiju.cli.situation import day_of
        from guiju.documents.store import dump
        from guiju.registers.choosing import body
        from guiju.registers.due import due_on

        held = readable(registers_at(folder), say)
        found = due_on(held, day_of(on, "--on") if on else dt.date.today(), body(held, lead))
        click.echo(dump(due_record(found)) if as_json else "\n".join(lines_of(found, whole, say)))

    return due
