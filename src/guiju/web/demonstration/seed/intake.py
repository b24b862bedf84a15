"""Recommending and examining: from the body's check to acceptance for review, with the notices between."""

from __future__ import annotations

from collections.abc import Sequence

from guiju.web.accounts.models import User
from guiju.web.applications.models import Application
from guiju.web.demonstration.seed.stage import Stage, Stuck, done
from guiju.web.intake import domain
from guiju.web.intake.checklists import formal_examination, material_check
from guiju.web.intake.domain.officer import Given, plan
from guiju.web.kit.clock import today


def recommender_of(application: Application) -> User:
    return application.body.body.organisation.memberships.get(role="manager").user


def take_in(stage: Stage, *names: str) -> None:
    for name in names:
        application = stage.fresh(name)
        done(domain.take_in(application, recommender_of(application)), name)


def check(stage: Stage, name: str, items: int = 6, failed: str = "") -> None:
    """Mark the first items of the materials. `failed`: the id of one that does not pass."""
    application = stage.fresh(name)
    for item in material_check().items[:items]:
        mark, remark = ("fail", "数据前后不一（示例理由）") if item.id == failed else ("pass", "")
        domain.mark_material(application, item, mark, remark, recommender_of(application), 0)


def forward(stage: Stage, *names: str) -> None:
    """Everything the body does, up to forwarding."""
    for name in names:
        check(stage, name)
        application = stage.fresh(name)
        user = recommender_of(application)
        if application.body.body.region:
            domain.ask(application, "示例省科技部门（虚构）", "请对申报领域提出意见", today(), user)
        written = domain.Written("材料属实，同意推荐（示例意见）。", "示例负责人", today(), sealed=True)
        domain.write_opinion(application, written, user, 0, stage.paper("推荐意见"))
        done(domain.forward(stage.fresh(name), user), name)


def decline(stage: Stage, name: str) -> None:
    check(stage, name, failed="accurate")
    application = stage.fresh(name)
    done(domain.decline(application, "材料数据前后不一，本批次不予推荐（示例理由）。", True,
                        recommender_of(application)), name)


def receive(stage: Stage, round_: str, names: Sequence[str]) -> None:
    _batch(stage, "T08", round_, names, Given(copies="3", electronic=True))


def conclude(stage: Stage, round_: str, passed: Sequence[str], failed: Sequence[str] = ()) -> None:
    """Conclude, and publish all results in one notice."""
    user = stage.people["officer"]
    for name in passed:
        judge_all(stage, name)
        domain.conclude(stage.fresh(name), "pass", "逐项核对，符合要求（示例）。", user, 0)
    for name in failed:
        _judge(stage, name, "focus", "fail", "研究方向与申报领域不符（示例理由）")
        domain.conclude(stage.fresh(name), "fail", "研究方向与申报领域不符（示例理由）。", user, 0)
    _batch(stage, "T09", round_, [*passed, *failed], Given())


def accept(stage: Stage, round_: str, names: Sequence[str]) -> None:
    _batch(stage, "T10", round_, names, Given())


def send_away(stage: Stage, round_: str, names: Sequence[str]) -> None:
    _batch(stage, "T11", round_, names, Given(reason="形式审查未通过，材料退回（示例理由）。"))


def mark_some(stage: Stage, name: str, count: int) -> None:
    """The officer has begun to examine."""
    for item in formal_examination().items[:count]:
        _judge(stage, name, item.id, "pass", "已核对")


def judge_all(stage: Stage, name: str) -> None:
    for item in formal_examination().needed:
        _judge(stage, name, item.id, "pass", "已核对")


def _judge(stage: Stage, name: str, id_: str, mark: str, remark: str) -> None:
    item = formal_examination().item(id_)
    if item is None:
        raise Stuck(f"{id_}: no such item of the formal examination")
    domain.mark_formal(stage.fresh(name), item, mark, remark, stage.people["officer"], 0)


def _batch(stage: Stage, move: str, round_: str, names: Sequence[str], given: Given) -> None:
    found = [stage.fresh(name) for name in names]
    made = domain.carry_out(plan(move, stage.rounds[round_], stage.people["officer"], found,
                                 {a.public_id: given for a in found}), True)
    if made.refused:
        raise Stuck(f"{move}: {made.lines}")
