"""What stands beside an answer: other readings, bans, notices, the receipt."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.cli.voice import Voice
from guiju.cli.words import amount, points
from guiju.evaluate.answer import Amount, Answer, Bar, Notice, Reading, Receipt
from guiju.evaluate.evaluation import Evaluation
from guiju.language.policy import Policy
from guiju.source.diagnostics import Text

Line = tuple[str, str]
LABELS = {
    "unverified": Text("待核", "to check"), "presumed": Text("推定", "presumed"),
    "principle": Text("原则", "principle"), "preference": Text("优先", "preferred"), "hint": Text("提示", "hint"),
    "expired": Text("失效", "expired"),
    "ambiguity": Text("歧义", "ambiguity"), "open_parameter": Text("待定", "open"),
}
_PREFIXES = ("原文待核：", "未给事实，推定满足：", "符合优先条件：", "提示：", "to be checked against the original: ",
             "not stated, presumed met: ", "preferred: ", "hint: ")


def reading_lines(answer: Answer, policy: Policy, say: Voice) -> list[Line]:
    """The default and the other reading side by side, where the answer differs."""
    return [(say("歧义", "ambiguity"), _reading(r, answer, policy, say)) for r in answer.readings]


def _reading(reading: Reading, answer: Answer, policy: Policy, say: Voice) -> str:
    name = say(reading.name, reading.parameter)
    ref = say("，", ", ").join(x for x in (say.clauses(reading.clauses, 2), reading.ref) if x)
    usual = [*_come_out(answer.outcome, answer.amount, reading.outcome, policy, say),
             *_goals(reading, answer, False, say), *_scores(reading, answer, False, policy, say)]
    other = [*_come_out(reading.outcome, reading.amount, answer.outcome, policy, say),
             *_goals(reading, answer, True, say), *_scores(reading, answer, True, policy, say)]
    default, alternative = say.quoted(reading.default), say.quoted(reading.value)
    sides = say(f"按{default}：{_joined(usual, say)}；另读{alternative}：{_joined(other, say)}",
                f"read as {default}: {_joined(usual, say)}; read as {alternative}: {_joined(other, say)}")
    return f"{name}{say.in_brackets(ref)}  {sides}"


def _joined(words: Sequence[str], say: Voice) -> str:
    return say("，", ", ").join(dict.fromkeys(words)) or say("相同", "the same")


def _come_out(outcome: str, found: Amount, other: str, policy: Policy, say: Voice) -> list[str]:
    words = [say.outcome(outcome)] if outcome != other else []
    if any(g.pays for g in policy.goals):
        words.append(amount(found, say))
    return words


def _goals(reading: Reading, answer: Answer, other: bool, say: Voice) -> list[str]:
    """Goals that come out otherwise, where there are several main ones."""
    if sum(g.main for g in answer.goals) < 2:
        return []
    return [f"{say.text(g.name)} {say.outcome(reading.goals[g.id] if other else g.outcome)}"
            for g in answer.goals if g.id in reading.goals]


def _scores(reading: Reading, answer: Answer, other: bool, policy: Policy, say: Voice) -> list[str]:
    usual = {g.score.id: (g.score.low, g.score.high) for g in answer.goals if g.score}
    ends = reading.scores if other else {k: usual[k] for k in reading.scores if k in usual}
    return [f"{say.text(policy.scores[id_].name)} {points(*pair)}" for id_, pair in ends.items()]


def bar_lines(bars: Sequence[Bar], say: Voice) -> list[Line]:
    """Bans in force, with their last day."""
    lines = []
    for bar in bars:
        least = say("至少到 ", "at least until ") if bar.at_least else say("到 ", "until ")
        until = say("没有期限", "without end") if bar.until is None else least + bar.until.isoformat() + say(
            "（含当日）", " (that day included)")
        lines.append((say("禁申", "barred"), say("，", ", ").join((say.text(bar.name), until))
                      + say.in_brackets(say.clauses(bar.clauses))))
    return lines


def notice_lines(notices: Sequence[Notice], say: Voice) -> list[Line]:
    """Notices by kind. How input was read is said once for the whole file, not here."""
    groups: dict[str, list[str]] = {}
    for notice in notices:
        if notice.code == "input":
            continue
        text = say.text(notice.text)
        for prefix in _PREFIXES:
            text = text.removeprefix(prefix)
        groups.setdefault(notice.code, []).append(text + say.in_brackets(say.clauses(notice.clauses, 2)))
    return [(say.text(LABELS.get(code, Text(code, code))), say("；", "; ").join(texts))
            for code, texts in groups.items()]


def receipt_line(receipt: Receipt, say: Voice) -> Line:
    parts = [receipt.id, say("规则 ", "rules ") + receipt.rules[:8], say("事实 ", "facts ") + receipt.facts[:8],
             say("设定 ", "setting ") + receipt.setting[:8], receipt.engine]
    return say("收据", "receipt"), " · ".join(parts)


def improvement_lines(evaluation: Evaluation, say: Voice, limit: int = 3) -> list[Line]:
    """One step more, where a step brings money, in the words of `guiju improve`."""
    from guiju.cli.plans import result
    from guiju.evaluate.improve import improvements

    plans = [p for p in improvements(evaluation, limit) if len(p.changes) == 1 and p.gain > 0]
    words = dict.fromkeys(f"{say.text(p.changes[0].text)} → {result(p, say)}" for p in plans)
    return [(say("还差一步", "one step more"), say("；", "; ").join(list(words)[:limit]))] if words else []
