"""Naming who holds a role of a chart."""

from __future__ import annotations

from typing import Any

from django import forms

from guiju.facts.organisations import plain_code
from guiju.lifecycle.chart import Chart
from guiju.web.accounts.models import Organisation, User
from guiju.web.cases.rules import PERSONAL, roles_held_by
from guiju.web.kit.forms import DateInput, Form
from guiju.web.kit.text import t


class RoleHolderForm(Form):
    """An organisation by its credit code, or a person by his sign-in name."""

    role = forms.ChoiceField(label=t("角色", "role"))
    holder = forms.CharField(label=t("由谁担任", "held by"), max_length=60, help_text=t(
        "单位写统一社会信用代码，个人写登录名", "an organisation's credit code, or a person's sign-in name"))
    round = forms.CharField(label=t("批次", "round"), max_length=60, required=False,
                            help_text=t("空：所有批次", "empty: every round"))
    until = forms.DateField(label=t("至（含当日）", "until, that day included"), required=False, widget=DateInput())
    field_order = ("role", "holder", "round", "until")

    def __init__(self, chart: Chart, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        given = roles_held_by(chart, "office", "round", *PERSONAL)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(r.id, t(f"{r.label.zh}（{r.id}）", f"{r.label.en} ({r.id})")) for r in chart.roles.values()
                        if r.id in given]

    def clean_holder(self) -> Organisation | User:
        word = self.cleaned_data["holder"]
        found = (Organisation.objects.filter(code=plain_code(word)).first()
                 or User.objects.filter(login=word.strip().lower(), is_active=True).first())
        if found is None:
            raise forms.ValidationError(t("没有这个单位或这个人", "there is no such organisation or person"))
        return found

    def named(self) -> dict[str, Any]:
        """What was sent, as `assign` takes it."""
        data, holder = self.cleaned_data, self.cleaned_data["holder"]
        own = {"organisation": holder} if isinstance(holder, Organisation) else {"user": holder}
        return {"role": data["role"], "round_id": data["round"], "until": data["until"], **own}
