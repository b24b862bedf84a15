"""The digest of a day: what was recorded since the last one, in one figure that can be kept elsewhere."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F

from guiju.web.cases.models import CaseRecord, DailyDigest, EventRecord
from guiju.web.kit.clock import today


@transaction.atomic
def seal_days() -> int:
    """Write the digest up to yesterday, unless it is there or nothing was recorded since the one before; how many were
    written. What was recorded today up to this moment goes with it."""
    day = today() - dt.timedelta(days=1)
    before = DailyDigest.objects.order_by("-day").first()
    if before is not None and before.day >= day:
        return 0
    fresh = CaseRecord.objects.select_for_update(of=("self",)).filter(count__gt=F("sealed")).order_by("public_id")
    lines = [f"{case.public_id} {case.count} {case.head}" for case in fresh]
    if not lines:
        return 0
    last = before.sha256 if before else ""
    DailyDigest.objects.create(day=day, before=last, lines="\n".join(lines), cases=len(lines),
                               sha256=digest_of(last, "\n".join(lines)))
    for case in fresh:
        case.sealed = case.count
    CaseRecord.objects.bulk_update(fresh, ["sealed"])
    return 1


def digest_of(before: str, lines: str) -> str:
    return hashlib.sha256(f"{before}\n{lines}".encode()).hexdigest()


def broken_days() -> Iterator[tuple[dt.date, str]]:
    """Each day whose digest no longer fits what is kept, and the case that it is about; "" for the digest itself."""
    last = ""
    for one in DailyDigest.objects.order_by("day").iterator():
        if one.before != last or digest_of(one.before, one.lines) != one.sha256:
            yield one.day, ""
        last = one.sha256
        for line in one.lines.splitlines():
            case, number, head = line.split(" ")
            if not EventRecord.objects.filter(case__public_id=case, number=number, sha256=head).exists():
                yield one.day, case
