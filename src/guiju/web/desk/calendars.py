"""A person's deadlines as a calendar file (RFC 5545): an all-day event each, the same from reading to reading."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from icalendar import Alarm, Calendar, Event

from guiju.cli.chart.words import AFTER, KINDS
from guiju.lifecycle.ical import china_zone
from guiju.source.diagnostics import Language, Text
from guiju.web.cases.charts import chart_of
from guiju.web.desk.queries.deadlines import Due


def calendar_of(dues: Iterable[Due], language: Language, remind: tuple[int, ...]) -> bytes:
    """The calendar. An event keeps its UID as long as its day stays; SEQUENCE and DTSTAMP are its case's."""
    made = Calendar()
    made.add("prodid", f"-//Guiju//desk//{language.upper()}")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", Text("规矩：我的期限", "Guiju: my deadlines").in_language(language))
    made.add_component(china_zone())
    for due in dues:
        made.add_component(_event(due, language, remind))
    return bytes(made.to_ical())


def _event(due: Due, language: Language, remind: tuple[int, ...]) -> Event:
    item, record = due.item, due.item.case
    label, kind = item.label.in_language(language), KINDS[item.kind].in_language(language)
    stamp = record.changed.astimezone(dt.UTC)
    event = Event()
    event.add("uid", f"{record.public_id}/{item.thread}:{item.ref}/{item.end.isoformat()}@guiju")
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", record.count - 1)
    event.add("dtstart", item.end)
    summary = f"{kind}：{label}（{record.title}）" if language == "zh" else f"{kind}: {label} ({record.title})"
    event.add("summary", " ".join(summary.split()))  # a line break would be no calendar
    event.add("description", "\n".join(" ".join(line.split()) for line in _description(due, language)))
    event.add("url", settings.ORIGIN + reverse("cases:show", args=[record.public_id]))
    event.add("transp", "TRANSPARENT")
    if due.mine:
        for ahead in remind:
            event.add_component(_alarm(label, ahead))
    return event


def _description(due: Due, language: Language) -> Iterator[str]:
    item, record, zh = due.item, due.item.case, language == "zh"
    yield f"{record.public_id} · {record.organisation.name}"
    yield ("轮到：" if zh else "whose turn: ") + due.turn.in_language(language)
    chart = chart_of(record.revision)
    small = chart.procedures[item.thread.partition("#")[0]].chart if item.thread else chart
    then = [AFTER[w] if w in AFTER else small.moves[w].label for w in item.then if w in AFTER or w in small.moves]
    if then:
        yield ("期满之后：" if zh else "afterwards: ") + "、".join(x.in_language(language) for x in then)
    yield ("依据：" if zh else "clauses: ") + "、".join(item.clauses)
    if item.unknown_years:
        years = "、".join(map(str, item.unknown_years))
        yield f"{years} 年放假安排未公布，暂按周末推算" if zh else f"the holidays of {years} are not known"


def _alarm(label: str, ahead: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", dt.timedelta(days=-ahead))
    alarm.add("description", label)
    return alarm
