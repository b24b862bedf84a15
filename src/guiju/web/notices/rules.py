"""Who may do what in `notices`."""

from __future__ import annotations

from typing import Any

from guiju.web.cases.rules import part_holding, signed_in
from guiju.web.kit.permissions import PERMISSIONS, rule
from guiju.web.notices.models import Objection, PublicNotice
from guiju.web.notices.threads import procedure_of_item, role_of
from guiju.web.rounds.rules import runs_it


@rule("由流程图指定的异议处理单位的经办人或管理员办理",
      "an agent or manager of the office that settles objections does this")
def settles_it(user: Any, objection: Objection) -> bool:
    procedure = procedure_of_item(objection.item)
    return procedure is not None and part_holding(user, objection.item.case, role_of(procedure, "accept")) is not None


@rule("由办理这个批次的机关撤回", "the office that runs the round withdraws it")
def runs_the_round(user: Any, notice: PublicNotice) -> bool:
    return runs_it.holds(user, notice.round)


PERMISSIONS.update({"objection.list": signed_in, "objection.handle": settles_it, "notice.withdraw": runs_the_round})
