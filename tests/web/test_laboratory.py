"""A laboratory application on the site, along one of the chart's own timelines, and what the applicant sees of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from people import person

from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.events import Document, Evidence
from guiju.lifecycle.library import CHARTS
from guiju.lifecycle.timeline import Step, timelines
from guiju.web.accounts.domain.organisations import create_organisation
from guiju.web.accounts.models import Organisation, User
from guiju.web.accounts.uscc import made_up
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign, begin_case, make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.rules import roles_held_by
from guiju.web.cases.store import verified
from guiju.web.kit.clock import now

pytestmark = pytest.mark.django_db
LABORATORY = "national/quality-standards-laboratory"
SignedIn = Callable[[User], Client]


@dataclass
class Walked:
    """A case that went a timeline's way: `holders` who acts in each role."""

    record: CaseRecord
    holders: dict[str, User]


def cast(chart: Chart) -> tuple[dict[str, User], Organisation]:
    """Someone for each role: of the applicant, of an authority, an expert in person, one of the public."""
    host = create_organisation(made_up(500), "示例研究院", "institute", person("host", "申报人"))
    holders: dict[str, User] = {}
    for number, role in enumerate(sorted(chart.roles), 501):
        if role in roles_held_by(chart, "applicant"):
            holders[role] = User.objects.get(login="host")
            continue
        holders[role] = person(f"u{number}", f"{role}的人")
        if role in roles_held_by(chart, "office", "round"):
            own = create_organisation(made_up(number), f"{role}单位", "office", holders[role])
            assign(chart, role, organisation=own)
        elif role in roles_held_by(chart, "expert", "committee"):
            assign(chart, role, user=holders[role])
    return holders, host


def papers_of(chart: Chart, step: Step) -> tuple[Document, ...]:
    found: Move | None = chart.moves.get(step.do)
    return tuple(Document(p.name.zh, "0" * 64) for p in found.needs) if found else ()


@pytest.fixture
def walked(db: None) -> Walked:
    chart = installed(LABORATORY)
    holders, host = cast(chart)
    timeline = next(t for t in timelines(CHARTS / LABORATORY) if t.name == "现场评审后回到打分，再提交")
    record: CaseRecord | None = None
    for step in (*timeline.before, *timeline.steps):
        if not step.do or "refused" in step.expect:
            continue
        given = {**timeline.given, **step.give} if record is None else dict(step.give)
        evidence = Evidence(given, papers_of(chart, step), dict(step.decide))
        at = now().replace(year=step.on.year, month=step.on.month, day=step.on.day)
        _, colon, word = step.do.rpartition(":")
        procedure = chart.procedures[step.do.partition("#")[0].partition(":")[0]].chart if colon else chart
        user = holders[step.role or procedure.moves[word].roles[0].role]
        made = begin_case(chart, step.do, user, applicant=host, evidence=evidence, round_id=timeline.round,
                          parameters=timeline.settings, at=at) if record is None \
            else make_move(record, step.do, user, evidence=evidence, at=at)
        assert isinstance(made, CaseRecord), (step.do, made)
        record = made
    assert record is not None
    return Walked(record, holders)


def test_it_goes_all_the_way_on_the_site(walked: Walked) -> None:
    assert (walked.record.stage, verified(walked.record)) == ("S15", [])


def test_the_applicant_does_not_see_who_reviewed_and_how(walked: Walked, signed_in: SignedIn) -> None:
    reviewers = roles_held_by(installed(LABORATORY), "expert", "committee")
    events = [json.loads(line) for line in walked.record.events.values_list("line", flat=True)]
    names = {e["actor"]["name"] for e in events if e["role"] in reviewers}
    assert names
    client, address = signed_in(walked.holders["HOST"]), f"/cases/{walked.record.public_id}/"
    for page in (client.get(address), client.get(f"{address}audit/"), client.get("/inbox/"), client.get("/cases/")):
        html = page.content.decode()
        assert page.status_code == 200
        assert [n for n in (*names, "88 分") if n in html] == []
    assert client.get(f"{address}file.jsonl").status_code == 403


def test_an_expert_sees_his_own_part_alone(walked: Walked, signed_in: SignedIn) -> None:
    html = signed_in(walked.holders["PANEL"]).get(f"/cases/{walked.record.public_id}/").content.decode()

    assert "PANEL的人" in html
    assert "COMMITTEE的人" not in html


def test_the_authority_sees_all(walked: Walked, signed_in: SignedIn) -> None:
    client, address = signed_in(walked.holders["SAMR"]), f"/cases/{walked.record.public_id}/"

    assert "88 分" in client.get(address).content.decode()
    assert client.get(f"{address}file.jsonl").status_code == 200


def test_the_public_and_a_stranger_see_nothing(walked: Walked, signed_in: SignedIn) -> None:
    assert signed_in(walked.holders["PUBLIC"]).get(f"/cases/{walked.record.public_id}/").status_code == 404
