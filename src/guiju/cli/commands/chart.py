"""`guiju chart`: procedures as data. Its commands are in `guiju.cli.chart`."""

from __future__ import annotations

import click

from guiju.cli.lazy import Lazy
from guiju.cli.options import lang_option
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Text

COMMANDS = {
    "list": Text("有哪些流程图", "the charts there are"),
    "show": Text("一张流程图，按读者要看的样子", "a chart as a reader would want it"),
    "run": Text("走一遍：一问一答，或按脚本", "walk through a chart: by dialogue, or by a script"),
    "next": Text("一个案件现在能办什么、何时到期", "what may be done in a stored case, and by when"),
    "verify": Text("核对案件记录有没有被改动", "whether a case's record is as it was written"),
    "calendar": Text("案件各期限的日历（iCal）", "the deadlines of a case as a calendar (iCal)"),
    "simulate": Text("模拟许多案件", "simulate many cases"),
    "check": Text("检查流程图", "check charts"),
    "test": Text("运行流程图的走法案例", "run the worked timelines of charts"),
}


def command(say: Voice) -> click.Command:
    group: click.Command = Lazy("chart", COMMANDS, "guiju.cli.chart", help=say(
        "程序：每一步由谁办、凭哪条、何时到期；案件只能按规定的步骤走。",
        "Procedures: who makes each step, under which clause, by when. A case moves only as the law allows."))
    lang_option(say)(group)
    return group
