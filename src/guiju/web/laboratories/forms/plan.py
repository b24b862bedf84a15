"""The construction plan: tasks in the six kinds of 办17, each with what it promises and by when."""

from __future__ import annotations

from collections.abc import Mapping as Map
from typing import Any

from django import forms

from guiju.web.kit.forms import DateInput, Form
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.text import t
from guiju.web.laboratories.models import TASK_KINDS, PlanRevision

BLANK, MOST = 3, 120


class TaskForm(Form):
    """One task. A row whose title is empty is left out. `key` keeps a task the same through revisions."""

    key = forms.CharField(required=False, max_length=8, widget=forms.HiddenInput)
    source = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=t("类别", "kind"), required=False,
                             choices=[("", "—"), *TASK_KINDS.items()])
    title = forms.CharField(label=t("任务", "task"), required=False, max_length=200)
    promised = forms.CharField(label=t("目标（数值或结果）", "promised"), required=False, max_length=200)
    unit = forms.CharField(label=t("单位", "unit"), required=False, max_length=20)
    due = forms.DateField(label=t("完成日", "by"), required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("title"):
            for name in ("kind", "promised"):
                if not data.get(name):
                    self.add_error(name, t("请填写", "fill this in"))
        elif data.get("promised"):
            self.add_error("title", t("请写任务名称", "say which task"))
        return data


class PlanForm(Form):
    """All rows, and why the plan is changed. `more`: the button for further rows was pressed."""

    reason = forms.CharField(label=t("修订理由", "why it is changed"), required=False, max_length=300)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, plan: PlanRevision | None, data: Map[str, Any] | None = None) -> None:
        super().__init__(data, initial={"seen": plan.number if plan else 0})
        self.plan = plan
        kept = [{**task, "key": task["id"]} for task in (plan.tasks if plan else [])]
        self.more = data is not None and "more" in data
        asked = data.get("rows", "") if data is not None else ""
        count = whole_number(asked)
        self.count = min(MOST, (len(kept) + BLANK if count is None else count) + (BLANK if self.more else 0))
        self.rows = [TaskForm(data, prefix=f"task-{n}", initial=kept[n] if n < len(kept) else {},
                              use_required_attribute=False) for n in range(self.count)]
        self.fields["reason"].required = plan is not None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        wrong = [n for n, row in enumerate(self.rows, 1) if not row.is_valid()]
        for number in wrong:
            self.add_error(None, t(f"第 {number} 行要改正", f"row {number} needs mending"))
        if not wrong and not self.tasks():
            self.add_error(None, t("至少写一项任务", "write one task at least"))
        return data

    def tasks(self) -> list[dict[str, str]]:
        """The rows that say something, as they are kept."""
        found = []
        for row in self.rows:
            if row.is_valid() and row.cleaned_data["title"]:
                data = row.cleaned_data
                found.append({"id": data["key"], "kind": data["kind"], "title": data["title"],
                              "promised": data["promised"], "unit": data["unit"],
                              "due": data["due"].isoformat() if data["due"] else "", "source": data["source"]})
        return found
