"""The desk's forms."""

from __future__ import annotations

import re

from django import forms

from guiju.web.kit.forms import Form
from guiju.web.kit.numbers import whole_number
from guiju.web.kit.text import t


class WishForm(Form):
    days = forms.CharField(
        label=t("提前几天提醒", "days ahead"), required=False, max_length=60,
        help_text=t("如 30、7、1；不填就不提前提醒，过期仍会告知", "like 30, 7, 1; empty for none ahead"))
    mail = forms.BooleanField(label=t("也发邮件（不勾则只在站内）", "by mail as well as on the site"), required=False)

    def clean_days(self) -> list[int]:
        found = [whole_number(w) for w in re.split(r"[\s,，、;；]+", self.cleaned_data["days"]) if w]
        days = [day for day in found if day is not None and day < 1000]
        if len(days) < len(found):
            raise forms.ValidationError(t("写成整数，用顿号或逗号隔开", "write whole numbers, with commas between"))
        return days


class FeedForm(Form):
    mine = forms.BooleanField(label=t("只放轮到我的", "only what is my turn"), required=False)
