"""`guiju population near`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.help import Command
from guiju.cli.layout import Column, table, terminal_width
from guiju.cli.population.asking import Asked, data_argument, law_options
from guiju.cli.population.question import (
    Question,
    form_option,
    head_lines,
    head_record,
    out_option,
    policy_argument,
)
from guiju.cli.voice import OUTCOMES, Voice

if TYPE_CHECKING:
    from guiju.language.policy import Goal
    from guiju.population.questions.near import Near, Step


@dataclass(slots=True)
class _Tally:
    """What came out of all chunks: how many organisations stand how; per change how many it would surely, and how many
    it would possibly bring; the first steps."""

    counts: Counter[str] = field(default_factory=Counter)
    changes: dict[str, Counter[str]] = field(default_factory=dict)
    sure: list[Step] = field(default_factory=list)
    possible: list[Step] = field(default_factory=list)

    def add(self, part: Near, top: int) -> None:
        self.counts.update({"organisations": part.everybody, "holding": part.holding, "failing": part.failing,
                            "waiting": part.waiting, "undecided": part.undecided,
                            "near": len({s.number for s in part.steps}),
                            "surely_near": len({s.number for s in part.steps if s.surely})})
        for step in part.steps:
            self.changes.setdefault(step.target, Counter())["surely" if step.surely else "possibly"] += 1
        for kept, own in ((self.sure, True), (self.possible, False)):
            kept += [s for s in part.steps if s.surely is own][:max(top - len(kept), 0)]

    def shown(self, top: int) -> list[Step]:
        """Those who would surely qualify before those who possibly would."""
        return [*self.sure, *self.possible][:top]

    def ordered(self) -> list[tuple[str, Counter[str]]]:
        return sorted(self.changes.items(), key=lambda c: (-c[1]["surely"], -c[1]["possibly"], c[0]))


def command(say: Voice) -> click.Command:
    @click.command("near", cls=Command, help=say(
        "差一步就够条件的单位，和差的那一步：一个事实到什么数，或一类记录多几条。只看努力或时间能改变的，每一步都重新算过。",
        "Organisations one change away, and the change: a fact and its value, or more of a record. Only what effort or "
        "time can change; each has been evaluated."))
    @policy_argument(say)
    @data_argument(say)
    @click.option("--goal", default="", metavar="ID", help=say("只看这一问（默认：各主要的问）",
                                                               "only this goal (default: all main ones)"))
    @click.option("--top", type=click.IntRange(0, 1000), default=10, show_default=True, metavar="N",
                  help=say("每一问列出前几条", "list the first N of each goal"))
    @out_option(say)
    @form_option(say)
    @law_options(say)
    def near(data: Path, asked: Asked, goal: str, top: int, out: Path | None, form: str) -> None:
        from guiju.population.questions.lists import STEPS, ListFile
        from guiju.population.questions.near import near as steps_towards

        question = Question(data, asked)
        tallies = []
        with ListFile(out, STEPS) as file:
            for one in _goals(question, goal):
                tally = _Tally()
                for part in steps_towards(question.chunks(), question.policy, one, question.setting):
                    tally.add(part, top)
                    if out is not None:
                        file.add(_columns(question, part.steps))
                tallies.append((one, tally))
        if form == "json":
            from guiju.documents.store import dump

            click.echo(dump({**head_record(question), "goals": [_record(question, g, t, top) for g, t in tallies]}))
            return
        click.echo("\n".join([*head_lines(question, say),
                              *(line for g, t in tallies for line in _lines(question, g, t, top, say))]))

    return near


def _goals(question: Question, word: str) -> list[Goal]:
    from guiju.source.diagnostics import Span, fail
    from guiju.source.fields import suggestion

    goals = question.policy.goals
    found = [g for g in goals if (g.id == word if word else g.main)]
    if not found:
        hint = suggestion(word, [g.id for g in goals])
        raise fail("E978", Span(f"--goal {word}"), f"这个政策没有这一问{hint.zh}", f"no such goal{hint.en}")
    return found


def _lines(question: Question, goal: Goal, tally: _Tally, top: int, say: Voice) -> list[str]:
    n = tally.counts
    lines = ["", say.text(goal.name), say(
        f"  {n['organisations']} 家：已符合 {n['holding']}，不符合 {n['failing']}，只等人定 {n['waiting']}，"
        f"尚未能定 {n['undecided']}（先补事实）",
        f"  {n['organisations']} organisations: {n['holding']} qualify, {n['failing']} do not, {n['waiting']} wait for "
        f"a person only, {n['undecided']} are undecided (facts first)"),
        say(f"  差一步的 {n['near']} 家，其中 {n['surely_near']} 家改了就一定符合",
            f"  one change away: {n['near']}, of whom {n['surely_near']} would surely qualify")]
    rows = [[_target(question, target, say), str(c["surely"]), str(c["possibly"])] for target, c in tally.ordered()]
    if rows:
        heading = [say("改什么", "what to change"), say("一定符合", "surely"), say("可能符合", "possibly")]
        lines += ["", *table([heading, *rows], [Column(most=50), Column(">"), Column(">"), Column()], terminal_width())]
    shown = [[s.name, say.text(_words(question, s)), "→ " + say.text(OUTCOMES[_outcome(s)])] for s in tally.shown(top)]
    if shown:
        lines += ["", *table(shown, [Column(), Column(most=56), Column()], terminal_width())]
    return lines


def _target(question: Question, target: str, say: Voice) -> str:
    vocabulary = question.policy.vocabulary
    entry: Any = vocabulary.facts.get(target) or vocabulary.records[target]
    return say(entry.name, entry.en or entry.name)


def _words(question: Question, step: Step) -> Any:
    """The change as `guiju improve` says it."""
    from guiju.evaluate.improve import more_words, set_words
    from guiju.facts.model import unknown

    vocabulary = question.policy.vocabulary
    if step.row is not None:
        return more_words(vocabulary.records[step.target], step.row, step.times)
    entry = vocabulary.facts[step.target]
    assert step.value is not None
    return set_words(entry, unknown(entry) if step.now is None else step.now, step.value)


def _outcome(step: Step) -> str:
    from guiju.evaluate.assess import outcome_name

    return outcome_name(step.after)


def _columns(question: Question, steps: tuple[Step, ...]) -> dict[str, list[Any]]:
    words = [_words(question, s) for s in steps]
    return {"organisation": [s.name for s in steps], "goal": [s.goal for s in steps],
            "target": [s.target for s in steps], "change": [w.zh for w in words], "change_en": [w.en for w in words],
            "more": [s.times or None for s in steps], "outcome": [_outcome(s) for s in steps]}


def _record(question: Question, goal: Goal, tally: _Tally, top: int) -> dict[str, Any]:
    columns = _columns(question, tuple(tally.shown(top)))
    return {"goal": goal.id, **{key: tally.counts[key] for key in (
                "organisations", "holding", "failing", "waiting", "undecided", "near", "surely_near")},
            "changes": [{"target": target, "surely": c["surely"], "possibly": c["possibly"]}
                        for target, c in tally.ordered()],
            "shown": [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]}
