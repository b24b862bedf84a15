"""A move that someone wants to make: everything that the law's questions look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from guiju.calendar import Calendar
from guiju.evaluate.doubts import Doubts
from guiju.evaluate.interpreter import Interpreter
from guiju.facts.model import Facts
from guiju.language.ir import Node
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.events import Actor, Ban, Evidence
from guiju.lifecycle.refusal import Code, Reason
from guiju.source.diagnostics import Text
from guiju.values import OPEN

Reasons = Iterator[Reason]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A move that someone wants to make: everything that the questions look at. `thread` is "" for the case itself;
    `case` None while there is none yet. `given`: the facts of the evidence, as read. `bans`: those under which the
    applicant stood when the case was opened."""

    case: Case | None
    state: State
    thread: str
    move: Move
    actor: Actor
    evidence: Evidence
    it: Interpreter
    today: dt.date
    calendar: Calendar
    given: Facts = field(default_factory=Facts)
    bans: tuple[Ban, ...] = ()

    @property
    def chart(self) -> Chart:
        return self.state.chart

    def reason(self, code: Code, about: str, text: Text, lift: Text, clauses: tuple[str, ...] = ()) -> Reason:
        return Reason(code, about, text, clauses or self.move.clauses or self.chart.basis, lift)


def decision(a: Attempt, about: str, text: Text, clauses: tuple[str, ...]) -> Reasons:
    """Reasons until the actor has written why he goes on."""
    if not any(c.isalnum() for c in a.evidence.decisions.get(about, "")):
        yield a.reason("decision", about, text, Text(f"由办理人写明理由（decisions: {about}）后可以继续",
                                                     f"the actor may go on with a written reason for {about}"), clauses)


def unsettled(a: Attempt, about: str, node: Node | None, cause: int, label: Text,
               clauses: tuple[str, ...]) -> Reason:
    """A length or an anchor that is not known: an open parameter, or a fact."""
    doubts = Doubts(a.chart.parameters, a.it)
    names = "、".join(d.name for d in doubts.add(node).found()) if node is not None else ""
    if cause & OPEN:
        return a.reason("open", about, Text(f"{label.zh}无法计算：参数“{names}”还没有定",
                                            f"{label.en} can't be computed: parameter '{names}' is not set"),
                        Text(f"由批次定下“{names}”", f"let the round set '{names}'"), clauses)
    return a.reason("unknown", about, Text(f"{label.zh}无法计算：还不知道起算日或时长",
                                           f"{label.en} can't be computed: its start or length is not known"),
                    Text("先补齐所缺事实", "give the missing fact first"), clauses)
