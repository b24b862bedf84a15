"""`guiju population explain`."""

from __future__ import annotations

from pathlib import Path

import click

from guiju.cli.help import Argument, Command
from guiju.cli.population.asking import Asked, data_argument, law_options
from guiju.cli.voice import Voice


def command(say: Voice) -> click.Command:
    @click.command("explain", cls=Command, help=say(
        "总体中一个单位对一项政策的答复：从它的数据重新算一遍，逐条说明，写明条款。",
        "The answer of one organisation of a population under one policy: worked out again from its rows, with proof "
        "and clauses."))
    @data_argument(say)
    @click.argument("organisation", cls=Argument, metavar="ORGANISATION",
                    help=say("单位的编号", "the organisation's code"))
    @click.argument("words", cls=Argument, metavar="POLICY", help=say("政策", "the policy"))
    @law_options(say)
    def explain(data: Path, organisation: str, asked: Asked) -> None:
        from guiju.cli.answer.text import answer_lines
        from guiju.cli.layout import terminal_width
        from guiju.cli.proof import goal_tree
        from guiju.evaluate.assess import answer_of
        from guiju.evaluate.evaluation import evaluate
        from guiju.population.files.asked import needs_of
        from guiju.population.files.one import facts_of_one

        (policy, setting), = asked.policies
        needs = needs_of([policy])
        facts, faults = facts_of_one(data, organisation, asked.library.vocabulary, needs)
        if not asked.tolerant:
            faults.refuse()
        asked.note(faults)
        evaluation = evaluate(policy, facts, setting)
        answer = answer_of(evaluation)
        width = terminal_width()
        lines = answer_lines(answer, evaluation, say, width)
        for goal in (g for g in answer.goals if g.main):
            lines += ["", *goal_tree(goal, answer, evaluation, say, width)]
        click.echo("\n".join(lines))

    return explain
