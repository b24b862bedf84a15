"""`guiju tour`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import PATH, lang_option
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("tour", cls=Command, help=say(
        "三个虚构的示例单位在四个真实政策下的答复。",
        "The answers for three invented organisations under four real policies."))
    @click.argument("folder", cls=Argument, required=False, type=PATH, metavar="[DIR]",
                    help=say("放示例事实的文件夹（默认 examples/）", "the folder of examples (default: examples/)"))
    @lang_option(say)
    def tour(folder: Path | None) -> None:
        from guiju.cli.tour import tour_text

        click.echo(tour_text(folder, say))

    return tour
