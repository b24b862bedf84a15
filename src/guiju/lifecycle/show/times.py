"""What runs in time, in words: terms, notices, duties, loops, bans."""

from __future__ import annotations

from guiju.language.ir import Node
from guiju.lifecycle import chart as c
from guiju.lifecycle.show import timed as t
from guiju.lifecycle.show.view import NONE
from guiju.lifecycle.show.words import Words
from guiju.source.diagnostics import Text

_BOTH_WAYS = Text("不计首日满期为足；首尾均计才满的由人裁量",
                  "enough if full without the first day; if only with both ends, a person decides")
_TO_THE_DAY = Text("到相应日为止", "until the corresponding day")


class TimesInWords:
    """Says when things of one chart begin and end."""

    def __init__(self, chart: c.Chart, words: Words) -> None:
        self.chart = chart
        self.words = words

    def term(self, term: c.Term) -> t.Term:
        length = self._length(term.length)
        return t.Term(
            term.id, term.label, length, self._brief(term), self._term_span(term, length), term.kind, term.rolls,
            self._stages(term.stages), self._said(term.when), term.then, term.strength, self._said(term.strength_when),
            term.basis, term.ref, term.note, term.clauses)

    def notice(self, notice: c.Notice) -> t.Notice:
        length, start, until = self.words.length(notice.length), self._date(notice.start), self._date(notice.until)
        span = Text(f"自{start.zh}起至少 {length.zh}" + (f"，公告载明的截止日为{until.zh}" if until.zh else ""),
                    f"at least {length.en} from {start.en}" + (f", stated end: {until.en}" if until.en else ""))
        return t.Notice(
            notice.id, notice.label, notice.subject, length, self.words.brief(notice.length), span,
            _TO_THE_DAY if notice.unit == "month" else _BOTH_WAYS, self._stages(notice.stages),
            self._said(notice.when), notice.objections, notice.blocks, notice.despite, notice.strength, notice.basis,
            notice.ref, notice.note, notice.clauses)

    def duty(self, duty: c.Duty) -> t.Duty:
        start = self._date(duty.start)
        if duty.yearly is not None:
            month, day = duty.yearly
            every = Text(f"每年 {month} 月 {day} 日前", f"each year by {month:02}-{day:02}")
        else:
            length = self._length(duty.every)
            every = Text(f"每 {length.zh}", f"every {length.en}")
        span = Text(f"{every.zh}，自{start.zh}起", f"{every.en}, from {start.en}")
        return t.Duty(duty.id, duty.label, duty.move, every, span, self._stages(duty.stages), self._said(duty.when),
                      duty.rolls, duty.overdue, duty.ref, duty.note, duty.clauses)

    def loop(self, loop: c.Loop) -> t.Loop:
        return t.Loop(loop.id, loop.name, loop.label, loop.moves, self._said(loop.most), loop.basis, loop.ref,
                      loop.note, loop.clauses)

    def ban(self, ban: c.BanRule) -> t.Ban:
        length, start = self._length(ban.length), self._date(ban.start)
        least = Text("至少 ", "at least ") if ban.at_least else NONE
        span = (Text(f"自{start.zh}起 {least.zh}{length.zh}", f"{least.en}{length.en} from {start.en}")
                if length.zh else Text(f"自{start.zh}起，直到另行通知", f"from {start.en} until further notice"))
        who = self.chart.roles[ban.who].label if ban.who in self.chart.roles else Text(ban.who, ban.who)
        moves = self.chart.moves.values()
        begins = tuple(m.id for m in moves if ban.id in m.bans)
        ends = tuple(m.id for m in moves if ban.id in m.lifts)
        return t.Ban(ban.id, ban.label, length, span, who, ban.at_least, begins, ends, ban.ref, ban.note, ban.clauses)

    def _term_span(self, term: c.Term, length: Text) -> Text:
        if term.until is not None:
            until = self._date(term.until)
            return Text(f"到{until.zh}为止", f"until {until.en}")
        if _is_zero(term.length):
            on = self._date(term.start or term.before)
            return Text(f"到{on.zh}当日为止", f"until {on.en} itself")
        least = Text("至少 ", "at least ") if term.kind == "minimum" else NONE
        if term.before is not None:
            before = self._date(term.before)
            return Text(f"{before.zh}前 {least.zh}{length.zh}", f"{least.en}{length.en} before {before.en}")
        start = self._date(term.start)
        return Text(f"自{start.zh}起 {least.zh}{length.zh}", f"{least.en}{length.en} from {start.en}")

    def _stages(self, stages: frozenset[str]) -> tuple[str, ...]:
        """In the order of the chart; `start` first."""
        return tuple(s for s in (c.START, *self.chart.stages) if s in stages)

    def _brief(self, term: c.Term) -> Text:
        """The length alone, or the day where that is a name."""
        if _is_zero(term.length):
            return Text("到当日", "to the day")
        if term.length is not None:
            least = Text("至少 ", "at least ") if term.kind == "minimum" else NONE
            brief = self.words.brief(term.length)
            return Text(least.zh + brief.zh, least.en + brief.en)
        if term.until is None or term.until.op not in ("fact", "param", "const"):
            return NONE
        until = self.words.text(term.until)
        return Text(f"到{until.zh}", f"until {until.en}")

    def _length(self, node: Node | None) -> Text:
        return NONE if node is None else self.words.length(node)

    def _date(self, node: Node | None) -> Text:
        return NONE if node is None else self.words.part(node)

    def _said(self, node: Node | None) -> Text:
        return NONE if node is None else self.words.text(node)


def _is_zero(length: Node | None) -> bool:
    return length is not None and length.op == "const" and length.args[0] == 0
