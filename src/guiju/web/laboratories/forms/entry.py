"""The register's entry, as an authority corrects it."""

from __future__ import annotations

from django import forms

from guiju.web.kit.forms import Form
from guiju.web.kit.text import t


class EntryForm(Form):
    name = forms.CharField(label=t("中文名称", "Chinese name"), max_length=200,
                           help_text=t("……国家质量标准实验室", "… 国家质量标准实验室"))
    name_en = forms.CharField(label=t("英文名称", "English name"), max_length=300, required=False,
                              help_text="State Quality & Standards Laboratory of …")
    field = forms.CharField(label=t("领域", "field"), max_length=200, required=False)
