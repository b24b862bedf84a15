"""The committee's opinions on which the ministries decide: failed, or to be rectified a second time."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from guiju.web.cases.models import CaseRecord
from guiju.web.kit.permissions import Refused
from guiju.web.laboratories.models import Laboratory, Opinion
from guiju.web.laboratories.queries import submission_of


@transaction.atomic
def give_opinion(laboratory: Laboratory, content: dict[str, Any]) -> Opinion:
    """Keep an opinion that is no move of the committee. Raises Refused."""
    record = CaseRecord.objects.select_for_update(of=("self",)).get(pk=laboratory.case_id)
    submission = submission_of(laboratory)
    if record.stage != "S24" or submission is None:
        raise Refused("现在不在验收评议，或者没有按任务提交的验收材料",
                      "there is no acceptance review now, or nothing was handed in task by task")
    if submission.opinions.exists():
        raise Refused("这份验收材料已有评议意见", "there is an opinion on this already")
    return submission.opinions.create(**content)
