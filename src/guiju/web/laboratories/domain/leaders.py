"""Directors and chairs of academic committees, each from a day on."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from guiju.web.accounts.models import User
from guiju.web.accounts.queries import ACTING, people_of
from guiju.web.kit.clock import now
from guiju.web.kit.permissions import Refused
from guiju.web.laboratories.models import Laboratory, Leader


@transaction.atomic
def appoint(laboratory: Laboratory, by: User, *, post: str, since: dt.date, account: User | None = None,
            **more: Any) -> Leader:
    """Enter a leader from a day on; the one before ends the day before. Raises Refused.

    `account`: his own, if he shall act here; he must be an agent or manager of the host already, for that is what
    lets him act.
    """
    Laboratory.objects.select_for_update(of=("self",)).get(pk=laboratory.pk)
    if account is not None and not people_of(laboratory.host, ACTING).filter(pk=account.pk).exists():
        raise Refused("要办理事项的主任，先请单位管理员加为经办人",
                      "to act here he has to be an agent of the host first: its manager adds him")
    before = laboratory.leaders.filter(post=post, until__isnull=True).first()
    if before is not None:
        if since <= before.since:
            raise Refused(f"任职日要晚于前任的任职日 {before.since}", f"it has to be after {before.since}")
        before.until = since - dt.timedelta(days=1)
        before.save(update_fields=["until"])
    return laboratory.leaders.create(post=post, since=since, user=account, entered=now(), entered_by=by, **more)
