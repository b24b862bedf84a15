"""What of a case a person may see. Whoever reviews or objects stays unseen but by the authority and by himself.

Pages, files and downloads all ask here: what one may not see is not there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from guiju.lifecycle.chart import Chart
from guiju.web.cases.charts import chart_of
from guiju.web.cases.models import CaseRecord, EventRecord
from guiju.web.cases.queries import seen_by
from guiju.web.cases.rules import Part, parts_in, roles_held_by
from guiju.web.files.models import Attachment
from guiju.web.files.queries import HOLDERS
from guiju.web.kit.permissions import PERMISSIONS, Rule, rule

REVIEWERS = ("committee", "expert")
UNSEEN = (*REVIEWERS, "anyone")
# What was given with a move that only the offices see, by chart and move, in the dictionary's words: it speaks of other
# cases. The move's written reasons and its note, which may do so as well, are kept with it. An app enters its own.
OFFICES_ONLY: dict[tuple[str, str], frozenset[str]] = {}

# Who, though he has a part in the case as one who reviews, gets none of its papers: an app enters a test here.
KEPT_FROM: list[Callable[[Any, CaseRecord], bool]] = []


def is_kept_from(user: Any, record: CaseRecord, chart: Chart, parts: list[Part]) -> bool:
    """Whether the papers of a case, and what was given in it, are kept from a person altogether."""
    reviews = any(part.roles & roles_held_by(chart, *REVIEWERS) for part in parts)
    return reviews and any(test(user, record) for test in KEPT_FROM)


def is_authority(chart: Chart, parts: list[Part]) -> bool:
    """Whether the person acts in the case for an authority: nothing of the applicant's is kept from him."""
    return any(part.roles & roles_held_by(chart, "office", "round") for part in parts)


def is_unseen(chart: Chart, role: str, actor_id: str, user: Any, parts: list[Part]) -> bool:
    """Whether who made an event, and what he gave, is kept from the person. Nothing is from the offices; from a body
    that has its part by the round, a recommending one, what reviewers do."""
    if actor_id == user.public_id or is_office(chart, parts):
        return False
    return role in roles_held_by(chart, *(REVIEWERS if is_authority(chart, parts) else UNSEEN))


def is_office(chart: Chart, parts: list[Part]) -> bool:
    """Whether the person acts in the case for an office."""
    return any(part.roles & roles_held_by(chart, "office") for part in parts)


def kept_back(chart: Chart, move: str, thread: str, parts: list[Part]) -> frozenset[str]:
    """The words of what was given with a move that the person does not see; none: he sees all of it."""
    if thread or is_office(chart, parts):
        return frozenset()
    return OFFICES_ONLY.get((chart.id, move), frozenset())


def _sees_all(user: Any, record: CaseRecord) -> bool:
    chart = chart_of(record.revision)
    parts = parts_in(user, chart, record)
    if is_kept_from(user, record, chart, parts):
        return False
    events = map(json.loads, EventRecord.objects.filter(case=record).values_list("line", flat=True))
    return not any(is_unseen(chart, e["role"], e["actor"]["id"], user, parts)
                   or kept_back(chart, e["move"], e["thread"], parts) for e in events)


def _sees_attachment(user: Any, attachment: Attachment) -> bool:
    record = seen_by(user).select_related("revision", "organisation").filter(public_id=attachment.holder_id).first()
    if record is None:
        return False
    if attachment.uploaded_by_id == user.pk:
        return True
    event_of_it = EventRecord.objects.filter(case=record, number=int(attachment.note or 0))
    line = event_of_it.values_list("line", flat=True).first()
    if line is None:
        return False
    event, chart = json.loads(line), chart_of(record.revision)
    parts = parts_in(user, chart, record)
    if is_kept_from(user, record, chart, parts):
        return False
    return not is_unseen(chart, event["role"], event["actor"]["id"], user, parts)


HOLDERS["case"] = _sees_attachment
whole_file: Rule = rule("案卷里有评审或异议的内容，全卷由主管部门下载",
                        "the whole file, with reviews and objections, is the authority's")(_sees_all)
PERMISSIONS["case.file"] = whole_file
