"""`guiju population`: whole populations. Its commands are in `guiju.cli.population`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import click

from guiju.cli.help import voice_of
from guiju.cli.lazy import Lazy
from guiju.cli.options import lang_option
from guiju.cli.voice import Voice
from guiju.source.diagnostics import Text

COMMANDS = {
    "template": Text("数据表应有哪些列：说明和空表", "the columns that tables should have, and empty files"),
    "check": Text("数据里有什么不合要求：按列、按行，附数目和样例", "what does not fit, by column and row"),
    "match": Text("每个单位对每项政策够不够条件、给多少钱", "every organisation against every policy"),
    "explain": Text("其中一个单位的答复，逐条说明", "the answer of one of the organisations, in full"),
    "near": Text("差一步就够条件的单位，差的是哪一步", "organisations one change away, and the change"),
    "overlap": Text("哪些政策为同一件事付钱，哪里有互斥规定", "which policies pay for the same, and which exclude it"),
    "budget": Text("一笔预算怎样落到各单位：名次、名额、资金池、均分", "how a budget falls to organisations"),
    "rank": Text("按得分排队：同分、分数线附近", "a list by score: ties, and who stands near the cut line"),
    "simulate": Text("一项改革：谁多得、谁少得、要多少钱", "a reform: who gains, who loses, what it costs"),
    "synthesise": Text("合成数据，供试用", "made-up data to try things on"),
}


NEEDED = ("duckdb", "numpy", "pyarrow")


class Populations(Lazy):
    """Says what is not installed before it is missed."""

    def invoke(self, ctx: click.Context) -> Any:
        missing = next((name for name in NEEDED if find_spec(name) is None), "")
        if missing:
            raise click.UsageError(voice_of(ctx)(f"总体没有装全（缺 {missing}）：pip install 'guiju[population]'",
                                                 f"populations are not installed ({missing} is missing): "
                                                 "pip install 'guiju[population]'"))
        return super().invoke(ctx)


def command(say: Voice) -> click.Command:
    group: click.Command = Populations("population", COMMANDS, "guiju.cli.population", help=say(
        "总体：一张表里的全部单位，对照全部政策。",
        "Populations: every organisation of a table against every policy."))
    lang_option(say)(group)
    return group
