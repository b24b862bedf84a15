"""A published round of the laboratory programme, and everyone who takes part in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from kept_worlds import built_once
from people import person

from guiju.lifecycle.events import Document, Evidence
from guiju.web.accounts.domain.organisations import add_member, create_organisation, make_recommending
from guiju.web.accounts.models import Organisation, RecommendingBody, User
from guiju.web.accounts.uscc import made_up
from guiju.web.cases.charts import installed
from guiju.web.cases.domain import assign, make_move
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.clock import today
from guiju.web.rounds.domain import Edit, edit, new_round, open_case, publish
from guiju.web.rounds.models import Round, RoundBody

LABORATORY = "national/quality-standards-laboratory"
FORM = "national/quality-standards-laboratory-2024"
PARAMETERS = {"pass_line": "60 分", "vote_majority": "60%"}
RULES: dict[str, Any] = {
    "scale": 100, "aggregate": "trimmed_mean", "trim": 1, "least_scores": 3, "quorum": "2/3",
    "abstentions_count": True, "blind": True, "panel_size": 3, "load_least": 0, "load_most": 10, "in_field": 1,
    "one_per_institution": True, "conflicts": {"same_institution": "bar", "co_author": "hint"},
    "anonymous_objections": True, "objection_days": 10, "visit_required": False, "reminders": [7, 1]}
GIVEN = {"申报主体类别": "科研院所", "依托单位隶属": "地方", "联合申报": "否"}


@dataclass
class LaboratoryWorld:
    """`officer` is of the bureau (质量发展局) and of the administration above it; the two ministries act as one
    organisation, whose agent is `ministries`. `body`: the row of the recommending body in the round."""

    applicant: User
    partner: User
    recommender: User
    officer: User
    ministries: User
    chair: User
    experts: list[User]
    operator: User
    stranger: User
    host: Organisation
    partner_organisation: Organisation
    province: Organisation
    bureau: Organisation
    administration: Organisation
    both_ministries: Organisation
    recommending: RecommendingBody
    round: Round
    body: RoundBody


@built_once
def laboratory_world(published: bool = True, closes_in: int = 60, rules: dict[str, Any] | None = None,
                     parameters: dict[str, str] | None = None) -> LaboratoryWorld:
    """The round opens today and takes applications for `closes_in` days. `rules`, `parameters`: over those here."""
    officer, ministries, chair = person("qdb", "齐质量"), person("miit", "部联合"), person("chair", "陈主任")
    applicant, partner, recommender = person("host", "申申报"), person("partner", "共共建"), person("amr", "推推荐")
    administration = create_organisation(made_up(900), "示例市场监管总局", "office", officer)
    bureau = create_organisation(made_up(901), "示例质量发展局", "office", officer, above=administration)
    both = create_organisation(made_up(902), "示例两部门联合办公室", "office", ministries)
    add_member(both, officer, "agent")
    province = create_organisation(made_up(903), "示例省市场监管局", "office", recommender, region="410000")
    recommending = make_recommending(province, region="410000")
    host = create_organisation(made_up(904), "示例省材料研究院", "institute", applicant, region="410100")
    other = create_organisation(made_up(905), "示例大学", "university", partner, region="410100")
    assign(installed(LABORATORY), "SAMR", organisation=administration)
    round_ = new_round(LABORATORY, "2026 年度国家质量标准实验室", today().year, bureau, officer, form=FORM)
    offices = {"SAMR": administration, "QDB": bureau, "MINISTRIES": both, "COORD": both}
    round_ = edit(round_, Edit(
        {"opens": today(), "closes": today() + dt.timedelta(days=closes_in)}, {**PARAMETERS, **(parameters or {})},
        {**RULES, "offices": {r: o.public_id for r, o in offices.items()}, **(rules or {})},
        bodies={province.public_id: {"copies": 3, "places": 5}}), round_.version)
    if published:
        round_ = publish(round_, officer, round_.version)
        assign(installed(LABORATORY), "COMMITTEE", user=chair, round_id=round_.public_id)
    return LaboratoryWorld(
        applicant, partner, recommender, officer, ministries, chair,
        [person(f"expert{i}", f"{name}专家") for i, name in enumerate("甲乙丙")],
        person("root", "平台管理员", operator=True), person("li", "李外人"), host, other, province, bureau,
        administration, both, recommending, round_, round_.bodies.get())


def begun(world: LaboratoryWorld, given: dict[str, Any] | None = None) -> CaseRecord:
    """The host's case, at S02 (being drafted)."""
    record = open_case(world.round, world.body, world.host, world.applicant, given or GIVEN)
    assert isinstance(record, CaseRecord), record
    return record


UNITS = [{"单位代码": "甲", "是依托单位": "是", "是主要承建方": "是", "同批申报数": "1 个", "其中联合申报数": "0 个"}]
HANDED_IN = Evidence({"材料盖依托单位公章": "是", "纸质材料份数": "3 份", "已交电子版": "是", "参建单位": UNITS},
                     (Document("国家质量标准实验室申报材料", "0" * 64),))
RECOMMENDED = Evidence({"材料六性审核通过": "是", "推荐意见已出具": "是", "推荐意见盖公章": "是",
                        "省级市场监管已推荐": "是", "已征求领域主管部门意见": "是"},
                       decisions={"T07-checked": "逐项核对，材料齐全属实"})


def examined(world: LaboratoryWorld, record: CaseRecord, result: str = "形审通过") -> CaseRecord:
    """The case, begun, led to S08 (notice of the examination); the notice itself is the caller's to publish."""
    steps = (("T03", world.applicant, HANDED_IN), ("T05", world.recommender, Evidence()),
             ("T07", world.recommender, RECOMMENDED),
             ("T08", world.officer, Evidence({"纸质材料份数": "3 份", "已交电子版": "是"})),
             ("T09", world.officer, Evidence({"形式审查结论": result})))
    for name, user, evidence in steps:
        made = make_move(record, name, user, evidence=evidence, acting_for=_place(world, name))
        assert isinstance(made, CaseRecord), (name, made)
        record = made
    return record


def _place(world: LaboratoryWorld, name: str) -> str:
    return world.bureau.public_id if name in ("T08", "T09") else ""
