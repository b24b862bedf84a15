"""`guiju restore`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.commands.serve import site
from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("restore", cls=Command, help=say(
        "从 guiju backup 的文件恢复网站的全部数据，SQLite、PostgreSQL 可以互换；先停网站。文件有一处不对就不恢复，"
        "恢复后逐案核对。",
        "Restore all that the site keeps from a file of `guiju backup`, on SQLite or PostgreSQL; stop the site first. "
        "A damaged file is refused; every case is verified afterwards."))
    @click.argument("file", cls=Argument, type=PATH, metavar="FILE", help=say("备份", "the backup"))
    @click.option("--force", is_flag=True, help=say(
        "这里已有数据也恢复：先把原有的备份到数据目录",
        "replace what is here, after backing it up into the data directory"))
    @lang_option(say)
    def restore(file: Path, force: bool) -> int:
        front = site("backup.front", say)
        try:
            done = front.restore(file, force)
        except front.Unusable as error:
            raise click.UsageError(say.text(error.text)) from None
        if done.before:
            click.echo(say(f"原有的数据在 {done.before}", f"what was here is kept in {done.before}"))
        click.echo(say(f"恢复了 {done.rows} 行、{done.files} 个文件；核对了 {done.cases} 个案卷",
                       f"restored: {done.rows} rows, {done.files} files; verified: {done.cases} cases"))
        for public_id in done.tampered:
            click.echo(say(f"案卷 {public_id} 与当初写下的不符",
                           f"case {public_id} is not as it was written"), err=True)
        return 1 if done.tampered else 0

    return restore
