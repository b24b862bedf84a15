"""Acceptance as it is looked at: promised, achieved, found, task by task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.web.laboratories.models import TASK_KINDS, Laboratory, Opinion, Submission

DONE = {"yes": "good", "part": "near", "no": "late"}


@dataclass(frozen=True, slots=True)
class Line:
    """A task: its plan, what was handed in, and by opinion what the committee found."""

    kind: str
    task: dict[str, Any]
    handed: dict[str, Any]
    tag: str
    found: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    submission: Submission
    lines: tuple[Line, ...]
    opinions: tuple[Opinion, ...]


def compared(laboratory: Laboratory) -> list[Compared]:
    """Every submission, the latest first."""
    found = laboratory.submissions.select_related("plan", "by").prefetch_related("opinions__by").order_by("-event")
    return [_compared(s) for s in found]


def _compared(submission: Submission) -> Compared:
    opinions = tuple(sorted(submission.opinions.all(), key=lambda o: o.pk))
    return Compared(submission, tuple(_lines(submission, opinions)), opinions)


def _lines(submission: Submission, opinions: tuple[Opinion, ...]) -> Iterator[Line]:
    handed = {row["task"]: row for row in submission.rows}
    for task in submission.plan.tasks if submission.plan else ():
        row = handed.get(task["id"], {})
        found = tuple(r for o in opinions for r in o.rows if r["task"] == task["id"])
        yield Line(TASK_KINDS[task["kind"]], task, row, DONE.get(row.get("done", ""), ""), found)
