"""The assignment of a round as a problem for the solver, and the same problem back from what was kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping as Map
from typing import Any

from guiju.review.assignment import Load, Problem
from guiju.review.conflicts import Conflict, Evidence, Findings
from guiju.review.digest import canonical
from guiju.review.organisation import Organisation
from guiju.review.people import Application, Expert, Person, Post, Work
from guiju.review.unset import Missing, NotComputable, unset
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.applications.models import Application as Row
from guiju.web.reviewing.models import Assigned, PairRule, Panel
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.queries.scene import conflicts_of_reviewers, reviewed, reviewers
from guiju.web.rounds.models import Round
from guiju.web.rounds.review_rules import rules_of

REVIEWED_AT = ("S11", "S12")


def missing_figures(round_: Round) -> NotComputable | None:
    """What the detailed rules have to set before anyone can be assigned."""
    rules = rules_of(round_)
    wanted = {"panel_size": (rules.panel_size, "每份申报的专家数", "number of experts an application"),
              "load_most": (rules.load_most, "每位专家最多评审份数", "most applications an expert"),
              "blind": (rules.blind, "是否盲评", "question whether reviewers see names"),
              "one_per_institution": (rules.one_per_institution, "同一专家组能否有两人同单位",
                                      "question whether two of a panel may be from one institution")}
    found: list[Missing] = [unset(id_, zh, en) for id_, (value, zh, en) in wanted.items() if value is None]
    return NotComputable(tuple(found)) if found else None


def to_be_reviewed(round_: Round) -> list[Row]:
    """Applications that are at the panels and know to which they go."""
    return list(round_.applications.filter(case__stage__in=REVIEWED_AT, placement__isnull=False, placement__closed=None)
                .select_related("organisation", "case", "placement__panel", "body__body__organisation", "round")
                .order_by("public_id"))


def members_of(round_: Round) -> dict[int, list[User]]:
    """The people of each panel, by the panel's key."""
    found: dict[int, list[User]] = {}
    for panel in Panel.objects.filter(round=round_).prefetch_related("members__user__expert"):
        found[panel.pk] = [m.user for m in panel.members.all() if m.user.is_active]
    return found


def problem_of(round_: Round, seed: str) -> tuple[Problem, Findings]:
    """What has to be solved now. Pairs that stand are kept; whoever declined is not asked again; nobody reviews for a
    panel that he is not on; an officer's own word on a pair counts before all but a bar."""
    rules, rows, members = rules_of(round_), to_be_reviewed(round_), members_of(round_)
    assert rules.panel_size is not None  # see missing_figures
    assert rules.load_most is not None
    assert rules.one_per_institution is not None
    people = {u.pk: u for row in rows for u in members.get(row.placement.panel_id, [])}
    papers, experts = [reviewed(r) for r in rows], reviewers(people.values())
    findings = conflicts_of_reviewers(round_, people.values(), rows)
    own = {(r.user.public_id, r.application.public_id): r.kind for r in PairRule.objects.filter(
        application__in=rows, user__in=people).select_related("user", "application")}
    elsewhere = {(u.public_id, r.public_id) for r in rows for u in people.values()
                 if u not in members.get(r.placement.panel_id, [])}
    standing = {p for p, state in _assigned(rows, people).items() if state in STANDING}
    gone = {p for p, state in _assigned(rows, people).items() if state == "declined"}
    forbidden = {p for p, kind in own.items() if kind == "forbidden"} | elsewhere | gone
    fixed = ({p for p, kind in own.items() if kind == "fixed"} | standing) - forbidden
    barred = findings.barred()
    return Problem(
        experts, papers, rules.panel_size, Load(0, rules.load_most), in_field=rules.in_field or 0,
        one_per_institution=rules.one_per_institution, conflicts=findings.conflicts,
        fixed=frozenset(fixed - (barred & standing)), forbidden=frozenset(forbidden), seed=seed,
        loads={e.id: Load(rules.load_least, rules.load_most) for e in experts} if rules.load_least else {}), findings


def _assigned(rows: list[Row], people: Map[int, User]) -> dict[tuple[str, str], str]:
    found = Assigned.objects.filter(application__in=rows, user__in=people).select_related("user", "application")
    return {(a.user.public_id, a.application.public_id): a.state for a in found}


def kept_form(problem: Problem) -> dict[str, Any]:
    """A problem as plain data that can be kept."""
    made: dict[str, Any] = json.loads(canonical(problem))
    return made


def problem_from(kept: Map[str, Any]) -> Problem:
    """The problem that was kept."""
    return Problem(
        [_expert(e) for e in kept["experts"]], [_application(a) for a in kept["applications"]], kept["panel"],
        Load(**kept["load"]), {e: Load(**load) for e, load in kept["loads"].items()}, kept["in_field"],
        dict(kept["kinds"]), kept["one_per_institution"], [conflict_from(c) for c in kept["conflicts"]],
        _pairs(kept["fixed"]), _pairs(kept["forbidden"]), None, kept["least_fit"], kept["seed"])


def _pairs(kept: list[list[str]]) -> frozenset[tuple[str, str]]:
    return frozenset((expert, application) for expert, application in kept)


def _expert(kept: Map[str, Any]) -> Expert:
    posts = tuple(Post(Organisation(**p["organisation"]), _day(p["since"]), _day(p["until"]), p["kind"])
                  for p in kept["posts"])
    return Expert(kept["id"], kept["name"], Organisation(**kept["organisation"]), posts,
                  frozenset(kept["specialities"]), frozenset(kept["kinds"]), kept["title"], kept["employment"],
                  Organisation(**kept["recommender"]), kept["identity"])


def _application(kept: Map[str, Any]) -> Application:
    works = tuple(Work(w["title"], tuple(map(_person, w["people"])), w["kind"]) for w in kept["works"])
    return Application(kept["id"], kept["name"], Organisation(**kept["applicant"]),
                       tuple(Organisation(**p) for p in kept["partners"]), tuple(map(_person, kept["people"])), works,
                       kept["field"], frozenset(kept["contents"]), Organisation(**kept["recommender"]))


def _person(kept: Map[str, Any]) -> Person:
    return Person(kept["name"], Organisation(**kept["organisation"]), kept["identity"], kept["role"])


def conflict_from(kept: Map[str, Any]) -> Conflict:
    return Conflict(kept["rule"], kept["expert"], kept["application"], kept["strength"], Text(**kept["reason"]),
                    tuple(Evidence(Text(**e["what"]), e["value"]) for e in kept["evidence"]), kept["basis"])


def _day(word: str | None) -> dt.date | None:
    return dt.date.fromisoformat(word) if word else None

