"""What goes over the wire about a laboratory."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from ninja import Schema

from guiju.web.api import schemas as s


class LabDay(Schema):
    label: s.Words
    day: dt.date


class LabChoice(s.Choice):
    """A move of the desk; `section`: where the page has it. Its own part is at `moves/{move}`."""

    section: str


class LabChange(Schema):
    thread: str
    kind: str
    text: str
    new_name: str
    new_name_en: str
    state: str
    reported: dt.date
    settled: dt.date | None


class LabDesk(Schema):
    """`harm`: how the words on harm are read in this case; `longest_extension`: the last day an extension can reach."""

    id: str
    name: str
    name_en: str
    field: str
    stage: str
    stage_label: s.Words
    head: str
    dates: list[LabDay]
    deadlines: list[s.Deadline]
    choices: list[LabChoice]
    as_whom: list[str]
    open_changes: list[LabChange]
    longest_extension: dt.date | None
    harm: str


class PlanTask(Schema):
    id: str
    kind: str
    title: str
    promised: str
    unit: str
    due: str


class LabPlan(Schema):
    """A revision; `changes`: against the one before."""

    number: int
    reason: str
    at: dt.datetime
    by: str
    tasks: list[PlanTask]
    changes: list[s.Words]


class LabPlans(Schema):
    """The latest first. `promised`: what the application said; told to who writes the plan."""

    may_change: bool
    promised: str
    revisions: list[LabPlan]


class LabReport(Schema):
    kind: str
    first: dt.date
    last: dt.date
    content: dict[str, str]
    event: int
    at: dt.datetime
    by: str


class TaskFound(Schema):
    met: str
    remark: str


class TaskHanded(Schema):
    task: PlanTask
    achieved: str
    done: str
    evidence: str
    found: list[TaskFound]


class LabOpinion(Schema):
    """`text`: for the ministries and the committee alone; `told`: what the laboratory reads."""

    conclusion: str
    text: str
    told: str
    at: dt.datetime


class LabSubmission(Schema):
    event: int
    plan: int | None
    summary: str
    at: dt.datetime
    by: str
    tasks: list[TaskHanded]
    opinions: list[LabOpinion]


class EvaluationSide(Schema):
    text: str
    evidence: str
    score: str


class LabEvaluation(Schema):
    """`sides`, `total`: for the authorities alone; no total where no rule sets weights."""

    grade: str
    again: bool
    at: dt.datetime
    sides: dict[str, EvaluationSide]
    total: Decimal | None


class LabFinding(Schema):
    text: s.Words
    status: str
    clauses: list[str]


class LabAnswer(Schema):
    """What the engine answers; `missing`: facts and settings that are not there."""

    goal: str
    name: s.Words
    outcome: str
    label: s.Words
    blockers: list[LabFinding]
    reviews: list[LabFinding]
    missing: list[str]


class LabLeader(Schema):
    post: str
    name: str
    unit: str
    position: str
    since: dt.date
    until: dt.date | None
    reason: str
    entered_by: str


class LabLeaders(Schema):
    said: LabAnswer
    leaders: list[LabLeader]


class OutputRow(Schema):
    """`must_name`: it has to carry the laboratory's name."""

    id: str
    kind: str
    title: str
    authors: str
    on: dt.date | None
    reference: str
    made_here: bool
    named: bool
    must_name: bool


class LabOutputs(s.Page):
    unnamed: int
    outputs: list[OutputRow]


class LabKinds(Schema):
    """The words that are sent for kinds and posts."""

    tasks: dict[str, str]
    outputs: dict[str, str]
    posts: dict[str, str]
    changes: dict[str, str]
