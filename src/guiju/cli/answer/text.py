"""One policy's answer as a page of text, and the lines for policies that do not speak to this organisation."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.cli.answer.beside import bar_lines, improvement_lines, notice_lines, reading_lines, receipt_line
from guiju.cli.answer.headline import headline, title_lines
from guiju.cli.answer.items import item_lines, item_rows, refused_rows
from guiju.cli.answer.standing import goal_lines, missing_lines, side_lines
from guiju.cli.layout import Column, indented, padded, table, width, wrapped
from guiju.cli.situation import NOT_YET, OTHER_REGION, Situation
from guiju.cli.voice import Voice, coloured
from guiju.evaluate.answer import Answer, Missing
from guiju.evaluate.evaluation import Evaluation
from guiju.language.policy import Policy
from guiju.source.diagnostics import Diagnostic

Line = tuple[str, str]
LABEL = 16


def answer_lines(answer: Answer, evaluation: Evaluation, say: Voice, page: int) -> list[str]:
    """The whole answer, no line wider than `page`."""
    policy = evaluation.policy
    lines = title_lines(answer, policy, say, page)
    lines += [coloured(line, answer.outcome) for line in wrapped(headline(answer, policy, say), page)]
    expired = any(b.id == "in_force" for b in answer.blockers)
    refused = answer.outcome == "ineligible"
    items = [] if refused else item_rows(answer.items, policy, say)
    why = [] if expired else goal_lines(answer, evaluation, say)
    if not refused and not expired:
        why += refused_rows(evaluation, answer.items, say)
        why += missing_lines(answer.missing or _waiting(answer), evaluation, say)
    beside = side_lines(answer, say) if not expired else []
    beside += improvement_lines(evaluation, say) if answer.outcome == "eligible" and answer.items else []
    beside += reading_lines(answer, policy, say) + bar_lines(answer.bars, say)
    notices = [n for n in answer.notices if n.code == "unverified" or not expired]
    beside += [*notice_lines(notices, say), receipt_line(answer.receipt, say)]
    label = min(LABEL, max((width(row[0]) for row in [*items, *why, *beside]), default=0))
    if items:
        lines += ["", *item_lines(items, label, page)]
    lines += ["", *labelled(why, label, page)] if why else []
    return [*lines, "", *labelled(beside, label, page)]


def _waiting(answer: Answer) -> list[Missing]:
    return [m for g in answer.goals if g.main and g.outcome != "ineligible" for m in g.missing]


def labelled(lines: Sequence[Line], label: int, page: int) -> list[str]:
    """Lines with a label at the left, wrapped behind it."""
    return table(lines, [Column(most=label), Column()], page, least=(label,))


def left_out_lines(situation: Situation, policies: Sequence[Policy], say: Voice, page: int) -> list[str]:
    """One line for each policy that does not speak to this organisation on this day."""
    texts = [say("：", ": ").join((say.text(p.title), _left_out(p, situation, say))) for p in policies]
    return [line for text in texts for line in indented(text, page, coloured("– ", "not_applicable"), "  ")]


def _left_out(policy: Policy, situation: Situation, say: Voice) -> str:
    scope = situation.scope(policy)
    place = say("地区不适用，限", "another region: for ") + region_name(policy, situation, say) + say("的单位", "")
    if scope == OTHER_REGION:
        return place
    words = say(f"{policy.start} 起施行，{situation.as_of} 尚未生效", f"in force only from {policy.start}") \
        if scope == NOT_YET else say(f"已于 {policy.end} 失效", f"expired on {policy.end}")
    words += say.in_brackets(say.clauses(policy.force_clauses))
    return words + say("；", "; ") + place if situation.elsewhere(policy) else words


def region_name(policy: Policy, situation: Situation, say: Voice) -> str:
    """The region by name; in English its code."""
    name = situation.library.vocabulary.regions.get(policy.region.ljust(6, "0"), policy.region)
    return say(name, f"region {policy.region}")


def input_lines(notices: Sequence[Diagnostic], say: Voice, page: int) -> list[str]:
    """How the input was read. Sets written as 无 are told together."""
    none = [d for d in notices if d.code == "N103"]
    others = [d for d in notices if d.code != "N103"]
    lines = [f"{_place(d)}{d.message.in_language(say.language)}" for d in others]
    if none:
        lines.append(say(f"{len(none)} 处写“无”：理解为一条也没有", f"{len(none)} entries say 无: taken as none"))
    if not lines:
        return []
    head = say("读入：", "Read as: ")
    return [part for i, line in enumerate(lines)
            for part in indented(line, page, head if i == 0 else padded("", width(head)), padded("", width(head)))]


def _place(diagnostic: Diagnostic) -> str:
    if diagnostic.cell:
        return f"{diagnostic.cell} "
    return f"{diagnostic.span.line}:{diagnostic.span.column} " if diagnostic.span.line else ""
