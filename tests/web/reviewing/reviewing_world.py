"""A round whose applications were taken in, with experts, a committee, panels: everything that a review needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kept_worlds import built_once
from people import person
from rounds_world import GIVEN, LaboratoryWorld, examined, laboratory_world

from guiju.web.accounts.domain.organisations import create_organisation
from guiju.web.accounts.models import Expert, ExpertPost, ExpertSpeciality, Organisation, User
from guiju.web.accounts.uscc import made_up
from guiju.web.applications.models import Application, Revision
from guiju.web.cases.domain import make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.clock import now
from guiju.web.reviewing.domain import assigning, beginning, committees, leading, marking, panels
from guiju.web.reviewing.models import Assigned, Committee, Panel
from guiju.web.reviewing.queries.marks import rubric_of
from guiju.web.rounds.domain import open_case

Clock = Callable[[str], None]
WEIGHTS = {"equipment": 10, "staff": 10, "leader": 10, "analysis": 10, "planning": 10, "ability": 10, "expected": 10,
           "investment": 10, "mechanism": 10, "value": 5, "management": 5}
FIELDS = ("新材料", "人工智能")
TEXT = "示例省材料研究院的赵钱孙带领团队，与示例省市场监管局合作，联系 zhao@example.cn。"


@dataclass
class ReviewWorld:
    """`hosts`: who applies for the other applications; `members`: of the committee, `chair` first; `panel`: experts of
    the first field, its leader first."""

    base: LaboratoryWorld
    applications: list[Application]
    hosts: list[User]
    members: list[User]
    panel: list[User]
    committee: Committee
    panels: list[Panel]
    tasks: list[Assigned] = field(default_factory=list)

    @property
    def round(self) -> Any:
        return self.base.round

    def tasks_of(self, application: Application) -> list[Assigned]:
        return list(Assigned.objects.filter(application=application).select_related("user").order_by("user__login"))


def expert(login: str, name: str, fields: tuple[str, ...] = (), code: str = "", place: str = "") -> User:
    user = person(login, name)
    made = Expert.objects.create(user=user, title="研究员")
    ExpertSpeciality.objects.bulk_create(ExpertSpeciality(expert=made, field=f) for f in fields)
    if place:
        ExpertPost.objects.create(expert=made, institution=place, code=code, since=dt.date(2015, 1, 1))
    return user


def applied(base: LaboratoryWorld, host: Organisation, user: User, name: str, answers: dict[str, Any] | None = None
            ) -> Application:
    """An application that was handed in, at S08."""
    record = open_case(base.round, base.body, host, user, GIVEN)
    assert isinstance(record, CaseRecord), record
    content = {"lab_name_zh": name, "host_name": host.name, "host_code": host.code, "host_head": "赵钱孙",
               "recommender_name": "示例省市场监管局", "domain": "新材料", "research_field": "先进陶瓷",
               "purpose_text": TEXT, "plan_text": "建成后服务产业。",
               "staff": [{"category": "研究人员", "name": "周吴郑", "speciality": "陶瓷"}],
               "results": [{"category": "专著", "name": "陶瓷检验", "authors": "赵钱孙、专家一（示例大学）"}],
               **(answers or {})}
    application = Application.objects.create(
        round=base.round, case=record, organisation=host, body=base.body, form=base.round.form, form_digest="0" * 64,
        begun=now(), begun_by=user, handed_in=now())
    Revision.objects.create(application=application, number=1, digest="0" * 64, event=3, at=now(), by=user, content={
        "form": base.round.form, "form_digest": "0" * 64, "joint": False, "answers": content, "attachments": []})
    return application


@built_once
def taken_in(on: Clock, count: int = 2, rules: dict[str, Any] | None = None) -> ReviewWorld:
    """Applications at S10, a confirmed committee of 15, two panels, applications placed in the first one."""
    on("2026-03-02")
    base = laboratory_world(rules={"weights": WEIGHTS, "trim": 1, "in_field": 0, "panel_size": 3, "least_scores": 3,
                                   "one_per_institution": False, **(rules or {})})
    hosts, applications = [], []
    for n in range(count):
        user = base.applicant if n == 0 else person(f"host{n}", f"申报人{n}")
        host = base.host if n == 0 else create_organisation(made_up(920 + n), f"示例单位{n}号", "institute", user)
        hosts.append(user)
        applications.append(applied(base, host, user, f"先进陶瓷{n}国家质量标准实验室"))
    records = [_examined(base, application, user) for application, user in zip(applications, hosts, strict=True)]
    on("2026-03-20")
    for record in records:
        made = make_move(record, "T10", base.officer, acting_for=base.bureau.public_id)
        assert isinstance(made, CaseRecord), made
    members = [expert(f"member{n:02}", f"委员{n:02}", code=made_up(950 + n), place=f"院所{n}") for n in range(15)]
    committee = composed(base, members)
    panel = [expert(f"judge{n}", f"专家{'一二三四五'[n]}", FIELDS[:1], made_up(980 + n), f"高校{n}") for n in range(5)]
    formed = [panels.form_panel(base.round, f) for f in FIELDS]
    for user in panel:
        panels.join(formed[0], user)
    panels.name_leader(formed[0], panel[0])
    for application in applications:
        panels.place(application, formed[0])
    return ReviewWorld(base, applications, hosts, members, panel, committee, formed)


def _examined(base: LaboratoryWorld, application: Application, user: User) -> CaseRecord:
    mine = LaboratoryWorld(**{**base.__dict__, "applicant": user})
    return examined(mine, application.case)


def composed(base: LaboratoryWorld, members: list[User]) -> Committee:
    """A committee that is confirmed: the first is its chair, the next three are vice-chairs."""
    committee = committees.begin_committee(base.round, "专家技术委员会")
    committees.set_formed(committee, dt.date(2026, 3, 1))
    for n, user in enumerate(members):
        committees.seat(committee, user, "chair" if n == 0 else "vice" if n < 4 else "member")
    committees.confirm(committee, base.officer)
    committee.refresh_from_db()
    return committee


@built_once
def reviewing(on: Clock, count: int = 2, rules: dict[str, Any] | None = None) -> ReviewWorld:
    """Applications at S11, each with three experts who have declared no ties."""
    world = taken_in(on, count, rules)
    done = beginning.begin_review(world.round, fresh(world), world.members[0], True, {})
    assert [b.refused for b in done] == [None] * count
    made = assigning.run(world.round, world.base.officer)
    assert made.state == "proposed", made.found
    assigning.accept(made, world.base.officer, dt.date(2026, 4, 10))
    for task in Assigned.objects.all():
        assigning.declare(task, "")
    world.applications = fresh(world)
    world.tasks = list(Assigned.objects.select_related("user", "application"))
    return world


def fresh(world: ReviewWorld) -> list[Application]:
    """The applications as they are now."""
    return list(Application.objects.filter(pk__in=[a.pk for a in world.applications]).select_related(
        "case", "round", "placement__panel__leader", "organisation").order_by("pk"))


def marked(task: Assigned, value: str, veto: str = "") -> None:
    """A whole review, handed in."""
    for indicator in rubric_of(task.application.round).marked():
        marking.save_mark(task, indicator.id, value, f"{indicator.name.zh}的理由", 0)
    if veto:
        marking.claim_veto(task, veto, "检测报告编号重复", None)
    marking.submit(task)


@built_once
def scored(on: Clock, count: int = 2, rules: dict[str, Any] | None = None) -> ReviewWorld:
    """Applications at S13, with marks of 70, 80 and 90 for the first, lower ones after it."""
    world = reviewing(on, count, rules)
    for n, application in enumerate(world.applications):
        for task, value in zip(world.tasks_of(application), (70, 80, 90), strict=True):
            marked(task, str(value - 10 * n))
        placement = application.placement
        leading.close_marks(placement)
        leading.to_the_committee(placement, world.panel[0])
    world.applications = fresh(world)
    return world
