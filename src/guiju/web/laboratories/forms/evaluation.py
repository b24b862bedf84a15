"""The three-yearly evaluation: four sides (办26). The sources give no weights, so nothing is added up unless the
round's rules set weights; the grade is the ministries' decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import User
from guiju.web.cases.models import CaseRecord
from guiju.web.cases.store import case_of
from guiju.web.kit.text import t
from guiju.web.laboratories.domain.weights import weights_for
from guiju.web.laboratories.forms.supplement import Supplement
from guiju.web.laboratories.queries import given_in

SIDES = {
    "research": Text("研究水平与能力", "level and ability of research"),
    "people": Text("队伍建设与人才培养", "people"),
    "openness": Text("开放交流与运行管理", "openness and management"),
    "service": Text("质量标准贡献和公益性推广", "contribution to quality and standards, public service"),
}


class EvaluationForm(Supplement):
    """Text and evidence for each side; a score only where the round's rules have weights."""

    template = "laboratories/parts/sides.html"

    def build(self) -> None:
        self.weights = weights_for(self.laboratory)
        for name, side in SIDES.items():
            self.fields[f"text-{name}"] = forms.CharField(
                label=t(f"{side.zh}：评价意见", f"{side.en}: findings"), max_length=3000,
                widget=forms.Textarea({"rows": 3}))
            self.fields[f"evidence-{name}"] = forms.CharField(
                label=t(f"{side.zh}：依据", f"{side.en}: evidence"), max_length=2000,
                widget=forms.Textarea({"rows": 2}))
            if self.weights:
                self.fields[f"score-{name}"] = forms.DecimalField(
                    label=t(f"{side.zh}：得分（满分 {self.weights[name]}）",
                            f"{side.en}: points of {self.weights[name]}"),
                    min_value=0, max_value=self.weights[name], decimal_places=2)

    def groups(self) -> Iterator[tuple[Text, list[Any]]]:
        for name, side in SIDES.items():
            yield side, [self[f"{f}-{name}"] for f in ("text", "evidence", "score") if f"{f}-{name}" in self.fields]

    def keep(self, record: CaseRecord, user: User) -> None:
        number = self.event_of(record, user)
        case = case_of(record)
        again = self.move in ("T42b", "T43")
        event = next(e for e in case.events if e.number == number)
        data = self.cleaned_data
        sides = {name: {f: str(data[f"{f}-{name}"]) for f in ("text", "evidence", "score") if f"{f}-{name}" in data}
                 for name in SIDES}
        self.laboratory.evaluations.get_or_create(event=number, defaults={
            "sides": sides, "grade": given_in(case, event, "lab_regrade" if again else "lab_grade"), "again": again,
            **self.stamp(user)})


class FailedForm(EvaluationForm):
    """The evaluation that fails: the move itself says the grade."""

    answers = ("lab_grade",)

    def given(self) -> dict[str, str]:
        return {"lab_grade": "不合格"}


class FailedAgainForm(EvaluationForm):
    answers = ("lab_regrade",)

    def given(self) -> dict[str, str]:
        return {"lab_regrade": "不合格"}
