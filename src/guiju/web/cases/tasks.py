"""Background work on cases."""

from __future__ import annotations

import logging

from django.db.models import Q
from django_tasks import task

from guiju.lifecycle.agenda import REMIND
from guiju.source.diagnostics import Text
from guiju.web.cases.domain.acts import bring_up_to_date
from guiju.web.cases.domain.sealing import seal_days
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.queries import due_by
from guiju.web.cases.rules import people_with
from guiju.web.cases.store import Tampered
from guiju.web.kit.clock import today
from guiju.web.outbox.domain import Letter, put_out

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


def remind() -> int:
    """A letter to those whose turn it is, 30, 7 and 1 days before a day that counts; how many such days there are."""
    import datetime as dt

    from django.urls import reverse

    from guiju.web.cases.charts import chart_of

    day, count = today(), 0
    for item in due_by(day + dt.timedelta(days=max(REMIND))):
        left = (item.end - day).days
        if left not in REMIND or item.kind == "minimum":
            continue
        count += 1
        record, label = item.case, item.label
        chart = chart_of(record.revision)
        roles = {p.role for p in record.pending.all()}
        people = {u for role in roles for u in people_with(record, chart, role)}
        put_out(Letter(
            f"remind/{record.public_id}/{item.thread}:{item.ref}/{item.end}/{left}/{person.pk}", "reminder",
            Text(f"还有 {left} 天：{label.zh}（{record.public_id}）", f"{left} days left: {label.en or label.zh}"),
            Text(f"{record.title}：{label.zh}到 {item.end} 为止。", f"'{label.en or label.zh}' ends on {item.end}."),
            user=person, link=reverse("cases:show", args=[record.public_id])) for person in people)
    return count


