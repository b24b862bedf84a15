"""Where a case stands on a day: its stage, what may be done, what runs out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guiju.calendar import Calendar
from guiju.cli.chart import words as w
from guiju.cli.chart.telling import Teller
from guiju.cli.layout import Column, indented, table
from guiju.cli.voice import coloured
from guiju.lifecycle.automatic import case_at
from guiju.lifecycle.case import Case, Mark
from guiju.lifecycle.events import Actor
from guiju.lifecycle.names import chart_of_thread
from guiju.lifecycle.options import Option, allowed, everyone
from guiju.lifecycle.terms import Deadline, deadlines, overruns

NEEDS = ("input", "documents", "decision")  # what comes with a move anyhow


@dataclass(frozen=True, slots=True)
class Standing:
    """A case as it stands on a day, with the automatic moves made that fell due by then. `hidden`: how many moves are
    for others than the one who asks."""

    case: Case
    day: dt.date
    options: tuple[Option, ...]
    due: tuple[Deadline, ...]
    marks: tuple[Mark, ...]
    hidden: int = 0


def standing(case: Case, day: dt.date, calendar: Calendar, actor: Actor | None = None) -> Standing:
    """`actor`: whose moves are shown; anyone's where there is none."""
    seen = case_at(case, day, calendar)
    options = allowed(seen, actor or everyone(seen.chart), day, calendar)
    mine = [o for o in options if actor is None or all(r.code != "role" for r in o.reasons)]
    return Standing(seen, day, tuple(mine), tuple(deadlines(seen, day, calendar)),
                    (*seen.marks, *overruns(seen, day, calendar)), len(options) - len(mine))


def head_lines(found: Standing, teller: Teller) -> Iterator[str]:
    """The day, the stage, and the sub-procedures under way."""
    yield f"{found.day}  {stage_line(found, teller)}"
    for thread, state in found.case.states():
        if thread:
            word = w.thread_word(teller.chart, thread, teller.say)
            yield f"  {word}{teller.say('：', ': ')}{w.stage_word(state, teller.say)}"


def stage_line(found: Standing, teller: Teller) -> str:
    """The stage of the case itself, and since when."""
    say, state = teller.say, found.case.main
    over = say("，已终结", ", final") if state.final else ""
    return w.stage_word(state, say) + over + say.in_brackets(say(f"自 {state.since} 起", f"since {state.since}"))


def option_lines(options: Sequence[Option], day: dt.date, teller: Teller, hidden: int = 0) -> Iterator[str]:
    """Every move, numbered: ready, ready once something is given, or not yet and why. `hidden`: how many are not
    shown, being for others."""
    say = teller.say
    if not options:
        yield say("现在没有可以办的。", "Nothing may be done now.")
    for number, option in enumerate(options, 1):
        yield from one_option(number, option, day, teller)
    if hidden:
        yield say(f"另有 {hidden} 步由别人办理。", f"{hidden} more moves are made by others.")


def one_option(number: int, option: Option, day: dt.date, teller: Teller) -> Iterator[str]:
    say, chart = teller.say, teller.chart
    own = chart_of_thread(chart, option.thread) or chart
    name = w.move_word(chart, option.thread, option.move, option.name, say)
    by = say(f"须在 {option.by} 前（{w.left_word(option.by, day, say)}）", f"by {option.by}, "
             f"{w.left_word(option.by, day, say)}") if option.by else ""
    parts = [state_of(option, teller), name, w.roles_word(chart, option.move, say),
             say.clauses(option.move.clauses or own.basis), by]
    head, hanging = f"{number:>3}. ", " " * 5
    yield from indented(say("  ", "  ").join(x for x in parts if x), teller.page, head, hanging)
    for line in wanted(option, teller):
        yield from indented(line, teller.page, hanging + "  ")
    for reason in option.reasons:
        text = f"{reason.code}  {say.text(reason.text)}{say.in_brackets(say.clauses(reason.clauses))}"
        yield from indented(f"{text}{say('；', '; ')}{say.text(reason.lift)}", teller.page, hanging + "  ")
    for reading in option.readings if option.reasons else ():
        words = w.reading_words(reading, say, NEEDS)
        yield from indented(say("另一种读法：", "another reading: ") + words, teller.page, hanging + "  ")


def state_of(option: Option, teller: Teller) -> str:
    """In one word: ready, needs something, or not yet."""
    if option.reasons:
        return coloured(teller.say("还不能", "not yet"), "fail")
    if option.wants or option.papers or option.decides:
        return coloured(teller.say("备齐可办", "needs"), "review")
    return coloured(teller.say("可办", "ready"), "pass")


def wanted(option: Option, teller: Teller) -> Iterator[str]:
    """What must come with a move."""
    say = teller.say
    if option.wants:
        yield say("要给出：", "give: ") + say.listed([w.entry_word(entry, say) for entry in option.wants])
    if option.papers:
        names = {p.name.zh: say.text(p.name) for p in option.move.needs}
        yield say("要交来：", "hand in: ") + say.listed([names.get(paper, paper) for paper in option.papers])
    for reason in option.decides:
        yield (say("要写明理由：", "give a written reason: ") + say.text(reason.text)
               + say.in_brackets(say.clauses(reason.clauses)))


def due_lines(found: Standing, teller: Teller) -> Iterator[str]:
    """Everything that runs, soonest first; then what was missed, and bans."""
    say = teller.say
    if found.due:
        yield say("到期：", "What runs out:")
        yield from table([_due_row(found, d, teller) for d in found.due],
                         [Column(), Column(), Column(most=20), Column()], teller.page)
    for mark in found.marks:
        yield from indented(teller.mark(mark), teller.page, "  ")
    for ban in found.case.bans:
        yield from indented(teller.ban(ban), teller.page, "  ")


def _due_row(found: Standing, deadline: Deadline, teller: Teller) -> Sequence[str]:
    say = teller.say
    label = say.text(deadline.label)
    if deadline.thread:
        label = f"{w.thread_word(teller.chart, deadline.thread, say)}·{label}"
    parts = [label, w.after_words(found.case, deadline, say), w.due_clauses(found.case, deadline, say),
             w.years_word(deadline.unknown_years, say)]
    left = w.left_word(deadline.end, found.day, say)
    return [w.day_word(deadline.end, say), say.text(w.KINDS[deadline.kind]),
            coloured(left, "fail") if deadline.overdue else left, say("；", "; ").join(x for x in parts if x)]
