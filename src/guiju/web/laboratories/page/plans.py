"""The plan and its revisions, with what each changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from guiju.source.diagnostics import Text
from guiju.web.laboratories.models import TASK_KINDS, Laboratory, PlanRevision

_WORDS = {"kind": Text("类别", "kind"), "title": Text("任务", "task"), "promised": Text("目标", "promised"),
          "unit": Text("单位", "unit"), "due": Text("完成日", "by")}


@dataclass(frozen=True, slots=True)
class Revision:
    """`tasks`: each with its kind in words; `changes`: against the revision before."""

    plan: PlanRevision
    tasks: tuple[dict[str, Any], ...]
    changes: tuple[Text, ...]


def revisions(laboratory: Laboratory) -> list[Revision]:
    """The latest first."""
    found: list[Revision] = []
    before: dict[str, dict[str, Any]] | None = None
    for plan in laboratory.plans.select_related("by").order_by("number"):
        tasks = tuple({**task, "words": TASK_KINDS[task["kind"]],
                       "day": dt.date.fromisoformat(task["due"]) if task.get("due") else None} for task in plan.tasks)
        now = {task["id"]: task for task in plan.tasks}
        found.append(Revision(plan, tasks, tuple(_changes(before, now)) if before is not None else ()))
        before = now
    return found[::-1]


def _changes(before: dict[str, dict[str, Any]], now: dict[str, dict[str, Any]]) -> Iterator[Text]:
    for id_, task in now.items():
        if id_ not in before:
            yield Text(f"新增：{task['title']}", f"new: {task['title']}")
            continue
        for field, word in _WORDS.items():
            old, new = before[id_].get(field, ""), task.get(field, "")
            if old != new:
                yield Text(f"{task['title']}：{word.zh}由“{old}”改为“{new}”",
                           f"{task['title']}: {word.en} from '{old}' to '{new}'")
    for id_ in before.keys() - now.keys():
        yield Text(f"删去：{before[id_]['title']}", f"taken out: {before[id_]['title']}")
