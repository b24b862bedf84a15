"""Outputs of a laboratory, one at a time or as a table."""

from __future__ import annotations

from django import forms

from guiju.web.kit.forms import DateInput, Form
from guiju.web.kit.text import t
from guiju.web.laboratories.models import OUTPUT_KINDS

COLUMNS = ("类别", "名称", "作者或完成人", "日期", "编号或出处", "在实验室完成", "已署实验室名称")


class OutputForm(Form):
    kind = forms.ChoiceField(label=t("类别", "kind"), choices=[("", t("请选择", "choose")), *OUTPUT_KINDS.items()])
    title = forms.CharField(label=t("名称", "title"), max_length=300)
    authors = forms.CharField(label=t("作者或完成人", "authors"), max_length=300, required=False)
    on = forms.DateField(label=t("日期", "date"), required=False, widget=DateInput())
    reference = forms.CharField(label=t("编号或出处", "reference"), max_length=300, required=False)
    made_here = forms.BooleanField(label=t("在实验室完成", "finished in the laboratory"), required=False, initial=True)
    named = forms.BooleanField(label=t("已写明实验室名称", "carries the laboratory's name"), required=False)


class ImportForm(Form):
    table = forms.FileField(label=t("成果表（xlsx）", "table of outputs (.xlsx)"),
                            widget=forms.ClearableFileInput({"accept": ".xlsx"}))
