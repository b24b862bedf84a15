"""`guiju improve`."""

from __future__ import annotations

import click

from guiju.cli.help import Command
from guiju.cli.options import request_options
from guiju.cli.situation import IN_SCOPE, Request, Situation, read_situation
from guiju.cli.voice import Voice
from guiju.language.policy import Policy


def command(say: Voice) -> click.Command:
    @click.command("improve", cls=Command, help=say(
        "怎样才能够条件，或多得资助：每个办法都重新算过。",
        "The easiest ways to qualify, or to get more; each has been evaluated."))
    @request_options(say)
    @click.option("--limit", "-n", type=click.IntRange(1, 50), default=5, show_default=True, metavar="N",
                  help=say("每一问至多几个办法", "at most so many plans a goal"))
    def improve(request: Request, limit: int) -> None:
        situation = read_situation(request)
        policies = [p for p in situation.policies if situation.named or situation.scope(p) == IN_SCOPE]
        click.echo("\n\n".join(_page(p, situation, limit, say) for p in policies)
                   or say("没有适用的政策", "no policy applies"))

    return improve


def _page(policy: Policy, situation: Situation, limit: int, say: Voice) -> str:
    from guiju.cli.answer.headline import headline, title_lines
    from guiju.cli.layout import terminal_width
    from guiju.cli.plans import plan_lines
    from guiju.evaluate.assess import answer_of
    from guiju.evaluate.improve import improvements

    page = terminal_width()
    evaluation = situation.evaluation(policy)
    answer = answer_of(evaluation)
    lines = [*title_lines(answer, policy, say, page), headline(answer, policy, say)]
    if policy.in_force(situation.as_of):
        lines += plan_lines(improvements(evaluation, limit), evaluation, say, page)
    return "\n".join(lines)
