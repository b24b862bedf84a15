"""Rounds published, applications begun, written and handed in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from guiju.web.accounts.domain.invitations import accept
from guiju.web.applications.domain import begin, hand_in
from guiju.web.applications.domain.comments import comment_on
from guiju.web.applications.domain.confirming import Confirmed, facts_given
from guiju.web.applications.domain.revisions import content_of, digest_of, put_back
from guiju.web.applications.models import Application
from guiju.web.applications.queries import HOLDER
from guiju.web.cases.domain.roles import invite_partner
from guiju.web.demonstration.seed.cast import AFFILIATIONS, BODIES, HOSTS, KINDS
from guiju.web.demonstration.seed.stage import Stage, done, on
from guiju.web.demonstration.seed.words import answers_for
from guiju.web.files.domain import attach
from guiju.web.intake.domain import send_back
from guiju.web.rounds.domain import Edit, edit, new_round, publish
from guiju.web.rounds.models import Round

CHART, FORM = "national/quality-standards-laboratory", "national/quality-standards-laboratory-2024"
INVENTED = "示例评审细则（虚构）：权重、合格线、票决比例等原文都没有，这里的数值只为演示而设。"
WEIGHTS = {"equipment": 10, "staff": 10, "leader": 10, "analysis": 10, "planning": 10, "ability": 10, "expected": 10,
           "investment": 10, "mechanism": 10, "value": 5, "management": 5}
RULES: dict[str, Any] = {
    "weights": WEIGHTS, "scale": 100, "aggregate": "mean", "least_scores": 3, "quorum": "2/3",
    "abstentions_count": True,
    "blind": True, "panel_size": 3, "load_least": 0, "load_most": 6, "in_field": 1, "one_per_institution": True,
    "conflicts": {"same_institution": "bar", "declared": "bar", "recent_employment": "bar", "co_author": "hint"},
    "anonymous_objections": True, "objection_days": 10, "visit_required": False, "reminders": [7, 1]}


def publish_round(stage: Stage, short: str, title: str, opens: dt.date, closes: dt.date, **rules: Any) -> Round:
    """A round with every recommending body, published on the day that the stage's clock shows."""
    officer = stage.people["officer"]
    round_ = new_round(CHART, title, opens.year, stage.units["bureau"], officer, form=FORM,
                       title_en=f"Example round {opens.year}")
    offices = {"SAMR": "samr", "QDB": "bureau", "MINISTRIES": "both", "COORD": "both"}
    bodies = {stage.units[b].public_id: {"copies": 3, "places": 12} for b in (*(b[0] for b in BODIES), "ministry")}
    round_ = edit(round_, Edit(
        {"opens": opens, "closes": closes}, {"pass_line": "60 分", "vote_majority": "60%"},  # nosec B105  # no password
        {**RULES, "offices": {role: stage.units[unit].public_id for role, unit in offices.items()}, **rules},
        {"call": INVENTED}, bodies), round_.version)
    stage.rounds[short] = publish(round_, officer, round_.version)
    return stage.rounds[short]


def draft(stage: Stage, name: str, host: int, round_: str, joint: bool = False) -> Application:
    """An application that was just begun. `name`: what the story calls it."""
    row, unit = HOSTS[host], stage.units[f"host{host}"]
    body = stage.rounds[round_].bodies.get(body__organisation=stage.units[row.body])
    user = stage.agents[f"host{host}"]
    made = done(begin(stage.rounds[round_], body, unit, user, KINDS[row.kind], AFFILIATIONS[row.body == "ministry"],
                      joint),
                name)
    stage.apps[name] = made
    return made


def write(stage: Stage, name: str, host: int, part: float = 1.0) -> None:
    """Fill the form in, or the first part of it."""
    application, row = stage.fresh(name), HOSTS[host]
    found = answers_for(application, row.topic, row.english, row.domain, host)
    keep = dict(list(found.items())[:round(len(found) * part)])
    put_back(application, keep, application.begun_by)
    if part == 1.0:
        attach([stage.paper("commitment")], HOLDER, application.public_id, application.begun_by)


def join(stage: Stage, name: str, login: str) -> None:
    """A partner is invited, and accepts."""
    application = stage.fresh(name)
    token = invite_partner(application.case, application.begun_by, f"{login}@example.org")
    partner = stage.people[login]
    accept(token, partner, stage.units[login].code)


def hand(stage: Stage, name: str) -> None:
    """Hand in what stands there."""
    application = stage.fresh(name)
    given = facts_given(application, Confirmed(True, 3, application.joint))
    done(hand_in(application, application.begun_by, digest_of(content_of(application)), given), name)


def handed_in(stage: Stage, name: str, host: int, round_: str, begun: str, given: str, partner: str = "") -> None:
    """Begun on one day, handed in on another. `partner`: the login of who takes part."""
    with on(begun):
        draft(stage, name, host, round_, bool(partner))
        if partner:
            join(stage, name, partner)
        write(stage, name, host)
    with on(given):
        hand(stage, name)


def drafts(stage: Stage, first: int) -> None:
    """Three that are being written: the applicant's own with a partner, one hardly begun, one that is nearly ready."""
    with on("2026-04-07"):
        draft(stage, "draft", 0, "live", True)
        join(stage, "draft", "partner")
        write(stage, "draft", 0, 0.55)
        comment_on(stage.fresh("draft"), "joint_text", "请参建单位补写现场验证的分工（示例意见）。",
                   stage.people["applicant"])
    with on("2026-04-14"):
        draft(stage, "draft-begun", first, "live")
        write(stage, "draft-begun", first, 0.1)
        draft(stage, "draft-ready", first + 1, "live")
        write(stage, "draft-ready", first + 1)


def returned(stage: Stage, name: str) -> None:
    """Sent back by its recommending body to be completed."""
    application = stage.fresh(name)
    user = application.body.body.organisation.memberships.get(role="manager").user
    send_back(application, "设备清单与正文不一致，请核对后再交（示例理由）。", user)


