"""Forms of tokens."""

from __future__ import annotations

from django import forms

from guiju.web.api.domain import LONGEST_DAYS
from guiju.web.api.models import SCOPES
from guiju.web.kit.forms import Form
from guiju.web.kit.text import t


class TokenForm(Form):
    name = forms.CharField(label=t("名称", "name"), max_length=60,
                           help_text=t("给哪个程序用，如“本单位 OA”", "which program is it for"))
    scopes = forms.MultipleChoiceField(label=t("用途", "scopes"), choices=list(SCOPES.items()),
                                       widget=forms.CheckboxSelectMultiple)
    days = forms.IntegerField(label=t("有效天数", "days that it lasts"), min_value=1, max_value=LONGEST_DAYS,
                              initial=90)
