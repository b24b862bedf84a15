"""`guiju evaluate`."""

from __future__ import annotations

import click

from guiju.cli.help import Command
from guiju.cli.options import request_options
from guiju.cli.situation import Request, read_situation
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("evaluate", cls=Command, help=say(
        "一个单位够不够条件、给多少钱、为什么、还缺什么；每一行写明条款。",
        "Who qualifies, for how much, why, and what is missing; each line with its clause."))
    @request_options(say)
    @click.option("--json", "as_json", is_flag=True,
                  help=say("给程序读的 JSON（见 docs/json-contract.md）", "JSON for programs (docs/json-contract.md)"))
    def evaluate(request: Request, as_json: bool) -> None:
        situation = read_situation(request)
        if as_json:
            from guiju.cli.answer.contract import document

            click.echo(document(situation))
            return
        from guiju.cli.answer.page import page_of

        click.echo(page_of(situation, say))

    return evaluate
