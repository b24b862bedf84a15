"""`guiju manage`."""

from __future__ import annotations

import click

from guiju.cli.commands.serve import site
from guiju.cli.help import Command
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("manage", cls=Command, context_settings={"ignore_unknown_options": True, "help_option_names": []},
                   help=say("网站的管理命令（Django 的）：migrate、check、add_operator、worker、settings_table……",
                            "the site's own commands (Django's): migrate, check, add_operator, worker …"))
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def manage(arguments: tuple[str, ...]) -> None:
        site("manage", say).main(arguments)

    return manage
