"""A notice that stands longer than its clause asks for: what the chart lets follow waits for the notice's own last
day."""

from __future__ import annotations

import datetime as dt

from guiju.lifecycle.case import Case
from guiju.lifecycle.events import CHINA
from guiju.lifecycle.refusal import Reason
from guiju.source.diagnostics import Text
from guiju.web.cases.domain.acts import HOLDS
from guiju.web.cases.models import CaseRecord
from guiju.web.notices.queries import notice_over


def longer_notice(record: CaseRecord, case: Case, name: str, at: dt.datetime) -> Reason | None:
    for own in case.chart.notices_of(case.stage):
        if name not in own.blocks:
            continue
        notice, day = notice_over(record, own.id), at.astimezone(CHINA).date()
        if notice is not None and notice.days > notice.least and notice.begins <= day < notice.ends:
            said = Text(f"{own.label.zh}公布的期满日是 {notice.ends}", f"{own.label.en} stands until {notice.ends}")
            return Reason("notice", own.id, said, own.clauses, Text(f"{notice.ends} 起", f"from {notice.ends} on"))
    return None


def enter() -> None:
    if longer_notice not in HOLDS:
        HOLDS.append(longer_notice)
