"""A case as a file: one canonical JSON line an event. Verification finds any change, and says where."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guiju.lifecycle.events import Digests, Event, body_of, digests_of, event_of, line_of
from guiju.source.diagnostics import GuijuError, Span, Text, fail

_NO_EVENT = Text("这一行不是一条事件记录", "this line holds no event")


@dataclass(frozen=True, slots=True)
class Tampering:
    """One place where the record is not what was written. `number` is the event's place in the file, from 1."""

    number: int
    text: Text


def write_case(events: Iterable[Event]) -> str:
    """The text of a case file."""
    return "".join(f"{line_of(event)}\n" for event in events)


def read_case(text: str, label: str = "<case>") -> tuple[Event, ...]:
    """The events of a case file. Raises GuijuError E520 for a line that holds no event, E521 for a broken chain."""
    lines = text.removesuffix("\n").split("\n")
    if lines == [""]:
        raise fail("E520", Span(label), "文件是空的", "the file is empty")
    events = []
    for number, line in enumerate(lines, 1):
        event = _event(line)
        if event is None:
            raise fail("E520", Span(label, number), _NO_EVENT.zh, _NO_EVENT.en)
        events.append(event)
    found = verify_text(text)
    if found:
        raise GuijuError([d for t in found for d in fail(
            "E521", Span(label, t.number), t.text.zh, t.text.en).diagnostics])
    return tuple(events)


def _event(line: str) -> Event | None:
    """The event that a line holds; None where it holds none that could have been written."""
    try:
        event = event_of(json.loads(line))
        line_of(event).encode()  # what JSON can't hold, or is no UTF-8, has no digest
        return event
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError):
        return None


def verify(events: Sequence[Event], head: Digests | None = None) -> list[Tampering]:
    """Every place where events don't hold together: numbers, times, hashes, links. `head`: the digests of the last
    event as kept elsewhere, which is the only way to see that the end was cut off."""
    found: list[Tampering] = []
    before = Digests()
    for place, event in enumerate(events, 1):
        found += _faults(place, event, before, events[place - 2] if place > 1 else None)
        before = event.digests
    if head is not None and before != head:
        found.append(Tampering(len(events), Text("末条与另存的摘要不符：后面的记录被删去或改动",
                                                 "the last event is not the one whose digest was kept")))
    return found


def _faults(place: int, event: Event, before: Digests, last: Event | None) -> list[Tampering]:
    faults = []
    if event.number != place:
        faults.append(Text(f"编号是 {event.number}，应是 {place}：有记录被删去、插入或调换",
                           f"number {event.number} where {place} is due: something was taken out, put in or moved"))
    if event.digests != digests_of(body_of(event)):
        faults.append(Text("内容与摘要不符：这一条被改动过", "content and digest differ: this event was changed"))
    if event.before != before:
        faults.append(Text("所记前一条的摘要不符：链条在此断开", "the digest of the event before differs: broken here"))
    if last is not None and event.at < last.at:
        faults.append(Text("时间早于前一条", "earlier than the event before"))
    if (event.opening is None) != (place > 1):
        faults.append(Text("只有第一条开启案件", "only the first event opens a case"))
    return [Tampering(place, text) for text in faults]


def verify_text(text: str, head: Digests | None = None) -> list[Tampering]:
    """The same for a case file, byte for byte: a line that is not in canonical form was not written by Guiju."""
    found: list[Tampering] = []
    events: list[Event] = []
    lines = text.split("\n")
    if lines[-1] != "":
        found.append(Tampering(len(lines), Text("末行没有换行：文件被截断", "the last line has no end: cut off")))
    for number, line in enumerate(lines if lines[-1] else lines[:-1], 1):
        event = _event(line)
        if event is None:
            return [*found, Tampering(number, _NO_EVENT)]
        if line_of(event) != line:
            found.append(Tampering(number, Text("不是写入时的样子：这一行被改动过", "not as it was written: changed")))
        events.append(event)
    return [*found, *verify(events, head)]
