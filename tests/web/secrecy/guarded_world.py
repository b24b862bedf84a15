"""A round in which everything that could leak exists: each secret is a word of its own, found nowhere else.

Two applicants with a partner each, one of them approved in the end; two recommending bodies; two panels' work, a vote,
objections with a name and without, a draft, a laboratory with a major change.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from applying import PDF, filled, written
from django.core.files.uploadedfile import SimpleUploadedFile
from guarded_review import reviewed
from kept_worlds import built_once
from people import person
from rounds_world import LaboratoryWorld, laboratory_world

from guiju.lifecycle.events import Evidence
from guiju.web.accounts.domain.invitations import accept, invite
from guiju.web.accounts.domain.organisations import add_member, create_organisation, delegate, make_recommending
from guiju.web.accounts.models import Organisation, User
from guiju.web.accounts.uscc import made_up
from guiju.web.api.domain import issue
from guiju.web.api.models import SCOPES
from guiju.web.applications.domain import begin, hand_in
from guiju.web.applications.domain.attachments import add_file
from guiju.web.applications.domain.comments import comment_on
from guiju.web.applications.domain.confirming import Confirmed, facts_given
from guiju.web.applications.domain.handing_in import Acknowledged
from guiju.web.applications.domain.revisions import content_of, digest_of, keep_by_hand
from guiju.web.applications.models import Application
from guiju.web.cases.domain import make_move
from guiju.web.cases.domain.roles import invite_partner
from guiju.web.cases.models import CaseRecord
from guiju.web.files.domain import Upload, take_in
from guiju.web.intake import domain as intake
from guiju.web.intake.checklists import formal_examination, material_check
from guiju.web.intake.domain import officer as batches
from guiju.web.intake.queries import opinion_of
from guiju.web.intake.stages import CONCLUDE
from guiju.web.kit.clock import today
from guiju.web.notices.domain.handling import answer, handle, inquire
from guiju.web.notices.domain.objecting import Objector, Receipt, object_to
from guiju.web.notices.models import Objection, PublicNotice
from guiju.web.rounds.models import RoundBody

Clock = Callable[[str], None]
WEIGHTS = {"equipment": 10, "staff": 10, "leader": 10, "analysis": 10, "planning": 10, "ability": 10, "expected": 10,
           "investment": 10, "mechanism": 10, "value": 5, "management": 5}
RULES = {"weights": WEIGHTS, "trim": 1, "in_field": 0, "panel_size": 3, "least_scores": 3,
         "one_per_institution": False, "blind": True}


See = Callable[[LaboratoryWorld, dict[str, User], Application], None]


def nothing(base: LaboratoryWorld, people: dict[str, User], application: Application) -> None:
    """Sees nothing."""


def secret(name: str) -> str:
    """The word that stands for a secret: it is found nowhere else."""
    return f"密{name}钥"


@dataclass
class Guarded:
    """`people`: by part. `tokens`: of the API, in plain. `a` is approved in the end, `b` stays with its panel, `draft`
    was never handed in."""

    base: LaboratoryWorld
    people: dict[str, User]
    a: Application
    b: Application
    draft: Application
    tokens: dict[str, str]


def upload(name: str, paper: str = "") -> Upload:
    return take_in(SimpleUploadedFile(f"{secret(name)}.pdf", PDF), paper)


@built_once
def guarded(on: Clock, see: See = nothing) -> Guarded:
    """Everything, from the call to the laboratory's major change. `see` is called as the first application goes on."""
    on("2026-03-02")
    base = laboratory_world(rules=RULES)
    people, b_host, b_body = _cast(base)
    a = _application(base, base.body, base.host, people, "a")
    see(base, people, a)
    b = _application(base, b_body, b_host, people, "b")
    draft = begin(base.round, b_body, base.host, base.applicant, "科研院所", "地方", False)
    assert isinstance(draft, Application)
    written(draft, "purpose_text", secret("未提交草稿"), base.applicant)
    _recommended(people["rec_a"], a, "a")
    see(base, people, a)
    intake.send_back(b, secret("退补理由"), people["rec_b"])
    b = _handed_in(b, people["b"])
    _recommended(people["rec_b"], b, "b")
    _examined(base, [a, b])
    _objected(base, people)
    see(base, people, a)
    on("2026-03-20")
    for application in (a, b):
        moved(application, "T10", base.officer, base.bureau)
    see(base, people, a)
    people |= reviewed(on, base, fresh(a), fresh(b), lambda more: see(base, {**people, **more}, a))
    a = fresh(a)
    moved(a, "major_change:T44", base.applicant, base.host, Evidence(
        {"重大事项类别": "结构调整", "重大事项说明": secret("重大事项说明")}),
        [upload("重大事项报告", "重大事项书面报告")])
    _around(base, people)
    tokens = {who: issue(user, secret(f"令牌{who}"), list(SCOPES), 90) for who, user in people.items()}
    return Guarded(base, people, fresh(a), fresh(b), fresh(draft), tokens)


def _cast(base: LaboratoryWorld) -> tuple[dict[str, User], Organisation, RoundBody]:
    """The people by part; who applies beside them, and the body that is asked to recommend him."""
    people = {"a": base.applicant, "a_partner": base.partner, "rec_a": base.recommender, "officer": base.officer,
              "ministries": base.ministries, "operator": base.operator, "stranger": base.stranger}
    for who, own in (("a_reader", base.host), ("qdb", base.bureau), ("samr", base.administration)):
        people[who] = person(f"clerk-{who}", f"{who}同事")
        add_member(own, people[who], "reader" if who == "a_reader" else "agent")
    people |= {who: person(who, f"{who}先生") for who in ("b", "b_partner", "rec_b", "objector")}
    host = create_organisation(made_up(930), "远山计量研究院", "institute", people["b"], region="420100")
    create_organisation(made_up(931), "远山大学", "university", people["b_partner"], region="420100")
    other = create_organisation(made_up(932), "邻省市场监管局", "office", people["rec_b"], region="420000")
    return people, host, RoundBody.objects.create(
        round=base.round, body=make_recommending(other, region="420000"), deadline=base.body.deadline, copies=3)


