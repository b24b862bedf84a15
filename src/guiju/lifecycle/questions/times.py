"""When: terms, notices and the objections to them, duties, loops."""

from __future__ import annotations

from guiju.calendar import End, judge
from guiju.evaluate.doubts import Doubts
from guiju.language.ir import Node
from guiju.lifecycle.attempt import Attempt, Reasons, decision, unsettled
from guiju.lifecycle.chart import Notice, Term
from guiju.lifecycle.spans import exact_date, exact_length, exact_number, free_from, notice_end, term_end
from guiju.lifecycle.terms import holds, overruns
from guiju.source.diagnostics import Text
from guiju.values import FAIL, NOT_APPLICABLE, OPEN, PASS

_WAIT = Text("公示期满后再办", "wait for the end of the notice")


def years_in_doubt(a: Attempt) -> tuple[int, ...]:
    """The years whose holidays are not in the calendar and on which the times of a move rest."""
    ends = [term_end(a.chart.terms[t], a.it, a.calendar)[0] for t in (*a.move.within, *a.move.after)
            if t in a.chart.terms]
    waited = [n for n in a.chart.notices.values() if n.id in a.move.after
              or (a.state.stage in n.stages and a.move.id in n.blocks)]
    ends += [notice_end(n, a.it, a.calendar)[0] for n in waited]
    return tuple(sorted({year for end in ends if end is not None for year in end.unknown_years}))


def _years(unknown: tuple[int, ...]) -> Text:
    """The flag that an answer carries where it rests on years that the calendar does not know."""
    if not unknown:
        return Text("", "")
    years = "、".join(map(str, unknown))
    return Text(f"（{years} 年放假安排未知，只按周末推算）", f" (holidays of {years} unknown: weekends only)")


def loops(a: Attempt) -> Reasons:
    for loop in a.chart.loops.values():
        if a.move.id not in loop.moves or loop.most is None:
            continue
        most, cause = exact_number(a.it, loop.most)
        if most is None:
            yield unsettled(a, loop.id, loop.most, cause, loop.label, loop.clauses)
        elif a.state.times(loop.moves) >= most:
            yield a.reason("loop", loop.id,
                           Text(f"{loop.label.zh}至多 {most} 次，已用完",
                                f"{loop.label.en}: {most} at the most, all used"),
                           Text("不能再办", "nothing"), loop.clauses)


def within(a: Attempt) -> Reasons:
    for id_ in a.move.within:
        term = a.chart.terms[id_]
        yield from _in_doubt(a, term)
        if not holds(term.when, a.it):
            continue
        end, cause = term_end(term, a.it, a.calendar)
        if end is None:
            yield unsettled(a, id_, term.length or term.until or term.start, cause, term.label, term.clauses)
            continue
        if a.today <= end.date:
            continue
        doubt = _years(end.unknown_years)
        text = Text(f"{term.label.zh}截至 {end.date}，今天已过{doubt.zh}",
                    f"{term.label.en} ended on {end.date}{doubt.en}")
        if _is_principle(a, term.strength, term.strength_when):
            yield from decision(a, id_, text, term.clauses)
        else:
            yield a.reason("late", id_, text, Text("已逾期，不能补办", "nothing: it is too late"), term.clauses)


def after(a: Attempt) -> Reasons:
    for id_ in a.move.after:
        yield from _in_doubt(a, a.chart.terms.get(id_) or a.chart.notices[id_])
        if id_ in a.chart.notices:
            if holds(a.chart.notices[id_].when, a.it):
                yield from _standing(a, a.chart.notices[id_])
            continue
        term = a.chart.terms[id_]
        if not holds(term.when, a.it):
            continue
        end, cause = term_end(term, a.it, a.calendar)
        if end is None:
            yield unsettled(a, id_, term.length or term.until or term.start, cause, term.label, term.clauses)
        elif a.today < free_from(term, end.date):
            yield from _too_early(a, term, end)


def _in_doubt(a: Attempt, rule: Term | Notice) -> Reasons:
    """Why nobody can say whether a term or a notice binds here: then it is not passed over."""
    if rule.when is None:
        return
    status = a.it.status(rule.when)
    if status in (PASS, FAIL, NOT_APPLICABLE):
        return
    names = "、".join(d.name for d in Doubts(a.chart.parameters, a.it).add(rule.when).found())
    yield a.reason("open" if status & OPEN else "unknown", rule.id,
                   Text(f"无法判断“{rule.label.zh}”是否适用：不知道{names}",
                        f"whether '{rule.label.en}' applies can't be judged: '{names}' is not known"),
                   Text(f"给出{names}", f"give '{names}'"), rule.clauses)


