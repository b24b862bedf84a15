"""What the pages of the review show, put together for one person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.review.rubric import Group, Indicator, Rubric
from guiju.review.scores import rounded
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.kit.clock import today
from guiju.web.reviewing.models import Assigned, Mark, Placement, Run, Sheet
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.projection import blind_title
from guiju.web.reviewing.queries.marks import rubric_of, unfinished
from guiju.web.reviewing.queries.parts import assigned_to, led_by
from guiju.web.reviewing.queries.scene import read_at_once
from guiju.web.rounds.models import Round
from guiju.web.rounds.review_rules import rules_of


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """An application in the list of an expert."""

    assigned: Assigned
    title: str
    state: Text
    left: int | None
    done: bool


def my_review_rows(user: Any) -> list[ReviewRow]:
    """What an expert has to review, named as the round lets him see it."""
    found = list(assigned_to(user).select_related("sheet", "application__body__body__organisation"))
    read_at_once(a.application for a in found)
    return [_review_row(a) for a in found]


def _review_row(assigned: Assigned) -> ReviewRow:
    blind = rules_of(assigned.application.round).hides_names
    sheet = getattr(assigned, "sheet", None)
    done = sheet is not None and sheet.submitted is not None
    state = Text("已提交", "handed in") if done else Text("先声明利害关系", "declare your ties first") \
        if assigned.state == "asked" else Text("打分中", "marking")
    left = (assigned.deadline - today()).days if assigned.deadline else None
    return ReviewRow(assigned, blind_title(assigned.application, blind), state, left, done)


@dataclass(frozen=True, slots=True)
class LedRow:
    placement: Placement
    title: str
    handed_in: int
    asked: int


def my_led_rows(user: Any) -> list[LedRow]:
    """The applications of the panels that the person leads."""
    rows = []
    found = list(led_by(user).select_related("application__body__body__organisation"))
    read_at_once(p.application for p in found)
    standing = Assigned.objects.filter(application__in=[p.application_id for p in found], state__in=STANDING)
    of: dict[int, list[Assigned]] = {}
    for task in standing.select_related("sheet"):
        of.setdefault(task.application_id, []).append(task)
    for placement in found:
        tasks = of.get(placement.application_id, [])
        done = sum(hasattr(t, "sheet") and t.sheet.submitted is not None for t in tasks)
        blind = rules_of(placement.panel.round).hides_names
        rows.append(LedRow(placement, blind_title(placement.application, blind), done, len(tasks)))
    return rows


@dataclass(frozen=True, slots=True)
class Typed:
    """A mark that was sent and not saved, and what is said of it."""

    indicator: str
    value: str
    reason: str
    state: dict[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator on the marking page. `range`: which marks there are, empty while no rule says so; `counted`: how a
    mark becomes points, where they are not the same; `typed`: what was sent last, if it was not saved."""

    indicator: Indicator
    mark: Mark | None
    range: str
    weight: str
    counted: Text | None
    typed: Typed | None = None


def marking_lines(rubric: Rubric, sheet: Sheet | None, typed: Typed | None = None
                  ) -> Iterator[tuple[Group, list[Line]]]:
    """The indicators by group, each with what is marked already."""
    marks = {m.indicator: m for m in sheet.marks.all()} if sheet is not None else {}
    marked = set(rubric.marked())
    for group in rubric.groups:
        lines = [Line(i, marks.get(i.id), _range(rubric, i), rounded(i.weight) if i.weight is not None else "",
                      _counted(rubric, i), typed if typed and typed.indicator == i.id else None)
                 for i in group.indicators if i in marked]
        if lines:
            yield group, lines


def _range(rubric: Rubric, indicator: Indicator) -> str:
    limits = rubric.limits(indicator)
    return f"{rounded(limits[0])}–{rounded(limits[1])}" if limits else ""


def _counted(rubric: Rubric, indicator: Indicator) -> Text | None:
    limits = rubric.limits(indicator)
    if limits is None or indicator.weight is None or limits[1] == indicator.weight:
        return None
    weight, most = rounded(indicator.weight), rounded(limits[1])
    return Text(f"计入总分 = {weight} × 分数 ÷ {most}", f"counts {weight} × mark ÷ {most}")


def lacking(sheet: Sheet | None, round_: Round) -> list[Indicator]:
    rubric = rubric_of(round_)
    return unfinished(sheet, rubric) if sheet is not None else list(rubric.marked())


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair of a proposal: who, for what, why, and what speaks against others."""

    expert: User | None
    fit: int
    why: Text
    fixed: bool
    load: int
    most: int
    disclosed: tuple[Text, ...]
    instead: tuple[tuple[str, int, tuple[Text, ...]], ...]


@dataclass(frozen=True, slots=True)
class PanelRow:
    application_id: str
    title: str
    text: Text
    pairs: tuple[PairRow, ...]


def proposal_rows(run: Run) -> list[PanelRow]:
    """A proposal as it was kept, by application."""
    people = {u.public_id: u for u in User.objects.filter(public_id__in=[e["id"] for e in run.problem["experts"]])}
    names = {a["id"]: a["name"] for a in run.problem["applications"]}
    rows = []
    for id_, panel in sorted(run.found.get("panels", {}).items()):
        pairs = tuple(_pair(p, people) for p in panel["pairs"])
        rows.append(PanelRow(id_, names[id_], Text(panel["zh"], panel["en"]), pairs))
    return rows


def _pair(kept: dict[str, Any], people: dict[str, User]) -> PairRow:
    instead = tuple((people[o["expert"]].name if o["expert"] in people else o["expert"], o["fit"],
                     tuple(Text(**b) for b in o["because"])) for o in kept["instead"][:2])
    return PairRow(people.get(kept["expert"]), kept["fit"], Text(**kept["why"]), kept["fixed"], kept["load"],
                   kept["most"], tuple(Text(**c["reason"]) for c in kept["disclosed"]), instead)
