"""What stands in the way of a move: each question that the law asks, answered by no reason or by reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from guiju.calendar import Calendar, judge
from guiju.evaluate.doubts import Doubts
from guiju.evaluate.interpreter import Interpreter
from guiju.language.ir import Node
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.chart import SYSTEM, Chart, Move, Notice, Term
from guiju.lifecycle.events import Actor, Ban, Evidence
from guiju.lifecycle.goals import goal_reasons
from guiju.lifecycle.guards import guard_reasons
from guiju.lifecycle.refusal import Reason
from guiju.lifecycle.spans import exact_date, exact_number, notice_end, term_end
from guiju.lifecycle.terms import holds, overruns
from guiju.source.diagnostics import Text
from guiju.values import FAIL, NOT_APPLICABLE, OPEN, PASS

Reasons = Iterator[Reason]


@dataclass(frozen=True, slots=True)
class Attempt:
    """A move that someone wants to make: everything that the questions look at. `thread` is "" for the case itself;
    `case` None while there is none yet. `bans`: those under which the applicant stood when the case was opened."""

    case: Case | None
    state: State
    thread: str
    move: Move
    actor: Actor
    evidence: Evidence
    it: Interpreter
    today: dt.date
    calendar: Calendar
    bans: tuple[Ban, ...] = ()

    @property
    def chart(self) -> Chart:
        return self.state.chart

    def reason(self, code: str, about: str, text: Text, lift: Text, clauses: tuple[str, ...] = ()) -> Reason:
        return Reason(code, about, text, clauses or self.move.clauses or self.chart.basis, lift)


def obstacles(attempt: Attempt) -> list[Reason]:
    """Every reason against the move; none where it may be made."""
    return [reason for ask in QUESTIONS for reason in ask(attempt)]


def _stage(a: Attempt) -> Reasons:
    if a.move.opens or a.state.stage in a.move.sources:
        return
    stages = a.chart.stages
    names = [stages[s].label for s in stages if s in a.move.sources]
    zh, en = "、".join(f"“{n.zh}”" for n in names), ", ".join(n.en or n.zh for n in names)
    here = a.state.at
    over = here.final
    yield a.reason("stage", a.state.stage,
                   Text(f"现在是“{here.label.zh}”{'，已经终结' if over else ''}；“{a.move.label.zh}”只能在{zh}时办理",
                        f"the case is at '{here.label.en}'{', which is final' if over else ''}; "
                        f"'{a.move.label.en}' is made at {en}"),
                   Text("已经终结，不能再办" if over else f"先到达{zh}", "nothing: it is final" if over else f"reach {en}"))


def role_of(a: Attempt) -> tuple[str, bool]:
    """The role in which the actor may make the move ("" if in none), and whether an open parameter decides that."""
    undecided = False
    for use in a.move.roles:
        status = PASS if use.when is None else a.it.status(use.when)
        if status == PASS and use.role in a.actor.roles:
            return use.role, False
        undecided |= status not in (PASS, FAIL, NOT_APPLICABLE)
    return "", undecided


def _role(a: Attempt) -> Reasons:
    role, undecided = role_of(a)
    if role:
        return
    uses = [u for u in a.move.roles if u.when is None or a.it.status(u.when) != FAIL]
    labels = [a.chart.roles[u.role].label for u in uses]
    zh, en = "、".join(label.zh for label in labels), ", ".join(label.en or label.zh for label in labels)
    if undecided:
        yield a.reason("open", a.move.id, Text("由谁办理尚未确定", "who may do this is not settled"),
                       Text("由批次定下有关参数", "let the round set the parameter"))
        return
    yield a.reason("role", a.move.id, Text(f"“{a.move.label.zh}”由{zh}办理", f"'{a.move.label.en}' is made by {en}"),
                   Text(f"请{zh}办理", f"let {en} do it"))


def _barred(a: Attempt) -> Reasons:
    role, _ = role_of(a)
    if not role or a.case is None or role == SYSTEM:
        return
    for other in a.chart.roles[role].bars:
        if a.case.has_acted(other, a.actor):
            mine, theirs = a.chart.roles[role], a.chart.roles[other]
            yield a.reason("barred", role, Text(
                f"本人或其单位（上级单位）已作为“{theirs.label.zh}”办理过本案，不得再作“{mine.label.zh}”",
                f"the actor or his organisation has acted as '{theirs.label.en}' and may not act as '{mine.label.en}'"),
                Text("换由无此关系的人办理", "let someone without this tie do it"), mine.clauses)


def _banned(a: Attempt) -> Reasons:
    refused = a.move.id in a.chart.banned_from if a.chart.banned_from else a.move.opens
    if not refused or a.thread:
        return
    for ban in a.bans:
        if ban.chart not in (a.chart.id, *a.chart.respects) or not ban.start <= a.today <= ban.until:
            continue
        more = Text("（至少）", " at least") if ban.at_least else Text("", "")
        yield a.reason("banned", ban.id, Text(f"禁限期到 {ban.until} 为止{more.zh}", f"banned until {ban.until}{more.en}"),
                       Text(f"{ban.until} 之后再申请", f"apply after {ban.until}"), ban.clauses)


def _overdue(a: Attempt) -> Reasons:
    """A move that follows from a duty not done is made only where that is so."""
    for duty in a.chart.duties.values():
        if duty.overdue != a.move.id or a.case is None:
            continue
        missed = {m.id for m in (*a.case.marks, *overruns(a.case, a.today, a.calendar))}
        if duty.id not in missed:
            yield a.reason("early", duty.id, Text(f"“{duty.label.zh}”没有逾期", f"'{duty.label.en}' is not overdue"),
                           Text("逾期以后", "once it is overdue"), duty.clauses)


def _loops(a: Attempt) -> Reasons:
    for loop in a.chart.loops.values():
        if a.move.id not in loop.moves or loop.most is None:
            continue
        most, cause = exact_number(a.it, loop.most)
        if most is None:
            yield _unsettled(a, loop.id, loop.most, cause, loop.label, loop.clauses)
        elif a.state.times(loop.moves) >= most:
            yield a.reason("loop", loop.id,
                           Text(f"{loop.label.zh}至多 {most} 次，已用完", f"{loop.label.en}: {most} at the most, all used"),
                           Text("不能再办", "nothing"), loop.clauses)


def _within(a: Attempt) -> Reasons:
    for id_ in a.move.within:
        term = a.chart.terms[id_]
        end, cause = term_end(term, a.it, a.calendar)
        if end is None:
            yield _unsettled(a, id_, term.length or term.until or term.start, cause, term.label, term.clauses)
            continue
        if a.today <= end.date:
            continue
        text = Text(f"{term.label.zh}截至 {end.date}，今天已过", f"{term.label.en} ended on {end.date}")
        if _is_principle(a, term.strength, term.strength_when):
            yield from _decision(a, id_, text, term.clauses)
        else:
            yield a.reason("late", id_, text, Text("已逾期，不能补办", "nothing: it is too late"), term.clauses)


def _after(a: Attempt) -> Reasons:
    for id_ in a.move.after:
        if id_ in a.chart.notices:
            yield from _standing(a, a.chart.notices[id_])
            continue
        term = a.chart.terms[id_]
        end, cause = term_end(term, a.it, a.calendar)
        if end is None:
            yield _unsettled(a, id_, term.length or term.until or term.start, cause, term.label, term.clauses)
        elif not _is_over(term, end.date, a.today):
            yield from _too_early(a, term, end.date.isoformat())


def _too_early(a: Attempt, term: Term, end: str) -> Reasons:
    text = Text(f"{term.label.zh}到 {end} 为止，还没有过完", f"{term.label.en} runs until {end}")
    if term.kind == "minimum" and _is_principle(a, term.strength, term.strength_when):
        yield from _decision(a, term.id, text, term.clauses)
        return
    lift = Text(f"{end} 起" if term.kind == "minimum" else f"{end} 之后", f"from {end} on")
    yield a.reason("early", term.id, text, lift, term.clauses)


def _is_over(term: Term, end: dt.date, today: dt.date) -> bool:
    """A minimum is over on its last day; a limit after it."""
    return today >= end if term.kind == "minimum" else today > end


def _notices(a: Attempt) -> Reasons:
    for notice in a.chart.notices_of(a.state.stage):
        if a.move.id not in notice.blocks or not holds(notice.when, a.it):
            continue
        yield from _standing(a, notice)
        if a.case is not None and notice.objections:
            yield from _open_threads(a, notice.objections, notice.clauses)


def _standing(a: Attempt, notice: Notice) -> Reasons:
    """Whether the notice has stood long enough, both ways of counting."""
    start, unknown_start = exact_date(a.it, notice.start)
    length, open_length = exact_number(a.it, notice.length)
    if start is None or length is None:
        yield _unsettled(a, notice.id, notice.length if length is None else notice.start, open_length | unknown_start,
                         notice.label, notice.clauses)
        return
    if notice.unit == "month":
        yield from _too_short(a, notice, length)
        return
    counted = judge(start, a.today, length, notice.unit, a.calendar)
    if counted.outcome == "pass":
        return
    unit = Text("个工作日" if notice.unit == "workday" else "日", "working days" if notice.unit == "workday" else "days")
    text = Text(f"{notice.label.zh}应满 {length} {unit.zh}，不计首日才 {counted.without_first_day}，首尾均计 "
                f"{counted.both_ends}", f"{notice.label.en}: {length} {unit.en} at least; {counted.without_first_day} "
                f"without the first day, {counted.both_ends} with both ends")
    if counted.outcome == "review" or notice.strength == "principle":
        yield from _decision(a, notice.id, text, notice.clauses)
    else:
        yield a.reason("notice", notice.id, text, Text("公示期满后再办", "wait for the end of the notice"), notice.clauses)


def _too_short(a: Attempt, notice: Notice, months: int) -> Reasons:
    end, _ = notice_end(notice, a.it, a.calendar)
    assert end is not None
    if a.today >= end.date:
        return
    text = Text(f"{notice.label.zh}应满 {months} 个月，到 {end.date}", f"{notice.label.en}: until {end.date}")
    if notice.strength == "principle":
        yield from _decision(a, notice.id, text, notice.clauses)
    else:
        yield a.reason("notice", notice.id, text, Text("公示期满后再办", "wait for the end of the notice"), notice.clauses)


def _threads(a: Attempt) -> Reasons:
    if a.case is None or a.thread:
        return
    for procedure in a.chart.procedures.values():
        if a.move.id in procedure.blocks:
            yield from _open_threads(a, procedure.id, procedure.clauses)


def _open_threads(a: Attempt, procedure: str, clauses: tuple[str, ...]) -> Reasons:
    assert a.case is not None
    waiting = a.case.open_threads(procedure)
    if waiting:
        label = a.chart.procedures[procedure].label
        yield a.reason("objection", procedure,
                       Text(f"{label.zh}还有 {len(waiting)} 件未办结（{'、'.join(waiting)}）",
                            f"{label.en}: {len(waiting)} still open ({', '.join(waiting)})"),
                       Text("先办结", "settle it first"), clauses)


def _guards(a: Attempt) -> Reasons:
    for guard in a.move.guards:
        yield from guard_reasons(guard, a.it, a.chart.parameters, a.move.clauses or a.chart.basis, a.evidence.decisions)


def _goals(a: Attempt) -> Reasons:
    asked = [goal for goal in a.move.goals if goal.strength != "advice"]
    if not asked:
        return
    computed = {s.fact: a.it.value(s.node) for s in a.move.sets}
    facts = a.it.facts.replacing(computed)
    for goal in asked:
        yield from goal_reasons(goal, a.chart, facts, a.today, a.evidence.decisions, a.move.clauses)


def _papers(a: Attempt) -> Reasons:
    handed_in = {d.name for d in a.evidence.documents}
    for paper in a.move.needs:
        needed = PASS if paper.when is None else a.it.status(paper.when)
        if needed in (FAIL, NOT_APPLICABLE) or {paper.name.zh, paper.name.en} & handed_in:
            continue
        yield a.reason("documents", paper.name.zh, Text(f"缺少“{paper.name.zh}”", f"'{paper.name.en}' is missing"),
                       Text(f"交来“{paper.name.zh}”", f"hand in '{paper.name.en}'"))


def _decision(a: Attempt, about: str, text: Text, clauses: tuple[str, ...]) -> Reasons:
    """Reasons until the actor has written why he goes on."""
    if not a.evidence.decisions.get(about, "").strip():
        yield a.reason("decision", about, text, Text(f"由办理人写明理由（decisions: {about}）后可以继续",
                                                     f"the actor may go on with a written reason for {about}"), clauses)


def _unsettled(a: Attempt, about: str, node: Node | None, cause: int, label: Text,
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


def _is_principle(a: Attempt, strength: str, only_when: Node | None) -> bool:
    return strength == "principle" and (only_when is None or a.it.status(only_when) == PASS)


QUESTIONS: tuple[Callable[[Attempt], Reasons], ...] = (
    _stage, _role, _barred, _banned, _loops, _within, _after, _overdue, _notices, _threads, _guards, _goals, _papers)