def overdue(a: Attempt) -> Reasons:
    """A move that follows from a duty not done is made only where that is so; of several duties one is enough."""
    duties = [d for d in a.chart.duties.values() if d.overdue == a.move.id]
    if not duties or a.case is None:
        return
    missed = {m.id for m in (*a.case.marks, *overruns(a.case, a.today, a.calendar))}
    if not missed & {d.id for d in duties}:
        first = duties[0]
        yield a.reason("early", first.id, Text(f"“{first.label.zh}”没有逾期", f"'{first.label.en}' is not overdue"),
                       Text("逾期以后", "once it is overdue"), first.clauses)


def notices(a: Attempt) -> Reasons:
    for notice in a.chart.notices_of(a.state.stage):
        if a.move.id not in notice.blocks:
            continue
        yield from _in_doubt(a, notice)
        if not holds(notice.when, a.it):
            continue
        yield from _standing(a, notice)
        if a.case is not None and notice.objections:
            yield from _open_threads(a, notice.objections, notice.clauses)


def threads(a: Attempt) -> Reasons:
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
        numbers = [name.partition("#")[2] for name in waiting]
        yield a.reason("objection", procedure,
                       Text(f"{label.zh}还有 {len(waiting)} 件未办结（第 {'、'.join(numbers)} 件）",
                            f"{label.en}: {len(waiting)} still open (no. {', '.join(numbers)})"),
                       Text("先办结", "settle it first"), clauses)


def _standing(a: Attempt, notice: Notice) -> Reasons:
    """Whether the notice has stood long enough, both ways of counting."""
    start, unknown_start = exact_date(a.it, notice.start)
    length, open_length = exact_length(a.it, notice.length)
    if start is None or length is None:
        yield unsettled(a, notice.id, notice.length if length is None else notice.start, open_length | unknown_start,
                         notice.label, notice.clauses)
        return
    if notice.unit == "month":
        yield from _too_short(a, notice, length)
        return
    counted = judge(start, a.today, length, notice.unit, a.calendar)
    if counted.outcome == "pass":
        return
    unit = Text("个工作日", "working days") if notice.unit == "workday" else Text("日", "days")
    doubt = _years(counted.unknown_years)
    text = Text(f"{notice.label.zh}应满 {length} {unit.zh}，不计首日才 {counted.without_first_day}，首尾均计 "
                f"{counted.both_ends}{doubt.zh}",
                f"{notice.label.en}: {length} {unit.en} at least; {counted.without_first_day} without the first day, "
                f"{counted.both_ends} with both ends{doubt.en}")
    if counted.outcome == "review" or notice.strength == "principle":
        yield from decision(a, notice.id, text, notice.clauses)
    else:
        yield a.reason("notice", notice.id, text, _WAIT, notice.clauses)


def _too_short(a: Attempt, notice: Notice, months: int) -> Reasons:
    end, _ = notice_end(notice, a.it, a.calendar)
    assert end is not None
    if a.today >= end.date:
        return
    text = Text(f"{notice.label.zh}应满 {months} 个月，到 {end.date}", f"{notice.label.en}: until {end.date}")
    if notice.strength == "principle":
        yield from decision(a, notice.id, text, notice.clauses)
    else:
        yield a.reason("notice", notice.id, text, _WAIT, notice.clauses)


def _too_early(a: Attempt, term: Term, ends: End) -> Reasons:
    end, doubt = ends.date, _years(ends.unknown_years)
    text = Text(f"{term.label.zh}到 {end} 为止，还没有过完{doubt.zh}", f"{term.label.en} runs until {end}{doubt.en}")
    if term.kind == "minimum" and _is_principle(a, term.strength, term.strength_when):
        yield from decision(a, term.id, text, term.clauses)
        return
    lift = Text(f"{end} 起" if term.kind == "minimum" else f"{end} 之后", f"from {end} on")
    yield a.reason("early", term.id, text, lift, term.clauses)


def _is_principle(a: Attempt, strength: str, only_when: Node | None) -> bool:
    return strength == "principle" and (only_when is None or a.it.status(only_when) == PASS)
