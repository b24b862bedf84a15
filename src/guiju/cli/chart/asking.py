"""Asks for what comes with a move: facts one by one, papers, written reasons."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guiju.cli.chart.words import asked_word, entry_word
from guiju.cli.layout import indented
from guiju.cli.voice import Voice
from guiju.facts.dates import read_day
from guiju.facts.reading import Refusal as Unreadable
from guiju.facts.scalars import NONE_WORDS, check_text, read_value
from guiju.lifecycle.events import Document
from guiju.lifecycle.refusal import Reason
from guiju.vocabulary import Field, RecordType, Vocabulary

QUIT = frozenset({"q", "q!", "quit", "退出"})
CANCEL = frozenset({"c", "cancel", "取消"})
NO = frozenset({"n", "no", "否", "没有", "未交"})
YES = frozenset({"", "y", "yes", "是", "有", "已交"})
MAX_ROWS = 1000
_INDENT = "     "


class Left(Exception):
    """Whoever answers wants to end. `saving`: what was done is kept."""

    def __init__(self, saving: bool = True) -> None:
        super().__init__()
        self.saving = saving


class Cancelled(Exception):
    """Whoever answers does not want to make this move after all."""


@dataclass(frozen=True, slots=True)
class Asker:
    """`tell` prints a line; `hear` gives the next line that is typed, or raises EOFError."""

    say: Voice
    page: int
    tell: Callable[[str], None]
    hear: Callable[[str], str]

    def line(self, prompt: str) -> str:
        """What is typed. Raises Left, Cancelled, EOFError."""
        text = self.hear(prompt).strip()
        if text.lower() in QUIT:
            raise Left(text != "q!")
        if text.lower() in CANCEL:
            raise Cancelled
        return text

    def day(self, usual: dt.date, earliest: dt.date | None) -> dt.date:
        """The day of a move; `usual` if nothing is typed."""
        while True:
            text = self.line(_INDENT + self.say(f"日期 [{usual}]> ", f"date [{usual}]> "))
            try:
                day = read_day(text) if text else usual
            except Unreadable as refusal:
                self._told(refusal)
                continue
            if earliest is None or day >= earliest:
                return day
            self.tell(_INDENT + self.say(f"早于上一步（{earliest}）", f"before the last step ({earliest})"))

    def choice(self, question: str, words: Sequence[str]) -> int:
        """Which of several, as a position; the first if nothing is typed."""
        for number, word in enumerate(words, 1):
            self.tell(f"{_INDENT}{number}. {word}")
        while True:
            text = self.line(f"{_INDENT}{question} [1]> ")
            if text == "" or (text.isdecimal() and 0 < int(text[:6]) <= len(words)):
                return int(text or 1) - 1
            self.tell(_INDENT + self.say(f"请填 1 到 {len(words)}", f"a number from 1 to {len(words)}"))

    def entry(self, entry: Field | RecordType, vocabulary: Vocabulary, required: bool) -> Any:
        """A fact as a facts file states it; None where it is left out."""
        if isinstance(entry, RecordType):
            return self._rows(entry, vocabulary, required)
        return self._fact(entry, entry_word(entry, self.say), vocabulary, required)

    def _fact(self, entry: Field, name: str, vocabulary: Vocabulary, required: bool) -> str | None:
        skip = "" if required else self.say("；回车跳过", "; Enter to skip")
        prompt = f"{_INDENT}{name}{self.say.in_brackets(asked_word(entry, self.say) + skip)}> "
        while True:
            text = self.line(prompt)
            if not text and not required:
                return None
            try:
                reading = read_value(text, entry, vocabulary)
            except Unreadable as refusal:
                self._told(refusal)
                continue
            if reading.value is None:
                self.tell(_INDENT + self.say("这一项必须给出；不办这一步就输入 c",
                                             "this must be given; type c to leave this move"))
                continue
            for remark in reading.remarks:
                self.tell(_INDENT + self.say.text(remark.message))
            return text

    def _rows(self, record: RecordType, vocabulary: Vocabulary, required: bool) -> list[dict[str, str]] | None:
        name = entry_word(record, self.say)
        skip = "" if required else self.say("；回车跳过", "; Enter to skip")
        question = name + self.say(f"：有几条？（没有填“无”{skip}）> ", f": how many? (or 'none'{skip})> ")
        while True:
            text = self.line(_INDENT + question)
            if not text and not required:
                return None
            if text.lower() in NONE_WORDS or text == "0":
                return []
            if text.isdecimal() and len(text) < 6 and int(text) <= MAX_ROWS:
                return [self._row(record, number + 1, vocabulary) for number in range(int(text))]
            self.tell(_INDENT + self.say(f"请填 1 到 {MAX_ROWS} 的数，或“无”", f"a number up to {MAX_ROWS}, or 'none'"))

    def _row(self, record: RecordType, number: int, vocabulary: Vocabulary) -> dict[str, str]:
        row = {}
        for entry in record.fields:
            name = self.say(f"第 {number} 条·{entry.name}", f"row {number}, {entry.en or entry.id}")
            text = self._fact(entry, name, vocabulary, required=False)
            if text is not None:
                row[entry.name] = text
        return row

    def paper(self, name: str, label: str) -> Document | None:
        """A document handed in; with the digest of its content where a file is named. None if it is not there."""
        question = self.say(f"交来“{label}”？（回车：已交；n：没有；或写文件名，记下摘要）> ",
                            f"'{label}' handed in? (Enter: yes; n: no; or a file, to keep its digest)> ")
        while True:
            text = self.line(_INDENT + question)
            if text.lower() in NO:
                return None
            if text.lower() in YES:
                return Document(name)
            try:
                return Document(name, hashlib.sha256(Path(text).read_bytes()).hexdigest())
            except (OSError, ValueError):
                self.tell(_INDENT + self.say(f"读不到文件“{text}”", f"cannot read the file '{text}'"))

    def reason(self, reason: Reason) -> str:
        """The written reason for going on; empty if there is none."""
        said = self.say.text(reason.text) + self.say.in_brackets(self.say.clauses(reason.clauses))
        for line in indented(said, self.page, _INDENT):
            self.tell(line)
        while True:
            text = self.line(_INDENT + self.say("写明理由（回车：不办）> ", "written reason (Enter: leave it)> "))
            try:
                check_text(text)
            except Unreadable as refusal:
                self._told(refusal)
                continue
            return text

    def _told(self, refusal: Unreadable) -> None:
        for line in indented(f"{refusal.code}  {self.say.text(refusal.message)}", self.page, _INDENT):
            self.tell(line)
