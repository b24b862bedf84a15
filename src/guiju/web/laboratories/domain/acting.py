"""A move with what the site keeps beside it: both, or neither."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction

from guiju.lifecycle.refusal import Refusal
from guiju.web.accounts.models import User
from guiju.web.cases.domain import Overtaken, make_move
from guiju.web.cases.models import CaseRecord


@transaction.atomic
def make_with(record: CaseRecord, name: str, user: User, keep: Callable[[CaseRecord, User], None] | None,
              **more: Any) -> CaseRecord | Refusal | Overtaken:
    """Make a move and keep what belongs to it. `more`: as for `cases.domain.make_move`."""
    made = make_move(record, name, user, **more)
    if isinstance(made, CaseRecord) and keep is not None:
        keep(made, user)
    return made
