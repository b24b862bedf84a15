"""`guiju manage`."""

from __future__ import annotations

import click

from guiju.cli.commands.serve import site
from guiju.cli.help import Argument, Command
from guiju.cli.options import lang_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("manage", cls=Command, context_settings={
        "ignore_unknown_options": True, "allow_interspersed_args": False}, help=say(
        "网站的管理命令（Django 的）：migrate、check、add_operator、worker、settings_table……；不写命令则列出全部。",
        "The site's own commands (Django's): migrate, check, add_operator, worker …; without one: a list of them."))
    @click.argument("arguments", cls=Argument, nargs=-1, type=click.UNPROCESSED, metavar="[COMMAND]...",
                    help=say("命令和它的选项", "the command and its options"))
    @lang_option(say)
    def manage(arguments: tuple[str, ...]) -> None:
        site("manage", say).main(arguments or ("help",))

    return manage
