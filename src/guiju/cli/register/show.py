"""`guiju register show`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.register.sources import json_option, registers_at, source_options
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("show", cls=Command, help=say("一份文件：哪一件、条款目录、任务、目标、存疑。",
                                                 "A document: which it is, its clause index, tasks, targets, doubts."))
    @click.argument("word", cls=Argument, metavar="REGISTER",
                    help=say("台账编号或其一段", "a register by id, or part of it"))
    @json_option()
    @source_options(say)
    def show(word: str, as_json: bool, folder: Path | None) -> None:
        from guiju.cli.register.jsonform import show_record
        from guiju.cli.register.pages import page
        from guiju.documents.store import dump

        library = registers_at(folder)
        register = library.register(library.find(word))
        click.echo(dump(show_record(register)) if as_json else "\n".join(page(register, say)))

    return show
