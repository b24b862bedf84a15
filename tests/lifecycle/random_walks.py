"""Every chart of the library walked by chance, and what must hold on the way."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from guiju.calendar import Calendar, load_calendar
from guiju.evaluate.readings import spell
from guiju.lifecycle.agenda import due
from guiju.lifecycle.automatic import case_at
from guiju.lifecycle.case import Case, State
from guiju.lifecycle.casefile import verify, write_case
from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.entry import move
from guiju.lifecycle.events import Actor, Document, Evidence
from guiju.lifecycle.fold import blank_thread, fold
from guiju.lifecycle.library import installed_charts
from guiju.lifecycle.names import chart_of_thread, move_name, procedure_of
from guiju.lifecycle.options import Option, allowed
from guiju.lifecycle.refusal import CODES, Refusal
from guiju.lifecycle.simulation.finisher import finished
from guiju.lifecycle.simulation.odds import Exploring, Odds
from guiju.lifecycle.simulation.samples import Samples, Setting, example_setting, known_samples
from guiju.lifecycle.simulation.trial import Trial
from guiju.lifecycle.simulation.walker import Walker
from guiju.lifecycle.terms import deadlines, overruns

CALENDAR: Calendar = load_calendar()
IDS = installed_charts().ids()
CONTENT = {"guard", "unknown", "open", "input", "documents", "decision"}  # what evidence can change


@dataclass(frozen=True, slots=True)
class Known:
    """A chart with what its timelines teach."""

    chart: Chart
    samples: Samples
    setting: Setting


@functools.cache
def known(id_: str) -> Known:
    chart = installed_charts().chart(id_)
    samples = known_samples(installed_charts(), chart)
    return Known(chart, samples, example_setting(chart, samples))


def walker_of(id_: str, random: Random) -> tuple[Walker, dt.date]:
    """Someone who walks cases of a chart, under readings by chance and mostly towards some moves by chance, and the
    day on which they begin."""
    k = known(id_)
    others = other_readings(k.chart, random) if random.random() < 0.5 else {}
    aims = random.sample(list(k.chart.moves), 2)
    exploring = Exploring(times=Counter(m for m in k.chart.moves if m not in aims))
    odds = random.choice([exploring, exploring, Odds()])
    walker = Walker(k.chart, CALENDAR, random, odds, k.setting.round, {**k.setting.parameters, **others}, k.samples)
    return walker, k.setting.start or dt.date(2024, 1, 1)


def walked(id_: str, seed: int) -> Case | None:
    """A case walked as far as it goes; None where none could be opened."""
    walker, start = walker_of(id_, Random(seed))
    return walker.walked(f"{id_}/{seed}", start).case


def other_readings(chart: Chart, random: Random) -> dict[str, str]:
    """Some of the chart's ambiguities, read another way."""
    ambiguous = [p for p in chart.parameters.values() if p.alternatives and random.random() < 0.3]
    return {p.id: spell(p, random.choice(p.alternatives)) for p in ambiguous}


def some_day(case: Case, random: Random) -> dt.date:
    """A day on which something may be different, or any other from the last event on."""
    ends = [d.end + dt.timedelta(days=random.choice((-1, 0, 1))) for d in deadlines(case, case.last.date, CALENDAR)
            if d.end < dt.date(9999, 1, 1)]
    days = [case.last.date + dt.timedelta(days=n) for n in (0, 1, 7, 40, 400, 2000)]
    return max(random.choice([*ends, *days]), case.last.date)


# What must hold of a case


def faults_of_case(case: Case) -> Iterator[str]:
    """Whatever is not as it must be in any case."""
    chart, events = case.chart, case.events
    for name, state in (("", case.main), *case.threads.items()):
        if state.stage not in state.chart.stages:
            yield f"{name}: no stage {state.stage!r}"
        if name and chart_of_thread(chart, name) is not state.chart:
            yield f"{name}: another chart"
    if [e.number for e in events] != list(range(1, len(events) + 1)):
        yield "events are not numbered from 1"
    if any(b.at < a.at for a, b in itertools.pairwise(events)):
        yield "time runs back"
    if any(not e.basis for e in events):
        yield "an event without a clause"
    yield from (f"{t.number}: {t.text.en}" for t in verify(events, case.head))
    if fold(events, chart, CALENDAR) != case:
        yield "folding the events gives another case"


def faults_of_looking(case: Case, day: dt.date) -> Iterator[str]:
    """Looking never fails, and what is seen is in order."""
    seen = case_at(case, day, CALENDAR)
    found = deadlines(seen, day, CALENDAR)
    if [d.end for d in found] != sorted(d.end for d in found):
        yield "deadlines are out of order"
    if any(not (d.clauses or case.chart.basis) for d in found):
        yield "a deadline without a clause"
    if any(m.due >= day for m in overruns(seen, day, CALENDAR)):
        yield "an overrun that is none yet"
    for ahead in (0, 30, 400):
        if any((d.deadline.end - day).days != d.days or d.days > ahead
               for d in due([seen], day, ahead=ahead, calendar=CALENDAR)):
            yield "due tells other days"


