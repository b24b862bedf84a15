"""What is done to the cases of the made-up chart: scripts by chance, from a fixed seed, good and bad tries mixed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

SEED = 20261121
EVENTS = ("submit", "accept", "send_back", "resubmit", "drop", "approve", "fail", "grant", "decline", "extend",
          "report", "suspend", "resume", "finish", "revoke")
GIVES = {"submit": ("area", "staff"), "resubmit": ("area", "staff"), "accept": ("complete",),
         "send_back": ("complete",), "approve": ("score",), "fail": ("score",), "extend": ("months",),
         "report": ("in_order", "staff"), "suspend": ("in_order",), "resume": ("in_order",)}
LEAVING = {"draft": ("submit",), "filed": ("accept", "send_back"), "returned": ("resubmit", "resubmit", "drop"),
           "examined": ("approve", "approve", "fail"), "noticed": ("grant", "grant", "decline"),
           "granted": ("extend", "report", "report", "report", "suspend"),
           "extended": ("report", "report", "report", "suspend", "finish"), "suspended": ("resume", "resume", "revoke")}
FINAL = ("refused", "done", "revoked")


@dataclass(frozen=True, slots=True)
class Try:
    """One move that is tried, and what is given with it: numbers and truth values by fact."""

    event: str
    given: dict[str, int | bool]


@dataclass(frozen=True, slots=True)
class Step:
    """What came of a try: whether it was made, and the stage afterwards."""

    made: bool
    stage: str


def scripts(count: int, most: int) -> list[list[Try]]:
    """Scripts of up to so many tries. Most tries fit the stage in which a case would be; one in ten is any move."""
    random = Random(SEED)
    return [_script(most, random) for _ in range(count)]


def _script(most: int, random: Random) -> list[Try]:
    stage, tries = "draft", []
    facts: dict[str, int | bool] = {}
    while len(tries) < most and stage not in FINAL:
        event = random.choice(LEAVING[stage] if random.random() < 0.9 else EVENTS)
        given = {fact: _value(fact, random) for fact in GIVES.get(event, ())}
        tries.append(Try(event, given))
        facts.update(given)
        stage = _expected(stage, event, facts)
    return tries


def _value(fact: str, random: Random) -> int | bool:
    """A value, often on a threshold or beside it."""
    if fact in ("complete", "in_order"):
        return random.random() < 0.7
    centre = {"area": (100, 120), "staff": (5, 10), "score": (60, 90), "months": (12, 12)}[fact]
    return random.choice(centre) + random.choice((0, 0, 1, -1, 5, 20))


def _expected(stage: str, event: str, facts: dict[str, int | bool]) -> str:
    """Roughly where a try leads: only so that scripts get on; the engines decide for themselves."""
    leads = {"submit": "filed", "accept": "examined", "send_back": "returned", "resubmit": "filed", "drop": "refused",
             "approve": "noticed", "fail": "refused", "grant": "granted", "decline": "refused", "extend": "extended",
             "suspend": "suspended", "resume": "granted", "finish": "done", "revoke": "revoked"}
    wrong = {"accept": not facts.get("complete"), "send_back": facts.get("complete"),
             "approve": facts.get("score", 0) < 60, "fail": facts.get("score", 0) >= 60,
             "suspend": facts.get("in_order"), "resume": not facts.get("in_order")}
    return stage if event not in LEAVING[stage] or wrong.get(event) else leads.get(event, stage)
