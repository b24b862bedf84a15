"""Making results public. Called in the transaction in which the cases make their moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.db.models import Max

from guiju.calendar import NoticeUnit, earliest_close
from guiju.lifecycle.chart import Chart, Notice
from guiju.lifecycle.environment import interpreter
from guiju.lifecycle.spans import exact_length
from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.cases.charts import calendar, chart_of
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.store import case_of
from guiju.web.kit.clock import now, today
from guiju.web.kit.permissions import Refused
from guiju.web.notices.models import NoticeItem, PublicNotice
from guiju.web.rounds.models import Round

UNITS = {"workday": Text("个工作日", "working days"), "day": Text("日", "days")}
LONGEST = 366


@dataclass(frozen=True, slots=True)
class Item:
    """A case and its result as they are made public. `name`: the laboratory's; the applicant's name if it is empty.
    `reason`: what may be said of it in public."""

    case: CaseRecord
    result: Text
    reason: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A notice that would begin on a day: how long it stands at least and as asked for, and its last day."""

    begins: dt.date
    ends: dt.date
    least: int
    days: int
    unit: str
    unknown_years: tuple[int, ...]


@transaction.atomic
def publish(round_: Round, notice_id: str, items: Sequence[Item], user: User, *, title: str = "", text: str = "",
            days: int | None = None) -> PublicNotice:
    """Make a notice of the chart public, from today. `days`: longer than the chart asks for.

    Raises Refused for nothing to make public, a case of another round, and a notice shorter than its clause asks for.
    """
    if not items:
        raise Refused("公示里一个事项也没有", "there is nothing to make public")
    Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    strangers = [i.case.public_id for i in items if i.case.round != round_.public_id]
    if strangers:
        raise Refused(f"不是本批次的事项：{'、'.join(strangers)}", f"not of this round: {', '.join(strangers)}")
    notice = notice_of(chart_of(items[0].case.revision), notice_id)
    planned = plan([i.case for i in items], notice_id, days)
    last = PublicNotice.objects.filter(round=round_).aggregate(last=Max("number"))["last"] or 0
    made = PublicNotice.objects.create(
        round=round_, notice=notice_id, number=last + 1, text=text.strip() or round_.texts.get(notice_id, ""),
        title=title.strip() or f"{round_.title}{notice.label.zh}", begins=planned.begins, ends=planned.ends,
        least=planned.least, days=planned.days, unit=planned.unit, unknown_years=list(planned.unknown_years),
        clauses=list(notice.clauses), published=now(), published_by=user)
    NoticeItem.objects.bulk_create(
        NoticeItem(notice=made, case=i.case, place=place, name=i.name.strip() or i.case.organisation.name,
                   host=i.case.organisation.name, result_zh=i.result.zh, result_en=i.result.en, reason=i.reason.strip())
        for place, i in enumerate(items, 1))
    return made


def notice_of(chart: Chart, notice_id: str) -> Notice:
    """Raises Refused for one that the chart does not have, or that is counted in months."""
    found = chart.notices.get(notice_id)
    if found is None or found.unit not in UNITS:
        raise Refused(f"流程图没有公示“{notice_id}”", f"the chart has no notice '{notice_id}'")
    return found


def plan(cases: Sequence[CaseRecord], notice_id: str, days: int | None = None, begins: dt.date | None = None) -> Plan:
    """When a notice of these cases would end. Raises Refused where it would be too short, or where its length is an
    open parameter."""
    begins = begins or today()
    lengths = [_least(record, notice_id, begins) for record in cases]
    least, unit = max(lengths)
    words = UNITS[unit]
    if days is not None and days < least:
        raise Refused(f"公示不能短于 {least} {words.zh}", f"the notice must stand for {least} {words.en} at least")
    if days is not None and days > LONGEST:
        raise Refused(f"公示最长 {LONGEST} 日", f"a notice stands for {LONGEST} days at most")
    stands = days if days is not None else least
    end = earliest_close(begins, stands, cast(NoticeUnit, unit), calendar())
    return Plan(begins, end.date, least, stands, unit, tuple(end.unknown_years))


def _least(record: CaseRecord, notice_id: str, day: dt.date) -> tuple[int, str]:
    chart, case = chart_of(record.revision), case_of(record)
    notice = notice_of(chart, notice_id)
    length, _ = exact_length(interpreter(case, case.main, day, calendar()), notice.length)
    if length is None:
        raise Refused(f"{notice.label.zh}的时长没有设定，公示不能发布",
                      f"how long '{notice.label.en}' stands is not set: it can't be published")
    return int(length), notice.unit


@transaction.atomic
def withdraw(notice: PublicNotice, user: User, why: str) -> None:
    """Take a notice back that was published by mistake; it stays on record with the reason. Raises Refused."""
    if not why.strip():
        raise Refused("写明撤回的理由", "say why it is withdrawn")
    found = PublicNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    if found.state != "published":
        raise Refused("这个公示已经撤回", "it is withdrawn already")
    if found.items.filter(objections__isnull=False).exists():
        raise Refused("已经有人提出异议，公示不能撤回", "there are objections: it can't be withdrawn")
    found.state, found.withdrawn_why = "withdrawn", why.strip()
    found.save(update_fields=["state", "withdrawn_why"])
