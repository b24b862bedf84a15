"""`guiju population near`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guiju.cli.help import Command
from guiju.cli.layout import Column, table, terminal_width, wrapped
from guiju.cli.population.asking import Asked, data_argument, law_options
from guiju.cli.population.question import (
    Question,
    form_option,
    head_lines,
    head_record,
    out_option,
    policy_argument,
    question_of,
    region_option,
)
from guiju.cli.voice import OUTCOMES, Voice
from guiju.source.diagnostics import Text

if TYPE_CHECKING:
    from guiju.language.policy import Benefit, Condition, Goal
    from guiju.population.questions.near import Near, Step


PAID_FOR = Text("有了可付钱的一条", "there is something to pay for")  # mended by a record, where no condition is


@dataclass(slots=True)
class _Tally:
    """What came out of all chunks for one goal: how many organisations stand how; per change how many it would surely,
    and how many it would possibly bring, and which conditions it mends for how many; the first steps."""

    goal: Goal
    counts: Counter[str] = field(default_factory=Counter)
    changes: dict[str, Counter[str]] = field(default_factory=dict)
    mends: dict[str, Counter[str]] = field(default_factory=dict)
    sure: list[Step] = field(default_factory=list)
    possible: list[Step] = field(default_factory=list)

    def add(self, part: Near, top: int) -> None:
        near, surely = part.near()
        self.counts.update({"organisations": part.everybody, "holding": part.holding, "failing": part.failing,
                            "waiting": part.waiting, "undecided": part.undecided, "near": near,
                            "surely_near": surely})
        for change in part.changes:
            sure = int(change.sure.sum())
            self.changes.setdefault(change.target, Counter()).update(surely=sure, possibly=len(change.sure) - sure)
            self.mends.setdefault(change.target, Counter()).update(
                {condition.id: int(mended.sum()) for condition, mended in change.mends if mended.any()})
        for kept, sure in ((self.sure, True), (self.possible, False)):
            kept += part.first(max(top - len(kept), 0), sure=sure)

    def shown(self, top: int) -> list[Step]:
        """Those who would surely qualify before those who possibly would."""
        return [*self.sure, *self.possible][:top]

    def ordered(self) -> list[tuple[str, Counter[str]]]:
        return sorted(self.changes.items(), key=lambda c: (-c[1]["surely"], -c[1]["possibly"], c[0]))

    def mended(self, target: str) -> list[Condition]:
        """The conditions that a change mends, those that it mends for most before the others."""
        known = {c.id: c for c in self.goal.conditions}
        return [known[id_] for id_, _ in self.mends[target].most_common()]


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
    @region_option(say)
    @out_option(say)
    @form_option(say)
    @law_options(say)
    def near(data: Path, asked: Asked, goal: str, top: int, region: str, out: Path | None, form: str) -> None:
        from guiju.population.questions.lists import STEPS, ListFile
        from guiju.population.questions.near import near as steps_towards

        question = question_of(data, asked, region)
        goals = _goals(question, goal)
        tallies = [_Tally(one) for one in goals]
        with ListFile(out, STEPS) as file:
            for parts in steps_towards(question.chunks(), question.policy, goals, question.setting):
                for tally, part in zip(tallies, parts, strict=True):
                    tally.add(part, top)
                    if out is not None:
                        file.add(_columns(question, part.steps))
        if form == "json":
            from guiju.documents.store import dump

            click.echo(dump({**head_record(question), "goals": [_record(question, t, top) for t in tallies]}))
            return
        click.echo("\n".join([*head_lines(question, say),
                              *(line for t in tallies for line in _lines(question, t, top, say))]))

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


def _lines(question: Question, tally: _Tally, top: int, say: Voice) -> list[str]:
    n = tally.counts
    lines = ["", say.text(tally.goal.name), say(
        f"  {n['organisations']:,} 家：已符合 {n['holding']:,}，不符合 {n['failing']:,}，只等人定 {n['waiting']:,}，"
        f"尚未能定 {n['undecided']:,}（先补事实）",
        f"  {n['organisations']:,} organisations: {n['holding']:,} qualify, {n['failing']:,} do not, "
        f"{n['waiting']:,} wait for a person only, {n['undecided']:,} are undecided (facts first)"),
        say(f"  差一步的 {n['near']:,} 家，其中 {n['surely_near']:,} 家改了就一定符合",
            f"  one change away: {n['near']:,}, of whom {n['surely_near']:,} would surely qualify")]
    rows = [[_target(question, target, say), f"{c['surely']:,}", f"{c['possibly']:,}",
             _mended(question, target, tally.mended(target), say, 2)] for target, c in tally.ordered()]
    if rows:
        heading = [say("改什么", "what to change"), say("一定符合", "surely"), say("可能符合", "possibly"),
                   say("补上哪一条", "what it mends")]
        lines += ["", *table([heading, *rows], [Column(most=30), Column(">"), Column(">"), Column()],
                             terminal_width())]
    for step in tally.shown(top):
        lines += ["", *_wrapped(2, step.name + "  " + say.text(_words(question, step)))]
        mended = _mended(question, step.target, step.mends, say, 3)
        lines += _wrapped(4, "→ " + say.text(OUTCOMES[_outcome(step)]) + (say("；补上：", "; mends: ") + mended
                                                                         if mended else ""))
    return lines


def _wrapped(indent: int, words: str) -> list[str]:
    return [" " * indent + line for line in wrapped(words, terminal_width() - indent)]


def _mended(question: Question, target: str, conditions: Sequence[Condition], say: Voice, most: int) -> str:
    """The conditions that a change mends, by name with their clauses; where it mends none, what it gives to pay for."""
    words = [say.text(c.name) + say.in_brackets(say.clauses(c.clauses)) for c in conditions]
    clauses = [key for b in _paying(question, target) for key in b.clauses]
    if not words and clauses:
        words = [say.text(PAID_FOR) + say.in_brackets(say.clauses(clauses))]
    return say.listed(words, most)


def _paying(question: Question, target: str) -> list[Benefit]:
    """What the policy pays for records of a kind."""
    return [b for b in question.policy.benefits if b.record == target]


def _target(question: Question, target: str, say: Voice) -> str:
    vocabulary = question.policy.vocabulary
    entry: Any = vocabulary.facts.get(target) or vocabulary.records[target]
    return say(entry.name, entry.en or entry.name)


def _words(question: Question, step: Step) -> Any:
    """The change as `guiju improve` says it."""
    from guiju.evaluate.improve import more_words, set_words

    vocabulary = question.policy.vocabulary
    if step.row is not None:
        return more_words(vocabulary.records[step.target], step.row, step.times)
    entry = vocabulary.facts[step.target]
    assert step.now is not None
    assert step.value is not None
    return set_words(entry, step.now, step.value)


def _outcome(step: Step) -> str:
    from guiju.evaluate.assess import outcome_name

    return outcome_name(step.after)


def _columns(question: Question, steps: Iterable[Step]) -> dict[str, list[Any]]:
    from guiju.cli.voice import Voice

    say = Voice("zh")
    columns: dict[str, list[Any]] = {name: [] for name in (
        "organisation", "goal", "target", "change", "change_en", "more", "outcome", "conditions", "mends", "mends_en",
        "clauses")}
    for step in steps:
        words = _words(question, step)
        cited: Sequence[Condition | Benefit] = step.mends or _paying(question, step.target)
        mends = [c.name for c in step.mends] or [PAID_FOR] * bool(cited)
        clauses = dict.fromkeys(say.clause(key) for part in cited for key in part.clauses)
        for column, value in zip(columns.values(), (
                step.name, step.goal, step.target, words.zh, words.en, step.times or None, _outcome(step),
                "、".join(c.id for c in step.mends), "、".join(name.zh for name in mends),
                ", ".join(name.en or name.zh for name in mends), "、".join(clauses)), strict=True):
            column.append(value)
    return columns


def _record(question: Question, tally: _Tally, top: int) -> dict[str, Any]:
    columns = _columns(question, tally.shown(top))
    return {"goal": tally.goal.id, **{key: tally.counts[key] for key in (
                "organisations", "holding", "failing", "waiting", "undecided", "near", "surely_near")},
            "changes": [{"target": target, "surely": c["surely"], "possibly": c["possibly"],
                         "mends": dict(tally.mends[target])} for target, c in tally.ordered()],
            "shown": [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]}
