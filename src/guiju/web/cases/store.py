"""A record's case: its lines verified and folded. A case is immutable, so that one is folded once a head."""

from __future__ import annotations

import threading
from collections import OrderedDict

from django.db.models import F, Q

from guiju.lifecycle.case import Case
from guiju.lifecycle.casefile import Tampering, read_case, verify_text
from guiju.lifecycle.events import Digests
from guiju.lifecycle.fold import fold
from guiju.source.diagnostics import GuijuError, Span, fail
from guiju.web.cases.charts import calendar, chart_of
from guiju.web.cases.models import CaseRecord, EventRecord

_MOST = 512
_folded: OrderedDict[tuple[str, str], Case] = OrderedDict()
_lock = threading.Lock()


class Tampered(Exception):
    """The record is not as it was written; nothing is done in such a case."""

    def __init__(self, public_id: str, faults: list[Tampering]) -> None:
        super().__init__(public_id)
        self.faults = faults


def case_of(record: CaseRecord) -> Case:
    """The case that the record's events amount to. Raises Tampered."""
    key = (record.public_id, record.head)
    with _lock:
        if key in _folded:
            _folded.move_to_end(key)
            return _folded[key]
    case = _read(record)
    remember(record, case)
    return case


def remember(record: CaseRecord, case: Case) -> None:
    with _lock:
        _folded[record.public_id, record.head] = case
        while len(_folded) > _MOST:
            _folded.popitem(last=False)


def file_of(record: CaseRecord) -> str:
    """The case file: one line an event, as they were written, as far as the record had gone when it was read. Lines
    beyond what the database has as its last event are in it, too: they are not of our writing."""
    lines = EventRecord.objects.filter(Q(number__lte=record.count) | Q(number__gt=F("case__count")), case=record)
    return "".join(f"{line}\n" for line in lines.order_by("number").values_list("line", flat=True))


def verified(record: CaseRecord) -> list[Tampering]:
    """Every place where the record is not as it was written, now."""
    text = file_of(record)
    kept = EventRecord.objects.filter(case=record, number=record.count).values_list("sm3", flat=True).first()
    return verify_text(text, Digests(record.head, kept or ""))


def _read(record: CaseRecord) -> Case:
    text = file_of(record)
    try:
        events = read_case(text, record.public_id)
        if not events or events[-1].digests.sha256 != record.head:
            raise fail("E521", Span(record.public_id), "末条与摘要不符", "the last event is not the head")
    except GuijuError:
        raise Tampered(record.public_id, verified(record)) from None
    return fold(events, chart_of(record.revision), calendar())