def faults_of_refusal(refusal: Refusal) -> Iterator[str]:
    if not refusal.reasons:
        yield "refused without a reason"
    for r in refusal.reasons:
        if r.code not in CODES:
            yield f"no such code: {r.code}"
        if not r.clauses:
            yield f"{refusal.move}: {r.code} {r.about} without a clause"
        if not (r.text.zh and r.text.en and r.lift.zh and r.lift.en):
            yield f"{refusal.move}: {r.code} {r.about} lacks words: {r.text} {r.lift}"
    if list(refusal.reasons) != sorted(refusal.reasons, key=lambda r: CODES.index(r.code)):
        yield "reasons are not in order of gravity"


# Tries


def faults_of_tries(case: Case, random: Random, tries: int = 3) -> Iterator[str]:
    """Some moves whatever, one after the other, each of the case as it is."""
    for _ in range(tries):
        yield from any_try(case, random, case.last.date + dt.timedelta(days=random.choice((-1, 0, 0, 1, 10, 400))))[0]


def any_try(case: Case, random: Random, day: dt.date) -> tuple[list[str], Case | Refusal]:
    """Any move whatever, by anyone, with anything: it is made, or refused and nothing has changed."""
    name, evidence = _any_move(case, random)
    before, held = write_case(case.events), repr(case.main.facts)
    result = move(case, name, _any_actor(case, random), evidence, day, CALENDAR)
    faults = []
    if write_case(case.events) != before or repr(case.main.facts) != held:
        faults.append(f"{name}: trying it changed the case")
    if isinstance(result, Refusal):
        faults += faults_of_refusal(result)
    elif result.events[:len(case.events)] != case.events or len(result.events) <= len(case.events):
        faults.append(f"{name}: events were lost")
    else:
        faults += faults_of_case(result)
    return faults, result


def _any_move(case: Case, random: Random) -> tuple[str, Evidence]:
    chart = case.chart
    threads = ["", *case.threads, *chart.procedures, "nothing#1"]
    thread = random.choice(threads)
    small = chart_of_thread(chart, thread)
    step = random.choice([*(small or chart).moves, "no_such_move"])
    samples = known(chart.id).samples.moves.get(move_name(procedure_of(thread), step), ())
    given: dict[str, Any] = random.choice([{}, *(s.moved(case.last.date) for s in samples)])
    papers = tuple(Document(p.name.zh, "0" * 64) for m in [(small or chart).moves.get(step)] if m for p in m.needs)
    return move_name(thread, step), Evidence(given, random.choice([(), papers]), {})


def _any_actor(case: Case, random: Random) -> Actor:
    roles = sorted({*case.chart.roles, *(r for p in case.chart.procedures.values() for r in p.chart.roles)})
    role = random.choice([*roles, "STRANGER"])
    return Actor(role, role, frozenset({role}), role)


def everyone(chart: Chart) -> Actor:
    small = {r for p in chart.procedures.values() for r in p.chart.roles}
    return Actor("anyone", "任何人", frozenset({*chart.roles, *small}), "anyone")


def faults_of_options(case: Case, day: dt.date, random: Random) -> Iterator[str]:
    """What is said to be allowed is let pass with the evidence that it asks for; what is not is refused for a reason
    that was told."""
    seen = case_at(case, day, CALENDAR)
    if seen.main.final:
        return
    for option in allowed(seen, everyone(case.chart), day, CALENDAR):
        state = blank_thread(seen, option.thread, day, CALENDAR) if option.move.opens else seen.state(option.thread)
        yield from (f"{option.name}: {text}" for text in _option_faults(seen, state, option, day, random))


def _option_faults(case: Case, state: State, option: Option, day: dt.date, random: Random) -> Iterator[str]:
    k = known(case.chart.id)
    general = move_name(procedure_of(option.thread), option.move.id)
    trial = Trial(case, state, option.thread, option.move, day, CALENDAR, random, k.samples.of(general, 0),
                  k.samples.openings(case.chart), case.opening.bans)
    evidence = trial.found().evidence
    result = move(case, option.name, _holder(case, option.move), evidence, day, CALENDAR)
    told = {(r.code, r.about) for r in (*option.reasons, *option.decides)}
    if isinstance(result, Refusal):
        codes = {r.code for r in result.reasons}
        if option.ready and codes - CONTENT:
            yield f"ready, but refused: {codes}"
        if not option.ready and not {r.about for r in result.reasons} & {about for _, about in told}:
            yield f"told {told}, refused for {[(r.code, r.about) for r in result.reasons]}"
        yield from faults_of_refusal(result)
    elif {code for code, _ in told} - CONTENT:  # what is known may be given anew, and then a guard holds
        yield f"not ready for {told}, but made with {evidence.given}"


def _holder(case: Case, step: Move) -> Actor:
    """Someone who has not acted yet and holds the roles of a move."""
    roles = frozenset(u.role for u in step.roles)
    return Actor(f"someone {len(case.events)}", "某人", roles, f"office {len(case.events)}")


def faults_of_ways_out(case: Case, seed: int) -> Iterator[str]:
    """Every case that can be reached can still reach an end."""
    found = finished(case, CALENDAR, known(case.chart.id).samples, seed)
    if found.end != "ended":
        moves = " ".join(e.move for e in case.events)
        yield (f"no way to an end from {case.stage} on {case.last.date} ({moves}): {found.end} at "
               f"{found.case.stage if found.case else '-'}, {found.met.most_common(6)}")