def _application(base: LaboratoryWorld, body: RoundBody, host: Organisation, people: dict[str, User], who: str
                 ) -> Application:
    """Handed in, by a consortium, with a secret in each place that only its own people see."""
    user, partner = people[who], people[f"{who}_partner"]
    made = begin(base.round, body, host, user, "科研院所", "地方", True)
    assert isinstance(made, Application)
    token = invite_partner(made.case, user, f"{who}_partner@example.org" if who == "b" else "partner@example.org")
    own = partner.memberships.get().organisation
    accept(token, partner, own.code)
    filled(made, user)
    for field, value in {"purpose_text": secret(f"正文{who}"), "host_head": f"{secret(f'院长{who}')}",
                         "plan_text": f"{host.name}的{secret(f'院长{who}')}负责。",
                         "partner_items": [{"name": o.name, "code": o.code, "host": "是" if o == host else "否",
                                            "builder": "是" if o == host else "否"} for o in (host, own)]}.items():
        written(made, field, value, user)
    add_file(made, "other_material", SimpleUploadedFile(f"{secret(f'附件{who}')}.pdf", PDF), user)
    comment_on(made, "purpose_text", secret(f"商量{who}"), partner)
    keep_by_hand(made, user, secret(f"存稿{who}"))
    return _handed_in(made, user)


def _handed_in(made: Application, user: User) -> Application:
    made = fresh(made)
    given = facts_given(made, Confirmed(True, 3, partners_seal=True))
    done = hand_in(made, user, digest_of(content_of(made)), given)
    assert isinstance(done, Acknowledged), done
    return fresh(made)


def fresh(made: Application) -> Application:
    return Application.objects.select_related("case", "round", "organisation", "body__body__organisation").get(
        pk=made.pk)


def moved(application: Application, name: str, user: User, own: Organisation, evidence: Evidence | None = None,
          uploads: Any = ()) -> None:
    made = make_move(fresh(application).case, name, user, acting_for=own.public_id, evidence=evidence, uploads=uploads)
    assert isinstance(made, CaseRecord), made


def _recommended(user: User, application: Application, who: str) -> None:
    assert isinstance(intake.take_in(application, user), CaseRecord)
    for item in material_check().needed:
        intake.mark_material(application, item, "pass", secret(f"材料审核{who}"), user, 0)
    _, token = intake.ask(application, "示例省科技厅", secret(f"征求{who}"), today(), user,
                          address="kjt@example.org", until=today() + dt.timedelta(days=9))
    intake.answer_by_link(token, secret(f"答复{who}"), secret(f"答复人{who}"), [upload(f"答复附件{who}")])
    scan = upload(f"意见扫描{who}")
    kept = opinion_of(application)
    intake.write_opinion(application, intake.Written(secret(f"推荐意见{who}"), "厅长", today(), True, True), user,
                         kept.version if kept else 0, scan)
    done = intake.forward(application, user, decisions={"T07-seal": secret(f"盖章说明{who}")})
    assert isinstance(done, CaseRecord), done


def _examined(base: LaboratoryWorld, applications: list[Application]) -> None:
    for application in applications:
        moved(application, "T08", base.officer, base.bureau, Evidence({"纸质材料份数": "3 份", "已交电子版": "是"}))
        first, *others = formal_examination().needed
        intake.mark_formal(application, first, "doubt", secret("形审说明"), base.officer, 0)
        for item in others:
            intake.mark_formal(application, item, "pass", "已核对", base.officer, 0)
        intake.conclude(application, "pass", secret("形审结论理由"), base.officer, 0)
    plan = batches.plan(CONCLUDE, base.round, base.officer, [fresh(a) for a in applications], {})
    done = intake.carry_out(plan, True)
    assert done.made == 2, done.lines


def _objected(base: LaboratoryWorld, people: dict[str, User]) -> None:
    """Of the first application by one with a name, who is asked and answers; of the second without a name."""
    first, second = PublicNotice.objects.get().items.order_by("place")
    named = object_to(first, Objector(people["objector"], secret("异议人姓名"), secret("异议人电话"), "10.0.0.9"),
                      secret("实名异议理由"), [upload("异议佐证")])
    unnamed = object_to(second, Objector(origin="10.0.0.8"), secret("匿名异议理由"))
    for made in (named, unnamed):
        assert isinstance(made, Receipt)
        objection = Objection.objects.get(pk=made.objection.pk)
        assert isinstance(handle(objection, "accept", "", base.officer), CaseRecord)
        if made is named:
            answer(inquire(objection, "objector", "", secret("询问"), base.officer), secret("询问答复"))
            inquire(objection, "other", secret("向谁了解"), secret("另问"), base.officer)
        assert isinstance(handle(objection, "dismiss", secret("异议核查"), base.officer), CaseRecord)


def _around(base: LaboratoryWorld, people: dict[str, User]) -> None:
    """What belongs to an organisation: an invitation that is open, a delegation."""
    invite(base.host, base.applicant, f"{secret('受邀邮箱')}@example.org")
    delegate(base.host, base.applicant, people["stranger"], today() + dt.timedelta(days=300),
             today() + dt.timedelta(days=301), secret("委托理由"))
