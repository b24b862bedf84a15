"""`guiju register`: documents that set tasks and targets. Its commands are in `guiju.cli.register`."""

from __future__ import annotations

import click

from guiju.cli.lazy import Lazy
from guiju.cli.options import lang_option
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Text

COMMANDS = {
    "list": Text("有哪些台账", "the registers there are"),
    "show": Text("一份文件的条款目录、任务、目标", "a document's clause index, tasks and targets"),
    "due": Text("哪些将到期，哪些已过期，哪些没有期限", "what ends by when, what has passed, what has no end"),
    "check": Text("检查台账文件", "check register files"),
}


def command(say: Voice) -> click.Command:
    group: click.Command = Lazy("register", COMMANDS, "guiju.cli.register", help=say(
        "台账：不能计算、只部署任务和目标的文件，逐条记下谁牵头、做什么、到哪天、达到多少。",
        "Registers: documents that compute nothing but set tasks and targets: who leads, what, by when, how much."))
    lang_option(say)(group)
    return group
