"""`guiju show`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import lang_option, library_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("show", cls=Command, help=say("一个政策，按读者要看的样子：条件、分值、价目、限额、读法、义务。",
                                                 "A policy as a reader would want it."))
    @click.argument("policy", cls=Argument, metavar="POLICY",
                    help=say("政策编号或其一段", "the policy's id, or part of it"))
    @click.option("--clauses", is_flag=True, help=say("附条款索引", "with the clause index"))
    @library_option(say)
    @lang_option(say)
    def show(policy: str, clauses: bool, folder: Path | None) -> None:
        from guiju.cli.layout import terminal_width
        from guiju.cli.show import Showing
        from guiju.cli.situation import library_at

        library = library_at(folder)
        found = library.policy(library.find(policy))
        click.echo("\n".join(Showing(found, say, terminal_width()).lines(clauses)))

    return show
