"""Deadlines as a calendar file (RFC 5545): one all-day event each, with reminders. The same case, the same bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard

from guiju.lifecycle.agenda import REMIND
from guiju.lifecycle.case import Case
from guiju.lifecycle.chart import LAPSE, REGISTER
from guiju.lifecycle.terms import Deadline
from guiju.source.diagnostics import Language, Text

_KINDS = {"term": Text("截止", "due"), "minimum": Text("最早", "not before"), "notice": Text("公示期满", "notice ends"),
          "duty": Text("应办", "to be done")}
_AFTER = {REGISTER: Text("逾期登记在案", "an overrun is registered"), LAPSE: Text("过期作废", "the chance passes")}


def ical(case: Case, due: Iterable[Deadline], language: Language = "zh", remind: Iterable[int] = REMIND) -> bytes:
    """The calendar of a case's deadlines. `remind`: days ahead on which an alarm is shown.

    An event keeps its UID as long as its deadline keeps its day; what changes is seen by SEQUENCE. DTSTAMP is the
    time of the case's last event, so that nothing depends on when the file is made.
    """
    days = tuple(remind)
    made = Calendar()
    made.add("prodid", f"-//Guiju//guiju chart calendar//{language.upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{case.chart.title.in_language(language)} {case.id}".strip())
    made.add_component(china_zone())
    for deadline in due:
        made.add_component(_event(case, deadline, language, days))
    return bytes(made.to_ical())


def china_zone() -> Timezone:
    """China's time. It also makes a calendar of no deadlines one that RFC 5545 (3.6) allows."""
    standard = TimezoneStandard()
    standard.add("dtstart", dt.datetime(1991, 9, 15))
    standard.add("tzoffsetfrom", dt.timedelta(hours=8))
    standard.add("tzoffsetto", dt.timedelta(hours=8))
    standard.add("tzname", "CST")
    zone = Timezone()
    zone.add("tzid", "Asia/Shanghai")
    zone.add_component(standard)
    return zone


def uid(case: Case, deadline: Deadline) -> str:
    """Case, thread, term and day; the digest of the opening tells cases of the same name apart."""
    term = f"{deadline.thread}:{deadline.id}" if deadline.thread else deadline.id
    return f"{case.id}/{term}/{deadline.end.isoformat()}/{case.events[0].digests.sha256[:12]}@guiju"


def _event(case: Case, deadline: Deadline, language: Language, days: tuple[int, ...]) -> Event:
    stamp = case.last.at.astimezone(dt.UTC)
    label = deadline.label.in_language(language)
    event = Event()
    event.add("uid", uid(case, deadline))
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", len(case.events) - 1)
    event.add("dtstart", deadline.end)
    event.add("summary", f"{_KINDS[deadline.kind].in_language(language)}{'：' if language == 'zh' else ': '}{label}")
    event.add("description", "\n".join(_description(case, deadline, language)))
    event.add("categories", [deadline.kind])
    event.add("transp", "TRANSPARENT")
    for ahead in days:
        event.add_component(_alarm(label, ahead, language))
    return event


def _description(case: Case, deadline: Deadline, language: Language) -> list[str]:
    """What the day means: the procedure, what follows, the clauses, and what the calendar does not know."""
    zh = language == "zh"
    lines = [f"{case.chart.title.in_language(language)} {case.id} {deadline.thread}".strip()]
    if deadline.overdue:
        lines.append("已经逾期" if zh else "overdue")
    if deadline.then:
        then = [_followed(case, deadline, word, language) for word in deadline.then]
        lines.append("期满之后：" + "、".join(then) if zh else "afterwards: " + ", ".join(then))
    clauses = deadline.clauses or case.state(deadline.thread).chart.basis
    lines.append("依据：" + "、".join(clauses) if zh else "clauses: " + ", ".join(clauses))
    if deadline.unknown_years:
        years = "、".join(map(str, deadline.unknown_years))
        lines.append(f"注意：年历里没有 {years} 年的节假日，只按周末推算；放假安排公布后要重新计算" if zh else
                     f"warning: the holidays of {years.replace('、', ', ')} are not in the calendar; weekends only. "
                     "Calculate again when they are published")
    return lines


def _followed(case: Case, deadline: Deadline, word: str, language: Language) -> str:
    moves = case.state(deadline.thread).chart.moves
    if word in moves:
        return moves[word].label.in_language(language)
    return _AFTER[word].in_language(language) if word in _AFTER else word


def _alarm(label: str, ahead: int, language: Language) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", dt.timedelta(days=-ahead))
    alarm.add("description", f"还有 {ahead} 天：{label}" if language == "zh" else f"{ahead} days left: {label}")
    return alarm
