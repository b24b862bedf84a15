"""What is due among a million open cases. Run as a program, in a process of its own, so that its memory is its own:
prints one line of JSON.

The cases are those of charts of the library, walked by chance as far as some open stage; each of the million has an
agenda of its own: no two share a deadline, only labels and clauses, as they do in use.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import gc
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

CASES = 1_000_000
TODAY = dt.date(2026, 3, 2)
CHARTS = ("national/quality-standards-laboratory", "national/leader-title", "national/national-standard")


@dataclass(frozen=True, slots=True)
class Million:
    """`seconds`: one look over all; `found`: deadlines within 30 days or over; `bytes`: memory of one agenda, on
    average; `making`: seconds to work out one agenda from a case; `deadlines`: how many there are in all."""

    cases: int
    deadlines: int
    seconds: float
    found: int
    bytes: float
    making: float


def measured() -> Million:
    """The figures, from a new process."""
    import subprocess

    done = subprocess.run([sys.executable, __file__], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the million cases fail:\n{done.stderr}")
    return Million(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    from guiju.calendar import load_calendar
    from guiju.lifecycle.agenda import agenda, due

    calendar = load_calendar()
    cases = _open_cases(60)
    start = perf_counter()
    known = [agenda(case, calendar) for case in cases]
    making = (perf_counter() - start) / len(cases)
    known = [a for a in known if a.deadlines and a.first < dt.date(2200, 1, 1)]
    random = Random(1)
    gc.collect()
    gc.disable()
    before = _resident()
    agendas = [_own(known[n % len(known)], n, random) for n in range(CASES)]
    memory = (_resident() - before) / CASES
    looks = []
    for _ in range(5):
        start = perf_counter()
        found = sum(1 for _ in due(agendas, TODAY, calendar=calendar))
        looks.append(perf_counter() - start)
    print(json.dumps(dataclasses.asdict(Million(CASES, sum(len(a.deadlines) for a in agendas), sorted(looks)[2], found,
                                                memory, making))))


def _open_cases(each: int) -> list:
    """Cases of some charts that stand in an open stage."""
    from guiju.calendar import load_calendar
    from guiju.lifecycle.fold import fold
    from guiju.lifecycle.library import installed_charts
    from guiju.lifecycle.simulation.odds import Odds
    from guiju.lifecycle.simulation.samples import example_setting, known_samples
    from guiju.lifecycle.simulation.walker import Walker

    library, found = installed_charts(), []
    for id_ in CHARTS:
        chart = library.chart(id_)
        samples = known_samples(library, chart)
        setting = example_setting(chart, samples)
        for seed in range(each):
            random = Random(seed)
            walker = Walker(chart, load_calendar(), random, Odds(), setting.round, setting.parameters, samples)
            case = walker.walked(f"{id_}/{seed}", setting.start or TODAY).case
            if case is not None:
                part = fold(case.events[:random.randint(1, len(case.events))], chart)
                found += [part] if not part.main.final else []
    return found


def _own(agenda, number: int, random: Random):
    """The agenda of another case in the same standing: its days moved so that its first is between a year ago (one in
    fifty) and three years ahead."""
    first = TODAY + dt.timedelta(days=random.randint(1, 1100) if number % 50 else -random.randint(1, 365))
    shift = first - agenda.first
    deadlines = tuple(dataclasses.replace(d, end=_moved(d.end, shift)) for d in agenda.deadlines)
    return dataclasses.replace(agenda, case=f"case-{number:07}", deadlines=deadlines, first=first)


def _moved(day: dt.date, by: dt.timedelta) -> dt.date:
    try:
        return day + by
    except OverflowError:
        return dt.date.max


def _resident() -> int:
    """Bytes of memory that this process holds."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
