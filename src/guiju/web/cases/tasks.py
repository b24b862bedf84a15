"""Background work on cases."""

from __future__ import annotations

import logging

from django.db.models import Q
from django_tasks import task

from guiju.web.cases.domain.acts import bring_up_to_date
from guiju.web.cases.domain.reminding import remind
from guiju.web.cases.domain.sealing import seal_days
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.store import Tampered

log = logging.getLogger(__name__)


@task()
def daily_round() -> dict[str, int]:
    """Once a day or more often: automatic moves, what waits for whom, reminders. Doing it twice does nothing twice."""
    made = 0
    for record in CaseRecord.objects.filter(Q(final=False) | Q(agenda__isnull=False)).distinct().iterator():
        try:
            made += bring_up_to_date(record)
        except Tampered:
            log.error("case %s is not as it was written; nothing is done in it", record.public_id)
    seal_days()
    return {"made": made, "reminded": remind()}
