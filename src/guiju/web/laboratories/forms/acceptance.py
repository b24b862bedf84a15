"""Acceptance: what was promised and achieved, task by task, and what the committee found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from guiju.web.accounts.models import User
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.text import t
from guiju.web.laboratories.forms.supplement import Supplement
from guiju.web.laboratories.models import TASK_KINDS
from guiju.web.laboratories.queries import plan_of, submission_of

DONE = (("yes", t("已完成", "done")), ("part", t("部分完成", "partly")), ("no", t("未完成", "not done")))
MET = (("yes", t("达到", "met")), ("no", t("未达到", "not met")))
CONCLUSIONS = {"T29": "通过验收", "T34": "通过验收", "T32": "验收须整改"}


class SubmissionForm(Supplement):
    """For each task of the plan: what was achieved, whether it is done, and the evidence."""

    template = "laboratories/parts/tasks.html"

    def build(self) -> None:
        self.plan = plan_of(self.laboratory)
        self.tasks: list[dict[str, Any]] = list(self.plan.tasks) if self.plan else []
        before = {row["task"]: row for row in getattr(submission_of(self.laboratory), "rows", [])}
        for task in self.tasks:
            row = before.get(task["id"], {})
            name = task["id"]
            self.fields[f"achieved-{name}"] = forms.CharField(
                label=t("达到的数值或结果", "achieved"), max_length=500, initial=row.get("achieved", ""),
                widget=forms.Textarea({"rows": 2}))
            self.fields[f"done-{name}"] = forms.ChoiceField(
                label=t("完成情况", "done"), choices=[("", t("请选择", "choose")), *DONE], initial=row.get("done", ""))
            self.fields[f"evidence-{name}"] = forms.CharField(
                label=t("佐证（文件名、编号、网址）", "evidence (papers, numbers, addresses)"), max_length=1000,
                required=False, initial=row.get("evidence", ""), widget=forms.Textarea({"rows": 2}))
        self.fields["summary"] = forms.CharField(
            label=t("总体说明", "in sum"), max_length=5000, required=not self.tasks,
            widget=forms.Textarea({"rows": 4}))

    def groups(self) -> Iterator[tuple[dict[str, Any], str, list[Any]]]:
        """Each task with its kind in words and its three fields."""
        for task in self.tasks:
            yield task, TASK_KINDS[task["kind"]], [self[f"{f}-{task['id']}"] for f in ("achieved", "done", "evidence")]

    def rest(self) -> list[Any]:
        return [self["summary"]]

    def keep(self, record: CaseRecord, user: User) -> None:
        rows = [{"task": x["id"], **{f: self.cleaned_data[f"{f}-{x['id']}"] for f in ("achieved", "done", "evidence")}}
                for x in self.tasks]
        self.laboratory.submissions.get_or_create(event=self.event_of(record, user), defaults={
            "plan": self.plan, "rows": rows, "summary": self.cleaned_data["summary"], **self.stamp(user)})


class OpinionForm(Supplement):
    """The committee's finding on each task, its opinion, and what the laboratory has to put right.

    The move says which conclusion it is; "failed" is no move of the committee, but an opinion on which the ministries
    decide: its form is used by itself (see `domain.opinions`).
    """

    answers = ("acceptance",)
    template = "laboratories/parts/tasks.html"

    def build(self) -> None:
        self.submission = submission_of(self.laboratory)
        plan = self.submission.plan if self.submission else None
        self.tasks: list[dict[str, Any]] = list(plan.tasks) if plan else []
        handed = {row["task"]: row for row in getattr(self.submission, "rows", [])}
        for task in self.tasks:
            task["handed"] = handed.get(task["id"], {})
            self.fields[f"met-{task['id']}"] = forms.ChoiceField(
                label=t("认定", "finding"), choices=[("", t("请选择", "choose")), *MET])
            self.fields[f"remark-{task['id']}"] = forms.CharField(
                label=t("说明", "remark"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2}))
        self.fields["text"] = forms.CharField(
            label=t("综合评议意见", "the committee's opinion"), max_length=5000, widget=forms.Textarea({"rows": 5}),
            help_text=t("交两部门；实验室看不到", "for the ministries; the laboratory does not see it"))
        if self.conclusion == "验收须整改":
            self.fields["told"] = forms.CharField(
                label=t("整改要求", "what has to be put right"), max_length=5000, widget=forms.Textarea({"rows": 5}),
                help_text=t("实验室看到的就是这一段，不署委员姓名", "the laboratory reads this, without names"))

    @property
    def conclusion(self) -> str:
        return CONCLUSIONS.get(self.move, "未通过验收")

    def groups(self) -> Iterator[tuple[dict[str, Any], str, list[Any]]]:
        for task in self.tasks:
            yield task, TASK_KINDS[task["kind"]], [self[f"{f}-{task['id']}"] for f in ("met", "remark")]

    def rest(self) -> list[Any]:
        return [self[name] for name in ("text", "told") if name in self.fields]

    def given(self) -> dict[str, str]:
        return {"acceptance": self.conclusion}

    def rows(self) -> list[dict[str, str]]:
        return [{"task": x["id"], **{f: self.cleaned_data[f"{f}-{x['id']}"] for f in ("met", "remark")}}
                for x in self.tasks]

    def keep(self, record: CaseRecord, user: User) -> None:
        if self.submission is None:
            return
        self.submission.opinions.get_or_create(event=self.event_of(record, user), defaults=self.content(user))

    def content(self, user: User) -> dict[str, Any]:
        """The opinion as it is kept."""
        return {"conclusion": self.conclusion, "rows": self.rows(), "text": self.cleaned_data["text"],
                "told": self.cleaned_data.get("told", ""), **self.stamp(user)}


class ConcludingForm(OpinionForm):
    """An opinion that is no move: the committee says failed, or, after rectification, rectify again; the ministries
    decide."""

    def build(self) -> None:
        super().build()
        again = self.case.main.times(("T32", "T46b")) > 0
        choices = [("未通过验收", t("未通过验收", "failed")),
                   *([("验收须整改", t("再次整改", "rectify again"))] if again else [])]
        self.fields["conclusion"] = forms.ChoiceField(label=t("结论", "conclusion"), choices=choices)
        self.fields["told"] = forms.CharField(
            label=t("存在的问题（告知实验室）", "what is wrong (the laboratory reads this)"), max_length=5000,
            widget=forms.Textarea({"rows": 4}))

    def rest(self) -> list[Any]:
        return [self[name] for name in ("conclusion", "text", "told")]

    @property
    def conclusion(self) -> str:
        return self.cleaned_data.get("conclusion", "未通过验收") if hasattr(self, "cleaned_data") else "未通过验收"
