"""`guiju backup`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.commands.serve import site
from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("backup", cls=Command, help=say(
        "把网站的全部数据（数据库和上传的文件）写进一个文件；网站可以照常开着。登录状态不在内；密钥要另外说。",
        "Write all that the site keeps (database, uploads) into one file, while it runs. Without sessions; the signing "
        "key only if asked for."))
    @click.argument("file", cls=Argument, type=PATH, metavar="FILE", help=say("新文件", "the new file"))
    @click.option("--with-key", is_flag=True, help=say(
        "连同签名密钥：恢复后各人的验证器照旧能用；这样的备份要像密码一样保管",
        "with the signing key, so that authenticator apps hold after a restore: guard such a file like a password"))
    @lang_option(say)
    def backup(file: Path, with_key: bool) -> int:
        front = site("backup.front", say)
        try:
            done = front.backup(file, with_key)
        except front.Unusable as error:
            raise click.UsageError(say.text(error.text)) from None
        click.echo(say(f"{file}：{done.rows} 行，{done.files} 个文件",
                       f"{file}: {done.rows} rows, {done.files} files"))
        for sha256 in done.lost:
            click.echo(say(f"磁盘上没有这个文件，或内容已变，没有备份：{sha256}",
                           f"not on the disk, or changed there, and not backed up: {sha256}"), err=True)
        return 1 if done.lost else 0

    return backup
