"""What the desk of a laboratory shows: where it stands, what the reader may do, and what was done, by section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.lifecycle.case import Case
from guiju.source.diagnostics import Text
from guiju.web.cases.models import AgendaItem
from guiju.web.cases.page import CasePage, Choice, Step, case_page
from guiju.web.cases.rules import Part
from guiju.web.cases.store import case_of
from guiju.web.laboratories.models import Laboratory
from guiju.web.laboratories.queries import day_of

CHANGE = "major_change"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the desk. `view`: its page; `moves`: the moves that belong to it, or the procedure whose they are."""

    id: str
    view: str
    label: Text
    moves: tuple[str, ...] = ()


SECTIONS = {s.id: s for s in (
    Section("overview", "desk", Text("概况", "Overview")),
    Section("plan", "plan", Text("建设计划", "Plan")),
    Section("reports", "reports", Text("年度报告", "Reports"), ("T21", "T38")),
    Section("extension", "extension", Text("延期与期满", "Extension"),
            ("T22", "T23", "T24a", "T24b", "T25", "T26", "T28")),
    Section("acceptance", "acceptance", Text("验收", "Acceptance"), (
        "T27", "T27b", "T29", "T30", "T31", "T32", "T33", "T34", "T35", "T36", "T37", "T46a", "T46b", "T46c", "T47",
        "T48a", "T48b", "T48c")),
    Section("evaluation", "evaluation", Text("综合评价", "Evaluation"),
            ("T39", "T40", "T41", "T42a", "T42b", "T43", "T49")),
    Section("changes", "changes", Text("重大事项", "Major changes"), (CHANGE,)),
    Section("leaders", "leaders", Text("负责人", "Leaders")),
    Section("outputs", "outputs", Text("成果与署名", "Outputs")),
    Section("support", "support", Text("支持", "Support")),
    Section("checks", "checks", Text("检查与退出", "Checks and exit"), ("INSPECT", "T45a", "T45b")),
)}


@dataclass(frozen=True, slots=True)
class DeskPage:
    """`ready`, `blocked`, `steps`: of this section alone; of all in the overview."""

    laboratory: Laboratory
    section: Section
    whole: CasePage
    case: Case
    ready: tuple[Choice, ...]
    blocked: tuple[Choice, ...]
    steps: tuple[Step, ...]
    dates: tuple[tuple[Text, dt.date], ...]


def desk_page(laboratory: Laboratory, section: str, user: Any, parts: list[Part], part: Part) -> DeskPage:
    """A section of the desk as a person sees it."""
    found, case = SECTIONS[section], case_of(laboratory.case)
    whole = case_page(laboratory.case, user, parts, part)
    everything = section == "overview"
    moves = {e.number: e.thread.partition("#")[0] or e.move for e in case.events}
    return DeskPage(
        laboratory, found, whole, case,
        tuple(c for c in whole.ready if not c.anyone and (everything or section_of(c.name) == section)),
        tuple(c for c in whole.blocked if not c.anyone and section_of(c.name) == section),
        tuple(s for s in whole.steps if moves[s.number] in found.moves), tuple(_dates(case)))


def section_of(name: str) -> str:
    """The section to which a move belongs."""
    thread, _, move = name.rpartition(":")
    word = thread.partition("#")[0] or move
    return next((s.id for s in SECTIONS.values() if word in s.moves), "overview")


def _dates(case: Case) -> Iterator[tuple[Text, dt.date]]:
    """The days of the case that everyone who takes part goes by."""
    for fact, text in (("approved_on", Text("批准建设日", "approved on")),
                       ("first_planned_end", Text("原计划建成日", "first planned end")),
                       ("planned_end", Text("计划建成日", "planned end")),
                       ("rectify_from", Text("验收整改结论日", "told to rectify on")),
                       ("operating_since", Text("正式运行日", "operating since")),
                       ("lab_notified_on", Text("评价不合格通报日", "notified of the failed grade on"))):
        day = day_of(case, fact)
        if day is not None:
            yield text, day


def deadline(laboratory: Laboratory, ref: str) -> AgendaItem | None:
    """A day of the case's agenda, by its id."""
    return laboratory.case.agenda.filter(ref=ref, thread="").order_by("end").first()
