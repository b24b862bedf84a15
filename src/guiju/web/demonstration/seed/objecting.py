"""Objections by the public."""

from __future__ import annotations

from guiju.web.demonstration.seed.stage import Stage, done
from guiju.web.notices.domain import Objector
from guiju.web.notices.domain import object_to as raise_objection
from guiju.web.notices.models import NoticeItem, Objection


def object_to(stage: Stage, name: str, notice: str, ground: str, objector: str = "") -> Objection:
    """Against what a notice says of an application. `objector`: the name that is given; nobody's if empty."""
    case = stage.apps[name].case_id if name in stage.apps else stage.cases[name].pk
    item = NoticeItem.objects.filter(case=case, notice__notice=notice).latest("pk")
    who = Objector(name=objector, contact="objector@example.org" if objector else "", origin="demonstration")
    receipt = done(raise_objection(item, who, ground), f"{name} {notice}")
    return receipt.objection
