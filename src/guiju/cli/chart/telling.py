"""Events and refusals as lines of text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from guiju.cli.chart import words as w
from guiju.cli.chart.story import Happening
from guiju.cli.layout import indented
from guiju.cli.voice import Voice, coloured
from guiju.lifecycle.case import Case, Mark
from guiju.lifecycle.chart import Chart
from guiju.lifecycle.events import Ban
from guiju.lifecycle.names import chart_of_thread, find_move
from guiju.lifecycle.refusal import Reason, Refusal
from guiju.lifecycle.terms import Deadline
from guiju.source.diagnostics import visible

_INDENT = " " * 12


def title_line(teller: Teller, case: str = "", round_id: str = "") -> str:
    """Which chart and revision, which case, under which round."""
    say, chart = teller.say, teller.chart
    revision = say(f"{chart.id}，版本 {chart.revision}", f"{chart.id}, revision {chart.revision}")
    parts = [say.text(chart.title) + say.in_brackets(revision), say(f"案件 {case}", f"case {case}") if case else "",
             say(f"批次 {round_id}", f"round {round_id}") if round_id else ""]
    return visible("  ".join(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what happened in a case of a chart, on a page of some columns."""

    chart: Chart
    say: Voice
    page: int

    def happened(self, happening: Happening) -> Iterator[str]:
        """An event: when, what, from which stage to which, by whom, under which clause, and what it brought."""
        event, say = happening.event, self.say
        name = w.move_word(self.chart, event.thread, happening.move, happening.name, say)
        before, after = w.stage_word(happening.before, say), w.stage_word(happening.after, say)
        there = before if before == after else f"{before} → {after}"
        how = say("系统自动：", "automatic: ") if happening.automatic else ""
        yield from self._dated(event.date, f"{how}{name}{say('：', ': ')}{there}")
        for line in self._details(happening):
            yield from self._line(line)

    def _details(self, happening: Happening) -> Iterator[str]:
        event, say, chart = happening.event, self.say, happening.after.chart
        who = w.role_word(self.chart, event.role, say)
        actor = visible(event.actor.name)
        plain = ("", event.role, self.chart.roles[event.role].label.zh) if event.role in self.chart.roles else ("",)
        named = say.in_brackets(actor) if actor not in plain else ""
        basis = w.basis_word(happening.move.basis, happening.move.ref, say)
        yield say("；", "; ").join(x for x in (who + named, say.clauses(event.basis), basis) if x)
        if event.evidence.given:
            yield say("给出 ", "given: ") + say("；", "; ").join(w.given_words(chart, event.evidence.given, say))
        if event.evidence.documents:
            yield say("交来 ", "handed in: ") + say.listed([visible(d.name) for d in event.evidence.documents])
        for about, reason in event.evidence.decisions.items():
            yield visible(say(f"裁量理由（{about}）：{reason}", f"written reason ({about}): {reason}"))
        if happening.move.makes:
            yield say("产生 ", "produced: ") + say.listed([say.text(t) for t in happening.move.makes])
        for deadline in happening.begins:
            yield self.deadline(happening.case, deadline)
        yield from map(self.mark, happening.marks)
        yield from map(self.ban, happening.bans)
        if happening.after.final:
            yield say("已终结", "final") + self._noted(happening)

    def _noted(self, happening: Happening) -> str:
        return self.say.in_brackets(self.say.text(happening.after.at.note))

    def deadline(self, case: Case, deadline: Deadline) -> str:
        """What begins to run, and until when."""
        say = self.say
        until = {"minimum": say("不早于", " not before"), "notice": say("到", " until")}.get(
            deadline.kind, say("至", " until"))
        kind, label = say.text(w.KINDS[deadline.kind]) + say("", " "), say.quoted(say.text(deadline.label))
        parts = [f"{kind}{label}{until} {deadline.end.isoformat()}"
                 f"{say.in_brackets(w.due_clauses(case, deadline, say))}", w.after_words(case, deadline, say),
                 w.years_word(deadline.unknown_years, say)]
        return say("；", "; ").join(part for part in parts if part)

    def mark(self, mark: Mark) -> str:
        label = self.label_of(mark.id, mark.thread)
        return self.say(f"登记逾期：{label} 应在 {mark.due} 前完成", f"overrun registered: {label} was due {mark.due}")

    def ban(self, ban: Ban) -> str:
        rule = self.chart.bans.get(ban.id) if ban.chart == self.chart.id else None
        say = self.say
        label = say.text(rule.label) if rule else f"{ban.chart} {ban.id}"
        least = say("（至少）", " (at least)") if ban.at_least else ""
        return (f"{say('禁限：', 'ban: ')}{label}{say('，', ', ')}{ban.start} – {w.day_word(ban.until, say)}{least}"
                f"{say.in_brackets(say.clauses(ban.clauses))}")

    def label_of(self, id_: str, thread: str) -> str:
        """A term or a duty by its label."""
        chart = chart_of_thread(self.chart, thread) or self.chart
        rule = chart.terms.get(id_) or chart.duties.get(id_)
        return self.say.text(rule.label) if rule else id_

    def refused(self, day: dt.date, refusal: Refusal) -> Iterator[str]:
        """A move that was not made: every reason with its clause and what would lift it, and other readings."""
        say = self.say
        move = find_move(self.chart, refusal.move)
        name = w.move_word(self.chart, refusal.move.rpartition(":")[0], move, refusal.move, say)
        yield from self._dated(day, f"{name}{say('：', ': ')}{coloured(say('没有办成', 'refused'), 'fail')}")
        for reason in refusal.reasons:
            yield from self.reason(reason)
        for reading in refusal.readings:
            yield from self._line(say("另一种读法：", "another reading: ") + w.reading_words(reading, say))

    def reason(self, reason: Reason) -> Iterator[str]:
        say = self.say
        yield from self._line(f"{reason.code}  {say.text(reason.text)}{say.in_brackets(say.clauses(reason.clauses))}")
        yield from self._line(say("怎样才行：", "what would lift it: ") + say.text(reason.lift), "  ")

    def _dated(self, day: dt.date, text: str) -> Iterator[str]:
        yield from indented(text, self.page, f"{day.isoformat()}  ", _INDENT)

    def _line(self, text: str, deeper: str = "") -> Iterator[str]:
        yield from indented(text, self.page, _INDENT + deeper, _INDENT + deeper + "  ")
