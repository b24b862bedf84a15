"""Laboratories for tests: the chart's own timelines, walked on the site by someone for each role."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from kept_worlds import built_once
from people import person

from guiju.lifecycle.chart import Chart, Move
from guiju.lifecycle.events import CHINA, Document, Evidence
from guiju.lifecycle.library import CHARTS
from guiju.lifecycle.timeline import Step, timelines
from guiju.web.accounts.domain.organisations import create_organisation
from guiju.web.accounts.models import Organisation, User
from guiju.web.accounts.uscc import made_up
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign, begin_case, make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.rules import roles_held_by
from guiju.web.laboratories.models import Laboratory

CHART = "national/quality-standards-laboratory"
APPROVED = "六、批准：公示满期，批准建设"
FINISHED = "七、建设：两次年报，到期自动转入待验收"
APPLIED = "八、申请验收"
OPERATING = "九、验收：评议、审核、公示，正式运行"
# What the public may not read of a laboratory, whatever happened to it.
INNER = ("延期", "异议", "造假", "虚假", "裁量", "评议", "两部门审核")


@dataclass
class Walk:
    """A case that went a timeline's way: `holders` who acts in each role; `host` the applicant."""

    record: CaseRecord
    holders: dict[str, User]
    host: Organisation

    @property
    def laboratory(self) -> Laboratory:
        return Laboratory.objects.get(case=self.record)

    def client(self, role: str) -> Client:
        made = Client()
        made.force_login(self.holders[role])
        return made

    def move(self, name: str, day: str, role: str, given: dict[str, str] | None = None,
             decide: dict[str, str] | None = None) -> None:
        """Make a move on a day, as the chart's timelines do."""
        found = installed(CHART).moves.get(name)
        evidence = Evidence(given or {}, _papers(found), decide or {})
        made = make_move(self.record, name, self.holders[role], evidence=evidence, at=at(day))
        assert isinstance(made, CaseRecord), made
        self.record = made


def at(day: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=CHINA)


@built_once
def walked(name: str, title: str = "高端阀门国家质量标准实验室") -> Walk:
    """A case that went the whole way of a timeline that has that name."""
    chart = installed(CHART)
    holders, host = cast(chart)
    timeline = next(t for t in timelines(CHARTS / CHART) if t.name == name)
    record: CaseRecord | None = None
    for step in (*timeline.before, *timeline.steps):
        if not step.do or "refused" in step.expect:
            continue
        given = {**timeline.given, **step.give} if record is None else dict(step.give)
        evidence = Evidence(given, _papers_of(chart, step), dict(step.decide))
        moment = at(step.on.isoformat())
        user = holders[step.role or _role_of(chart, step)]
        made = begin_case(chart, step.do, user, applicant=host, evidence=evidence, round_id=timeline.round,
                          parameters=timeline.settings, title=title, at=moment) if record is None \
            else make_move(record, step.do, user, evidence=evidence, at=moment)
        assert isinstance(made, CaseRecord), (step.do, made)
        record = made
    assert record is not None
    return Walk(record, holders, host)


def cast(chart: Chart) -> tuple[dict[str, User], Organisation]:
    """Someone for each role: of the applicant, of an authority, an expert in person, one of the public."""
    host_user = person("host", "申报人")
    host = create_organisation(made_up(500), "示例研究院", "institute", host_user, region="110108")
    holders: dict[str, User] = {}
    for number, role in enumerate(sorted(chart.roles), 501):
        if role in roles_held_by(chart, "applicant"):
            holders[role] = host_user
            continue
        holders[role] = person(f"u{number}", f"{role}的人")
        if role in roles_held_by(chart, "office", "round"):
            own = create_organisation(made_up(number), f"{role}单位", "office", holders[role])
            assign(chart, role, organisation=own)
        elif role in roles_held_by(chart, "expert", "committee"):
            assign(chart, role, user=holders[role])
    for small, role in (("coord", "COORD"), ("ministries", "MINISTRIES"), ("committee", "COMMITTEE")):
        holders[small] = holders[role]
    holders["lab"] = host_user
    return holders, host


def _role_of(chart: Chart, step: Step) -> str:
    name, colon, word = step.do.rpartition(":")
    procedure = chart.procedures[name.partition("#")[0]] if colon else None
    moves = procedure.chart.moves if procedure else chart.moves
    return moves[word].roles[0].role


def _papers_of(chart: Chart, step: Step) -> tuple[Document, ...]:
    name, colon, word = step.do.rpartition(":")
    procedure = chart.procedures[name.partition("#")[0]] if colon else None
    return _papers((procedure.chart if procedure else chart).moves.get(word))


def _papers(move: Move | None) -> tuple[Document, ...]:
    return tuple(Document(p.name.zh, "0" * 64) for p in move.needs) if move else ()


def papers_for(chart: Chart, name: str) -> tuple[Document, ...]:
    """The papers that a move asks for."""
    return _papers(chart.moves.get(name))


def members_of_committee() -> list[dict[str, str]]:
    """Fifteen members as 办9 asks: one chair, three vice-chairs."""
    posts = ["主任委员", *["副主任委员"] * 3, *["委员"] * 11]
    return [{"成员标识": f"委{n:02}", "职务": post, "所在单位代码": f"单位{n}"} for n, post in enumerate(posts, 1)]


def desk(walk: Walk) -> str:
    """The address of a laboratory's desk."""
    return f"/laboratories/{walk.record.public_id}/desk/"


def act(walk: Walk, role: str, move: str, given: dict[str, str]) -> int:
    """Fill in the form of a move, with a file for each paper that it asks for, and send it; the answer's status."""
    client, address = walk.client(role), f"{desk(walk)}do/{move}/"
    page = client.get(address)
    assert page.status_code == 200, f"{move}: {page.status_code}"
    html = page.content.decode()
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', html)
    papers = {name: pdf() for name in re.findall(r'name="(paper-[0-9a-f]{10})"', html)}
    answer = client.post(address, {**given, "seen": seen[1] if seen else "", **papers})
    if answer.status_code != 302:
        print(re.sub(r"\s*<[^>]+>\s*", " ", answer.content.decode().partition("<main")[2])[:3000])
    walk.record.refresh_from_db()
    return answer.status_code


def pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile("a.pdf", b"%PDF-1.7\nsome text\n%%EOF\n")
