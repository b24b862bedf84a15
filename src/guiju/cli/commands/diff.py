"""`guiju diff`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("diff", cls=Command, help=say(
        "比较一项政策的两个版本：哪些规则的答复变了，在什么情形下变。",
        "Compare two versions of a policy: which rules answer otherwise, and in which cells."))
    @click.argument("old", cls=Argument, type=PATH, help=say("旧版本的文件夹", "the folder of the old version"))
    @click.argument("new", cls=Argument, type=PATH, help=say("新版本的文件夹", "the folder of the new version"))
    @lang_option(say)
    def diff(old: Path, new: Path) -> int:
        from guiju.evaluate.semantic_diff import compare
        from guiju.vocabulary import load_vocabulary

        found = compare(old, new, load_vocabulary())
        for difference in found:
            click.echo(say(difference.text.zh, difference.text.en))
            for cell in difference.cells:
                click.echo(f"  {say(cell.zh, cell.en)}")
        click.echo(say(f"{len(found)} 处答复不同", f"{len(found)} differences"))
        return 0

    return diff
