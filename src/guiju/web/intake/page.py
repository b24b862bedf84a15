"""What the pages of recommending and examining show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from guiju.evaluate.answer import Finding, GoalAnswer, Missing
from guiju.lifecycle.events import moment
from guiju.source.diagnostics import Text
from guiju.web.applications.domain.state import LastDay, LateRule, last_day, late_rule
from guiju.web.applications.models import Application
from guiju.web.applications.queries import handed_in_revision
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.page import Choice, choice_named
from guiju.web.cases.rules import part_holding
from guiju.web.cases.store import case_of
from guiju.web.files.models import Attachment
from guiju.web.intake.checklists import Item, formal_examination, material_check
from guiju.web.intake.domain.examining import findings_of, in_question, unjudged
from guiju.web.intake.domain.marks import is_stale, materials_pass, unsettled
from guiju.web.intake.domain.recommending import forwarding_facts, open_acts
from guiju.web.intake.engine import Found, goal_of
from guiju.web.intake.models import Check, Consultation, Opinion
from guiju.web.intake.queries import answers_to, consultations_of, formal_marks, material_marks, opinion_of, seals_of
from guiju.web.intake.reading import Part, name_of, papers_of, parts_of
from guiju.web.intake.stages import CHECKING, OF_OFFICER, OF_RECOMMENDER, OFFICER, RECOMMENDER, WITH_BODY
from guiju.web.intake.units import Census, Unit


@dataclass(frozen=True, slots=True)
class Row:
    """An application in a queue. `late`: handed in after the body's last day; `returned`: back with the applicant."""

    application: Application
    name: str
    handed_in: dt.date
    late: bool
    returned: bool


@dataclass(frozen=True, slots=True)
class Typed:
    """A mark that was not kept, as it was typed; `wrong`: why not."""

    item: str
    mark: str
    remark: str
    wrong: Text


@dataclass(frozen=True, slots=True)
class Line:
    """An item of a checklist with its marks. `mine`: the reader's own; `stale`: it is about an earlier state; `typed`:
    what was typed last, if it was not kept."""

    item: Item
    mine: Check | None
    others: tuple[Check, ...]
    found: Found | None
    stale: bool = False
    typed: Typed | None = None

    @property
    def shown(self) -> Typed | Check | None:
        """What the fields hold."""
        return self.typed or self.mine

    @property
    def version(self) -> int:
        return self.mine.version if self.mine else 0


def typed_into(lines: tuple[Line, ...], typed: Typed | None) -> tuple[Line, ...]:
    """The lines, that of the item with what was typed."""
    return tuple(replace(x, typed=typed) if typed and x.item.id == typed.item else x for x in lines)


@dataclass(frozen=True, slots=True)
class Asked:
    consultation: Consultation
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a goal of the law stands, with what is missing kept apart from what only people can find. Where the body has
    acts of its own open, `goal` takes them as done, and `own`, `own_facts` are what waits for them."""

    goal: GoalAnswer
    own: tuple[Finding, ...] = ()
    own_facts: tuple[Missing, ...] = ()

    @property
    def waits_for_body(self) -> bool:
        return bool(self.own or self.own_facts)

    @property
    def undecided(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.goal.reviews if f.strength != "judgement")

    @property
    def for_experts(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.goal.reviews if f.strength == "judgement")

    @property
    def facts(self) -> tuple[Missing, ...]:
        return tuple(m for m in self.goal.missing if m.kind in ("fact", "records"))

    @property
    def judgements(self) -> tuple[Missing, ...]:
        return tuple(m for m in self.goal.missing if m.kind == "judgement")

    @property
    def settings(self) -> tuple[Missing, ...]:
        return tuple(m for m in self.goal.missing if m.kind in ("parameter", "unset"))


@dataclass(frozen=True, slots=True)
class Recommending:
    """`choices`: the body's moves as they stand, by id. `open`: whether marks and opinion may be written."""

    application: Application
    name: str
    last: LastDay
    late: bool
    open: bool
    with_body: bool
    lines: tuple[Line, ...]
    note: Text
    missing: tuple[str, ...]
    passed: bool | None
    asked: tuple[Asked, ...]
    opinion: Opinion | None
    seals: tuple[Attachment, ...]
    standings: tuple[Standing, ...]
    parts: tuple[Part, ...]
    papers: tuple[Attachment, ...]
    choices: dict[str, Choice]

    @property
    def late_rule(self) -> LateRule:
        """On what it rests that nothing late is taken in: a letter of one region holds there alone."""
        return late_rule(self.application)


