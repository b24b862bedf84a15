"""What goes over the wire. Days are ISO dates; moments carry their offset; labels come in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Field, Schema
from pydantic import ConfigDict

from guiju.source.diagnostics import Text
from guiju.web.cases.models import CaseRecord

MOST_WORDS, MOST_ROWS = 20_000, 1000
MOST_NUMBER = 2**31 - 1  # as much as a column of whole numbers holds
CHART = r"^[a-z0-9]+([/-][a-z0-9]+)*$"  # the id of a programme


class Closed(Schema):
    """What is sent to us: nothing that is not described."""

    model_config = ConfigDict(extra="forbid")


class Words(Schema):
    zh: str
    en: str


def words(text: Text | None) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en or text.zh} if text else {"zh": "", "en": ""}


def said(text: Text | None) -> Words:
    return Words(**words(text))


class Why(Words):
    """One reason of a refusal. `lift`: what would take it away; `clauses`: on which it rests."""

    code: str
    about: str
    clauses: list[str]
    lift: Words


class Fault(Words):
    """Something wrong in what was sent, and where."""

    at: str


class Problem(Words):
    """Every answer that is not the thing asked for."""

    code: str
    reasons: list[Why]
    faults: list[Fault]


def trouble(code: str, text: Text, reasons: list[Why] | None = None, faults: list[Fault] | None = None) -> Problem:
    return Problem(code=code, zh=text.zh, en=text.en or text.zh, reasons=reasons or [], faults=faults or [])


class Page(Schema):
    """`more`: whether there is a next page."""

    page: int
    count: int
    more: bool


class Organisation(Schema):
    id: str
    name: str
    code: str
    role: str


class Me(Schema):
    id: str
    name: str
    login: str
    scopes: list[str]
    organisations: list[Organisation]


class Waits(Schema):
    """A move that waits for the caller."""

    move: str
    label: Words
    role: str
    by: dt.date | None


class CaseBrief(Schema):
    id: str
    programme: str
    round: str
    title: str
    organisation: str
    stage: str
    stage_label: Words
    over: bool
    next_deadline: dt.date | None
    began: dt.datetime
    changed: dt.datetime
    waits: list[Waits]


class Cases(Page):
    cases: list[CaseBrief]


class Choice(Schema):
    """A move of the present stages. `wants`: facts to give; `papers`: documents; `reasons`: what keeps it back."""

    move: str
    label: Words
    roles: Words
    by: dt.date | None
    ready: bool
    wants: list[str]
    papers: list[str]
    decides: list[Why]
    reasons: list[Why]


class Deadline(Schema):
    case: str
    kind: str
    label: Words
    end: dt.date
    clauses: list[str]
    unknown_years: list[int]


class Step(Schema):
    """An event, as far as the caller may see it."""

    number: int
    at: dt.datetime
    label: Words
    role: Words
    actor: Words
    automatic: bool
    seen: bool
    given: dict[str, str]
    papers: list[str]
    decisions: list[str]
    note: str
    clauses: list[str]


class CaseWhole(CaseBrief):
    head: str
    choices: list[Choice]
    deadlines: list[Deadline]
    history: list[Step]
    as_whom: list[str] = Field(description="the public ids of those for whom the caller may act; empty: himself")


class Paper(Closed):
    """A document: the ticket of a file that was sent, and which of the papers asked for it is."""

    ticket: str = Field(max_length=2000)
    paper: str = Field("", max_length=200)


class Act(Closed):
    """A move. `given`: facts and rows by the words of the dictionary; `decisions`: reasons by guard; `seen`: the head
    of the case when the caller looked at it, so that nothing is overtaken unseen."""

    move: str = Field(max_length=160)
    as_whom: str = Field("", max_length=20)
    given: dict[str, Any] = Field({}, max_length=400)
    decisions: dict[str, str] = Field({}, max_length=100)
    note: str = Field("", max_length=2000)
    papers: list[Paper] = Field([], max_length=40)
    seen: str = Field("", max_length=64)


class Opening(Act):
    """Opens a case. `parameters`: settings of the chart, as words. `applicant`: the credit code of the organisation for
    which an office opens it; empty: for one's own."""

    programme: str = Field(max_length=120)
    applicant: str = Field("", max_length=40)
    round: str = Field("", max_length=60)
    parameters: dict[str, str] = Field({}, max_length=100)
    title: str = Field("", max_length=200)


class Ticket(Schema):
    ticket: str
    name: str
    sha256: str
    size: int


class Tampering(Schema):
    number: int
    text: Words


class Verified(Schema):
    whole: bool
    events: int
    head: str
    faults: list[Tampering]


class Letter(Schema):
    kind: str
    subject: Words
    body: Words
    link: str
    at: dt.datetime
    read: bool


class Letters(Page):
    letters: list[Letter]


class ProgrammeBrief(Schema):
    id: str
    title: Words
    region: Words


class OpeningMove(Schema):
    """A move that opens a case. `mine`: whether the caller holds one of the roles; `wants`: facts to give, by the words
    of the dictionary; `takes`: facts that may be given; `papers`: documents."""

    move: str
    label: Words
    roles: Words
    mine: bool
    wants: list[str]
    takes: list[str]
    papers: list[str]
    clauses: list[str]


def brief(record: CaseRecord, waits: list[Waits] | None = None) -> dict[str, Any]:
    """What a `CaseBrief` says of a case."""
    return {"id": record.public_id, "programme": record.chart, "round": record.round, "title": record.title,
            "organisation": record.organisation.name, "stage": record.stage, "stage_label": said(record.stage_label),
            "over": record.final, "next_deadline": record.next_deadline, "began": record.began,
            "changed": record.changed, "waits": waits or []}
