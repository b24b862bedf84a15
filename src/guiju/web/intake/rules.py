"""Who may do what in `intake`. What is looked up is among what the person may see already; here it is who acts."""

from __future__ import annotations

from typing import Any

from guiju.web.accounts.queries import ACTING, role_in
from guiju.web.applications.models import Application
from guiju.web.cases.queries import holders_of
from guiju.web.intake.models import Batch
from guiju.web.intake.queries import bodies_of, examined_rounds
from guiju.web.intake.stages import OFFICER
from guiju.web.kit.permissions import PERMISSIONS, rule
from guiju.web.rounds.models import Round, RoundBody


def _body_of(thing: Any) -> RoundBody | None:
    if isinstance(thing, (Application, Batch)):
        return thing.body
    return thing if isinstance(thing, RoundBody) else None


def _round_of(thing: Any) -> Round | None:
    if isinstance(thing, (Application, Batch)):
        return thing.round
    return thing if isinstance(thing, Round) else None


@rule("由推荐单位的人查看", "people of the recommending body see this")
def recommends(user: Any, thing: Any) -> bool:
    if thing is None:
        return bodies_of(user).exists()
    body = _body_of(thing)
    return body is not None and bodies_of(user).filter(pk=body.pk).exists()


@rule("由推荐单位的经办人或管理员办理", "an agent or manager of the recommending body does this")
def acts_for_body(user: Any, thing: Any) -> bool:
    body = _body_of(thing)
    return body is not None and role_in(user, body.body.organisation) in ACTING


@rule("由本批次的受理审查单位（质量发展局）查看", "people of the office that examines in this round see this")
def examines(user: Any, thing: Any) -> bool:
    rounds = examined_rounds(user)
    if thing is None:
        return rounds.exists()
    round_ = _round_of(thing)
    return round_ is not None and rounds.filter(pk=round_.pk).exists()


@rule("由本批次受理审查单位的经办人或管理员办理", "an agent or manager of the office that examines does this")
def acts_for_office(user: Any, thing: Any) -> bool:
    round_ = _round_of(thing)
    if round_ is None:
        return False
    held = holders_of(user, acting=True).filter(role=OFFICER, chart=round_.chart, case__isnull=True)
    return held.filter(round__in=["", round_.public_id]).exists()


PERMISSIONS.update({
    "recommend.list": recommends,
    "recommend.view": recommends,
    "recommend.act": acts_for_body,
    "examine.list": examines,
    "examine.view": examines,
    "examine.act": acts_for_office,
    "batch.view": recommends | examines,
})
