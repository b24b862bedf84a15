"""Yearly reports, while building (办18) and while operating (办26). The sources name no sections: these are ours."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.clock import today
from guiju.web.kit.forms import DateInput
from guiju.web.kit.text import t
from guiju.web.laboratories.forms.supplement import Supplement

_LONGEST = 5000
SECTIONS = {
    "progress": Text("任务进展（对照建设计划或年度目标）", "progress of tasks"),
    "results": Text("成果与应用", "results and their use"),
    "people": Text("队伍与人才培养", "people"),
    "money": Text("经费投入与使用", "money"),
    "openness": Text("开放共享与公益服务", "openness and public service"),
    "problems": Text("问题与下一步安排", "problems, and what comes next"),
}


class ReportForm(Supplement):
    """What the report covers, and its sections. The site copies it to the host itself, so that nobody has to say so."""

    first = forms.DateField(label=t("报告期起", "covers from"), widget=DateInput())
    last = forms.DateField(label=t("报告期止", "covers until"), widget=DateInput())

    def build(self) -> None:
        before = self.laboratory.reports.filter(kind=self.kind).order_by("-last").first()
        start = self.laboratory.operating_since if self.kind == "operation" else self.laboratory.approved_on
        self.initial = {"first": before.last + dt.timedelta(days=1) if before else start, "last": today()}
        for name, label in SECTIONS.items():
            self.fields[name] = forms.CharField(
                label=t(label.zh, label.en), max_length=_LONGEST, required=name == "progress",
                widget=forms.Textarea({"rows": 4}))

    @property
    def kind(self) -> str:
        return "building" if self.move == "T21" else "operation"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("first") and data.get("last") and data["first"] > data["last"]:
            self.add_error("last", t("报告期止日早于起日", "it ends before it begins"))
        if data.get("last") and data["last"] > today():
            self.add_error("last", t("报告期不能到今天以后", "it can't cover days to come"))
        return data

    def given(self) -> dict[str, str]:
        return {"copied_to_host": "是"} if self.move == "T21" else {}

    def keep(self, record: CaseRecord, user: User) -> None:
        data = self.cleaned_data
        self.laboratory.reports.get_or_create(event=self.event_of(record, user), defaults={
            "kind": self.kind, "first": data["first"], "last": data["last"],
            "content": {name: data[name] for name in SECTIONS if data.get(name)}, **self.stamp(user)})


class BuildingReportForm(ReportForm):
    answers = ("copied_to_host",)
