"""`guiju explain`."""

from __future__ import annotations

import click

from guiju.cli.help import Command
from guiju.cli.options import request_options
from guiju.cli.situation import IN_SCOPE, Request, Situation, read_situation
from guiju.cli.voice import Voice
from guiju.language.policy import Goal, Policy
from guiju.source.diagnostics import Span, fail


def command(say: Voice) -> click.Command:
    @click.command("explain", cls=Command, help=say(
        "一个结论的依据：起决定作用的条件、读到的事实及其来源、谁在何时判定、出自哪一条。",
        "The proof of an answer: the conditions that decide, the facts and their sources, who judged, which clause."))
    @request_options(say)
    @click.option("--goal", "-g", default="", metavar="GOAL",
                  help=say("只看这一问（编号或名称；默认主要的）", "only this goal (id or name; default: main ones)"))
    def explain(request: Request, goal: str) -> None:
        situation = read_situation(request)
        policies = [p for p in situation.policies if situation.named or situation.scope(p) == IN_SCOPE]
        chosen = [(p, _goals(p, goal)) for p in policies]
        if goal and not any(goals for _, goals in chosen):
            raise _no_goal(goal, policies)
        pages = [_page(p, goals, situation, say) for p, goals in chosen if goals]
        click.echo("\n\n".join(pages) or say("没有适用的政策", "no policy applies"))

    return explain


def _goals(policy: Policy, word: str) -> list[Goal]:
    if not word:
        return [g for g in policy.goals if g.main]
    return [g for g in policy.goals if word in (g.id, g.name.zh, g.name.en)]


def _no_goal(word: str, policies: list[Policy]) -> Exception:
    from guiju.source.fields import suggestion

    goals = [g for p in policies for g in p.goals]
    hint = suggestion(word, [w for g in goals for w in (g.id, g.name.zh)])
    ids = ", ".join(g.id for g in goals)
    return fail("E132", Span(f"--goal {word}"), f"没有“{word}”这一问{hint.zh or '；可用：' + ids}",
                f"there is no goal '{word}'{hint.en or '; there are: ' + ids}")


def _page(policy: Policy, goals: list[Goal], situation: Situation, say: Voice) -> str:
    from guiju.cli.answer.headline import headline, title_lines
    from guiju.cli.layout import terminal_width
    from guiju.cli.proof import goal_tree
    from guiju.evaluate.assess import answer_of

    page = terminal_width()
    evaluation = situation.evaluation(policy)
    answer = answer_of(evaluation)
    lines = title_lines(answer, policy, say, page)
    if any(b.id == "in_force" for b in answer.blockers):
        return "\n".join([*lines, headline(answer, policy, say)])
    for goal in answer.goals:
        if goal.id in {g.id for g in goals}:
            lines += ["", *goal_tree(goal, answer, evaluation, say, page)]
    return "\n".join(lines)
