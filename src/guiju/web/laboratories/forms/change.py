"""A major change (办24). A new name is given here, and borne from the day on which the change is settled."""

from __future__ import annotations

from typing import Any

from django import forms

from guiju.web.accounts.models import User
from guiju.web.cases.models import CaseRecord
from guiju.web.kit.permissions import Refused
from guiju.web.kit.text import t
from guiju.web.laboratories.domain.naming import check_name
from guiju.web.laboratories.forms.supplement import Supplement

RENAMED = "更名"


class ChangeForm(Supplement):
    answers = ("change_kind",)

    new_name = forms.CharField(label=t("新的中文名称（更名时填）", "new Chinese name (when renaming)"), max_length=200,
                               required=False, help_text=t("……国家质量标准实验室", "… 国家质量标准实验室"))
    new_name_en = forms.CharField(
        label=t("新的英文名称（更名时填）", "new English name (when renaming)"), max_length=300, required=False,
        help_text="State Quality & Standards Laboratory of …")

    def build(self) -> None:
        choices = self.case.chart.procedures["major_change"].chart.vocabulary.facts["change_kind"].enumeration
        members = choices.members if choices else ()
        self.fields["kind"] = forms.ChoiceField(
            label=t("重大事项类别", "kind of change"),
            choices=[("", t("请选择", "choose")), *((m.name, t(m.name, m.en or m.name)) for m in members)])
        self.order_fields(["kind"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = self.cleaned_data
        if data.get("kind") == RENAMED:
            if not data.get("new_name"):
                self.add_error("new_name", t("更名要写明新的名称", "say the new name"))
                return data
            try:
                check_name(data["new_name"], data.get("new_name_en", ""))
            except Refused as refusal:
                self.refused(refusal, "new_name")
        elif data.get("new_name") or data.get("new_name_en"):
            self.add_error("new_name", t("不是更名的，不填新名称", "only a change of name brings a new name"))
        return data

    def given(self) -> dict[str, str]:
        return {"change_kind": self.cleaned_data["kind"]}

    def keep(self, record: CaseRecord, user: User) -> None:
        """The new names, kept with the thread that was opened last."""
        change = self.laboratory.changes.order_by("-pk").first()
        if change is not None and self.cleaned_data.get("new_name"):
            change.new_name, change.new_name_en = self.cleaned_data["new_name"], self.cleaned_data["new_name_en"]
            change.save(update_fields=["new_name", "new_name_en"])
