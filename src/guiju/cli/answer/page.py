"""All answers for one organisation as one page."""

from __future__ import annotations

from guiju.cli.answer.text import answer_lines, input_lines, left_out_lines
from guiju.cli.layout import terminal_width, wrapped
from guiju.cli.situation import IN_SCOPE, Situation
from guiju.cli.voice import Voice
from guiju.evaluate.answer import Answer
from guiju.evaluate.assess import answer_of
from guiju.language.library import POLICIES

_ORDER = ("eligible", "review", "not_computable", "unknown", "not_applicable", "ineligible")


def page_of(situation: Situation, say: Voice) -> str:
    """Answers of the policies that apply, the best first; the others in one line each; how the input was read."""
    width = terminal_width()
    shown = [p for p in situation.policies if situation.named or situation.scope(p) == IN_SCOPE]
    evaluations = [situation.evaluation(p) for p in shown]
    answers = [(answer_of(e), e) for e in evaluations]
    if not situation.named:
        answers.sort(key=lambda pair: (_ORDER.index(pair[0].outcome), not pair[0].items))
    blocks = [answer_lines(answer, evaluation, say, width) for answer, evaluation in answers]
    lines = [line for i, block in enumerate(blocks) for line in (["─" * width] if i else []) + block]
    left_out = left_out_lines(situation, [p for p in situation.policies if p not in shown], say, width)
    reading = input_lines(situation.facts.notices, say, width)
    hints = [line for hint in _hints(situation, [a for a, _ in answers], say) for line in wrapped(hint, width)]
    for part in (left_out, reading, hints):
        if part:
            lines += ["─" * width if lines else "", *part]
    return "\n".join(lines).strip("\n")


def _hints(situation: Situation, answers: list[Answer], say: Voice) -> list[str]:
    """Which command leads on from here."""
    path = situation.path
    hints = []
    if any(m.kind in ("fact", "records", "judgement") for a in answers for m in a.missing):
        hints.append(say(f"补齐所缺：guiju ask {path}", f"fill the gaps: guiju ask {path}"))
    if answers:
        library = situation.library.folder
        elsewhere = "" if library == POLICIES else f" --policies {library}"
        command = f"guiju explain {path} -p {answers[0].policy}{elsewhere}"
        hints.append(say(f"逐条依据：{command}", f"the full proof: {command}"))
    return hints
