"""Who may do what in `rounds`."""

from __future__ import annotations

from typing import Any

from guiju.web.accounts.queries import ACTING, capacities
from guiju.web.kit.permissions import PERMISSIONS, rule
from guiju.web.rounds.callers import offices_that_call
from guiju.web.rounds.models import Round


@rule("由平台管理员指定的发布申报通知的机关及其下属机关的经办人或管理员开设批次",
      "rounds are opened by an agent or manager of the office that the operator entered as the one that calls for"
      " applications, or of one below it")
def acts_for_a_caller(user: Any, _: Any) -> bool:
    return bool(offices_that_call(user))


@rule("由办理这个批次的机关的经办人或管理员办理", "an agent or manager of the office that runs the round does this")
def runs_it(user: Any, round_: Round) -> bool:
    return any(c.organisation.pk == round_.office_id and c.role in ACTING for c in capacities(user))


PERMISSIONS.update({"round.create": acts_for_a_caller, "round.manage": runs_it})
