"""`guiju policies`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from guiju.cli.help import Command
from guiju.cli.options import lang_option, library_option
from guiju.cli.voice import Voice

_TITLE, _GAP = 34, 2


def command(say: Voice) -> click.Command:
    @click.command("policies", cls=Command, help=say("政策库里有哪些政策，今天是否有效。",
                                                     "The policies there are, and whether they are in force today."))
    @library_option(say)
    @lang_option(say)
    def policies(folder: Path | None) -> None:
        from guiju.cli.left_out import left_out
        from guiju.cli.situation import library_at
        from guiju.language.policy import Policy

        def force(policy: Policy) -> str:
            today = dt.date.today()
            if today < policy.start:
                return say(f"{policy.start} 起施行", f"from {policy.start}")
            if policy.in_force(today):
                until = say(f"，至 {policy.end}", f" until {policy.end}") if policy.end else ""
                return say("有效", "in force") + until
            return say(f"{policy.end} 已失效", f"expired on {policy.end}")

        found, broken = library_at(folder).readable()
        lines = _lines([[p.id, say.text(p.title), force(p)] for p in found])
        click.echo("\n".join(lines) or say("这里没有政策", "there is no policy here"))
        for line in left_out(broken, folder, say):
            click.echo(line, err=True)

    return policies


def _lines(rows: list[list[str]]) -> list[str]:
    """One policy a line where its identifier is whole beside its title; else the identifier has a line of its own."""
    from guiju.cli.layout import Column, sides, table, terminal_width, width

    page = terminal_width()
    widest, force = (max((width(row[i]) for row in rows), default=0) for i in (0, 2))
    if widest + force + 2 * _GAP + _TITLE <= page:
        return table(rows, [Column(), Column(most=_TITLE), Column()], page, indent="")
    return [line for id_, title, state in rows
            for line in (*sides(id_, state, page), *table([[title]], [Column()], page, indent="  "))]
