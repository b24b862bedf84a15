"""`guiju receipt`."""

from __future__ import annotations

import click

from guiju.cli.help import Argument, Command
from guiju.cli.options import request_options
from guiju.cli.situation import Request, read_situation
from guiju.cli.voice import Voice
from guiju.source.diagnostics import visible


def command(say: Voice) -> click.Command:
    @click.command("receipt", cls=Command, help=say(
        "同样的事实和设定，现在是否还得出收据上的答复（成立为 0，不成立为 1）。",
        "Whether the same facts and options still give the answer of a receipt (exit 0 if so, else 1)."))
    @click.argument("receipt_id", cls=Argument, metavar="RECEIPT", help=say("收据号", "the receipt's id"))
    @request_options(say)
    def receipt(request: Request, receipt_id: str) -> int:
        from guiju.evaluate.receipt import receipt_of

        situation = read_situation(request)
        asked = visible(receipt_id)
        found = [(p, receipt_of(situation.evaluation(p))) for p in situation.policies]
        for policy, made in found:
            if made.id == receipt_id.strip().lower():
                click.echo(say(f"成立：收据 {made.id} 是《{policy.title.zh}》按 {situation.as_of} 计的答复",
                               f"It holds: {made.id} is the answer of {say.text(policy.title)} "
                               f"as of {situation.as_of}"))
                return 0
        listed = "\n".join(f"  {made.id}  {say.text(policy.title)}" for policy, made in found)
        click.echo(say(f"不成立：这些事实和设定现在得出的收据没有 {asked}。现为：\n{listed}",
                       f"It does not hold: these facts and options now give no receipt {asked}, but:\n{listed}"))
        return 1

    return receipt
