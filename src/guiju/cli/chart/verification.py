"""Whether a case file is what was written, and whether its chart lets the case go that way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from guiju.calendar import Calendar, load_calendar
from guiju.cli.chart.bundles import bundle_at, charts_of, is_bundle
from guiju.cli.chart.casefiles import chart_of, text_at
from guiju.lifecycle.automatic import advance
from guiju.lifecycle.bundle import CASE
from guiju.lifecycle.case import Case
from guiju.lifecycle.casefile import Tampering, read_case, verify_text
from guiju.lifecycle.chart import SYSTEM, Chart
from guiju.lifecycle.entry import begin, move
from guiju.lifecycle.events import Event
from guiju.lifecycle.library import Charts
from guiju.lifecycle.names import move_name
from guiju.lifecycle.refusal import Refusal
from guiju.source.diagnostics import GuijuError, Span, Text


@dataclass(frozen=True, slots=True)
class Verified:
    """`faults`: where the record is not what it should be; `notes`: what was found and what was not looked at."""

    faults: tuple[Tampering, ...]
    notes: tuple[Text, ...]


def verified(path: Path, head: str, library: Charts) -> Verified:
    """Verify a case file or a bundle. `head`: a digest of its last event, or of an earlier one, as kept elsewhere.

    A bundle is walked again by the charts that it brings; `library` gives the policies under them.
    """
    if not is_bundle(path):
        return _verified(text_at(path), str(path), head, library)
    bundle = bundle_at(path)
    if bundle.faults:
        return Verified(bundle.faults, ())
    with charts_of(bundle, library) as own:
        found = _verified(bundle.text, f"{path}/{CASE}", head or bundle.head, own)
    lacking = Text(f"包里没有这些文书的内容：{'、'.join(bundle.missing)}",
                   f"the bundle lacks the content of: {', '.join(bundle.missing)}")
    held = Text(f"{len(bundle.papers)} 件文书与摘要相符。", f"{len(bundle.papers)} documents are as their digests say.")
    return Verified(found.faults, (*found.notes, held, *((lacking,) if bundle.missing else ())))


def _verified(text: str, name: str, head: str, library: Charts) -> Verified:
    faults = verify_text(text)
    if not text.strip():
        faults = [Tampering(1, Text("文件是空的", "the file is empty"))]
    if faults:
        return Verified(tuple(faults), ())
    events = read_case(text, name)
    notes = [_summary(events)]
    if head:
        places = [e.number for e in events if head in (e.digests.sha256, e.digests.sm3)]
        if not places:
            return Verified((Tampering(len(events), Text(
                "没有哪一条是另存的摘要：末尾被删去，或者整条链被重做",
                "no event has the digest that was kept: the end was cut off, or the whole chain rewritten")),), ())
        notes.append(_kept(places[0], len(events)))
    else:
        notes.append(Text("没有给 --head：末尾被删或整条链被重做是看不出来的；请把上面的摘要另存一处",
                          "no --head was given: a cut end or a rewritten chain can't be seen; keep this digest apart"))
    return _walked(events, library, Span(name, 1), notes)


def _walked(events: Sequence[Event], library: Charts, span: Span, notes: list[Text]) -> Verified:
    opening = events[0].opening
    assert opening is not None
    try:
        chart = chart_of(opening, library, span)
    except GuijuError as error:
        said = error.diagnostics[0].message
        return Verified((), (*notes, Text(f"没有按流程图重走：{said.zh}", f"not walked again: {said.en}")))
    try:
        faults = tuple(replay(events, chart, load_calendar()))
    except GuijuError as error:
        faults = tuple(Tampering(1, Text(f"按流程图走不下去：{d.message.zh}", f"can't be walked: {d.message.en}"))
                       for d in error.diagnostics)
    if faults:
        return Verified(faults, tuple(notes))
    return Verified((), (*notes, Text("按流程图重走一遍，每一步都合乎规定。",
                                      "Walked again by its chart: every step is lawful.")))


def replay(events: Sequence[Event], chart: Chart, calendar: Calendar) -> Iterator[Tampering]:
    """Make every move again by the one entry; the first that is refused, or comes to something else."""
    case: Case | None = None
    for event in events:
        if event.role == SYSTEM and case is not None:
            case = advance(case, event.at, calendar) if len(case.events) < event.number else case
        else:
            made = _again(case, event, chart, calendar)
            if isinstance(made, Refusal):
                yield Tampering(event.number, Text(
                    f"按流程图办不成这一步：{made.text.zh}", f"the chart refuses this step: {made.text.en}"))
                return
            case = made
        if case.events[:event.number] != tuple(events[:event.number]):
            yield Tampering(event.number, Text("按流程图重走，这一条不是这样", "walked again, this event is another"))
            return


def _again(case: Case | None, event: Event, chart: Chart, calendar: Calendar) -> Case | Refusal:
    name = move_name(event.thread, event.move)
    if case is not None:
        return move(case, name, event.actor, event.evidence, event.at, calendar)
    opening = event.opening
    assert opening is not None
    return begin(chart, opening.case, name, event.actor, event.evidence, event.at, round_id=opening.round,
                 parameters=opening.parameters, bans=opening.bans, calendar=calendar)


def _summary(events: Sequence[Event]) -> Text:
    last = events[-1].digests
    return Text(f"{len(events)} 条记录，链条完整。\n末条摘要 SHA-256 {last.sha256}\n         SM3     {last.sm3}",
                f"{len(events)} events, the chain holds.\n"
                f"last digest SHA-256 {last.sha256}\n            SM3     {last.sm3}")


def _kept(place: int, count: int) -> Text:
    if place == count:
        return Text("与另存的摘要相符。", "It is the one whose digest was kept.")
    return Text(f"另存的是第 {place} 条的摘要，相符；此后又记了 {count - place} 条。",
                f"The digest kept is that of event {place}; {count - place} were added since.")
