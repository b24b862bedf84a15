"""The name of a round, its days, and when its notices are planned."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms

from guiju.source.diagnostics import Text
from guiju.web.kit.forms import DateInput
from guiju.web.kit.text import say, t
from guiju.web.rounds.edits import Edit
from guiju.web.rounds.forms.making import forms_there_are
from guiju.web.rounds.forms.section import About, Group, SectionForm
from guiju.web.rounds.timetable import planned

_OWN = ("title", "title_en", "form", "opens", "closes")


class DatesForm(SectionForm):
    def build(self) -> None:
        own = self.round
        self.fields["title"] = forms.CharField(label=t("批次名称", "name"), max_length=120, initial=own.title)
        self.fields["title_en"] = forms.CharField(label=t("英文名称", "name in English"), max_length=200,
                                                  required=False, initial=own.title_en)
        self.fields["form"] = forms.ChoiceField(
            label=t("申报表", "application form"), required=False, initial=own.form,
            choices=[("", t("不用网上的表", "none")), *forms_there_are()])
        self.fields["opens"] = forms.DateField(label=t("申报开始日", "first day"), required=False, initial=own.opens,
                                               widget=DateInput())
        self.fields["closes"] = forms.DateField(label=t("申报截止日（含当日）", "last day, included"), required=False,
                                                initial=own.closes, widget=DateInput())
        for notice in self.chart.notices.values():
            name = f"plan_{notice.id}"
            self.fields[name] = forms.DateField(label=say(Text(f"{notice.label.zh}：计划开始日",
                                                               f"{notice.label.en}: planned first day")),
                                                required=False, initial=planned(own, notice), widget=DateInput())
            self.abouts[name] = About(notice.note, notice.clauses)

    def groups(self) -> Iterator[Group]:
        yield Group(None, tuple(self.described(*_OWN)))
        plans = [n for n in self.fields if n.startswith("plan_")]
        if plans:
            yield Group(Text("计划", "Plans"), tuple(self.described(*plans)), Text(
                "只用来预排日历；公示的实际起日是办理那天，期满日由工作日历推算，不能短于条款要求",
                "only for the preview: a notice begins on the day it is published and never stands for less than "
                "its clause asks"))

    def edit(self) -> Edit:
        data = self.cleaned_data
        plan = {n: data[f"plan_{n}"].isoformat() for n in self.chart.notices if data.get(f"plan_{n}")}
        return Edit({name: data[name] for name in _OWN}, rules={"plan": plan})
