"""Where and who: the stage, the opening of sub-procedures, roles, who is barred or banned."""

from __future__ import annotations

from guiju.lifecycle.attempt import Attempt, Reasons
from guiju.lifecycle.chart import SYSTEM
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.names import procedure_of
from guiju.lifecycle.spans import notice_end
from guiju.source.diagnostics import Text
from guiju.values import FAIL, NOT_APPLICABLE, PASS


def stage(a: Attempt) -> Reasons:
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
                   Text("已经终结，不能再办", "nothing: it is final") if over else Text(f"先到达{zh}", f"reach {en}"))


def opening(a: Attempt) -> Reasons:
    """A sub-procedure is opened only where the chart says so; an objection only while its notice runs."""
    if not a.thread or not a.move.opens or a.case is None:
        return
    main = a.case.main
    procedure = main.chart.procedures[procedure_of(a.thread)]
    running = [n for n in main.chart.notices_of(main.stage) if n.objections == procedure.id]
    if main.final or main.stage not in main.chart.opened_in(procedure):
        yield a.reason("stage", main.stage, Text(f"在“{main.at.label.zh}”环节不能提出{procedure.label.zh}",
                                                 f"no {procedure.label.en} at '{main.at.label.en}'"),
                       Text("在可以提出的环节提出", "at the stage that knows it"), procedure.clauses)
        return
    it = interpreter(a.case, main, a.today, a.calendar)
    for notice in running:
        end, _ = notice_end(notice, it, a.calendar)
        if end is not None and a.today > end.date:
            yield a.reason("late", notice.id, Text(f"{notice.label.zh}到 {end.date} 为止，已经期满",
                                                   f"{notice.label.en} ended on {end.date}"),
                           Text("公示期已满，不能再按公示异议提出", "nothing: the notice is over"), notice.clauses)


def role(a: Attempt) -> Reasons:
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


def role_of(a: Attempt) -> tuple[str, bool]:
    """The role in which the actor may make the move ("" if in none), and whether an open parameter decides that."""
    undecided = False
    for use in a.move.roles:
        status = PASS if use.when is None else a.it.status(use.when)
        if status == PASS and use.role in a.actor.roles:
            return use.role, False
        undecided |= status not in (PASS, FAIL, NOT_APPLICABLE)
    return "", undecided


def barred(a: Attempt) -> Reasons:
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


def banned(a: Attempt) -> Reasons:
    refused = a.move.opens if a.chart.banned_from is None else a.move.id in a.chart.banned_from
    if not refused or a.thread:
        return
    for ban in a.bans:
        if ban.chart not in (a.chart.id, *a.chart.respects) or not ban.start <= a.today <= ban.until:
            continue
        more = Text("（至少）", " at least") if ban.at_least else Text("", "")
        said = Text(f"禁限期到 {ban.until} 为止{more.zh}", f"banned until {ban.until}{more.en}")
        yield a.reason("banned", ban.id, said,
                       Text(f"{ban.until} 之后再申请", f"apply after {ban.until}"), ban.clauses)
