"""Applications that were handed in to a recommending body, and one of another body that nobody here may see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from kept_worlds import built_once
from people import person
from rounds_world import HANDED_IN, LaboratoryWorld, laboratory_world

from guiju.lifecycle.events import Document, Evidence
from guiju.web.accounts.domain.organisations import add_member, create_organisation, make_recommending
from guiju.web.accounts.models import Organisation, User
from guiju.web.accounts.uscc import made_up
from guiju.web.applications.domain.beginning import begin
from guiju.web.applications.domain.revisions import keep_revision, put_back
from guiju.web.applications.models import Application
from guiju.web.cases.domain import make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.intake import domain
from guiju.web.intake.checklists import formal_examination, material_check
from guiju.web.intake.queries import opinion_of
from guiju.web.kit.clock import now, today
from guiju.web.rounds.models import RoundBody

PASS_ALL = {"scientific": "pass", "systematic": "pass", "complete": "pass", "truthful": "pass", "accurate": "pass",
            "lawful": "pass"}


@dataclass
class IntakeWorld:
    """`first`, `second`: handed in to `lab.province`. `foreign`: to another body, whose agent is `other_recommender`;
    its applicant's name is 外省机密研究院. `clerk`: a second agent of the body, `examiner` a second one of the office;
    `reader` may only read at the body."""

    lab: LaboratoryWorld
    first: Application
    second: Application
    foreign: Application
    other_recommender: User
    other_body: RoundBody
    clerk: User
    examiner: User
    reader: User


@built_once
def intake_world(parameters: dict[str, str] | None = None) -> IntakeWorld:
    lab = laboratory_world(parameters=parameters)
    clerk, examiner, reader = person("clerk", "柯经办"), person("exam", "冯审查"), person("reader", "卢查阅")
    add_member(lab.province, clerk, "agent")
    add_member(lab.province, reader, "reader")
    add_member(lab.bureau, examiner, "agent")
    other = person("amr2", "邻推荐")
    neighbour = create_organisation(made_up(910), "邻省市场监管局", "office", other, region="420000")
    body = RoundBody.objects.create(round=lab.round, body=make_recommending(neighbour, region="420000"),
                                    deadline=lab.body.deadline, copies=3)
    one, two = applicant(911, "第二研究院"), applicant(912, "外省机密研究院")
    first = handed_in(lab, lab.body, lab.host, lab.applicant)
    second = handed_in(lab, lab.body, *one)
    foreign = handed_in(lab, body, *two)
    return IntakeWorld(lab, first, second, foreign, other, body, clerk, examiner, reader)


def applicant(number: int, name: str) -> tuple[Organisation, User]:
    user = person(f"a{number}", f"{name}的经办人")
    return create_organisation(made_up(number), name, "institute", user, region="410100"), user


def drafted(lab: LaboratoryWorld, body: RoundBody, own: Organisation, user: User, joint: bool = False,
            answers: dict[str, Any] | None = None) -> Application:
    made = begin(lab.round, body, own, user, "科研院所", "地方", joint)
    assert isinstance(made, Application), made
    put_back(made, {"lab_name_zh": f"{own.name}国家质量标准实验室", **(answers or {})}, user)
    return made


def handed_in(lab: LaboratoryWorld, body: RoundBody, own: Organisation, user: User, partners: tuple[str, ...] = (),
              answers: dict[str, Any] | None = None) -> Application:
    """`partners`: the credit codes of a joint application's partners; `answers`: what else the form states."""
    made = drafted(lab, body, own, user, bool(partners), answers)
    units = [{"单位代码": code, "是依托单位": "是" if code == own.code else "否",
              "是主要承建方": "是" if code == own.code else "否"} for code in (own.code, *partners)]
    given: dict[str, Any] = {**HANDED_IN.given, "参建单位": units}
    if partners:
        given |= {"材料盖共建单位章": "是", **{f"协议明确{what}责权": "是"
                                      for what in ("人员", "资金", "设备", "项目", "知识产权")}}
    record = make_move(made.case, "T03", user, acting_for=own.public_id,
                       evidence=Evidence(given, (Document("国家质量标准实验室申报材料", "0" * 64),)))
    assert isinstance(record, CaseRecord), record
    keep_revision(made, user, "提交", event=record.count)
    made.handed_in = now()
    made.save(update_fields=["handed_in"])
    return fresh(made)


def fresh(application: Application) -> Application:
    return Application.objects.select_related("case", "round", "organisation", "body__body__organisation").get(
        pk=application.pk)


def taken_in(application: Application, user: User) -> Application:
    made = domain.take_in(application, user)
    assert isinstance(made, CaseRecord), made
    return fresh(application)


def checked(application: Application, user: User, marks: dict[str, str] | None = None) -> Application:
    """Taken in, every item marked, the department asked, the opinion written."""
    if application.case.stage == "S03":
        application = taken_in(application, user)
    for id_, mark in (marks or PASS_ALL).items():
        item = material_check().item(id_)
        assert item is not None
        domain.mark_material(application, item, mark, "" if mark == "pass" else "有出入", user, 0)
    domain.ask(application, "示例省科技厅", "请提出意见", today(), user)
    kept = opinion_of(application)
    written = domain.Written("同意推荐", "厅长", today(), joined=True, sealed=bool(kept and kept.sealed))
    domain.write_opinion(application, written, user, kept.version if kept else 0)
    return fresh(application)


def forwarded(application: Application, user: User) -> Application:
    made = domain.forward(checked(application, user), user, decisions={"T07-seal": "公章随纸质件报送"})
    assert isinstance(made, CaseRecord), made
    return fresh(application)


def in_examination(world: IntakeWorld, application: Application) -> Application:
    user = world.other_recommender if application.body_id == world.other_body.pk else world.lab.recommender
    sent = forwarded(application, user)
    evidence = Evidence({"纸质材料份数": "3 份", "已交电子版": "是"})
    made = make_move(sent.case, "T08", world.lab.officer, acting_for=world.lab.bureau.public_id, evidence=evidence)
    assert isinstance(made, CaseRecord), made
    return fresh(sent)


def judged(application: Application, user: User, but: tuple[str, ...] = (), failing: str = "") -> Application:
    """Every needed item of the formal examination marked, save `but`. `failing`: the id of one that fails."""
    for item in formal_examination().needed:
        if item.id not in but:
            domain.mark_formal(application, item, "fail" if item.id == failing else "pass", "已核对", user, 0)
    return fresh(application)


def later(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)
