"""Moving the clock on."""

from __future__ import annotations

from django import forms

from guiju.web.kit.forms import Form
from guiju.web.kit.text import t

MOST_DAYS = 1200


class ClockForm(Form):
    days = forms.IntegerField(label=t("拨快几天", "days to move on"), min_value=1, max_value=MOST_DAYS, initial=7)
