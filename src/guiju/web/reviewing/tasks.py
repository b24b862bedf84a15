"""Background work of the review."""

from __future__ import annotations

from django.urls import reverse
from django_tasks import task

from guiju.source.diagnostics import Text
from guiju.web.kit.clock import today
from guiju.web.outbox.domain import Letter, put_out
from guiju.web.reviewing.models import Assigned
from guiju.web.reviewing.models.assigning import STANDING
from guiju.web.reviewing.projection import blind_title
from guiju.web.rounds.review_rules import rules_of


@task()
def remind_experts() -> int:
    """A letter to each expert who has not handed in, so many days before the deadline as the round says; how many such
    reviews there are. Doing it twice writes nothing twice."""
    open_ = Assigned.objects.filter(state__in=STANDING, deadline__gte=today(), application__placement__closed=None)
    due = open_.exclude(sheet__submitted__isnull=False)
    letters = []
    for row in due.select_related("user", "application__round"):
        assert row.deadline is not None  # the filter asks for one
        left = (row.deadline - today()).days
        rules = rules_of(row.application.round)
        if left in rules.reminders:
            title = blind_title(row.application, rules.hides_names)
            letters.append(Letter(
                f"review/remind/{row.public_id}/{row.deadline}/{left}", "reminder",
                Text(f"评审还有 {left} 天截止：{title}", f"{left} days left for your review of {title}"),
                Text(f"请在 {row.deadline} 前提交打分。", f"Hand your marks in by {row.deadline}."), user=row.user,
                link=reverse("reviewing:review", args=[row.public_id])))
    put_out(letters)
    return len(letters)
