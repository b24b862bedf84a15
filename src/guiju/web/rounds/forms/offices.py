"""Which organisation holds which of the chart's offices in a round."""

from __future__ import annotations

from collections.abc import Iterator

from django import forms

from guiju.source.diagnostics import Text
from guiju.web.accounts.models import Organisation
from guiju.web.kit.text import say, t
from guiju.web.rounds.edits import Edit
from guiju.web.rounds.forms.section import About, Group, SectionForm
from guiju.web.rounds.procedure import offices_of


class OfficesForm(SectionForm):
    def build(self) -> None:
        named = self.round.rules.get("offices", {})
        choices = [("", t("未指定", "nobody"))]
        choices += Organisation.objects.filter(kind="office", is_active=True).order_by("name").values_list(
            "public_id", "name")
        for role in offices_of(self.chart):
            label = self.chart.roles[role].label
            does = [m.label for m in self.chart.moves.values() if any(u.role == role for u in m.roles)]
            self.fields[role] = forms.ChoiceField(label=say(label), required=False, choices=choices,
                                                  initial=named.get(role, ""))
            zh = "、".join(x.zh for x in does)
            self.abouts[role] = About(Text(f"办理：{zh}" if zh else "", ", ".join(x.en for x in does)),
                                      self.chart.roles[role].clauses)

    def groups(self) -> Iterator[Group]:
        yield Group(None, tuple(self.described(*self.fields)), Text(
            "批准主体由哪些单位组成，随“参数和读法”里的批准主体读法而定",
            "who approves follows the reading chosen for it"))

    def edit(self) -> Edit:
        return Edit(rules={"offices": {role: id_ for role, id_ in self.cleaned_data.items() if id_}})