@dataclass(frozen=True, slots=True)
class Examining:
    """`unjudged`: the needed items that no examiner has marked; `questioned`: those for which a pass needs a reason."""

    application: Application
    name: str
    lines: tuple[Line, ...]
    note: Text
    asked: tuple[Asked, ...]
    opinion: Opinion | None
    seals: tuple[Attachment, ...]
    parts: tuple[Part, ...]
    papers: tuple[Attachment, ...]
    choices: dict[str, Choice]
    standings: tuple[Standing, ...]
    several: tuple[Unit, ...]
    unjudged: tuple[str, ...]
    questioned: tuple[Text, ...]


def row_of(application: Application) -> Row:
    return Row(application, name_of(application), handed_in_on(application), is_late(application),
               application.returned is not None)


def handed_in_on(application: Application) -> dt.date:
    return moment(application.handed_in or application.begun).date()


def is_late(application: Application) -> bool:
    last = last_day(application).day
    return last is not None and handed_in_on(application) > last


def recommending_page(application: Application, user: Any) -> Recommending:
    record, opinion = application.case, opinion_of(application)
    marks = material_marks(application)
    checklist = material_check()
    lines = tuple(Line(i, marks.get(i.id), (), None, i.id in marks and is_stale(marks[i.id], application))
                  for i in checklist.items)
    given, acts = forwarding_facts(application, opinion), open_acts(application, opinion)
    standings = tuple(_with_acts(application, id_, given, acts) for id_ in ("application", "forwarding"))
    return Recommending(
        application, name_of(application), last_day(application), is_late(application),
        record.stage == CHECKING and application.returned is None, record.stage in WITH_BODY, lines, checklist.note,
        tuple(unsettled(application)), materials_pass(application), _asked(application), opinion,
        tuple(seals_of(opinion)), standings, tuple(parts_of(application, handed_in_revision(application))),
        tuple(papers_of(application)), choices(record, user, RECOMMENDER, OF_RECOMMENDER))


def _with_acts(application: Application, goal_id: str, given: dict[str, Any], acts: dict[str, Any]) -> Standing:
    """How a goal will stand once the body has done what only it can do: what it has not done is nobody's failing."""
    now = goal_of(application, goal_id, given)
    if not acts:
        return Standing(now)
    then = goal_of(application, goal_id, {**given, **acts})
    left, lacking = {f.id for f in (*then.blockers, *then.reviews)}, {m.id for m in then.missing}
    return Standing(then, tuple(f for f in (*now.blockers, *now.reviews) if f.id not in left),
                    tuple(m for m in now.missing if m.id not in lacking))


def examining_page(application: Application, user: Any) -> Examining:
    opinion, census = opinion_of(application), Census(application.round)
    marks, found = formal_marks(application), findings_of(application, census)
    return Examining(
        application, name_of(application), tuple(_formal_lines(user, marks, found)),
        formal_examination().note, _asked(application), opinion, tuple(seals_of(opinion)),
        tuple(parts_of(application, handed_in_revision(application))), tuple(papers_of(application)),
        choices(application.case, user, OFFICER, OF_OFFICER),
        (Standing(goal_of(application, "application", census.facts_for(application))),),
        tuple(census.several_of(application)), tuple(unjudged(application)),
        tuple(i.name for i in in_question(marks, found)))


def own_line(application: Application, user: Any, item: Item) -> Line:
    """An item with the examiner's own mark, without what the engine says."""
    made = formal_marks(application).get(item.id, [])
    return Line(item, next((c for c in made if c.by_id == user.pk), None), (), None)


def _formal_lines(user: Any, marks: dict[str, list[Check]], found: dict[str, Found]) -> Iterator[Line]:
    for item in formal_examination().items:
        made = marks.get(item.id, [])
        yield Line(item, next((c for c in made if c.by_id == user.pk), None),
                   tuple(c for c in made if c.by_id != user.pk), found[item.id])


def _asked(application: Application) -> tuple[Asked, ...]:
    return tuple(Asked(c, tuple(answers_to(c))) for c in consultations_of(application))


def choices(record: CaseRecord, user: Any, role: str, moves: Iterable[str]) -> dict[str, Choice]:
    """The moves of a role as they stand now, for the person's part that holds it."""
    case = case_of(record)
    part = part_holding(user, record, role)
    if part is None:
        return {}
    found = ((move, choice_named(case, part, move)) for move in moves)
    return {move: choice for move, choice in found if choice is not None}
