"""What a register holds. All wording is a paraphrase; figures, days and bodies are those of the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping as Map
from dataclasses import dataclass
from fractions import Fraction

from guiju.source.diagnostics import Span, Text

KINDS = {
    "规划": Text("规划", "plan"), "意见": Text("意见", "opinions"), "方案": Text("方案", "programme"),
    "要点": Text("工作要点", "work points"), "分工": Text("任务分工", "division of work"),
    "措施": Text("措施", "measures"), "通知": Text("通知", "notice"), "会议": Text("会议", "meeting"),
    "公告": Text("公告", "announcement"), "标准": Text("标准", "standard"),
}
TARGET_KINDS = {
    "target": Text("目标", "target"), "baseline": Text("现状", "baseline"), "rule": Text("比例、限度", "rule"),
    "count": Text("数目", "count"),
}
STRENGTHS = {"must": Text("应当", "must"), "strive": Text("力争", "to strive for")}
NATIONAL = Text("全国", "national")


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of the source, both ends included."""

    first: int
    last: int

    def holds(self, line: int) -> bool:
        return self.first <= line <= self.last

    def __str__(self) -> str:
        return f"{self.first}-{self.last}" if self.last > self.first else str(self.first)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the text stands: the key of the source in a text store, the document's running number in it, its lines."""

    key: str
    position: int
    lines: Lines

    @property
    def document(self) -> str:
        return f"{self.key}-{self.position}"

    def __str__(self) -> str:
        return f"{self.key}:{self.lines}"


@dataclass(frozen=True, slots=True)
class When:
    """A day, a month or a year as the text gives it (0: not given)."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def last(self) -> dt.date:
        """The last day that it still means."""
        if self.day:
            return dt.date(self.year, self.month, self.day)
        if self.month in (0, 12):
            return dt.date(self.year, 12, 31)
        return dt.date(self.year, self.month + 1, 1) - dt.timedelta(days=1)

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        return "-".join([str(self.year), *(f"{part:02d}" for part in (self.month, self.day) if part)])


@dataclass(frozen=True, slots=True)
class Amount:
    """A target's value. `comparison` is `>=`, `>`, `<=`, `<`, `=`, `about` or `..` (from `low` to `high`); `text` as
    the file has it."""

    comparison: str
    low: Fraction
    high: Fraction
    text: str

    @property
    def numbers(self) -> tuple[Fraction, ...]:
        return (self.low,) if self.low == self.high else (self.low, self.high)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause or a heading; `name` is our short paraphrase."""

    id: str
    name: Text
    lines: tuple[Lines, ...]
    span: Span

    def holds(self, line: int) -> bool:
        return any(part.holds(line) for part in self.lines)


@dataclass(frozen=True, slots=True)
class Task:
    """Something that somebody has to do. `lead` is empty where the text names nobody; `due` None where it gives no
    end. `horizon` is the year of the document's title or plan (0: none) and never an end."""

    id: str
    clause: str
    task: Text
    verb: str
    lead: tuple[str, ...]
    with_: tuple[str, ...]
    local: bool
    start: When | None
    due: dt.date | None
    due_text: str
    horizon: int
    figures: tuple[str, ...]
    unverified: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Target:
    """A figure or a state to be reached, or one that the text states (`kind`). `amount` or `words`, never both.
    `assumed` says why `by` is taken to be meant where the sentence names no year."""

    id: str
    clause: str
    indicator: Text
    kind: str
    amount: Amount | None
    words: Text
    unit: str
    by: When | None
    assumed: Text
    strength: str
    unverified: Text
    span: Span


Matter = Task | Target


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A figure of the text that is neither a target nor part of a task, and why. `*`: every such one of the clause."""

    clause: str
    figure: str
    why: Text
    span: Span


@dataclass(frozen=True, slots=True)
class Register:
    """One document. `region` is empty for what a national body issued; `issued` None where the source gives no day."""

    id: str
    kind: str
    title: Text
    number: str
    issuer: Text
    issued: dt.date | None
    region: str
    source: Source
    summary: Text
    note: Text
    clauses: Map[str, Clause]
    tasks: tuple[Task, ...]
    targets: tuple[Target, ...]
    elsewhere: tuple[Elsewhere, ...]
    span: Span

    @property
    def place(self) -> str:
        """The first part of the id: `national`, `hainan` …"""
        return self.id.split("/", 1)[0]

    @property
    def matters(self) -> tuple[Matter, ...]:
        """Tasks, then targets."""
        return (*self.tasks, *self.targets)

    @property
    def leads(self) -> tuple[str, ...]:
        """Every body that leads a task, in the order of the text."""
        return tuple(dict.fromkeys(body for task in self.tasks for body in task.lead))
