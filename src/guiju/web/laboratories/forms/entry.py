"""What an authority enters: the register's entry corrected, the weights of evaluations."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms

from guiju.source.diagnostics import Text
from guiju.web.kit.forms import Form
from guiju.web.kit.text import t


class WeightsForm(Form):
    """Full points of the evaluation's four sides."""

    reason = forms.CharField(label=t("理由（依据哪份细则）", "why (by which rules)"), max_length=500)

    def __init__(self, sides: Mapping[str, Text], weights: Mapping[str, Decimal], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        for name, side in sides.items():
            self.fields[name] = forms.DecimalField(
                label=t(f"{side.zh}：满分", f"{side.en}: full points"), min_value=0, max_value=1000, decimal_places=2,
                initial=weights.get(name))
        self.order_fields([*sides, "reason"])


class EntryForm(Form):
    name = forms.CharField(label=t("中文名称", "Chinese name"), max_length=200,
                           help_text=t("……国家质量标准实验室", "… 国家质量标准实验室"))
    name_en = forms.CharField(label=t("英文名称", "English name"), max_length=300, required=False,
                              help_text="State Quality & Standards Laboratory of …")
    field = forms.CharField(label=t("领域", "field"), max_length=200, required=False)
