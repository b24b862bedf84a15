"""One entry of the dictionary as one field of a form. What is cleaned is the text that a facts file would hold."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from guiju.source.diagnostics import Text
from guiju.vocabulary import Field
from guiju.web.kit.forms import DateInput
from guiju.web.kit.text import say, t

MONEY_UNITS = ("万元", "元", "亿元")
_NUMBER = re.compile(r"[+-]?[\d,，]*\.?\d+")
_LONGEST = 4000


class AmountWidget(forms.MultiWidget):
    """A number and its unit of money."""

    template_name = "kit/amount.html"
    use_fieldset = True

    def __init__(self) -> None:
        units = [(u, u) for u in MONEY_UNITS]
        number = {"inputmode": "decimal", "autocomplete": "off", "aria-label": t("金额", "amount")}
        super().__init__([forms.TextInput(number),
                          forms.Select({"aria-label": t("单位", "unit")}, units)])

    def decompress(self, value: Any) -> list[str]:
        found = re.fullmatch(rf"(.*?)\s*({'|'.join(MONEY_UNITS)})", str(value or ""))
        return [found[1], found[2]] if found else [str(value or ""), MONEY_UNITS[0]]


class AmountField(forms.MultiValueField):
    def __init__(self, **more: Any) -> None:
        super().__init__((forms.CharField(required=False, max_length=40), forms.CharField(required=False)),
                         widget=AmountWidget(), require_all_fields=False, **more)

    def clean(self, value: Any) -> str:
        amount, unit = [*(value or []), "", ""][:2]
        amount = (amount or "").strip()
        if self.required and not amount:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(amount) > 40 or unit not in (*MONEY_UNITS, "", None):
            raise forms.ValidationError(say(Text("金额写不对", "this is no amount")))
        return f"{amount} {unit}" if _NUMBER.fullmatch(amount) else amount


class MeasuredField(forms.CharField):
    """A number in a unit, which need not be written."""

    def __init__(self, unit: str, **more: Any) -> None:
        self.unit = unit
        super().__init__(max_length=60, widget=forms.TextInput({"inputmode": "decimal", "autocomplete": "off"}), **more)

    def clean(self, value: Any) -> str:
        given: str = super().clean(value)
        return f"{given} {self.unit}".strip() if _NUMBER.fullmatch(given) else given


def field_for(entry: Field, required: bool) -> forms.Field:
    """The field in which a fact is given."""
    more: dict[str, Any] = {"required": required, "label": t(entry.name, entry.en or entry.name),
                            "help_text": _help(entry)}
    blank = [] if required else [("", "—")]
    if entry.type == "bool":
        return forms.ChoiceField(choices=[*blank, ("是", t("是", "yes")), ("否", t("否", "no")),
                                          *_not_applicable(entry)],
                                 widget=forms.RadioSelect if required else forms.Select, **more)
    if entry.enumeration is not None:
        members = [(m.name, t(m.name, m.en or m.name)) for m in entry.enumeration.members]
        return forms.ChoiceField(choices=[("", t("请选择", "choose")), *members, *_not_applicable(entry)], **more)
    if entry.type == "money":
        return AmountField(**more)
    if entry.type in ("number", "ratio"):
        return MeasuredField("%" if entry.type == "ratio" else entry.unit.name if entry.unit else "", **more)
    if entry.type == "date":
        return forms.CharField(max_length=40, widget=DateInput(), **more)
    if entry.type == "text":
        return forms.CharField(max_length=_LONGEST, widget=forms.Textarea({"rows": 3}), **more)
    return forms.CharField(max_length=120, **more)


def _not_applicable(entry: Field) -> list[tuple[str, str]]:
    return [("不适用", t("不适用", "not applicable"))] if entry.not_applicable else []


def _help(entry: Field) -> str:
    parts = []
    if entry.unit is not None and entry.type not in ("money", "ratio"):
        parts.append(Text(f"单位：{entry.unit.name}", f"in {entry.unit.en or entry.unit.name}"))
    if entry.type == "ratio":
        parts.append(Text("写百分数，如 60", "as a percentage, like 60"))
    if entry.kind == "judgement":
        parts.append(Text("由您判定，记下您的姓名和日期", "your judgement, recorded with your name and the day"))
    if entry.meaning and entry.meaning != entry.name:
        parts.append(Text(entry.meaning, ""))
    return t("；".join(p.zh for p in parts), "; ".join(p.en for p in parts if p.en))
