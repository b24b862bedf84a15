"""Moves, roles, facts, clauses and deadlines of a chart in the reader's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from collections.abc import Mapping as Map
from typing import Any

from guiju.cli.voice import Voice
from guiju.facts.template import allowed
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import LAPSE, REGISTER, Chart, Move
from guiju.lifecycle.events import Actor
from guiju.lifecycle.refusal import OtherReading
from guiju.lifecycle.terms import Deadline
from guiju.source.diagnostics import Text, visible
from guiju.vocabulary import Field, RecordType

CODES = {
    "stage": Text("环节不对", "wrong stage"), "role": Text("身份不对", "not this role"),
    "barred": Text("应当回避", "barred"), "guard": Text("条件不满足", "condition not met"),
    "unknown": Text("缺事实", "facts missing"), "open": Text("参数未定", "parameter open"),
    "decision": Text("须写明理由", "needs a written reason"), "late": Text("已经逾期", "too late"),
    "early": Text("时候未到", "too early"), "notice": Text("公示未满", "notice not over"),
    "objection": Text("有未决事项", "something unsettled"), "loop": Text("次数已满", "no times left"),
    "input": Text("要给出的事实", "facts to be given"), "documents": Text("缺材料", "papers missing"),
    "banned": Text("禁限期内", "banned"), "time": Text("早于上一步", "before the last step"),
    "move": Text("没有这一步", "no such move"), "thread": Text("没有这一件", "no such thread"),
}
KINDS = {"term": Text("期限", "term"), "minimum": Text("最短期", "minimum"), "notice": Text("公示", "notice"),
         "duty": Text("义务", "duty")}
AFTER = {REGISTER: Text("登记在案", "registered"), LAPSE: Text("作废", "the chance passes")}
BASES = {"inferred": Text("推定", "inferred"), "default": Text("源文件未写，平台默认", "default; the source is silent")}


def code_word(code: str, say: Voice) -> str:
    return say.text(CODES[code]) if code in CODES else code


def stage_word(state: State | None, say: Voice) -> str:
    """The stage's label; nothing is open yet where there is none."""
    if state is None or not state.stage:
        return say("未开启", "not open")
    return say.text(state.at.label)


def thread_word(chart: Chart, thread: str, say: Voice) -> str:
    """A sub-procedure's label with the number of the thread, if it has one."""
    procedure, _, number = thread.partition("#")
    label = say.text(chart.procedures[procedure].label) if procedure in chart.procedures else procedure
    return label + (f"#{number}" if number else "")


def move_word(chart: Chart, thread: str, move: Move | None, name: str, say: Voice) -> str:
    """A move by its label and the name by which it is called."""
    if move is None:
        return visible(name)
    label = say.text(move.label)
    whole = f"{thread_word(chart, thread, say)}·{label}" if thread else label
    return whole + say.in_brackets(name)


def roles_word(chart: Chart, move: Move, say: Voice) -> str:
    return say.listed([role_word(chart, use.role, say) for use in move.roles])


def role_word(chart: Chart, role: str, say: Voice) -> str:
    return say.text(chart.roles[role].label) if role in chart.roles else role


def holder(chart: Chart, round_id: str, role: str) -> Actor:
    """Someone who holds one role: whom the round names, else the role itself."""
    named = chart.rounds[round_id].roles.get(role) if round_id in chart.rounds else None
    own = chart.roles[role].label.zh if role in chart.roles else role
    return Actor(role, named.zh if named else own, frozenset({role}), role)


def entry_word(entry: Field | RecordType, say: Voice) -> str:
    return say(entry.name, entry.en or entry.id)


def asked_word(entry: Field | RecordType, say: Voice) -> str:
    """What may be given for a fact: its type, unit and choices."""
    if isinstance(entry, RecordType):
        return say("记录", "records")
    if say.language == "zh":
        return allowed(entry) + (f"，单位 {entry.unit.name}" if entry.unit is not None else "")
    if entry.type == "bool":
        return "yes/no"
    if entry.enumeration is not None:
        return ", ".join(dict.fromkeys(w for m in entry.enumeration.members for w in (m.id, m.name)))
    return entry.unit.en or entry.unit.name if entry.unit is not None else entry.type


def given_words(chart: Chart, given: Map[str, Any], say: Voice) -> list[str]:
    """What came with a move, name by name."""
    named: Map[str, Field | RecordType] = {**chart.vocabulary.facts, **chart.vocabulary.records}
    return [visible(f"{entry_word(named[word], say) if word in named else word} = {_value(value, say)}")
            for word, value in given.items()]


def _value(value: Any, say: Voice) -> str:
    if isinstance(value, list):
        return say(f"{len(value)} 条", f"{len(value)} rows")
    if isinstance(value, dict):
        return str(value.get("值", value.get("value", "…")))
    return str(value)


def day_word(day: dt.date, say: Voice) -> str:
    return say("另行通知为止", "until further notice") if day == dt.date.max else day.isoformat()


def left_word(end: dt.date, today: dt.date, say: Voice) -> str:
    """How far a day is: 还有 3 天, 今天, 已过 2 天."""
    days = (end - today).days
    if days == 0:
        return say("今天", "today")
    return say(f"还有 {days} 天", f"{days} days left") if days > 0 else say(f"已过 {-days} 天", f"{-days} days ago")


def after_words(case: Case, deadline: Deadline, say: Voice) -> str:
    """What follows when a deadline is over."""
    moves = case.state(deadline.thread).chart.moves
    words = [say.text(moves[word].label) if word in moves else say.text(AFTER[word]) if word in AFTER else word
             for word in deadline.then]
    return say("过期：", "if overrun: ") + say.listed(words) if words else ""


def due_clauses(case: Case, deadline: Deadline, say: Voice) -> str:
    """The clauses of a deadline; those of its chart where it cites none of its own."""
    return say.clauses(deadline.clauses or case.state(deadline.thread).chart.basis)


def years_word(years: tuple[int, ...], say: Voice) -> str:
    """A warning where holidays are not known."""
    if not years:
        return ""
    listed = say.listed([str(year) for year in years])
    return say(f"年历里没有 {listed} 年的节假日，只按周末推算", f"holidays of {listed} not known: weekends only")


def reading_words(reading: OtherReading, say: Voice, aside: Collection[str] = ()) -> str:
    """What another reading of an ambiguity would make of a refusal; codes `aside` do not count."""
    codes = [code for code in reading.codes if code not in aside]
    name = say(f"“{reading.name}”读作“{reading.value}”", f"if {reading.parameter} is read as '{reading.value}'")
    if not codes:
        return name + say("：可以办理", ": it may be made")
    rest = say.listed([code_word(code, say) for code in codes])
    return name + say(f"：仍有 {rest}", f": still {rest}")


def basis_word(basis: str, ref: str, say: Voice) -> str:
    """How a rule that the source does not state came about."""
    if basis not in BASES:
        return ""
    return say.text(BASES[basis]) + (say(f"，见 {ref}", f", see {ref}") if ref else "")
