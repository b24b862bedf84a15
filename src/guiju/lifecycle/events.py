"""Events: what happened to a case, in canonical form, each bound to the one before by two hashes.

An event's hashes (SHA-256 and SM3, GB/T 32905) are taken over its canonical JSON, which holds the hashes of the event
before it. So a change anywhere breaks every event from there on. SM3 here is a library's, not a certified module's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives import hashes

CHINA = dt.timezone(dt.timedelta(hours=8))
Moment = dt.datetime | dt.date


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `roles`: those that he holds. `above`: the organisations to which his own is subordinate."""

    id: str
    name: str = ""
    roles: frozenset[str] = frozenset()
    organisation: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document handed in or produced: its name, and the SHA-256 of its content."""

    name: str
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What comes with a move. `given`: facts and record sets, as in a facts file. `decisions`: the written reason for
    each guard that asks for a person's decision, by the guard's id."""

    given: Map[str, Any] = field(default_factory=dict)
    documents: tuple[Document, ...] = ()
    decisions: Map[str, str] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Digests:
    sha256: str = ""
    sm3: str = ""


@dataclass(frozen=True, slots=True)
class Ban:
    """A ban that has begun; `until` is its last day. `at_least`: a person may make it longer."""

    chart: str
    id: str
    who: str
    start: dt.date
    until: dt.date
    at_least: bool
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first event fixes for the whole case: the chart and its revision, the round, parameters as written,
    the bans under which the applicant stood."""

    case: str
    chart: str
    revision: str
    round: str = ""
    parameters: Map[str, str] = field(default_factory=dict)
    bans: tuple[Ban, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One act. `thread` names the sub-procedure (`objection#1`), empty for the case itself. `basis`: its clauses.
    `unknown_years`: those not in the calendar on which its times rested."""

    number: int
    at: dt.datetime
    actor: Actor
    role: str
    move: str
    thread: str
    evidence: Evidence
    basis: tuple[str, ...]
    before: Digests
    unknown_years: tuple[int, ...] = ()
    opening: Opening | None = None
    digests: Digests = Digests()

    @property
    def date(self) -> dt.date:
        return self.at.astimezone(CHINA).date()


def moment(now: Moment) -> dt.datetime:
    """A point in time in China; a bare date is its first moment, a naive time is China's. What lies beyond the years
    1 to 9999 there is their first or last moment."""
    if isinstance(now, dt.datetime):
        try:
            return now.astimezone(CHINA) if now.tzinfo else now.replace(tzinfo=CHINA)
        except OverflowError:
            return (dt.datetime.min if now.year == dt.MINYEAR else dt.datetime.max).replace(tzinfo=CHINA)
    return dt.datetime(now.year, now.month, now.day, tzinfo=CHINA)


def sealed(event: Event) -> Event:
    """The event with its own hashes."""
    return replace(event, digests=digests_of(body_of(event)))


def body_of(event: Event) -> dict[str, Any]:
    """Everything that the hashes cover, as plain data."""
    body: dict[str, Any] = {
        "number": event.number, "at": event.at.isoformat(), "move": event.move, "thread": event.thread,
        "role": event.role,
        "actor": {"id": event.actor.id, "name": event.actor.name, "organisation": event.actor.organisation,
                  "above": list(event.actor.above)},
        "given": dict(event.evidence.given), "decisions": dict(event.evidence.decisions),
        "documents": [{"name": d.name, "sha256": d.sha256} for d in event.evidence.documents],
        "note": event.evidence.note, "basis": list(event.basis), "unknown_years": list(event.unknown_years),
        "before": {"sha256": event.before.sha256, "sm3": event.before.sm3}}
    if event.opening is not None:
        opening = event.opening
        body["opening"] = {"case": opening.case, "chart": opening.chart, "revision": opening.revision,
                           "round": opening.round, "parameters": dict(opening.parameters),
                           "bans": [_ban_body(ban) for ban in opening.bans]}
    return body


def line_of(event: Event) -> str:
    """The event as one line of a case file."""
    return canonical({**body_of(event), "sha256": event.digests.sha256, "sm3": event.digests.sm3})


def canonical(data: Any) -> str:
    """JSON in its one form: keys sorted, no spaces, Chinese as it is. Raises TypeError for what JSON can't hold."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digests_of(body: dict[str, Any]) -> Digests:
    content = canonical(body).encode()
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(content)
    return Digests(hashlib.sha256(content).hexdigest(), sm3.finalize().hex())


def event_of(data: Map[str, Any]) -> Event:
    """The event that a line holds. Raises KeyError, TypeError or ValueError where it holds none, OverflowError
    for a time out of the years 1 to 9999 in China."""
    actor, opening, at = data["actor"], data.get("opening"), dt.datetime.fromisoformat(data["at"])
    if at.tzinfo is None or type(data["number"]) is not int:
        raise ValueError("a time without a zone, or a number that is none")
    at.astimezone(CHINA)
    _texts(data["move"], data["thread"], data["role"], data["note"], *data["basis"], *data["decisions"].values())
    _texts(actor["id"], actor["name"], actor["organisation"], *actor["above"])
    _texts(*(text for paper in data["documents"] for text in paper.values()))
    return Event(
        number=data["number"], at=at, role=data["role"], move=data["move"],
        actor=Actor(actor["id"], actor["name"], frozenset({data["role"]}), actor["organisation"],
                    tuple(actor["above"])),
        thread=data["thread"], basis=tuple(data["basis"]), unknown_years=tuple(data["unknown_years"]),
        before=Digests(**data["before"]),
        evidence=Evidence(dict(data["given"]), tuple(Document(**d) for d in data["documents"]), dict(data["decisions"]),
                          data["note"]),
        opening=None if opening is None else _opening_of(opening), digests=Digests(data["sha256"], data["sm3"]))


def _ban_body(ban: Ban) -> dict[str, Any]:
    return {"chart": ban.chart, "id": ban.id, "who": ban.who, "start": ban.start.isoformat(),
            "until": ban.until.isoformat(), "at_least": ban.at_least, "clauses": list(ban.clauses)}


def _texts(*values: Any) -> None:
    """Raise TypeError for what should be text and is not."""
    if not all(isinstance(value, str) for value in values):
        raise TypeError("this should be text")


def _opening_of(data: Map[str, Any]) -> Opening:
    _texts(data["case"], data["chart"], data["revision"], data["round"], *data["parameters"].values())
    bans = tuple(Ban(b["chart"], b["id"], b["who"], dt.date.fromisoformat(b["start"]),
                     dt.date.fromisoformat(b["until"]), b["at_least"], tuple(b["clauses"])) for b in data["bans"])
    return Opening(data["case"], data["chart"], data["revision"], data["round"], dict(data["parameters"]), bans)
