"""The chart's parameters: ambiguities with their default and other readings in view, and what each round decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from guiju.language.policy import Parameter
from guiju.source.diagnostics import Text
from guiju.values import FAIL, PASS
from guiju.web.kit.forms import DateInput
from guiju.web.kit.text import say, t
from guiju.web.rounds.edits import Edit
from guiju.web.rounds.forms.section import About, Group, SectionForm
from guiju.web.rounds.procedure import body_role

BY_BODY = ("recommender_deadline", "recommender_copies", "has_quota", "department_quota")


class ParametersForm(SectionForm):
    def build(self) -> None:
        by_body = BY_BODY if body_role(self.chart) else ()
        for parameter in self.chart.parameters.values():
            if parameter.id in by_body:
                continue
            self.fields[parameter.id] = _field(parameter, self.round.parameters.get(parameter.id, ""), self._unit(
                parameter))
            self.abouts[parameter.id] = About(parameter.note, parameter.clauses)

    def _unit(self, parameter: Parameter) -> str:
        """The unit in which a figure is asked for."""
        dimension = parameter.type.dimension
        units = self.chart.vocabulary.units.values()
        return next((u.name for u in units if u.dimension == dimension and u.per == 1), "%" if dimension == "ratio"
                    else "")

    def groups(self) -> Iterator[Group]:
        readings = [p.id for p in self.chart.parameters.values() if p.alternatives and p.id in self.fields]
        others = [name for name in self.fields if name not in readings]
        yield Group(Text("原文的不同读法", "Readings of the text"), tuple(self.described(*readings)), Text(
            "不选就用默认读法；选备选的，结论会因此不同，公开页会写明",
            "the default holds unless another is chosen; the call says so"))
        yield Group(Text("由批次决定", "Decided by the round"), tuple(self.described(*others)), Text(
            "原文没有给，不设的，依赖它的步骤算不出来", "the source gives none: what rests on it can't be worked out"))

    def edit(self) -> Edit:
        return Edit(parameters={name: _word(value) for name, value in self.cleaned_data.items()})


def _word(value: Any) -> str | None:
    word = value.isoformat() if hasattr(value, "isoformat") else str(value or "").strip()
    return word or None


def _field(parameter: Parameter, value: str, unit: str) -> forms.Field:
    kind = parameter.type.kind
    common: dict[str, Any] = {"label": parameter.name, "required": False, "initial": value}
    if parameter.enumeration is not None:
        names = [m.name for m in parameter.enumeration.members]
        default = names[parameter.default] if parameter.default is not None else ""
        return _choice(common, names, default)
    if kind == "bool":
        default = {PASS: "是", FAIL: "否"}.get(parameter.default, "")
        return _choice(common, ["是", "否"], default)
    if kind == "date":
        return forms.DateField(widget=DateInput(), **common)
    default = Text(f"默认 {parameter.default} {unit}", f"default {parameter.default} {unit}") \
        if parameter.default is not None else Text(f"写数和单位，如 {_example(unit)}",
                                                   f"a figure with its unit, as {_example(unit)}")
    return forms.CharField(max_length=40, help_text=say(default), **common)


def _example(unit: str) -> str:
    return "60%" if unit == "%" else f"60 {unit}".strip()


def _choice(common: dict[str, Any], names: list[str], default: str) -> forms.Field:
    rest = [(n, t(f"备选：{n}", f"other reading: {n}") if default else n) for n in names if n != default]
    first = t(f"默认：{default}", f"default: {default}") if default else t("不设", "not set")
    value = "" if common["initial"] == default else common["initial"]
    return forms.ChoiceField(choices=[("", first), *rest], widget=forms.RadioSelect, **{**common, "initial": value})
