"""Who may do what in `rounds`."""

from __future__ import annotations

from typing import Any

from guiju.web.accounts.queries import ACTING, capacities
from guiju.web.kit.permissions import PERMISSIONS, rule
from guiju.web.rounds.models import Round


@rule("由行政机关的经办人或管理员开设批次", "an agent or manager of a public authority opens rounds")
def acts_for_an_office(user: Any, _: Any) -> bool:
    return any(c.organisation.kind == "office" and c.role in ACTING for c in capacities(user))


@rule("由办理这个批次的机关的经办人或管理员办理", "an agent or manager of the office that runs the round does this")
def runs_it(user: Any, round_: Round) -> bool:
    return any(c.organisation.pk == round_.office_id and c.role in ACTING for c in capacities(user))


PERMISSIONS.update({"round.create": acts_for_an_office, "round.manage": runs_it})
