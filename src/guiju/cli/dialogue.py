"""Question and answer: asks what would tell the most, reads the answer by the rules of a facts file, and goes on until
nothing is open, or the asker stops."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable
from dataclasses import dataclass, field

import click

from guiju.cli.answers import Answers, Judge
from guiju.cli.layout import indented
from guiju.cli.situation import IN_SCOPE, Situation
from guiju.cli.voice import Voice
from guiju.evaluate.ask import Question, questions
from guiju.evaluate.assess import answer_of
from guiju.facts.reading import Refusal, Remark
from guiju.facts.scalars import NONE_WORDS
from guiju.facts.template import allowed
from guiju.language.policy import Policy
from guiju.source.diagnostics import GuijuError
from guiju.vocabulary import Field, RecordType

STOP = frozenset({"停", "停止", "退出", "结束", "q", "quit", "stop", "exit"})
SKIP = frozenset({"", "跳过", "skip", "s"})
MAX_ROWS = 1000
ASKABLE = ("fact", "judgement", "records")


class Stopped(Exception):
    """The asker wants no more questions, or there is no more input."""


@dataclass(slots=True)
class Dialogue:
    """One run. `tell` prints a line; `hear` gives the next line that is typed, or raises EOFError."""

    situation: Situation
    say: Voice
    page: int
    tell: Callable[[str], None]
    hear: Callable[[str], str]
    answers: Answers = field(init=False)
    skipped: set[tuple[str, tuple[int, ...]]] = field(default_factory=set)
    asked: int = 0
    judge: Judge | None = None

    def __post_init__(self) -> None:
        self.answers = Answers(self.situation.facts, self.situation.library.vocabulary)

    def run(self) -> Situation:
        """Ask until nothing is left; the situation with what was answered."""
        self.tell(self.say("回车或“跳过”跳过这一问；“停”结束。", "Enter or 'skip' to skip a question, 'quit' to end."))
        try:
            while (question := self._next()) is not None:
                self._ask(*question)
            self.tell(self.say("没有要问的了。", "Nothing more to ask."))
        except (Stopped, EOFError):
            self.tell(self.say("到此为止。", "Stopped."))
        return dataclasses.replace(self.situation, facts=self.answers.facts)

    def policies(self) -> list[Policy]:
        """The policies that the answer is about."""
        return [p for p in self.situation.policies
                if (self.situation.named and p.in_force(self.situation.as_of)) or self.situation.scope(p) == IN_SCOPE]

    def _next(self) -> tuple[Question, tuple[int, ...]] | None:
        """The most telling question that was not skipped, with the rows that it is about."""
        evaluations = [self.situation.evaluation(p, self.answers.facts) for p in self.policies()]
        rows: dict[str, set[int]] = {}
        for evaluation in evaluations:
            for goal in answer_of(evaluation).goals:
                for missing in goal.missing:
                    rows.setdefault(missing.id, set()).update(missing.rows)
        for question in questions(evaluations):
            key = (question.id, tuple(sorted(rows.get(question.id, ()))))
            if question.kind in ASKABLE and key not in self.skipped:
                return question, key[1]
        return None

    def _ask(self, question: Question, rows: tuple[int, ...]) -> None:
        self.asked += 1
        vocabulary = self.situation.library.vocabulary
        record = vocabulary.records.get(question.id.partition(".")[0])
        fact = vocabulary.facts.get(question.id)
        self.tell("")
        if question.kind == "records" and record is not None:
            self._head(record.name, record.en, record.meaning, question)
            self._ask_rows(record)
            answered: list[bool] = []
        elif record is not None and (cell := record.field(question.id.partition(".")[2])) is not None:
            self._head(f"{record.name}·{cell.name}", f"{record.en}: {cell.en}", cell.meaning, question)
            answered = [self._ask_cell(record, cell, number) for number in rows]
        else:
            assert fact is not None
            self._head(fact.name, fact.en, fact.meaning, question)
            answered = [self._ask_fact(fact)]
        self.skipped.add((question.id, rows))  # what was answered may still be a range: do not ask twice
        if question.kind != "records" and rows:
            self.skipped.add((question.id, tuple(n for n, done in zip(rows, answered, strict=True) if not done)))

    def _head(self, name: str, english: str, meaning: str, question: Question) -> None:
        say = self.say
        head = f"{self.asked}. {say(name, english)}"
        about = say(f"：{meaning}" if meaning and meaning != name else "", "")
        for line in indented(head + about, self.page, "", "   "):
            self.tell(line)
        for line in indented(say.text(question.why), self.page, "   "):
            self.tell(line)

    def _hear(self, prompt: str) -> str:
        """What is typed. Raises Stopped."""
        text = self.hear(prompt).strip()
        if text.lower() in STOP:
            raise Stopped
        return text

    def _ask_fact(self, fact: Field) -> bool:
        return self._until_read(fact, "   ", lambda text: self.answers.give(fact, text, self._judge(fact)))

    def _ask_cell(self, record: RecordType, cell: Field, number: int) -> bool:
        prompt = "   " + self.say(f"第 {number} 条 {self.answers.row_name(record, number)}",
                                  f"row {number} {self.answers.row_name(record, number)}").rstrip() + " "
        return self._until_read(cell, prompt,
                                lambda text: self.answers.give_cell(record, cell, number, text, self._judge(cell)))

    def _until_read(self, entry: Field, prompt: str, give: Callable[[str], tuple[Remark, ...]]) -> bool:
        """Ask until the answer can be read, or is skipped."""
        hint = self._allowed(entry)
        while True:
            text = self._hear(f"{prompt}{hint}> ")
            if text.lower() in SKIP:
                return False
            try:
                remarks = give(text)
            except Refusal as refusal:
                self.tell("   " + f"{refusal.code}  {self.say.text(refusal.message)}")
                continue
            for remark in remarks:
                self.tell("   " + self.say.text(remark.message))
            return True

    def _allowed(self, entry: Field) -> str:
        if self.say.language == "zh":
            unit = f"，单位 {entry.unit.name}" if entry.unit is not None else ""
            return f"（{allowed(entry)}{unit}）"
        if entry.type == "bool":
            return "(yes/no)"
        if entry.enumeration is not None:
            return "(" + ", ".join(m.id for m in entry.enumeration.members) + ")"
        return f"({entry.unit.en or entry.unit.name})" if entry.unit is not None else f"({entry.type})"

    def _judge(self, entry: Field) -> Judge | None:
        """For a judgement: who judged, when, on what; what was said last is offered again."""
        if entry.kind != "judgement":
            return None
        say, last = self.say, self.judge
        questions_ = (say("判定人", "judged by"), say("判定日期", "on (date)"), say("依据", "evidence"))
        before = (last.by, last.on, last.evidence) if last else ("", "", "")
        heard = []
        for label, usual in zip(questions_, before, strict=True):
            offer = f"[{usual}]" if usual else ""
            text = self._hear(f"     {label}{offer}> ") or usual
            while not text:
                self.tell("     " + say("判定要写明判定人、日期和依据", "a judgement needs who, when and on what"))
                text = self._hear(f"     {label}> ")
            heard.append(text)
        self.judge = Judge(*heard)
        return self.judge

    def _ask_rows(self, record: RecordType) -> None:
        """How many rows, then each field of each."""
        say = self.say
        while True:
            text = self._hear("   " + say("有几条？（数字；没有填“无”）> ", "how many? (a number, or 'none')> "))
            if text.lower() in SKIP:
                return
            if text.lower() in NONE_WORDS or text == "0":
                self.answers.give_rows(record, [])
                return
            if text.isdecimal() and len(text) < 10 and int(text) <= MAX_ROWS:
                break
            self.tell("   " + say(f"请填 1 到 {MAX_ROWS} 的数，或“无”", f"a number up to {MAX_ROWS}, or 'none'"))
        rows = [self._row(record, number + 1) for number in range(int(text))]
        try:
            self.answers.give_rows(record, rows)
        except GuijuError as error:
            for diagnostic in error.diagnostics:
                self.tell(f"   {diagnostic.code}  {diagnostic.message.in_language(say.language)}")
            self._ask_rows(record)

    def _row(self, record: RecordType, number: int) -> dict[str, object]:
        """One row, field by field; only the fields that the policies read."""
        from guiju.cli.reads import entries_of

        _, reduced = entries_of(self.policies(), self.situation.library.vocabulary)
        fields = next((r.fields for r in reduced if r.id == record.id), record.fields)
        row: dict[str, object] = {}
        for entry in fields:
            name = self.say(f"第 {number} 条·{entry.name}", f"row {number}, {entry.en or entry.id}")
            self._until_read(entry, f"   {name} ", functools.partial(self._cell, row, entry))
        return row

    def _cell(self, row: dict[str, object], entry: Field, text: str) -> tuple[Remark, ...]:
        remarks = self.answers.check(entry, text)
        judge = self._judge(entry)
        row[entry.name] = text if judge is None else judge.around(text)
        return remarks


def read_line(prompt: str) -> str:
    """A line from standard input, with the prompt. Raises EOFError."""
    try:
        return str(click.prompt(prompt, default="", show_default=False, prompt_suffix=""))
    except click.Abort as abort:
        raise EOFError from abort
